"""What customers owed at the end of a day, by how long it was overdue."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Any

import pytest

from tests.authorisations.matters import Matter
from tests.billing.builders import Books, pay
from tests.world import World

REPORT = "/v1/reports/receivables"
TODAY = date(2026, 5, 4)
AGES = ("not_due", "overdue_1_30", "overdue_31_60", "overdue_61_90", "overdue_over_90")


@pytest.fixture
def world(world: World) -> World:
    """In May, when what was issued in January can be long overdue."""
    world.clock.forward(days=61)
    return world


def due(days: int) -> str:
    """The day due of what is that many days overdue today."""
    return (TODAY - timedelta(days=days)).isoformat()


def by_age(sums: dict[str, Any]) -> list[int]:
    """The five sums of a row, and what they come to."""
    return [sums[f"{age}_minor"] for age in AGES] + [sums["open_minor"]]


async def test_each_customer_owes_by_how_long_it_is_overdue_the_oldest_first(world: World, books: Books) -> None:
    late, later = await books.customer(), await books.customer()
    for days, amount in ((-1, 1), (0, 20), (1, 300), (30, 4_000), (31, 50_000)):
        await books.invoice(late, amount, due_on=due(days))
    for days, amount in ((60, 1), (61, 20), (90, 300), (91, 4_000)):
        await books.invoice(later, amount, due_on=due(days))
    report = await world.done("GET", REPORT, role="back_office")
    assert (report["as_of"], report["zone"]) == ("2026-05-04", "Europe/Berlin")
    assert [(row["customer_id"], row["invoices"], row["oldest_due_on"], by_age(row)) for row in report["items"]] == [
        (str(later), 4, due(91), [0, 0, 1, 320, 4_000, 4_321]),
        (str(late), 5, due(31), [21, 4_300, 50_000, 0, 0, 54_321]),
    ]
    assert [by_age(total) for total in report["totals"]] == [[21, 4_300, 50_001, 320, 4_000, 58_642]]


async def test_a_payment_counts_from_the_day_it_came(world: World, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 1_000, due_on=due(10))
    await pay(world, 400, customer_id=customer_id, invoice_id=invoice_id)
    world.clock.forward(hours=10, minutes=30)  # tomorrow in Berlin
    await pay(world, 600, customer_id=customer_id, invoice_id=invoice_id)
    told = {}
    for day in ("2026-05-03", "2026-05-04", "2026-05-05"):
        told[day] = [by_age(row)[1] for row in (await world.done("GET", f"{REPORT}?as_of={day}"))["items"]]
    assert told == {"2026-05-03": [1_000], "2026-05-04": [600], "2026-05-05": []}


async def test_the_sums_are_the_ledgers_receivables_at_that_instant(world: World, books: Books) -> None:
    for currency, amount in (("EUR", 5_000), ("EUR", 7_700), ("JPY", 900)):
        invoice_id = await books.invoice(customer_id := await books.customer(), amount, currency=currency)
        if amount == 7_700:
            await pay(world, 9_000, customer_id=customer_id, invoice_id=invoice_id)  # 1,300 to their credit isn't set off
    matter = await Matter(world).begin()
    credited = await matter.posted({"item_id": (await matter.done({}))[0]})
    note = {"reason": "A mistake", "lines": [{"line_number": 1, "quantity": "1"}]}
    await world.done("POST", f"/v1/invoices/{credited['id']}/credit-notes", note, key=str(world.id()))
    report = await world.done("GET", REPORT)
    ledger = await world.done("GET", "/v1/ledger/trial-balance")
    receivables = {one["currency"]: one["balance_minor"] for one in ledger["accounts"] if one["kind"] == "receivable"}
    assert {total["currency"]: total["open_minor"] for total in report["totals"]} == {
        one: minor for one, minor in receivables.items() if minor
    }
    assert receivables["EUR"] == 5_000


async def test_it_comes_page_by_page_with_the_sums_of_all(world: World, books: Books) -> None:
    for days in (3, 1, 2):
        await books.invoice(await books.customer(), 100 + days, due_on=due(days))
    pages, cursor = [], ""
    while cursor is not None:
        page = await world.done("GET", f"{REPORT}?limit=1{cursor and f'&cursor={cursor}'}")
        assert page["totals"][0]["open_minor"] == 306
        pages += [row["open_minor"] for row in page["items"]]
        cursor = page["next"]
    assert pages == [103, 102, 101]


async def test_it_is_a_file_for_a_spreadsheet_and_for_a_program(world: World, books: Books) -> None:
    await books.invoice(await books.customer(), 100, due_on=due(5))
    items = (await world.done("GET", REPORT))["items"]
    sheet = await world.get(f"{REPORT}.csv", role="back_office")
    assert sheet.headers["content-disposition"] == 'attachment; filename="receivables-2026-05-04.csv"'
    rows = list(csv.DictReader(io.StringIO(sheet.text, newline="")))
    assert [{name: str(value or "") for name, value in row.items()} for row in rows] == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in items
    ]
    lines = await world.get(f"{REPORT}.jsonl", role="back_office")
    assert lines.headers["content-type"].startswith("application/jsonl")
    assert [json.loads(line) for line in lines.text.splitlines()] == items


async def test_what_will_be_owed_is_not_told(world: World) -> None:
    refused = await world.get(f"{REPORT}?as_of=2026-05-05")
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT")


async def test_nobody_elses_debts_are_in_it(world: World, other_world: World) -> None:
    theirs = Books(other_world)
    await theirs.invoice(await theirs.customer(), 100)
    report = await world.done("GET", REPORT)
    assert (report["items"], report["totals"]) == ([], [])


@pytest.mark.parametrize("path", [REPORT, f"{REPORT}.csv", f"{REPORT}.jsonl"])
async def test_a_technician_is_not_shown_who_owes(world: World, path: str) -> None:
    assert (await world.get(path, role="technician")).status_code == 403
