"""Cash at the door: the open amount is there already, more than it is asked about once, and what was taken stays in sight."""

import re
from uuid import UUID

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.billing.builders import Books
from tests.web.conftest import look
from tests.web.doors import Door, at_the_door, come_in, signed_in
from tests.world import World


@pytest.fixture
async def door(world: World) -> Door:
    """A technician at the door of somebody who owes 35.58."""
    door = await at_the_door(world)
    await Books(world).invoice(UUID(door.customer_id), 3558)
    return door


async def taken(door: Door) -> list[int]:
    """What was taken of the customer."""
    payments = await door.world.done("GET", f"/v1/customers/{door.customer_id}/payments")
    return [payment["amount"]["amount"] for payment in payments["items"]]


async def test_what_is_open_is_taken_with_one_tap_and_its_receipt_is_shown(served: str, phone: Page, door: Door) -> None:
    await come_in(phone, served, door.email, to=door.path)
    await expect(phone.get_by_label("Amount taken")).to_have_value("35.58")
    await phone.get_by_role("button", name="Take cash").click()
    card = phone.locator("section", has_text="Cash taken here")
    await expect(card).to_contain_text("€35.58")
    await expect(card).to_contain_text("R-20260304-")
    await look(phone, "cash-taken")
    href = await card.get_by_role("link", name=re.compile("^R-20260304-")).get_attribute("href")
    answer = await phone.request.get(f"{served}{href}")
    assert (answer.status, answer.headers["content-type"], (await answer.body())[:4]) == (200, "application/pdf", b"%PDF")


async def test_more_than_what_is_open_is_asked_about_once(served: str, phone: Page, door: Door) -> None:
    await come_in(phone, served, door.email, to=door.path)
    await phone.get_by_label("Amount taken").fill("1000")
    await phone.get_by_role("button", name="Take cash").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Did you take €1,000.00?")
    await expect(phone.locator("main")).to_contain_text("€35.58")
    await expect(phone.locator("main")).to_contain_text("€964.42")
    await look(phone, "cash-asked")
    assert await taken(door) == []
    await phone.get_by_role("button", name="Yes, I took €1,000.00").click()
    await expect(phone.locator("section", has_text="Cash taken here")).to_contain_text("€1,000.00")
    assert await taken(door) == [100_000]


async def test_whoever_mistyped_goes_back_and_nothing_was_taken(served: str, phone: Page, door: Door) -> None:
    await come_in(phone, served, door.email, to=door.path)
    await phone.get_by_label("Amount taken").fill("3558")
    await phone.get_by_role("button", name="Take cash").click()
    await phone.get_by_role("link", name="No, change the amount").click()
    await expect(phone.get_by_label("Amount taken")).to_have_value("35.58")
    assert await taken(door) == []


async def test_a_yes_is_to_the_amount_that_was_asked_about(world: World, served: str, door: Door) -> None:
    [invoice] = (await world.done("GET", f"/v1/customers/{door.customer_id}/account"))["open_invoices"]
    async with httpx.AsyncClient(base_url=served) as phone:
        await signed_in(phone, door.email)
        form = {"id": str(world.id()), "invoice": invoice["invoice_id"], "currency": "EUR", "amount": "2000", "confirmed": "100000"}
        asked = await phone.post(f"{door.path}/cash", data=form)
    assert ("Did you take €2,000.00?" in asked.text, await taken(door)) == (True, [])


async def test_a_wrong_entry_is_shown_with_who_corrects_it_and_so_is_the_correction(
    world: World, served: str, phone: Page, door: Door
) -> None:
    await come_in(phone, served, door.email, to=door.path)
    await phone.get_by_label("Amount taken").fill("30,00")
    await phone.get_by_role("button", name="Take cash").click()
    card = phone.locator("section", has_text="Cash taken here")
    await expect(card).to_contain_text("Typed wrongly? The office corrects it: call and quote the receipt's number.")
    [payment] = (await world.done("GET", f"/v1/customers/{door.customer_id}/payments"))["items"]
    world.clock.forward(minutes=1)
    correction = {"amount": {"amount": 3500, "currency": "EUR"}, "reason": "mistyped"}
    await world.done("POST", f"/v1/payments/{payment['id']}/correct", correction, key=str(world.id()))
    await phone.goto(served + door.path)
    await expect(card.locator("li")).to_have_count(2)
    await expect(card.locator("li", has_text="€30.00")).to_contain_text("Corrected since; it counts no more.")
    await expect(card.locator("li", has_text="€35.00")).not_to_contain_text("Corrected since")


async def test_a_receipt_is_for_whoever_took_the_money_at_that_visit(world: World, served: str, door: Door) -> None:
    [invoice] = (await world.done("GET", f"/v1/customers/{door.customer_id}/account"))["open_invoices"]
    form = {"id": str(world.id()), "invoice": invoice["invoice_id"], "currency": "EUR", "amount": "35.58"}
    async with httpx.AsyncClient(base_url=served) as taker, httpx.AsyncClient(base_url=served) as other:
        await signed_in(taker, door.email)
        await taker.post(f"{door.path}/cash", data=form)
        [payment] = (await world.done("GET", f"/v1/customers/{door.customer_id}/payments"))["items"]
        await signed_in(other, (await at_the_door_of_another(world)).email)
        paths = [f"{door.path}/receipts/{payment['id']}", f"/app/visits/{world.id()}/receipts/{payment['id']}"]
        assert [(await taker.get(path)).status_code for path in paths] == [200, 404]
        assert (await other.get(paths[0])).status_code == 404
        assert "R-20260304" not in (await other.get(door.path)).text


async def at_the_door_of_another(world: World) -> Door:
    """Another technician, elsewhere."""
    return await at_the_door(world)
