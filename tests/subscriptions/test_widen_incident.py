"""An incident is widened by name, and whom it reaches can be listed whole."""

import json
from typing import Any

import pytest

from service.subscriptions.incidents import area_around
from service.subscriptions.records.incidents import Corner
from tests.subscriptions.builders import opened
from tests.world import World

INCIDENT = {"what": "No light in the street", "until_at": "2026-05-01T00:00:00Z"}


async def declared(world: World, **reach: Any) -> str:
    return str((await world.done("POST", "/v1/incidents", {**INCIDENT, **reach}, role="back_office"))["id"])


async def widened(world: World, incident_id: str, **reach: Any) -> tuple[int, str | None]:
    answer = await world.post(f"/v1/incidents/{incident_id}/widen", reach, role="back_office", key=str(world.id()))
    return answer.status_code, answer.json().get("code")


async def reached(world: World, incident_id: str) -> list[str]:
    items = (await world.done("GET", f"/v1/incidents/{incident_id}/services"))["items"]
    return [one["reference"] for one in items]


async def test_whom_it_is_widened_by_is_reached_once_beside_whom_it_reached(world: World) -> None:
    one, two, three = [await opened(world, reference=name) for name in ("one", "two", "three")]
    incident_id = await declared(world, subscription_ids=[one["id"]])
    for _ in range(2):
        assert await widened(world, incident_id, subscription_ids=[two["id"], one["id"]], site_ids=[three["site_id"]]) == (200, None)
    assert sorted(await reached(world, incident_id)) == ["one", "three", "two"]
    [listed] = (await world.done("GET", "/v1/incidents"))["items"]
    assert (listed["subscription_ids"], listed["site_ids"]) == ([one["id"], two["id"]], [three["site_id"]])
    facts = await world.sql("select body from kit.fact where organisation_id = $1 and kind = 'incident_widened'", world.organisation_id)
    assert len(facts) == 1
    again = {**INCIDENT, "id": incident_id, "begins_at": listed["begins_at"], "subscription_ids": [one["id"]]}
    assert (await world.post("/v1/incidents", again, role="back_office")).status_code == 200  # told again late, it is still that one


async def test_one_that_is_over_or_by_what_there_isnt_it_isnt_widened(world: World) -> None:
    service = await opened(world)
    incident_id = await declared(world, subscription_ids=[service["id"]])
    nobody = str(world.id())
    for wrong in ({}, {"subscription_ids": [service["id"], nobody]}, {"site_ids": [nobody]}):
        assert await widened(world, incident_id, **wrong) == (422, "INCIDENT_UNCLEAR")
    assert await widened(world, nobody, subscription_ids=[service["id"]]) == (404, "NOT_FOUND")
    await world.done("POST", f"/v1/incidents/{incident_id}/close", role="back_office", key=str(world.id()))
    assert await widened(world, incident_id, subscription_ids=[service["id"]]) == (409, "INCIDENT_OVER")


async def test_whom_it_reaches_is_listed_with_whose_it_is_and_leaves_as_a_file(world: World) -> None:
    customer = await world.customer(name="Bea Tenant")
    here, gone = await opened(world, reference="here", customer_id=customer["id"]), await opened(world, reference="gone")
    await opened(world, reference="elsewhere")
    incident_id = await declared(world, subscription_ids=[here["id"], gone["id"]])
    await world.done("POST", f"/v1/subscriptions/{gone['id']}/end", role="back_office")
    [listed] = (await world.done("GET", f"/v1/incidents/{incident_id}/services"))["items"]
    assert (listed["customer_name"], listed["reference"], listed["state"]) == ("Bea Tenant", "here", "suspended")
    file = (await world.get(f"/v1/incidents/{incident_id}/services.csv")).text.splitlines()
    assert [line.split(",")[:4] for line in file[1:]] == [[here["id"], customer["id"], "Bea Tenant", "here"]]
    lines = (await world.get(f"/v1/incidents/{incident_id}/services.jsonl")).text.splitlines()
    assert [json.loads(line) for line in lines] == [listed]


@pytest.mark.parametrize("metres", [10, 500, 50_000])
def test_an_area_around_a_place_holds_all_that_is_as_near_and_nothing_half_as_far_again(metres: int) -> None:
    middle = Corner(latitude_e7=525_000_000, longitude_e7=134_000_000)
    north, east = 111_320, 67_767  # metres in a degree at 52.5 degrees north
    for corner in area_around(middle, metres=metres):
        dy = (corner.latitude_e7 - middle.latitude_e7) / 10_000_000 * north
        dx = (corner.longitude_e7 - middle.longitude_e7) / 10_000_000 * east
        assert 0.99 * metres < (dx**2 + dy**2) ** 0.5 < 1.5 * metres
