"""One customer as staff see them."""

from playwright.async_api import Page, expect

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


async def test_another_organisations_customer_isnt_there(world: World, served: str, phone: Page) -> None:
    person = await joined(world, roles=("back_office",))
    await sign_in(phone, served, person["email"], to=f"/app/customers/{world.id()}")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("There is no such thing here for you.")
