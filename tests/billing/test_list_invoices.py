"""The office finds what is open, what is overdue and what was issued when, without reading every invoice."""

from typing import Any
from uuid import UUID

import pytest

from tests.billing.builders import Books, pay
from tests.world import World


@pytest.fixture
async def invoices(world: World) -> dict[str, UUID]:
    """One paid whole, one in part and overdue, one not due yet; all issued on the same day."""
    books = Books(world)
    customer_id = await books.customer()
    made = {
        "paid": await books.invoice(customer_id, 1_000),
        "late": await books.invoice(customer_id, 2_000, due_on="2026-01-19"),
        "open": await books.invoice(await books.customer(), 3_000, due_on="2026-12-01"),
    }
    await pay(world, 1_000, invoice_id=made["paid"])
    await pay(world, 500, invoice_id=made["late"])
    return made


async def listed(world: World, invoices: dict[str, UUID], query: str) -> dict[str, Any]:
    """What is still to be paid of each invoice that the question finds, by its name."""
    items = (await world.done("GET", f"/v1/invoices?{query}"))["items"]
    names = {str(invoice_id): name for name, invoice_id in invoices.items()}
    return {names[one["id"]]: one["open_minor"] for one in items}


@pytest.mark.parametrize(
    "query, found",
    [
        ("open=true", {"late": 1_500, "open": 3_000}),
        ("open=false", {"paid": 0}),
        ("overdue=true", {"late": 1_500}),
        ("overdue=false", {"paid": 0, "open": 3_000}),
        ("open=true&overdue=false", {"open": 3_000}),
    ],
)
async def test_invoices_are_found_by_what_is_still_to_be_paid(
    world: World, invoices: dict[str, UUID], query: str, found: dict[str, int]
) -> None:
    assert await listed(world, invoices, query) == found


async def test_invoices_are_found_by_their_day_of_issue_the_last_not_included(world: World, invoices: dict[str, UUID]) -> None:
    [issued_on] = {one["issued_on"] for one in (await world.done("GET", "/v1/invoices"))["items"]}
    assert len(await listed(world, invoices, f"issued_from={issued_on}")) == 3
    assert await listed(world, invoices, f"issued_until={issued_on}") == {}
    assert (await listed(world, invoices, f"issued_from={issued_on}&issued_until=2026-12-31&open=false")) == {"paid": 0}


async def test_a_cursor_belongs_to_the_question_it_came_from(world: World, invoices: dict[str, UUID]) -> None:
    first = await world.done("GET", "/v1/invoices?open=true&limit=1")
    second = await world.done("GET", f"/v1/invoices?open=true&limit=1&cursor={first['next']}")
    assert {str(invoices[name]) for name in ("late", "open")} == {first["items"][0]["id"], second["items"][0]["id"]}
    assert (await world.get(f"/v1/invoices?open=false&limit=1&cursor={first['next']}")).status_code == 422
