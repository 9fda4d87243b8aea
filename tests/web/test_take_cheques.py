"""A cheque is taken at the door, and the office sees where it is, clears it and bounces it on one page."""

from typing import Any
from uuid import UUID

from playwright.async_api import Page, expect

from tests.billing.builders import Books
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import at_the_door, come_in
from tests.world import World


async def told(world: World) -> dict[str, Any]:
    [cheque] = (await world.done("GET", "/v1/payments/cheques", role="back_office"))["items"]
    return {name: cheque[name] for name in ("number", "bank", "dated_on", "state", "bank_reference")} | {
        "amount": cheque["amount"]["amount"]
    }


async def test_a_technician_takes_a_cheque_at_the_door(world: World, served: str, phone: Page) -> None:
    door = await at_the_door(world)
    await Books(world).invoice(UUID(door.customer_id), 3558)
    await come_in(phone, served, door.email, to=door.path)
    await phone.get_by_text("They pay by cheque").click()
    await phone.get_by_label("Number on the cheque").fill("00-4711")
    await phone.get_by_label("Bank on the cheque").fill("First Bank")
    await phone.get_by_label("Date on the cheque").fill("2026-03-04")
    await look(phone, "cheque-at-door")
    await phone.get_by_role("button", name="Take the cheque").click()
    card = phone.locator("section", has_text="Taken here")
    await expect(card).to_contain_text("cheque")
    await expect(card).to_contain_text("€35.58")
    assert await told(world) == {
        "number": "00-4711", "bank": "First Bank", "dated_on": "2026-03-04", "state": "on_its_way", "bank_reference": None, "amount": 3558,
    }  # fmt: skip


async def recorded(phone: Page, invoice_number: str) -> None:
    for label, text in (
        ("Number of the invoice", invoice_number),
        ("Number on the cheque", "47 11"),
        ("Bank on the cheque", "First Bank"),
        ("Amount of the cheque", "50"),
    ):
        await phone.get_by_label(label).fill(text)
    await phone.get_by_role("button", name="Record the cheque").click()


async def test_the_office_records_a_cheque_clears_it_and_bounces_it(world: World, served: str, phone: Page) -> None:
    books = Books(world)
    invoice_id = await books.invoice(await books.customer(), 5_000)
    invoice = await world.done("GET", f"/v1/invoices/{invoice_id}")
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to="/app/office")
    await phone.get_by_role("link", name="Cheques").click()
    for label, text in (
        ("Number of the invoice", invoice["number"]),
        ("Number on the cheque", "4711"),
        ("Bank on the cheque", "First Bank"),
        ("Amount of the cheque", "50.00"),
    ):
        await phone.get_by_label(label).fill(text)
    await phone.get_by_role("button", name="Record the cheque").click()
    await expect(phone.locator("section", has_text="On their way")).to_contain_text("€50.00")
    await look(phone, "cheques-on-their-way")
    await phone.get_by_text("It has cleared").first.click()
    await phone.get_by_label("The bank's reference").fill("NTRF-1")
    await phone.get_by_role("button", name="It has cleared").click()
    await expect(phone.locator("section", has_text="On their way")).to_contain_text("Nothing.")
    assert ((await told(world))["state"], (await told(world))["bank_reference"]) == ("cleared", "NTRF-1")
    await phone.get_by_label("Number of the cheque").fill("47-11")
    await phone.get_by_role("button", name="Find").click()
    found = phone.locator("section", has_text="Find a cheque")
    await expect(found).to_contain_text("NTRF-1")
    await look(phone, "cheques-found")
    await found.get_by_role("button", name="It has not cleared after all").click()
    await phone.get_by_text("It was recorded by mistake").first.click()
    await phone.get_by_label("What was wrong").fill("It is of another bank")
    await look(phone, "cheques-mistaken")
    await phone.get_by_role("button", name="Take it back").click()
    await expect(phone.locator("section", has_text="On their way")).to_contain_text("Nothing.")
    assert (await told(world))["state"] == "taken_back"
    await phone.goto(f"{served}/app/office/cheques?number=4711")
    await expect(found).to_contain_text("taken back: recorded by mistake")
    await recorded(phone, invoice["number"])
    await phone.get_by_text("It bounced").first.click()
    await phone.get_by_label("What the bank says").fill("No funds")
    await phone.get_by_role("button", name="It bounced").click()
    await expect(phone.locator("section", has_text="On their way")).to_contain_text("Nothing.")
    both = (await world.done("GET", "/v1/payments/cheques", role="back_office"))["items"]
    assert {one["state"] for one in both} == {"taken_back", "bounced"}
    await recorded(phone, invoice["number"])
    await expect(phone.get_by_role("alert")).to_contain_text("This cheque bounced.")
