"""Cash that a phone couldn't hand over waits in the office with its reason, is settled there once, and the phone says how."""

from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from service.billing.receipt_blocks import number_in_block
from tests.files import leaves_whole
from tests.identity.builders import joined
from tests.web.conftest import entered, look
from tests.web.doors import Door, come_in
from tests.web.test_take_cash_without_signal import door as door_of
from tests.web.test_take_cash_without_signal import payments, prepared, second, take
from tests.world import World

__all__ = ["second"]
door = door_of
ENTRY = "#taken li"


async def refused_at(tablet: Page, served: str, door: Door) -> Page:
    """Cash taken without signal by somebody who was told meanwhile that they may take none, as their phone says once there is signal."""
    context = await prepared(tablet, served, door)
    await take(tablet, "35,58")
    await expect(tablet.locator(ENTRY)).to_contain_text("Not told yet.")
    await may_take_cash(door, allowed=False)
    await context.set_offline(False)
    await expect(tablet.locator(ENTRY)).to_contain_text("The office sees it and settles it")
    return tablet


async def may_take_cash(door: Door, *, allowed: bool) -> None:
    await door.world.sql(
        "update dispatch.technician set may_take_cash = $2 where organisation_id = $1", door.world.organisation_id, allowed
    )


async def waiting(world: World) -> list[dict[str, Any]]:
    return list((await world.done("GET", "/v1/cash/refused?settled=false", role="back_office"))["items"])


async def settle(world: World, entry_id: str, **how: Any) -> Any:
    return await world.post(f"/v1/cash/refused/{entry_id}/settle", how, role="back_office", key=str(world.id()))


async def told_again(page: Page) -> None:
    """The phone tells what isn't told yet, as it does each minute."""
    await page.evaluate("window.dispatchEvent(new Event('online'))")


async def silenced(phone: Page) -> None:
    """No signal, so that what may be told now isn't."""
    await phone.context.set_offline(True)
    await told_again(phone)
    await expect(phone.locator("[data-when=offline]")).to_be_visible()
    await expect(phone.locator("#taken")).to_have_attribute("aria-busy", "false")


async def test_the_office_sees_what_was_refused_and_records_it_and_the_phone_says_so(
    served: str, tablet: Page, second: Page, door: Door
) -> None:
    phone = await refused_at(tablet, served, door)
    await look(phone, "cash-refused-on-phone")
    for _ in "12":
        await told_again(phone)
    [entry] = await waiting(door.world)
    assert (entry["code"], entry["amount"]["amount"], entry["receipt_number"]) == ("TAKER_NOT_ALLOWED", 3558, number_in_block(1, 1))
    await silenced(phone)
    await may_take_cash(door, allowed=True)
    person = await joined(door.world, roles=("back_office",))
    await come_in(second, served, person["email"], to="/app/office/cash")
    await expect(second.get_by_role("region", name="Couldn’t be recorded")).to_contain_text("€35.58")
    await look(second, "cash-refused-in-office")
    await entered(second, second.get_by_role("button", name="Settle it"))
    await expect(second.get_by_role("region", name="Couldn’t be recorded")).to_have_count(0)
    [payment] = await payments(door)
    assert (payment["id"], payment["amount"]["amount"], payment["receipt_number"]) == (entry["id"], 3558, number_in_block(1, 1))
    await phone.context.set_offline(False)
    await expect(phone.locator(ENTRY)).to_contain_text("The office knows it.")
    assert (len(await payments(door)), await waiting(door.world)) == (1, [])


async def test_the_office_says_why_nothing_is_recorded_and_the_phone_shows_it_and_tells_it_no_more(
    served: str, tablet: Page, door: Door
) -> None:
    phone = await refused_at(tablet, served, door)
    [entry] = await waiting(door.world)
    assert (await settle(door.world, entry["id"], note="They got it back at the door")).status_code == 201
    await may_take_cash(door, allowed=True)  # so that telling it again would record it
    await told_again(phone)
    await expect(phone.locator(ENTRY)).to_contain_text("They got it back at the door")
    await look(phone, "cash-refused-settled")
    await told_again(phone)
    assert (await payments(door), await waiting(door.world)) == ([], [])
    again = await settle(door.world, entry["id"], invoice_id=entry["invoice_id"])
    assert (again.status_code, again.json()["code"], again.json()["note"]) == (409, "SETTLED_BY_OFFICE", "They got it back at the door")


async def test_what_could_be_told_after_all_waits_for_nobody(served: str, tablet: Page, door: Door) -> None:
    phone = await refused_at(tablet, served, door)
    [entry] = await waiting(door.world)
    await may_take_cash(door, allowed=True)
    await told_again(phone)
    await expect(phone.locator(ENTRY)).to_contain_text("The office knows it.")
    assert await waiting(door.world) == []
    refused = await settle(door.world, entry["id"], note="They got it back at the door")
    assert (refused.status_code, refused.json()["code"], len(await payments(door))) == (409, "SETTLED_BY_OFFICE", 1)


async def test_it_is_recorded_for_another_customer_where_it_is_theirs(served: str, tablet: Page, door: Door) -> None:
    phone = await refused_at(tablet, served, door)
    [entry] = await waiting(door.world)
    assert len(await leaves_whole(door.world, "/v1/cash/refused")) == 1
    refused = await settle(door.world, entry["id"], invoice_id=entry["invoice_id"])
    assert (refused.status_code, refused.json()["code"]) == (409, "TAKER_NOT_ALLOWED")
    await silenced(phone)
    await may_take_cash(door, allowed=True)
    other = await door.world.customer(name="Grace Hopper")
    assert (await settle(door.world, entry["id"], customer_id=other["id"])).status_code == 201
    await phone.context.set_offline(False)
    await expect(phone.locator(ENTRY)).to_contain_text("The office knows it.")
    account = await door.world.done("GET", f"/v1/customers/{other['id']}/account")
    assert ([one["credit_minor"] for one in account["balances"]], await payments(door)) == ([3558], [])


@pytest.mark.parametrize("how", [{}, {"note": "No", "invoice_id": "00000000-0000-0000-0000-000000000001"}])
async def test_it_is_settled_one_way(served: str, tablet: Page, door: Door, how: dict[str, Any]) -> None:
    await refused_at(tablet, served, door)
    [entry] = await waiting(door.world)
    refused = await settle(door.world, entry["id"], **how)
    assert (refused.status_code, refused.json()["code"]) == (422, "PAYER_UNCLEAR")


async def test_whoever_holds_it_settles_nothing_and_no_api_key_does_it_for_them(
    world: World, served: str, tablet: Page, door: Door
) -> None:
    await refused_at(tablet, served, door)
    [entry] = await waiting(world)
    key = (await world.done("POST", "/v1/api-keys", {"name": "Mine", "scopes": ["cash:accept"]}))["key"]
    as_key = {"Authorization": f"Bearer {key}", "Idempotency-Key": str(world.id())}
    refused = await world.http.post(f"/v1/cash/refused/{entry['id']}/settle", json={"note": "Never mind"}, headers=as_key)
    assert (refused.status_code, refused.json()["code"]) == (409, "SETTLED_BY_ITS_HOLDER")
    assert await waiting(world) == [entry]
    settled = (
        "insert into billing.refused_cash_settlement (organisation_id, entry_id, staff_id, note, settled_by, settled_at)"
        " values ($1, $2, $3, 'Never mind', $4, now())"
    )
    with pytest.raises(Exception, match="settled_by_who_holds_none_of_it"):
        await world.sql(settled, world.organisation_id, UUID(entry["id"]), UUID(entry["staff_id"]), f"staff:{entry['staff_id']}")
