"""Whoever goes to no doors begins on a page of the office: finds a customer, sees whom to call, signs out."""

import httpx
import pytest
from playwright.async_api import Page, expect

from service.identity.scopes import Role
from tests.identity.builders import PASSWORD, joined
from tests.web.conftest import look
from tests.web.doors import at_the_door
from tests.web.test_technicians_day import sign_in
from tests.world import World


@pytest.mark.parametrize("role", ["manager", "dispatcher", "back_office"])
async def test_signing_in_leads_the_office_to_its_own_page(world: World, served: str, role: Role) -> None:
    person = await joined(world, roles=(role,))
    async with httpx.AsyncClient(base_url=served, follow_redirects=True) as browser:
        form = await browser.get("/sign-in")
        assert 'name="to" value=""' in form.text
        shown = await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD, "to": ""})
        assert (shown.status_code, shown.url.path) == (200, "/app/office")
        assert (await browser.get("/app/day")).url.path == ("/app/office" if role == "manager" else "/app/day")


async def test_whoever_goes_to_doors_begins_with_their_day(world: World, served: str) -> None:
    door = await at_the_door(world)
    async with httpx.AsyncClient(base_url=served, follow_redirects=True) as browser:
        shown = await browser.post("/sign-in", data={"email": door.email, "password": PASSWORD, "to": ""})
        assert (shown.status_code, shown.url.path) == (200, "/app/day")


async def test_the_office_finds_a_customer_by_a_part_of_the_name(world: World, served: str, phone: Page) -> None:
    await world.customer(name="Grace Hopper", reference="C-1")
    await world.customer(name="Alan Turing")
    person = await joined(world, roles=("manager",))
    await sign_in(phone, served, person["email"])
    await look(phone, "office")
    await phone.get_by_label("Name, telephone, address").fill("hopp")
    await phone.get_by_role("button", name="Find").click()
    await expect(phone.get_by_role("link", name="Alan Turing")).to_have_count(0)
    await look(phone, "office-found")
    await phone.set_viewport_size({"width": 1280, "height": 800})
    await look(phone, "office-desk")
    await phone.get_by_role("link", name="Grace Hopper").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Grace Hopper")
    await phone.get_by_role("link", name="Office").click()
    await phone.get_by_label("Name, telephone, address").fill("nobody")
    await phone.get_by_role("button", name="Find").click()
    await expect(phone.locator("main")).to_contain_text("Nobody fits that.")
    await phone.get_by_role("button", name="Sign out").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")


async def test_the_office_speaks_german_where_the_organisation_does(world: World, served: str) -> None:
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    person = await joined(world, roles=("dispatcher",))
    async with httpx.AsyncClient(base_url=served, follow_redirects=True) as browser:
        shown = await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD, "to": ""})
    assert all(said in shown.text for said in ("Kunden finden", "Abmelden", "Wen anrufen"))


@pytest.mark.parametrize(
    "path",
    ["arrears", "bank", "books", "cases", "customers", "incidents", "money", "notices", "office/cheques", "promises", "reach", "board"],
)
async def test_every_page_of_the_office_leads_back_to_it_and_out(world: World, served: str, path: str) -> None:
    person = await joined(world, roles=("manager",))
    async with httpx.AsyncClient(base_url=served, follow_redirects=True) as browser:
        await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD, "to": ""})
        shown = await browser.get(f"/app/{path}")
    corner = shown.text.split("<main")[0]
    assert '<a href="/app/office">Office</a>' in corner
    assert 'action="/app/sign-out"' in corner


async def test_the_ways_on_from_the_board_stay_whole_words_on_a_phone(world: World, served: str, phone: Page) -> None:
    person = await joined(world, roles=("manager",))
    await sign_in(phone, served, person["email"])
    await phone.goto(f"{served}/app/board")
    links = phone.get_by_role("navigation", name="Ways on").get_by_role("link")
    await expect(links).to_have_text(["Office", "Promises", "Incidents", "Cash"])
    lines = await links.evaluate_all("links => links.map(link => link.getClientRects().length)")
    assert lines == [1, 1, 1, 1]
    await look(phone, "board-corner")
