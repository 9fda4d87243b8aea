"""The office pays a customer's credit out from a page: set aside once, paid by bank or out of one's own cash, or theirs again."""

from typing import Any

from playwright.async_api import Page, expect

from tests.billing.test_compensate_customer import compensated, law
from tests.billing.test_credit_outages import credit_of, paid, span, told
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import come_in
from tests.world import World


async def with_credit(world: World) -> dict[str, Any]:
    """A customer with 50.00 of credit who owes nothing."""
    await law(world)
    subscription = await paid(world)
    await compensated(world, (await told(world, subscription, span(0.5, 24 * 8.6)))["id"])
    return subscription


async def set_aside(phone: Page, amount: str, way: str) -> None:
    await phone.get_by_text("Pay out credit").click()
    await phone.get_by_label("How much, in EUR").fill(amount)
    await phone.get_by_label("How it is paid out").select_option(way)
    await phone.get_by_label("Why it is paid out").fill("As they asked")
    await phone.get_by_role("button", name="Set it aside").click()


async def test_credit_is_set_aside_and_said_to_be_paid_or_is_theirs_again(world: World, served: str, phone: Page) -> None:
    subscription = await with_credit(world)
    person = await joined(world, roles=("back_office",))
    home = f"/app/customers/{subscription['customer_id']}"
    await come_in(phone, served, person["email"], to=home)
    await phone.get_by_text("Pay out credit").click()
    await expect(phone.get_by_label("How much, in EUR")).to_have_value("50.00")
    await look(phone, "pay-credit-out")
    await phone.reload()
    await set_aside(phone, "30.00", "by bank transfer")
    waits = phone.get_by_role("list", name="Refunds on their way")
    await expect(waits.get_by_role("listitem")).to_contain_text(["€30.00"])
    assert await credit_of(world, subscription) == 2000
    await look(phone, "refunds-on-their-way")
    await waits.get_by_role("button", name="It was paid by bank").click()
    await expect(waits).to_contain_text("Nothing at this moment.")
    await phone.goto(served + home)
    await set_aside(phone, "20.00", "in cash")
    await waits.get_by_role("button", name="I have paid it out of my cash").click()
    await expect(phone.get_by_role("alert")).to_contain_text("This is more than you hold by the books.")
    await waits.get_by_role("button", name="It won’t be paid").click()
    await expect(waits).to_contain_text("Nothing at this moment.")
    assert await credit_of(world, subscription) == 2000


async def test_more_than_there_is_and_no_number_are_refused_on_the_customers_page(world: World, served: str, phone: Page) -> None:
    subscription = await with_credit(world)
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/customers/{subscription['customer_id']}")
    await set_aside(phone, "50.01", "by bank transfer")
    await expect(phone.get_by_role("alert")).to_contain_text("Not as much is left of the customer’s credit.")
    await set_aside(phone, "much", "by bank transfer")
    await expect(phone.get_by_role("alert")).to_contain_text("49.90")
    assert await credit_of(world, subscription) == 5000
