"""The customer's page of what they are charged by, and what the office sees of it."""

from uuid import UUID

import httpx
from playwright.async_api import Page, expect

from service.identity.links import link_token
from tests.identity.builders import PASSWORD, joined
from tests.web.conftest import look
from tests.web.test_technicians_day import sign_in
from tests.world import World


async def link(world: World, **customer: str) -> tuple[str, str]:
    """A customer with mail, and the path of their page."""
    customer_id = (await world.customer(**customer))["id"]
    person = {"name": "Ada Owner", "channel": "email", "address": "ada@a.example", "may_authorise": True}
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", person)
    sent = await world.done("POST", f"/v1/customers/{customer_id}/saving-links", role="back_office")
    return customer_id, f"/l/{link_token(world.database.cursors, UUID(sent['link_id']))}/card"


async def test_a_customer_reads_what_they_would_agree_to_and_opening_it_does_nothing(world: World, served: str, phone: Page) -> None:
    customer_id, path = await link(world)
    await phone.goto(served + path)
    await look(phone, "saved-method")
    await expect(phone.locator("main")).to_contain_text("without my being there")
    await expect(phone.locator("main")).to_contain_text("Nothing is charged without you")
    assert await world.sql("select from billing.charge_consent where customer_id = $1", UUID(customer_id)) == []
    await phone.get_by_role("button", name="I agree").click()
    await expect(phone.get_by_role("alert")).to_contain_text("Cards can't be saved here yet")


async def test_it_speaks_german(world: World, served: str) -> None:
    _, path = await link(world, language="de")
    async with httpx.AsyncClient(base_url=served) as browser:
        shown = (await browser.get(path)).text
    assert all(said in shown for said in ("belastet wird", "jederzeit", "Konto hinterlegen"))


async def test_the_office_sends_the_link_from_the_customers_page(world: World, served: str, phone: Page) -> None:
    customer_id, _ = await link(world, name="Grace Hopper")
    person = await joined(world, roles=("back_office",))
    await sign_in(phone, served, person["email"])
    await phone.goto(f"{served}/app/customers/{customer_id}")
    await expect(phone.locator("main")).to_contain_text("nothing saved")
    await phone.get_by_role("button", name="Send a link to save a card or account").click()
    await expect(phone.locator("main")).to_contain_text("Link to save a card or account sent")


async def test_the_office_reads_it_in_german(world: World, served: str) -> None:
    customer_id, _ = await link(world)
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    person = await joined(world, roles=("back_office",))
    async with httpx.AsyncClient(base_url=served, follow_redirects=True) as browser:
        await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD, "to": ""})
        shown = (await browser.get(f"/app/customers/{customer_id}")).text
    assert all(said in shown for said in ("Wird belastet", "nichts hinterlegt", "Link zum Hinterlegen"))
