"""Revenue by kind and tax by rate, by month, from the ledger."""

import csv
import io
import json
from typing import Any

import pytest

from tests.authorisations.matters import Matter
from tests.world import World

REPORT = "/v1/reports/income"
PART = {"kind": "part", "description": "Brake pads", "unit": "EA", "unit_price": "5000", "tax_rate": "7"}
WORK = {"unit_price": "10000", "tax_rate": "19"}


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


async def billed(matter: Matter, *items: dict[str, Any]) -> dict[str, Any]:
    """An invoice of those items."""
    done = await matter.done(*items)
    lines = [{"item_id": item_id, "unit_price": item["unit_price"]} for item_id, item in zip(done, items, strict=True)]
    return await matter.posted(*lines)


def told(report: dict[str, Any]) -> list[tuple[str, str, str, int]]:
    """What the rows say, in one currency."""
    assert {row["currency"] for row in report["items"]} <= {"EUR"}
    return [(row["month"], row["account"], row["of"], row["amount_minor"]) for row in report["items"]]


async def test_revenue_is_told_by_kind_and_tax_by_rate(matter: Matter) -> None:
    await billed(matter, WORK, PART)
    await billed(matter, PART)
    assert told(await matter.world.done("GET", REPORT, role="back_office")) == [
        ("2026-03", "revenue", "labour", 10_000),
        ("2026-03", "revenue", "part", 10_000),
        ("2026-03", "tax", "S 19/100", 1_900),
        ("2026-03", "tax", "S 7/100", 700),
    ]


async def test_a_credit_note_takes_back_in_the_month_it_is_issued(matter: Matter) -> None:
    world = matter.world
    invoice = await billed(matter, WORK)
    world.clock.forward(days=27, hours=10, minutes=30)  # April 1st, 00:30 in Berlin
    note = {"reason": "A mistake", "lines": [{"line_number": 1, "quantity": "1"}]}
    await world.done("POST", f"/v1/invoices/{invoice['id']}/credit-notes", note, key=str(world.id()))
    assert told(await world.done("GET", f"{REPORT}?from_on=2026-03-01&until_on=2026-05-01")) == [
        ("2026-03", "revenue", "labour", 10_000),
        ("2026-03", "tax", "S 19/100", 1_900),
        ("2026-04", "revenue", "labour", -10_000),
        ("2026-04", "tax", "S 19/100", -1_900),
    ]
    assert [row[0] for row in told(await world.done("GET", f"{REPORT}?from_on=2026-03-01&until_on=2026-04-01"))] == ["2026-03"] * 2


async def test_it_comes_to_the_trial_balance(matter: Matter) -> None:
    await billed(matter, WORK, PART)
    ledger = await matter.world.done("GET", "/v1/ledger/trial-balance")
    accounts = {(one["kind"], one["holder"]): -one["balance_minor"] for one in ledger["accounts"] if one["kind"] in {"revenue", "tax"}}
    assert {(account, of): amount for _, account, of, amount in told(await matter.world.done("GET", REPORT))} == accounts


async def test_it_is_a_file_for_a_spreadsheet_and_for_a_program(matter: Matter) -> None:
    await billed(matter, WORK)
    items = (await matter.world.done("GET", REPORT))["items"]
    sheet = await matter.world.get(f"{REPORT}.csv?from_on=2026-03-01&until_on=2026-04-01", role="back_office")
    assert sheet.headers["content-disposition"] == 'attachment; filename="income-2026-03-01-2026-04-01.csv"'
    rows = list(csv.DictReader(io.StringIO(sheet.text, newline="")))
    assert [row | {"amount_minor": int(row["amount_minor"])} for row in rows] == items
    lines = await matter.world.get(f"{REPORT}.jsonl?from_on=2026-03-01&until_on=2026-04-01", role="back_office")
    assert [json.loads(line) for line in lines.text.splitlines()] == items


async def test_nobody_elses_income_is_in_it(matter: Matter, other_world: World) -> None:
    await billed(matter, WORK)
    assert told(await other_world.done("GET", REPORT)) == []


@pytest.mark.parametrize("days", ["from_on=2026-03-05&until_on=2026-03-05", "from_on=2024-01-01&until_on=2026-01-01"])
async def test_a_period_has_a_day_and_no_more_than_a_year(world: World, days: str) -> None:
    assert (await world.get(f"{REPORT}?{days}")).status_code == 422


@pytest.mark.parametrize("path", [REPORT, f"{REPORT}.csv", f"{REPORT}.jsonl"])
async def test_a_technician_is_not_shown_what_is_earned(world: World, path: str) -> None:
    assert (await world.get(path, role="technician")).status_code == 403
