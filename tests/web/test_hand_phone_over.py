"""The technician's phone in the customer's hands, and back in the technician's."""

from playwright.async_api import Page, expect

from tests.authorisations.matters import Matter
from tests.authorisations.showings import shown
from tests.web.conftest import look
from tests.web.doors import at_the_door, come_in, pads_in_the_book
from tests.world import World


async def test_a_customer_reads_the_offer_in_their_own_language(world: World, served: str, phone: Page) -> None:
    await pads_in_the_book(world)
    door = await at_the_door(world, language="de")
    await come_in(phone, served, door.email, to=door.path)
    await phone.get_by_role("button", name="Show it to the customer").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Nichts beginnt ohne Ihr Ja")


async def test_who_decides_is_told_apart_by_how_they_are_reached_and_how_they_confirm_is_chosen(
    world: World, served: str, phone: Page
) -> None:
    await pads_in_the_book(world)
    door = await at_the_door(world)
    await come_in(phone, served, door.email, to=door.path)
    assert sorted(await phone.get_by_label("Who decides").locator("option").all_inner_texts()) == [
        "Ada Owner · +49 30 555 0199",
        "Ada Owner · ada@a.example",
    ]
    await phone.get_by_label("Who decides").select_option(label="Ada Owner · +49 30 555 0199")
    await phone.get_by_label("How they confirm").select_option(label="by a code sent to them")
    await phone.get_by_role("button", name="Show it to the customer").click()
    await expect(phone.get_by_role("alert")).to_contain_text("This person has no e-mail address here.")
    await phone.get_by_label("Who decides").select_option(label="Ada Owner · ada@a.example")
    await phone.get_by_label("How they confirm").select_option(label="by a signature on this phone")
    await phone.get_by_role("button", name="Show it to the customer").click()
    await expect(phone.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    rows = await world.sql("select required_method from authorisations.presentation where organisation_id = $1", world.organisation_id)
    assert [row["required_method"] for row in rows] == ["signature"]


async def test_the_phone_goes_back_to_the_visit_and_keeps_no_copy(world: World, served: str, phone: Page) -> None:
    await pads_in_the_book(world)
    door = await at_the_door(world)
    await come_in(phone, served, door.email, to=door.path)
    await phone.get_by_role("button", name="Show it to the customer").click()
    await expect(phone.locator("main")).not_to_contain_text("at this address")
    await phone.get_by_label("Yes, do it").check()
    await phone.get_by_role("button", name="Send my answer").click()
    await expect(phone.locator("main")).not_to_contain_text("Keep this address")
    await look(phone, "answered-handed-over")
    address = phone.url
    await phone.get_by_role("link", name="Back to the visit").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Ada Owner")
    await phone.context.clear_cookies()
    await phone.goto(address)
    await phone.get_by_role("link", name="Back to the visit").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")


async def test_a_link_in_the_mail_offers_no_way_to_a_visit(world: World, served: str, phone: Page) -> None:
    showing = await shown(await Matter(world).begin())
    await showing.answer(*showing.items)
    await phone.goto(f"{served}/a/{showing.given['token']}?visit={world.id()}")
    await expect(phone.locator("main")).to_contain_text("Keep this address as your copy")
    await expect(phone.get_by_role("link", name="Back to the visit")).to_have_count(0)
