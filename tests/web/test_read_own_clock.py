"""Staff read the clock of the place, and beside it their own where they said on this device which that is."""

import httpx
from playwright.async_api import Page, expect

from tests.identity.builders import PASSWORD, joined
from tests.web.conftest import look
from tests.web.doors import come_in
from tests.web.portals import link
from tests.web.test_say_whose_clock import foot, in_lisbon
from tests.world import World


async def test_a_time_stands_by_the_clock_of_the_place_and_by_ones_own_beside_it(world: World, served: str, phone: Page) -> None:
    there = await in_lisbon(world)
    person = await joined(world, roles=("dispatcher",))
    await come_in(phone, served, person["email"], to="/app/office")
    visits = phone.locator("main")
    await expect(visits).to_contain_text("14:00–15:00")
    await expect(visits).not_to_contain_text("for you")
    await phone.get_by_role("link", name="My clock").click()
    await phone.get_by_label("Where you are").select_option("Europe/Berlin")
    await phone.get_by_role("button", name="Read by it on this device").click()
    await expect(phone.get_by_label("Where you are")).to_have_value("Europe/Berlin")
    await look(phone, "my-clock")
    await phone.goto(f"{served}/app/office")
    await expect(visits).to_contain_text("14:00 (15:00 for you)–15:00 (16:00 for you)")
    await expect(phone.locator("footer")).to_contain_text("In brackets, where it is another: yours, Europe/Berlin.")
    await look(phone, "office-by-ones-own-clock")
    await phone.goto(f"{served}/app/customers/{there['id']}")
    await expect(phone.locator("main")).to_contain_text("for you)")
    await phone.goto(f"{served}/app/clock")
    await phone.get_by_label("Where you are").select_option("Asia/Tokyo")
    await phone.get_by_role("button", name="Read by it on this device").click()
    await expect(phone.locator("main")).to_contain_text("It is Wed 4 Mar 2026, 13:00 (21:00 for you).")
    await phone.get_by_label("Where you are").select_option("")
    await phone.get_by_role("button", name="Read by it on this device").click()
    await expect(phone.locator("main")).to_contain_text("It is Wed 4 Mar 2026, 13:00.")


async def test_another_day_is_said_and_what_is_no_zone_is_refused_or_passed_over(world: World, served: str) -> None:
    person = await joined(world, roles=("dispatcher",))
    async with httpx.AsyncClient(base_url=served) as browser:
        await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD})
        await browser.post("/app/clock", data={"zone": "Pacific/Kiritimati"})
        assert "Wed 4 Mar 2026, 13:00 (Thu 5 Mar 2026, 02:00 for you)" in (await browser.get("/app/clock")).text
        refused = await browser.post("/app/clock", data={"zone": "Mars/Olympus"})
        assert (refused.status_code, "set-cookie" in refused.headers) == (422, False)
        forged = await browser.post("/app/clock", data={"zone": ""}, headers={"Sec-Fetch-Site": "cross-site"})
        assert (forged.status_code, "set-cookie" in forged.headers) == (403, False)
        for cookie in ("Mars/Olympus", "../../etc/passwd", "x" * 3000, "<script>"):
            answer = await browser.get(
                "/app/clock", headers={"Cookie": f"sayso_page={browser.cookies['sayso_page']}; sayso_clock={cookie}"}
            )
            assert (answer.status_code, "for you" in answer.text) == (200, False), cookie


async def test_a_customers_page_is_by_their_clock_alone_whoever_opens_it(world: World) -> None:
    there = await in_lisbon(world)
    await world.done("POST", f"/v1/customers/{there['id']}/contacts", {"name": "Inês", "channel": "email", "address": "i@a.example"})
    contact = (await world.done("GET", f"/v1/customers/{there['id']}/contacts"))["items"][0]["id"]
    path = await link(world, there["id"], contact)
    answer = await world.http.get(path, headers={"Cookie": "sayso_clock=Asia/Tokyo"})
    assert "14:00" in answer.text
    assert "for you" not in answer.text
    assert "In brackets" not in foot(answer)
