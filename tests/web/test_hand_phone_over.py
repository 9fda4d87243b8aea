"""The technician's phone in the customer's hands, and back in the technician's."""

from playwright.async_api import Page, expect

from tests.web.doors import at_the_door
from tests.web.test_technicians_day import sign_in
from tests.world import World


async def test_a_customer_reads_the_offer_in_their_own_language(world: World, served: str, phone: Page) -> None:
    await pads_in_the_book(world)
    door = await at_the_door(world, language="de")
    await sign_in(phone, served, door.email, to=door.path)
    await phone.get_by_role("button", name="Show it to the customer").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Nichts beginnt ohne Ihr Ja")


async def pads_in_the_book(world: World) -> None:
    """Something that can be offered."""
    terms = {
        "effective_on": "2026-01-01",
        "name": "Brake pads, front",
        "unit": "EA",
        "currency": "EUR",
        "price": "4500",
        "tax_category": "S",
    }
    await world.done("POST", "/v1/catalogue/items", {"code": "PADS", "kind": "part", **terms, "tax_rate_bp": 1900})
