"""One customer as staff see them."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from service.care.records import Entry
from service.identity.scopes import Role
from service.web.timeline import Figures, figures_of
from service.web.words import FACTS
from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.billing.builders import Books, pay
from tests.documents.test_print_credit_note import billed, credited
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import at_the_door, come_in
from tests.world import World


async def test_staff_see_what_happened_to_a_customer_newest_first(world: World, served: str, phone: Page) -> None:
    person = await joined(world, roles=("back_office",))
    customer = await world.customer(reference="C-1017")
    await world.done(
        "POST",
        f"/v1/customers/{customer['id']}/contacts",
        {"name": "Ada", "channel": "email", "address": "ada@a.example", "may_authorise": True},
    )
    await come_in(phone, served, person["email"], to=f"/app/customers/{customer['id']}")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Ada Owner")
    said = await phone.locator("ol li strong").all_inner_texts()
    await look(phone, "timeline")
    assert said == ["Contact added", "Customer added"]


async def paid_by_cash(world: World) -> tuple[str, str]:
    """A customer who has paid 7 of 10 euros: their id, and the receipt's number."""
    books = Books(world)
    customer_id = await books.customer()
    paid = await pay(world, 700, invoice_id=await books.invoice(customer_id, 1_000))
    return str(customer_id), paid["receipt_number"]


async def test_who_may_see_money_sees_what_was_paid_and_the_receipts_number(world: World, served: str, phone: Page) -> None:
    customer_id, receipt_number = await paid_by_cash(world)
    person = await joined(world, roles=("dispatcher",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{customer_id}")
    entry = phone.locator("ol li", has_text="Payment received")
    await look(phone, "timeline-with-money")
    await expect(entry).to_contain_text(receipt_number)
    await expect(entry).to_contain_text("€7.00")
    await expect(phone.get_by_label("As of now")).to_contain_text("€3.00")


@pytest.mark.parametrize("role", ["technician", "agent"])
async def test_whoever_goes_to_doors_sees_that_it_was_paid_and_no_amounts(world: World, served: str, phone: Page, role: Role) -> None:
    customer_id, receipt_number = await paid_by_cash(world)
    person = await joined(world, roles=(role,))
    await come_in(phone, served, person["email"], to=f"/app/customers/{customer_id}")
    await expect(phone.locator("ol li strong", has_text="Payment received")).to_be_visible()
    text = await phone.locator("main").inner_text()
    assert "€" not in text
    assert receipt_number not in text


@pytest.mark.parametrize(
    "body, figures",
    [
        ({"number": "INV-7", "total_minor": 1190, "currency": "EUR"}, Figures("INV-7", 1190, "EUR")),
        ({"receipt_number": "R-1", "amount": {"amount": 700, "currency": "JPY"}}, Figures("R-1", 700, "JPY")),
        ({"total_minor": 1190, "currency": "EUR"}, Figures("of another entry", 1190, "EUR")),
        ({}, Figures("of another entry", None, None)),
    ],
)
def test_the_figures_of_an_entry_are_what_its_fact_tells(world: World, body: dict[str, Any], figures: Figures) -> None:
    subject = world.id()
    entry = Entry(1, 1, 1, "invoice_posted", "invoice", subject, body, "system:1", None, world.clock.now, world.clock.now)
    assert figures_of(entry, {subject: "of another entry"}) == figures


@pytest.mark.parametrize("kind, body", [("subscription_period_granted", {"number": 1}), ("code_sent", {"number": 2})])
def test_the_number_of_a_period_or_a_code_is_no_invoices_number(world: World, kind: str, body: dict[str, Any]) -> None:
    entry = Entry(1, 1, 1, kind, "subscription", world.id(), body, "system:1", None, world.clock.now, world.clock.now)
    assert figures_of(entry) == Figures(None, None, None)


async def test_staff_see_what_the_customer_answered_and_that_it_was_the_customer(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).of_job()
    showing = await shown(matter, {"description": "Oil change"}, {"description": "Brake pads"})
    answered = await showing.answer(showing.items[0], declined=showing.items[1:])
    assert answered.status_code == 201, answered.text
    person = await joined(world, roles=("dispatcher",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{matter.customer_id}")
    entry = phone.locator("ol li", has_text="Customer answered the offer")
    await expect(entry).to_contain_text("Yes: Oil change")
    await expect(entry).to_contain_text("No: Brake pads")
    await expect(entry).to_contain_text("the customer")
    await expect(entry).not_to_contain_text("customer link")
    await look(phone, "timeline-answered")
    await phone.set_viewport_size({"width": 1280, "height": 800})
    await look(phone, "timeline-desk")


async def test_how_to_reach_the_customer_stands_on_top(world: World, served: str, phone: Page) -> None:
    door = await at_the_door(world)
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{door.customer_id}")
    reach = phone.get_by_label("How to reach them")
    await expect(reach.get_by_role("link", name="+49 30 555 0199")).to_have_attribute("href", "tel:+49305550199")
    await expect(reach.get_by_role("link", name="ada@a.example")).to_have_attribute("href", "mailto:ada@a.example")
    await expect(reach).to_contain_text("1 Mill Lane")
    await look(phone, "timeline-reach")


async def test_what_happened_earlier_stands_below_although_it_was_heard_of_later(world: World, served: str, phone: Page) -> None:
    customer = await world.customer()
    contact = {"name": "Ada", "channel": "phone", "address": "+49 30 555 0199"}
    await world.done("POST", f"/v1/customers/{customer['id']}/contacts", contact)
    world.clock.forward(days=-1)
    await world.done("POST", f"/v1/customers/{customer['id']}/sites", {"address": "1 Mill Lane", "zone": "Europe/Berlin"})
    world.clock.forward(days=1)
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{customer['id']}")
    assert await phone.locator("ol li strong").all_inner_texts() == ["Contact added", "Customer added", "Address added"]


def test_every_notice_is_said_in_plain_words() -> None:
    words = [word for kind, word in FACTS.items() if kind.startswith("notice_")]
    assert len(words) == 8
    assert not any("notice" in word.lower() or "handed" in word.lower() for word in words)


async def test_another_organisations_customer_isnt_there(world: World, served: str, phone: Page) -> None:
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{world.id()}")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("There is no such thing here for you.")


async def test_the_timeline_leads_whoever_may_see_invoices_to_both_papers(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).of_job()
    invoice = await billed(matter)
    note = await credited(matter, invoice, {})
    person = await joined(matter.world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{matter.customer_id}")
    await expect(phone.get_by_role("link", name="INV-2026-1", exact=True).first).to_have_attribute("href", f"/app/invoices/{invoice['id']}")
    await expect(phone.get_by_role("link", name="CN-2026-1")).to_have_attribute("href", f"/app/credit-notes/{note['id']}")
    assert (await phone.request.get(f"{served}/app/credit-notes/{note['id']}")).headers["content-type"] == "application/pdf"
