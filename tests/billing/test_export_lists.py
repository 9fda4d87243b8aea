"""Invoices, payments, refunds and credit notes leave whole, as CSV and as JSON Lines, with what they come to."""

import pytest

from tests.authorisations.matters import Matter
from tests.billing.builders import Books, cash, pay
from tests.files import leaves_whole
from tests.world import World

ALL = ("/v1/invoices", "/v1/payments", "/v1/refunds", "/v1/credit-notes")


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter of somebody who was invoiced, paid, was credited and is owed a refund."""
    matter = await Matter(world).begin()
    (item_id,) = await matter.done({"unit_price": "10000", "tax_rate": "19"})
    invoice = await matter.posted({"item_id": item_id, "unit_price": "10000"})
    await pay(world, invoice["total_minor"], invoice_id=invoice["id"])
    note = {"reason": "A mistake", "lines": [{"line_number": 1, "quantity": "1"}]}
    await world.done("POST", f"/v1/invoices/{invoice['id']}/credit-notes", note, key=str(world.id()))
    refund = {"amount": {"amount": 5_000, "currency": "EUR"}, "via": "bank_transfer", "reason": "=1+1"}
    await world.done("POST", f"/v1/customers/{matter.customer_id}/refunds", refund, key=str(world.id()))
    return matter


@pytest.mark.parametrize("path", ALL)
async def test_a_list_and_its_files_say_the_same(matter: Matter, path: str) -> None:
    assert len(await leaves_whole(matter.world, path)) == 1
    sheet = await matter.world.get(f"{path}.csv")
    assert "'=1+1" in sheet.text if path == "/v1/refunds" else "=1+1" not in sheet.text


async def test_they_come_to_the_ledger(matter: Matter) -> None:
    world = matter.world
    ((invoice,), (payment,), (refund,), (note,)) = [(await world.done("GET", path))["items"] for path in ALL]
    assert (invoice["total_minor"], payment["amount_minor"], note["total_minor"], refund["amount_minor"]) == (11_900, 11_900, 11_900, 5_000)
    assert (note["invoice_number"], note["net_minor"], note["tax_minor"]) == (invoice["number"], 10_000, 1_900)
    assert (payment["invoice_number"], refund["state"]) == (invoice["number"], "proposed")
    balances = {one["kind"]: one["balance_minor"] for one in (await world.done("GET", "/v1/ledger/trial-balance"))["accounts"]}
    assert balances["customer_credit"] == -11_900 + 5_000


async def test_days_are_those_of_booking_in_the_organisations_zone(world: World, books: Books) -> None:
    customer_id = await books.customer()
    world.clock.now = world.clock.now.replace(hour=22, minute=59)
    await world.done("POST", "/v1/payments/cash", cash(1, customer_id=customer_id), role="agent", key=str(world.id()))
    world.clock.forward(minutes=1)
    await world.done("POST", "/v1/payments/cash", cash(2, customer_id=customer_id), role="agent", key=str(world.id()))
    for days, amounts in (("until_on=2026-03-05", [1]), ("from_on=2026-03-05", [2]), ("from_on=2026-03-04&until_on=2026-03-06", [1, 2])):
        assert [one["amount_minor"] for one in (await world.done("GET", f"/v1/payments?{days}"))["items"]] == amounts, days
    page = await world.done("GET", "/v1/payments?limit=1")
    assert [one["amount_minor"] for one in (await world.done("GET", f"/v1/payments?limit=1&cursor={page['next']}"))["items"]] == [2]


@pytest.mark.parametrize("path", ALL)
async def test_nobody_elses_are_in_it(matter: Matter, other_world: World, path: str) -> None:
    assert (await other_world.done("GET", path))["items"] == []
    assert (await other_world.get(f"{path}.jsonl")).text == ""
