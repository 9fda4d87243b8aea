"""An incident holds the dunning of everybody it reaches, of nobody else, and only until it is closed or over."""

from typing import Any

import pytest

from tests.billing.dunning import STEPS, dunning, in_arrears, live, taken
from tests.customers.builders import site
from tests.world import World

AROUND_THE_FLAT = [(524_000_000, 133_000_000), (524_000_000, 135_000_000), (525_000_000, 135_000_000), (525_000_000, 133_000_000)]
"""Of the site that builders make, in Berlin."""


async def declared(world: World, **reach: Any) -> str:
    incident = {"what": "No light in the street", "until_at": "2026-05-01T00:00:00Z", **reach}
    return str((await world.done("POST", "/v1/incidents", incident, role="back_office"))["id"])


def area(*corners: tuple[int, int]) -> list[dict[str, int]]:
    return [{"latitude_e7": latitude, "longitude_e7": longitude} for latitude, longitude in corners]


async def elsewhere(world: World) -> dict[str, Any]:
    """Somebody in arrears in Hamburg."""
    customer_id = (await world.customer(name="Grace Hopper"))["id"]
    home = await site(world, customer_id, latitude_e7=535_500_000, longitude_e7=100_000_000)
    return await in_arrears(world, customer_id=customer_id, site_id=home["id"])


@pytest.mark.parametrize("by", ["area", "site_ids", "subscription_ids"])
async def test_an_incident_holds_whom_it_reaches_and_nobody_else_until_it_is_closed(world: World, by: str) -> None:
    here, there = await in_arrears(world), await elsewhere(world)
    reach = {"area": area(*AROUND_THE_FLAT), "site_ids": [here["site_id"]], "subscription_ids": [here["id"]]}[by]
    incident_id = await declared(world, **{by: reach})
    await live(world, 22)
    assert (await taken(world, here), await taken(world, there)) == ([], STEPS[:4])
    told = await dunning(world, here)
    assert told["next"]["held_by"] == ["incident"]
    assert [(one["incident_id"], one["what"]) for one in told["incidents"]] == [(incident_id, "No light in the street")]
    assert (await dunning(world, there))["incidents"] == []
    refused = await world.post(f"/v1/subscriptions/{here['id']}/lapse", role="back_office", key=str(world.id()))
    assert (refused.json()["code"], refused.json()["held_by"]) == ("CUT_OFF_HELD", ["incident"])
    [listed] = (await world.done("GET", "/v1/incidents?running=true"))["items"]
    assert listed[by] == reach
    for _ in range(2):
        await world.done("POST", f"/v1/incidents/{incident_id}/close", role="back_office", key=str(world.id()))
    assert (await world.done("GET", "/v1/incidents?running=true"))["items"] == []
    [listed] = (await world.done("GET", "/v1/incidents"))["items"]
    assert listed["closed_at"] is not None
    await live(world, 1)
    assert await taken(world, here) == ["remind"]


async def test_an_incident_that_nobody_closes_ends_by_itself_and_one_to_come_holds_nothing_yet(world: World) -> None:
    here = await in_arrears(world)
    await declared(world, site_ids=[here["site_id"]], until_at="2026-03-09T00:00:00Z")
    await declared(world, site_ids=[here["site_id"]], begins_at="2026-03-20T00:00:00Z")
    await live(world, 4)
    assert await taken(world, here) == []
    await live(world, 1)
    assert await taken(world, here) == ["remind"]
    await live(world, 12)  # the second has begun
    assert await taken(world, here) == ["remind", "remind"]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"site_ids": ["00000000-0000-7000-8000-000000000001"]},
        {"until_at": "2026-03-04T11:00:00Z", "area": area(*AROUND_THE_FLAT)},
        {"begins_at": "2026-01-01T00:00:00Z", "area": area(*AROUND_THE_FLAT)},
    ],
)
async def test_an_incident_that_reaches_nothing_or_does_not_end_is_refused(world: World, wrong: dict[str, Any]) -> None:
    incident = {"what": "No light", "until_at": "2026-05-01T00:00:00Z", **wrong}
    refused = await world.post("/v1/incidents", incident, role="back_office", key=str(world.id()))
    assert (refused.status_code, refused.json()["code"]) == (422, "INCIDENT_UNCLEAR")


async def test_the_same_incident_is_declared_once_however_late_it_is_told_again(world: World) -> None:
    here = await in_arrears(world)
    incident = {"id": str(world.id()), "what": "No light", "until_at": "2026-05-01T00:00:00Z", "site_ids": [here["site_id"]]}
    assert (await world.post("/v1/incidents", incident, role="back_office")).status_code == 201
    await live(world, 1)
    others = [incident, {**incident, "what": "Other"}, {**incident, "subscription_ids": [here["id"]]}]
    answers = [await world.post("/v1/incidents", one, role="back_office") for one in others]
    assert [one.status_code for one in answers] == [200, 409, 409]
