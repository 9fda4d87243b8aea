"""What was given for what we failed to do stands on the customer's page and on their timeline, with what was set off."""

from playwright.async_api import Page, expect

from tests.billing.test_compensate_customer import compensated, law
from tests.billing.test_credit_outages import paid, span, told
from tests.web.conftest import look
from tests.web.portals import link
from tests.world import World


async def test_compensation_is_told_to_its_customer_with_what_came_back_of_the_price_and_that_it_was_taken_back(
    world: World, served: str, phone: Page
) -> None:
    await law(world)
    subscription = await paid(world)
    given = await compensated(world, (await told(world, subscription, span(0.5, 24 * 8.6)))["id"])
    path = await link(world, subscription["customer_id"])
    await phone.goto(f"{served}{path}/past")
    listed = phone.locator("#compensations")
    await expect(listed).to_contain_text("6 days without service")
    await expect(listed).to_contain_text("€42.28")
    await expect(listed).to_contain_text("€50.00, less €7.72 that came back of the price")
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
    await look(phone, "portal-compensation")
    await world.done("POST", f"/v1/compensations/{given['id']}/take-back", {"reason": "A flood"}, role="back_office", key=str(world.id()))
    await phone.reload()
    await expect(listed).to_contain_text("Taken back: A flood")
