"""The office declares an incident on a page, sees whom it holds, widens it and ends it, by the keyboard alone."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from playwright.async_api import Page, expect

from tests.billing.test_credit_outages import HOURS, beat, paid, ruled
from tests.identity.builders import joined
from tests.subscriptions.builders import opened
from tests.web.conftest import entered, look
from tests.web.doors import come_in, signed_in
from tests.world import World


async def services(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    bea, grace = await world.customer(name="Bea Tenant"), await world.customer(name="Grace Hopper", reference="K-7")
    return await opened(world, customer_id=bea["id"], reference="bea"), await opened(world, customer_id=grace["id"])


async def test_an_incident_is_declared_widened_and_ended(world: World, served: str, phone: Page) -> None:
    bea, grace = await services(world)
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to="/app/office")
    await entered(phone, phone.get_by_role("link", name="Incidents"))
    await phone.get_by_label("What doesn’t work").fill("No light in the street")
    until = world.clock.now.replace(month=world.clock.now.month + 1).strftime("%Y-%m-%dT%H:%M")
    await phone.get_by_label("Until when at the longest").fill(until)
    await phone.get_by_label("References of services or customers").fill("bea\nnobody")
    await entered(phone, phone.get_by_role("button", name="Declare it"))
    await expect(phone.get_by_role("alert")).to_contain_text("Not found: nobody")
    await phone.get_by_label("References of services or customers").fill("bea")
    await look(phone, "incidents-declare")
    await entered(phone, phone.get_by_role("button", name="Declare it"))
    await entered(phone, phone.get_by_role("link", name="No light in the street"))
    await expect(phone.locator("main")).to_contain_text("Bea Tenant")
    await expect(phone.locator("main")).not_to_contain_text("Grace Hopper")
    await phone.get_by_label("References of services or customers").fill("K-7")
    await entered(phone, phone.get_by_role("button", name="Widen it"))
    await expect(phone.locator("main")).to_contain_text("Grace Hopper")
    later = world.clock.now.replace(month=world.clock.now.month + 2).strftime("%Y-%m-%dT%H:%M")
    await phone.get_by_label("Until when at the longest").fill(later)
    await phone.get_by_label("Why, for its customers to read").fill("The cable is cut twice")
    await entered(phone, phone.get_by_role("button", name="Tell them"))
    await expect(phone.get_by_label("As of now")).to_contain_text("The cable is cut twice")
    headings = ["How far they have heard of it", "It takes until another time", "It reaches more", "Whom it reaches, and holds"]
    await expect(phone.get_by_role("heading", level=2)).to_have_text(headings)  # what can be done isn't below hundreds of names
    await look(phone, "incident-reach")
    async with phone.expect_download() as coming:
        await phone.get_by_role("link", name="All of them as a file").press("Enter")
    assert (await coming.value).suggested_filename == "incident-services.csv"
    await phone.goto(f"{served}/app/customers/{grace['customer_id']}")
    await expect(phone.locator("main")).to_contain_text("Known incident")
    await look(phone, "incident-known")
    await entered(phone, phone.get_by_role("link", name="No light in the street"))
    await entered(phone, phone.get_by_role("button", name="It works again"))
    await expect(phone.get_by_role("region", name="Under way")).to_contain_text("Nothing.")
    await phone.goto(f"{served}/app/customers/{bea['customer_id']}")
    await expect(phone.locator("main")).not_to_contain_text("Known incident")


async def test_everybody_around_a_service_is_in_reach(world: World, served: str, phone: Page) -> None:
    await services(world)
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to="/app/incidents")
    await phone.get_by_label("What doesn’t work").fill("Cable cut")
    until = world.clock.now.replace(month=world.clock.now.month + 1).strftime("%Y-%m-%dT%H:%M")
    await phone.get_by_label("Until when at the longest").fill(until)
    await phone.get_by_label("Or everybody around").fill("bea")
    await entered(phone, phone.get_by_role("button", name="Declare it"))
    await entered(phone, phone.get_by_role("link", name="Cable cut"))
    await expect(phone.locator("main")).to_contain_text("Bea Tenant")
    await expect(phone.locator("main")).to_contain_text("Grace Hopper")


@pytest.mark.parametrize("metres", ["²", "0000109999999", "9", "50001", ""])
async def test_an_area_is_no_larger_than_it_may_be(world: World, served: str, metres: str) -> None:
    await services(world)
    where = "update customers.site set latitude_e7 = 525000000, longitude_e7 = 134000000 where organisation_id = $1"
    await world.sql(where, world.organisation_id)
    person = await joined(world, roles=("back_office",))
    async with httpx.AsyncClient(base_url=served, headers={"origin": served}) as office:
        await signed_in(office, person["email"])
        until = (world.clock.now + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
        form = {"id": str(world.id()), "what": "Cable cut", "until": until, "around": "bea", "metres": metres}
        assert (await office.post("/app/incidents", data=form)).status_code in {200, 422}
    assert (await world.done("GET", "/v1/incidents"))["items"] == []


async def test_what_an_incident_owes_back_is_seen_before_it_is_given(world: World, served: str, phone: Page) -> None:
    await ruled(world, **HOURS)
    subscription = await paid(world, customer_id=(await world.customer(name="Bea Tenant"))["id"])
    incident = {
        "what": "No light",
        "until_at": (world.clock.now + timedelta(hours=30)).isoformat(),
        "subscription_ids": [subscription["id"]],
    }
    incident_id = (await world.done("POST", "/v1/incidents", incident, role="back_office"))["id"]
    world.clock.forward(hours=31)
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/incidents/{incident_id}")
    owed = phone.get_by_role("region", name="Given back for the time without service")
    await expect(owed).to_contain_text("€1.21")
    await expect(phone.get_by_role("listitem")).to_contain_text("€1.21 due back")
    await look(phone, "incident-credits")
    await owed.get_by_role("button", name="Give it back").press("Enter")
    await expect(owed).to_contain_text("It is being given")
    await beat(world)
    await phone.reload()
    await expect(owed).to_contain_text("All of it is given")
    await expect(phone.get_by_role("listitem")).to_contain_text("€1.21 given back")


async def test_what_owes_nothing_back_offers_no_button_to_give_it(world: World, served: str, phone: Page) -> None:
    await ruled(world, **HOURS)
    subscription = await paid(world, customer_id=(await world.customer(name="Bea Tenant"))["id"])
    until = (world.clock.now + timedelta(hours=3)).isoformat()
    incident = {"what": "No light", "until_at": until, "subscription_ids": [subscription["id"]]}
    incident_id = (await world.done("POST", "/v1/incidents", incident, role="back_office"))["id"]
    world.clock.forward(minutes=2)
    await world.done("POST", f"/v1/incidents/{incident_id}/close", role="back_office")
    person = await joined(world, roles=("back_office",))
    await come_in(phone, served, person["email"], to=f"/app/incidents/{incident_id}")
    owed = phone.get_by_role("region", name="Given back for the time without service")
    await expect(owed).to_contain_text("too short for your policy")
    await expect(owed.get_by_role("button")).to_have_count(0)
