"""One customer as staff see them."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from service.care.records import Entry
from service.identity.scopes import Role
from service.web.timeline import Figures, figures_of
from tests.billing.builders import Books, pay
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.test_technicians_day import sign_in
from tests.world import World


async def test_staff_see_what_happened_to_a_customer_newest_first(world: World, served: str, phone: Page) -> None:
    person = await joined(world, roles=("back_office",))
    customer = await world.customer(reference="C-1017")
    await world.done(
        "POST",
        f"/v1/customers/{customer['id']}/contacts",
        {"name": "Ada", "channel": "email", "address": "ada@a.example", "may_authorise": True},
    )
    await sign_in(phone, served, person["email"], to=f"/app/customers/{customer['id']}")
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
    await sign_in(phone, served, person["email"], to=f"/app/customers/{customer_id}")
    entry = phone.locator("ol li", has_text="Payment received")
    await look(phone, "timeline-with-money")
    await expect(entry).to_contain_text(receipt_number)
    await expect(entry).to_contain_text("€7.00")
    await expect(phone.get_by_label("As of now")).to_contain_text("€3.00")


@pytest.mark.parametrize("role", ["technician", "agent"])
async def test_whoever_goes_to_doors_sees_that_it_was_paid_and_no_amounts(world: World, served: str, phone: Page, role: Role) -> None:
    customer_id, receipt_number = await paid_by_cash(world)
    person = await joined(world, roles=(role,))
    await sign_in(phone, served, person["email"], to=f"/app/customers/{customer_id}")
    await expect(phone.locator("ol li strong", has_text="Payment received")).to_be_visible()
    shown = await phone.locator("main").inner_text()
    assert "€" not in shown
    assert receipt_number not in shown


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


async def test_another_organisations_customer_isnt_there(world: World, served: str, phone: Page) -> None:
    person = await joined(world, roles=("back_office",))
    await sign_in(phone, served, person["email"], to=f"/app/customers/{world.id()}")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("There is no such thing here for you.")
