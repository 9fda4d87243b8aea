"""A customer asks for an itemised bill: within the days of the law it is given free in time, after them it may be declined."""

from typing import Any

import pytest

from tests.authorisations.matters import Matter
from tests.world import World


async def billed(world: World, jurisdiction: str) -> str:
    """An invoice of a job in that place."""
    customer = await world.customer(zone="Australia/Sydney")
    place = {"address": "1 Mill Lane", "zone": "Australia/Sydney", "jurisdiction": jurisdiction}
    site = await world.done("POST", f"/v1/customers/{customer['id']}/sites", place)
    matter = await Matter(world).of_job(customer_id=customer["id"], site_id=site["id"])
    [item] = await matter.done({"quantity": "1.5", "description": "Pump repaired"})
    return str((await matter.posted({"item_id": item, "quantity": "1.5"}))["id"])


async def asked(world: World, invoice_id: str, **document: Any) -> dict[str, Any]:
    """The wish, kept."""
    return await world.done("POST", f"/v1/invoices/{invoice_id}/itemised-requests", document, role="back_office")


async def given(world: World, request: dict[str, Any]) -> dict[str, Any]:
    """The bill handed over."""
    return await world.done("POST", f"/v1/itemised-requests/{request['id']}/give", role="back_office")


async def test_p42_on_day_30_it_is_owed_free_within_seven_days(world: World) -> None:
    invoice_id = await billed(world, "AU-NSW")
    world.clock.forward(days=30)
    request = await asked(world, invoice_id)
    assert (request["asked_on"], request["may_decline"], request["reply_by"]) == ("2026-04-03", False, "2026-04-10")
    world.clock.forward(days=7)
    bill = await given(world, request)
    assert (bill["late"], bill["charge_minor"]) == (False, 0)
    assert bill["lines"] == [
        {"number": 1, "description": "Pump repaired", "quantity": "1.5", "unit": "HUR", "unit_price": "10000", "net_minor": 15_000}
    ]


async def test_p42_on_day_31_it_may_be_declined_and_may_be_given_all_the_same(world: World) -> None:
    invoice_id = await billed(world, "AU-NSW")
    world.clock.forward(days=31)
    request = await asked(world, invoice_id)
    assert (request["may_decline"], request["reply_by"]) == (True, None)
    assert (await given(world, request))["charge_minor"] == 0


async def test_p42_an_eighth_day_is_late_and_is_told(world: World) -> None:
    invoice_id = await billed(world, "AU-NSW")
    request = await asked(world, invoice_id)
    world.clock.forward(days=8)
    first = await given(world, request)
    assert (first["late"], await given(world, request)) == (True, first)
    facts = (await world.done("GET", "/v1/facts"))["items"]
    told = [(fact["kind"], fact["body"].get("reply_by"), fact["body"].get("late")) for fact in facts if fact["kind"].startswith("itemised")]
    assert told == [("itemised_bill_asked_for", "2026-03-11", None), ("itemised_bill_given", None, True)]


@pytest.mark.parametrize("jurisdiction", ["ZZ", "DE"])
async def test_where_no_law_says_so_it_may_be_declined(world: World, jurisdiction: str) -> None:
    assert (await asked(world, await billed(world, jurisdiction)))["may_decline"]


async def test_the_same_wish_told_twice_is_one(world: World) -> None:
    invoice_id, own = await billed(world, "AU"), str(world.id())
    assert await asked(world, invoice_id, id=own) == await asked(world, invoice_id, id=own)
    other = await world.post(f"/v1/invoices/{await billed(world, 'AU')}/itemised-requests", {"id": own}, role="back_office")
    assert (other.status_code, other.json()["code"]) == (409, "ID_TAKEN")
