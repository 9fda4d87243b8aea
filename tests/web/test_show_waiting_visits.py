"""A visit that an incident explains is shown as held, with why: on the board, on its technician's day, on the incident's page, and so is the case that came in meanwhile."""

import re
from typing import Any

from playwright.async_api import Page, expect

from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from tests.dispatch.builders import Field, advance, job, visit
from tests.identity.builders import joined
from tests.subscriptions.builders import opened
from tests.web.conftest import entered, look
from tests.web.doors import come_in
from tests.world import World

WHAT = "No internet in the old town"


async def held(world: World) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Who is to go to Bea Tenant this afternoon, to a visit that waits; and the incident."""
    bea = await world.customer(name="Bea Tenant")
    service = await opened(world, customer_id=bea["id"])
    robin = await joined(world, roles=("technician",))
    await world.done("POST", "/v1/technicians", {"staff_id": robin["id"], "zone": "Europe/Berlin"})
    hours = {"from_on": "2026-03-01", "until_on": "2026-04-01", "starts": "08:00:00", "ends": "17:00:00"}
    await world.done("POST", f"/v1/technicians/{robin['id']}/shifts", hours)
    of = await job(world, customer_id=bea["id"], kind="repair", symptom="The internet is gone")
    made = await visit(world, by=Field(robin["id"], ""), at="2026-03-04T14:00:00Z", of=of)
    await advance(world, made["id"], to="accept")
    incident = {"what": WHAT, "until_at": "2026-03-06T00:00:00Z", "subscription_ids": [service["id"]], "symptoms": ["internet"]}
    declared = await world.done("POST", "/v1/incidents", incident, role="back_office")
    world.clock.forward(minutes=1)
    worker = Runner(world.database, kinds={"hold_visits": KINDS["hold_visits"]}, clock=world.clock, jitter=lambda: 0.0)
    worker._committed(world.organisation_id)
    await worker.drain()
    return robin, made | {"customer_id": bea["id"]}, declared["id"]


async def test_the_technicians_day_says_not_to_set_out(world: World, served: str, phone: Page) -> None:
    robin, made, _ = await held(world)
    await come_in(phone, served, robin["email"], to="/app/day")
    await expect(phone.locator("main")).to_contain_text("Don’t set out: it waits for a known incident.")
    await expect(phone.locator("main")).to_contain_text(WHAT)
    await look(phone, "day-with-held-visit")
    await phone.goto(f"{served}/app/visits/{made['id']}")
    await expect(phone.locator("main")).to_contain_text("Don’t set out: it waits for a known incident.")
    refused = await phone.request.post(
        f"{served}/app/visits/{made['id']}/steps/set-out", form={"from": "the page"}, headers={"Origin": served}
    )
    assert refused.status == 409
    assert "This visit waits for a known incident to end" in await refused.text()


async def test_the_board_shows_it_and_the_incidents_page_has_it_go_ahead(world: World, served: str, tablet: Page) -> None:
    _, made, incident_id = await held(world)
    await come_in(tablet, served, (await joined(world, roles=("dispatcher",)))["email"], to="/app/board?on=2026-03-04")
    await expect(tablet.locator(f'[data-visit="{made["id"]}"]')).to_have_class(re.compile(r"\bwaiting\b"))
    await expect(tablet.locator(f'[data-visit="{made["id"]}"]')).to_contain_text(f"waits for “{WHAT}”, expected to be over by")
    await tablet.goto(f"{served}/app/incidents/{incident_id}")
    await expect(tablet.get_by_role("region", name="Visits that wait for it")).to_contain_text("Bea Tenant")
    await look(tablet, "incident-with-held-visit")
    await tablet.get_by_role("button", name="Have it go ahead: Bea Tenant").click()
    await expect(tablet.get_by_role("region", name="Visits that wait for it")).to_have_count(0)
    assert (await world.done("GET", f"/v1/visits/{made['id']}"))["waits_for"] == []


async def test_a_complaint_that_comes_in_meanwhile_says_so_to_whoever_opens_it(world: World, served: str, phone: Page) -> None:
    _, made, incident_id = await held(world)
    await come_in(phone, served, (await joined(world, roles=("back_office",)))["email"], to="/app/cases")
    case = await world.done("POST", f"/v1/customers/{made['customer_id']}/cases", {"channel": "phone", "words": "Still nothing!"})
    assert case["incident_ids"] == [incident_id]
    await phone.goto(f"{served}/app/cases/{case['id']}")
    await expect(phone.get_by_label("As of now")).to_contain_text(f"Came in during{WHAT} · expected to be over by")
    await look(phone, "case-in-incident")
    await entered(phone, phone.get_by_role("link", name=WHAT))
    await expect(phone.get_by_role("heading", level=1)).to_have_text(WHAT)
