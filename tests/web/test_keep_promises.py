"""The office finds who calls, sees at once how things stand, promises, notes what was said, and sees what breaks next."""

from playwright.async_api import Page, expect

from tests.identity.builders import joined
from tests.promises.builders import promised, said, state_of
from tests.web.conftest import entered, look
from tests.web.doors import come_in
from tests.world import World


async def test_whoever_calls_is_found_and_promised_a_call_back_that_a_call_keeps(world: World, served: str, phone: Page) -> None:
    customer = await world.customer(name="Grace Hopper", reference="K-7")
    await world.done(
        "POST", f"/v1/customers/{customer['id']}/contacts", {"name": "Grace", "channel": "phone", "address": "+49 30 555 0177"}
    )
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to="/app/customers")
    await phone.get_by_label("Name, telephone, address").fill("Grcae Hoper")
    await entered(phone, phone.get_by_role("button", name="Find"))
    await expect(phone.get_by_role("list", name="Found")).to_contain_text("+49 30 555 0177")
    await look(phone, "customers-found")
    await entered(phone, phone.get_by_role("link", name="Grace Hopper"))
    await phone.get_by_text("Promise something").press("Enter")
    await phone.get_by_label("About what").fill("The router")
    await look(phone, "customer-promise")
    await entered(phone, phone.get_by_role("button", name="Promise it"))
    await expect(phone.get_by_role("region", name="As of now")).to_contain_text("call back by")
    await phone.get_by_text("Note a word in or out").press("Enter")
    await phone.get_by_label("What was said").fill("Told her that a new one comes")
    await look(phone, "customer-note")
    await entered(phone, phone.get_by_role("button", name="Note it"))
    await expect(phone.get_by_role("list").filter(has_text="Told her that a new one comes")).to_have_count(1)
    await expect(phone.get_by_role("region", name="As of now")).not_to_contain_text("call back by")
    await expect(phone.get_by_role("region", name="As of now")).to_contain_text("we to them by telephone")
    await look(phone, "customer-told")


async def test_another_time_is_promised_from_the_days_list(world: World, served: str, phone: Page) -> None:
    customer = await world.customer(name="Grace Hopper")
    late = await promised(world, customer["id"], within_minutes=10, words="The bill")
    soon = await promised(world, customer["id"], within_minutes=300)
    world.clock.forward(minutes=20)
    person = await joined(world, roles=("manager",))
    await come_in(phone, served, person["email"], to="/app/promises")
    await expect(phone.get_by_role("region", name="About to break first")).to_contain_text("About the router")
    await expect(phone.get_by_role("region", name="Broken, and not made good")).to_contain_text("The bill")
    await look(phone, "promises")
    broken = phone.get_by_role("region", name="Broken, and not made good")
    await broken.get_by_text("Promise another time").press("Enter")
    await broken.get_by_label("Why, for the customer to read").fill("Nobody was here")
    await look(phone, "promises-renew")
    await entered(phone, broken.get_by_role("button", name="Promise it and tell them"))
    await expect(phone.get_by_role("region", name="Broken, and not made good")).to_contain_text("Nothing.")
    assert [await state_of(world, one["id"]) for one in (late, soon)] == ["broken", "open"]
    await entered(phone, phone.get_by_role("link", name="How many were kept"))
    await expect(phone.get_by_role("heading", level=1)).to_have_text("How many were kept")
    await expect(phone.locator("main")).to_contain_text("0% kept")
    await look(phone, "promises-kept")
    async with phone.expect_download() as coming:
        await phone.get_by_role("link", name="All of them as a file").press("Enter")
    assert (await coming.value).suggested_filename == "promises.csv"


async def test_an_open_page_of_a_customer_hears_what_others_do(world: World, served: str, tablet: Page) -> None:
    customer, other = await world.customer(name="Grace Hopper"), await world.customer(name="Else")
    person = await joined(world, roles=("dispatcher",))
    await come_in(tablet, served, person["email"], to=f"/app/customers/{customer['id']}")
    await expect(tablet.get_by_role("region", name="As of now")).not_to_contain_text("call back by")
    await promised(world, other["id"])
    await promised(world, customer["id"])
    await expect(tablet.get_by_role("region", name="As of now")).to_contain_text("call back by", timeout=20_000)
    await tablet.get_by_text("Promise something").press("Enter")
    await tablet.get_by_label("About what").fill("Being written")
    await said(world, customer["id"])
    await expect(tablet.locator("#timeline")).to_contain_text("Word noted", timeout=20_000)
    await expect(tablet.get_by_label("About what")).to_have_value("Being written")


async def test_promises_speak_german(world: World, served: str, phone: Page) -> None:
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    customer = await world.customer(name="Grace Hopper")
    await promised(world, customer["id"])
    person = await joined(world, roles=("manager",))
    await come_in(phone, served, person["email"], to="/app/promises")
    await expect(phone.locator("main")).to_contain_text("Rückruf")
    await look(phone, "promises-de")
    await phone.goto(f"{served}/app/customers/{customer['id']}")
    await expect(phone.locator("main")).to_contain_text("Etwas zusagen")
    await look(phone, "customer-de")
