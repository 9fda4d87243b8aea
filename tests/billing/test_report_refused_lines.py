"""What was refused, by reason, who did the work, and item."""

import csv
import io
import json
from typing import Any

import pytest

from tests.authorisations.matters import Matter
from tests.world import World

REPORT = "/v1/reports/refused-lines"


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


def told(report: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What the rows say, without times."""
    return [
        (row["code"], row["technician"], row["description"], row["lines"], row["attempts"], row["asked_minor"]) for row in report["items"]
    ]


async def test_lines_are_counted_by_reason_person_and_item(matter: Matter) -> None:
    one, other = await matter.done({"description": "Oil change"}, {"description": "Oil change"})
    for _ in range(2):
        await matter.refused({"item_id": one, "unit_price": "10001"}, {"item_id": other, "unit_price": "10001"}, {"unit_price": "300"})
    me = (await matter.world.done("GET", "/v1/me"))["id"]
    report = await matter.world.done("GET", REPORT, role="back_office")
    assert told(report) == [
        ("PRICE_OVER_AUTHORISED", f"staff:{matter.staff_id}", "Oil change", 4, 2, 40_004),
        ("UNAUTHORISED_LINE", f"staff:{me}", None, 2, 2, 600),
    ]
    dear, unknown = report["items"]
    assert (dear["technician_name"], dear["rule"], dear["peppol"], dear["x12"]) == ("Robin Field", 13, "PRI", "45")
    assert unknown["remedy"]


async def test_days_are_those_of_the_organisation(matter: Matter) -> None:
    world = matter.world
    world.clock.forward(hours=11, minutes=30)  # 2026-03-05 00:30 in Berlin
    await matter.refused({"unit_price": "300"})
    counts = []
    for day, next_day in (("2026-03-04", "2026-03-05"), ("2026-03-05", "2026-03-06")):
        report = await world.done("GET", f"{REPORT}?from_on={day}&until_on={next_day}")
        counts.append((report["zone"], len(report["items"])))
    assert counts == [("Europe/Berlin", 0), ("Europe/Berlin", 1)]
    assert (await world.done("GET", REPORT))["until_on"] == "2026-03-06"


@pytest.mark.parametrize("days", ["from_on=2026-03-05&until_on=2026-03-05", "from_on=2024-01-01&until_on=2026-01-01"])
async def test_a_period_has_a_day_and_no_more_than_a_year(world: World, days: str) -> None:
    assert (await world.get(f"{REPORT}?{days}")).status_code == 422


async def test_it_comes_page_by_page_what_was_refused_most_first(matter: Matter) -> None:
    [item] = await matter.done({})
    for line in ({"unit_price": "10001"}, {"unit_price": "10001"}, {"quantity": "2"}, {"currency": None}):
        currency = {"currency": "CHF"} if line.pop("currency", 0) is None else {}
        await matter.refused({"item_id": item} | line, **currency)
    pages, cursor = [], ""
    while cursor is not None:
        page = await matter.world.done("GET", f"{REPORT}?limit=1{cursor and f'&cursor={cursor}'}")
        pages += [row["code"] for row in page["items"]]
        cursor = page["next"]
    assert pages == ["PRICE_OVER_AUTHORISED", "BILLED_OVER_PERFORMED", "CURRENCY_MISMATCH"]


async def test_a_technician_is_not_shown_how_others_bill(world: World) -> None:
    assert (await world.get(REPORT, role="technician")).status_code == 403


async def test_it_is_a_spreadsheet_too_in_which_no_words_are_run(matter: Matter) -> None:
    [item] = await matter.done({"description": '=HYPERLINK("x"), or so'})
    await matter.refused({"item_id": item, "unit_price": "10001"}, {"unit_price": "300"})
    answer = await matter.world.get(f"{REPORT}.csv?from_on=2026-03-01&until_on=2026-04-01", role="back_office")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["content-disposition"] == 'attachment; filename="refused-lines-2026-03-01-2026-04-01.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    report = await matter.world.done("GET", f"{REPORT}?from_on=2026-03-01&until_on=2026-04-01", role="back_office")
    assert [(row["code"], row["technician"], int(row["lines"]), int(row["asked_minor"])) for row in rows] == [
        (one["code"], one["technician"], one["lines"], one["asked_minor"]) for one in report["items"]
    ]
    assert sorted(row["description"] for row in rows) == ["", '\'=HYPERLINK("x"), or so']


async def test_it_is_a_line_of_json_each_for_a_program(matter: Matter) -> None:
    await matter.refused({"unit_price": "300"})
    lines = await matter.world.get(f"{REPORT}.jsonl", role="back_office")
    assert [json.loads(line) for line in lines.text.splitlines()] == (await matter.world.done("GET", REPORT))["items"]


async def test_who_may_not_read_the_report_gets_no_spreadsheet_of_it(world: World) -> None:
    assert (await world.get(f"{REPORT}.csv", role="technician")).status_code == 403
