"""The office sees who owes, how far dunning has come, what comes next and what holds it."""

import httpx
from playwright.async_api import Page, expect

from tests.billing.dunning import hold, in_arrears, live
from tests.identity.builders import PASSWORD, joined
from tests.web.conftest import look
from tests.web.test_technicians_day import sign_in
from tests.world import World


async def test_the_office_sees_who_owes_what_comes_next_and_what_holds_it(world: World, served: str, phone: Page) -> None:
    owing = await in_arrears(world, customer_id=(await world.customer(name="Grace Hopper"))["id"])
    await live(world, 5)
    await hold(world, owing, "legal", note="Insolvency")
    incident = {"what": "No light in Harbour Street", "until_at": "2026-05-01T00:00:00Z", "subscription_ids": [owing["id"]]}
    await world.done("POST", "/v1/incidents", incident, role="back_office")
    person = await joined(world, roles=("back_office",))
    await sign_in(phone, served, person["email"])
    await phone.get_by_role("link", name="Who owes").click()
    await look(phone, "arrears")
    for said in (
        "Grace Hopper",
        "reminded",
        "next on Saturday, 14 March 2026: remind",
        "held by an incident, a law or court",
        "No light in Harbour Street",
        "€29.90",
    ):
        await expect(phone.locator("main")).to_contain_text(said)


async def test_it_says_so_in_german(world: World, served: str) -> None:
    await in_arrears(world)
    await live(world, 3)
    await world.sql("update identity.organisation set language = 'de' where organisation_id = $1", world.organisation_id)
    person = await joined(world, roles=("back_office",))
    async with httpx.AsyncClient(base_url=served, follow_redirects=True) as browser:
        await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD, "to": ""})
        shown = await browser.get("/app/arrears")
    assert all(said in shown.text for said in ("Wer schuldet", "Nächstes am", "erinnert"))
