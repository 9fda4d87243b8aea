"""Staff choose their password with the code from the mail."""

import httpx
from playwright.async_api import Page, expect

from tests.identity.builders import joined, mailed
from tests.web.conftest import look
from tests.world import World


async def test_somebody_invited_chooses_a_password_and_signs_in(world: World, served: str, phone: Page) -> None:
    invited = await world.done("POST", "/v1/staff", {"name": "Kim", "email": f"{world.id()}@northwind.example", "roles": ["technician"]})
    await phone.goto(f"{served}/join")
    await phone.get_by_label("Code from the mail").fill(await mailed(world, invited["id"], "invitation"))
    await phone.get_by_label("New password, 12 characters or more").fill("a staple of horses")
    await look(phone, "choose-password")
    await phone.get_by_role("button", name="Set it and sign in").click()
    await expect(phone.get_by_role("heading", level=1)).to_have_text("Sign in")


async def test_no_code_is_on_its_way_before_one_is_asked_for(world: World, served: str) -> None:
    async with httpx.AsyncClient(base_url=served) as browser:
        shown = (await browser.get("/forgotten")).text
        icon = await browser.get("/static/sayso.svg")
    assert "on its way" not in shown
    assert '<link rel="icon" href="/static/sayso.svg">' in shown
    assert (icon.status_code, icon.headers["content-type"]) == (200, "image/svg+xml")


async def test_a_forgotten_password_is_replaced_and_the_code_works_once(world: World, served: str) -> None:
    person = await joined(world)
    async with httpx.AsyncClient(base_url=served) as browser:
        asked = await browser.post("/forgotten", data={"email": person["email"]})
        nobody = await browser.post("/forgotten", data={"email": "nobody@northwind.example"})
        assert (asked.status_code, asked.headers["location"]) == (nobody.status_code, nobody.headers["location"])
        form = {"code": await mailed(world, person["id"], "password_reset"), "password": "a staple of horses"}
        answers = [await browser.post("/new-password", data=form) for _ in range(2)]
        signed_in = await browser.post("/sign-in", data={"email": person["email"], "password": "a staple of horses"})
    assert [answer.status_code for answer in answers] == [303, 410]
    assert signed_in.headers["location"] == "/app/day"
