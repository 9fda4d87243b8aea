"""Where a technician, a customer and the office find the address of a calendar."""

from uuid import UUID

import httpx
from playwright.async_api import Page, expect

from service.identity.links import link_token
from tests.dispatch.builders import job, technician, visit
from tests.identity.builders import joined
from tests.web.conftest import look
from tests.web.doors import sent
from tests.web.portals import ADA
from tests.web.portals import link as portal
from tests.web.test_technicians_day import sign_in
from tests.world import World


async def link(world: World, **customer: str) -> tuple[str, str]:
    """A customer with mail, and the path of their page."""
    customer_id = (await world.customer(**customer))["id"]
    person = {"name": "Ada Owner", "channel": "email", "address": "ada@a.example", "may_authorise": True}
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", person)
    made = await world.done("POST", f"/v1/customers/{customer_id}/saving-links", role="back_office")
    return customer_id, f"/l/{link_token(world.database.cursors, UUID(made['link_id']))}"


async def address(phone: Page, label: str) -> str:
    return await phone.get_by_label(label).input_value()


async def feed(served: str, shown: str) -> httpx.Response:
    """What stands behind the address that a page shows."""
    async with httpx.AsyncClient(base_url=served) as calendar:
        return await calendar.get("/feed/" + shown.partition("/feed/")[2])


async def test_a_technician_subscribes_from_their_day_and_ends_it(world: World, served: str, phone: Page) -> None:
    door = await sent(world)
    await sign_in(phone, served, door.email)
    await phone.get_by_role("link", name="Subscribe to my visits in a calendar").click()
    await phone.get_by_role("button", name="Make an address to subscribe to").click()
    await look(phone, "my-calendar")
    first = await address(phone, "Or copy this address into your calendar")
    assert (await phone.get_by_role("link", name="Subscribe").get_attribute("href") or "").startswith("webcal://")
    assert "BEGIN:VEVENT" in (await feed(served, first)).text
    await phone.get_by_role("button", name="Make a new address").click()
    second = await address(phone, "Or copy this address into your calendar")
    assert (await feed(served, first)).status_code == 410
    assert (await feed(served, second)).status_code == 200
    await phone.get_by_role("button", name="End it").click()
    await expect(phone.get_by_role("button", name="Make an address to subscribe to")).to_be_visible()
    assert (await feed(served, second)).status_code == 410


async def test_a_customer_subscribes_on_their_own_page_and_opening_it_makes_nothing(world: World, served: str, phone: Page) -> None:
    customer_id, path = await link(world, language="de")
    await visit(world, by=await technician(world), of=await job(world, customer_id=customer_id))
    await phone.goto(served + path + "/card")
    await phone.get_by_role("link", name="Ihre Besuche im Kalender abonnieren").click()
    assert (await world.get(f"/v1/customers/{customer_id}/calendar")).status_code == 404
    await phone.get_by_role("button").click()
    await look(phone, "customers-calendar")
    told = (await feed(served, await phone.get_by_role("textbox").input_value())).text
    assert "Prüfung" in told


async def test_the_office_hands_a_customer_their_address(world: World, served: str, phone: Page) -> None:
    customer_id, _ = await link(world, name="Grace Hopper")
    person = await joined(world, roles=("dispatcher",))
    await sign_in(phone, served, person["email"])
    await phone.goto(f"{served}/app/customers/{customer_id}")
    await phone.get_by_role("link", name="Let them subscribe to their visits").click()
    await phone.get_by_role("button", name="Make an address to subscribe to").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Visits in the calendar of Grace Hopper")
    await look(phone, "calendar-for-a-customer")
    assert (await feed(served, await address(phone, "The address for them to subscribe to"))).status_code == 200
    await phone.get_by_role("link", name="Back").click()
    await expect(phone.locator("main")).to_contain_text("Address of the calendar made")


async def test_a_calendar_ends_with_the_link_it_was_made_through_and_no_other_does(world: World) -> None:
    customer_id = (await world.customer())["id"]
    contacts = f"/v1/customers/{customer_id}/contacts"
    ada = await world.done("POST", contacts, {**ADA, "address": "ada@a.example"})
    grace = await world.done("POST", contacts, {**ADA, "name": "Grace", "address": "grace@a.example"})

    async def made() -> str:
        """The feed that Ada gives herself on her link."""
        path = await portal(world, customer_id, ada["id"])
        assert (await world.http.post(f"{path}/calendar", data={"do": "renew"})).status_code == 303
        return str((await world.done("GET", f"/v1/customers/{customer_id}/calendar"))["path"])

    async def shows(path: str) -> int:
        return (await world.http.get(path)).status_code

    first = await made()
    await world.changed(f"{contacts}/{grace['id']}", address="grace@b.example")
    assert await shows(first) == 200
    await world.changed(f"{contacts}/{ada['id']}", address="ada@b.example")
    assert await shows(first) == 410
    second = await made()
    await world.done("DELETE", f"/v1/customers/{customer_id}/portal-links", role="back_office")
    assert await shows(second) == 410
    handed_on = (await world.done("POST", f"/v1/customers/{customer_id}/calendar"))["path"]
    await portal(world, customer_id, ada["id"])
    await world.done("DELETE", f"/v1/customers/{customer_id}/portal-links", role="back_office")
    assert await shows(handed_on) == 200


async def test_a_form_from_elsewhere_makes_no_address(world: World, served: str) -> None:
    customer_id, path = await link(world)
    async with httpx.AsyncClient(base_url=served) as browser:
        refused = await browser.post(f"{path}/calendar", data={"do": "renew"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    assert (await world.get(f"/v1/customers/{customer_id}/calendar")).status_code == 404
