"""Each sum says whether tax is in it, stands beside what it is of, and where the sums of items differ from the whole it is said why."""

import pytest
from playwright.async_api import Page, expect

from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.web.conftest import look
from tests.world import World

LONG = "Große Inspektion mit Ölwechsel, Bremsbelägen und Kettensatz"
ROUNDED_ONCE = "Tax is rounded once, on the sum: the items' own tax may differ from it by a cent."


async def test_an_amount_stands_beside_the_heading_it_is_of(world: World, served: str, phone: Page) -> None:
    matter = await Matter(world).begin()
    given = await matter.present(await matter.offer({"description": LONG, "unit_price": "3900", "tax_rate": "19"}), language="de")
    await phone.goto(f"{served}/a/{given['token']}")
    heading = await phone.get_by_role("heading", name=LONG).bounding_box()
    amount = await phone.locator("section", has_text=LONG).locator(".sum").first.bounding_box()
    assert heading is not None
    assert amount is not None
    assert heading["x"] + heading["width"] <= amount["x"]
    assert amount["y"] < heading["y"] + heading["height"]
    assert await phone.evaluate("document.documentElement.scrollWidth") <= 390
    await look(phone, "approval-long")


@pytest.mark.parametrize("prices, said", [(("102", "102", "102"), True), (("10000",), False)])
async def test_sums_that_differ_by_a_cent_say_why(world: World, served: str, phone: Page, prices: tuple[str, ...], said: bool) -> None:
    matter = await Matter(world).begin()
    given = await matter.present(await matter.offer(*({"unit_price": price, "tax_rate": "19"} for price in prices)))
    await phone.goto(f"{served}/a/{given['token']}")
    await expect(phone.get_by_text(ROUNDED_ONCE)).to_have_count(1 if said else 0)


async def test_what_was_agreed_says_that_tax_is_in_it(world: World, served: str, phone: Page) -> None:
    showing = await shown(await Matter(world).begin(), {"tax_rate": "19"})
    await showing.answer(*showing.items)
    await phone.goto(f"{served}/a/{showing.given['token']}")
    await expect(phone.get_by_role("heading", name="You agreed to, tax included")).to_be_visible()
    await expect(phone.locator("main")).to_contain_text("Together then €100.00 before tax.")


async def test_a_german_customer_gets_a_confirmation_and_no_receipt_for_money(world: World, served: str, phone: Page) -> None:
    showing = await shown(await Matter(world).begin(), presentation={"language": "de"})
    await showing.answer(*showing.items)
    await phone.goto(f"{served}/a/{showing.given['token']}")
    await expect(phone.get_by_role("link", name="Ihre signierte Bestätigung herunterladen")).to_be_visible()
    await expect(phone.locator("main")).not_to_contain_text("Quittung")
