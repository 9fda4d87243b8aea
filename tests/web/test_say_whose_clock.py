"""Every page that tells a time says by whose clock it is."""

from typing import Any

import httpx

from tests.dispatch.builders import job, technician, visit
from tests.identity.builders import PASSWORD, joined
from tests.web.portals import everything
from tests.web.test_show_status import an_outage, named
from tests.world import World

BERLIN, LISBON = "Europe/Berlin", "Europe/Lisbon"


def foot(page: httpx.Response) -> str:
    """What stands at its end."""
    assert page.status_code == 200, page.url
    return " ".join(page.text.partition("<footer")[2].split())


async def in_lisbon(world: World) -> dict[str, Any]:
    """A visit of today where it is an hour earlier."""
    customer = await world.customer(name="Inês", zone=LISBON)
    site = await world.done("POST", f"/v1/customers/{customer['id']}/sites", {"address": "Rua A 1, Lisboa", "zone": LISBON})
    of = await job(world, customer_id=customer["id"], site_id=site["id"])
    await visit(world, by=await technician(world, zone=LISBON), of=of, at="2026-03-04T14:00:00Z")
    return customer


async def test_each_page_names_the_place_whose_times_it_tells(world: World, served: str) -> None:
    made, there = await everything(world), await in_lisbon(world)
    home, link = await named(world), await made.link()
    await an_outage(world)
    for page in (f"{home}/status", link, f"{link}/visits"):
        assert f"Times are those of {BERLIN}." in foot(await world.http.get(page)), page
    person = await joined(world, roles=("back_office", "dispatcher"))
    async with httpx.AsyncClient(base_url=served) as browser:
        await browser.post("/sign-in", data={"email": person["email"], "password": PASSWORD})
        for page, zone in (("/app/incidents", BERLIN), (f"/app/customers/{there['id']}", LISBON)):
            assert f"Times are those of {zone}." in foot(await browser.get(page)), page
        assert f"Times are those of each place: {BERLIN}, {LISBON}." in foot(await browser.get("/app/board?on=2026-03-04"))


async def test_a_page_without_a_time_names_no_clock(world: World) -> None:
    assert "Times are" not in foot(await world.http.get(f"/my/{world.organisation_id}"))
