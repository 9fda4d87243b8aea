"""Where a device is, how it stands and when its customer hears: on the bench's page, and on the customer's page for staff."""

from playwright.async_api import Page, expect

from tests.care.devices import hand, place, repair, taken
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import come_in, sent
from tests.web.portals import ADA
from tests.world import World


async def shelved(world: World, **customer: str) -> str:
    """A router of a customer's that lies on a shelf; whose."""
    customer_id = str((await world.customer(**{"name": "Grace Hopper", **customer}))["id"])
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", ADA)
    counter = await hand(world)
    path = f"/v1/custodies/{(await taken(counter, await repair(world, customer_id=customer_id)))['id']}"
    await counter.done(f"{path}/put-down", {"after_step": 1, "place_id": await place(world)})
    await counter.done(f"{path}/steps", {"to": "waiting"})
    return customer_id


async def test_the_bench_and_the_first_screen_say_where_it_is_and_what_is_late(world: World, served: str, phone: Page) -> None:
    await shelved(world)
    person = await joined(world, roles=("technician",))
    await come_in(phone, served, person["email"], to="/app/bench")
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Devices here")
    for said in ("Hall router", "Grace Hopper", "waits for the bench", "at Shelf 3", "news by"):
        await expect(phone.locator("main")).to_contain_text(said)
    await look(phone, "bench")
    await phone.get_by_role("link", name="Grace Hopper").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Grace Hopper")
    for said in ("Hall router", "at Shelf 3"):
        await expect(phone.get_by_role("region", name="As of now")).to_contain_text(said)


async def test_a_technicians_day_leads_to_what_they_hold(world: World, served: str, phone: Page) -> None:
    await shelved(world)
    await come_in(phone, served, (await sent(world)).email, to="/app/day")
    await phone.get_by_role("link", name="Devices in my hand").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Devices here")
    await expect(phone.get_by_role("link", name="In my hand")).to_have_attribute("aria-current", "page")
    await expect(phone.locator("main")).not_to_contain_text("Hall router")
