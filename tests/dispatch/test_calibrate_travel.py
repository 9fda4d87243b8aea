"""How fast people travel is said by somebody, or learnt from the legs that they went."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service.dispatch.travel import straight_travel
from service.dispatch.travel.matrix import find_speeds
from service.integrations.travel.records import Point
from tests.dispatch.builders import job, technician
from tests.world import World

PACE = {"detour_percent": 140, "metres_an_hour": 28_000, "leg_seconds": 240}
CITY = {
    "name": "Berlin",
    "around": {"latitude_e7": 525200000, "longitude_e7": 134050000},
    "within_metres": 12_000,
    "pace": {"detour_percent": 130, "metres_an_hour": 18_000, "leg_seconds": 300},
}
MORNING = datetime(2026, 3, 5, 7, tzinfo=UTC)
METRES_A_SECOND, BESIDES_SECONDS = 8, 180


async def say(world: World, speeds: dict[str, Any], *, version: int) -> Any:
    return await world.request("PUT", "/v1/travel/speeds", json=speeds, headers={"If-Match": f'"{version}"'})


async def seconds(world: World, source: Point, target: Point) -> int:
    speeds = await world.database.read(find_speeds, principal=world.principal(), at=world.clock.now, request_id=world.id(), values={})
    told: int = straight_travel([source], [target], speeds=speeds)[0][0, 0]
    return told


async def test_how_fast_people_are_is_what_somebody_said_last(world: World) -> None:
    usual = await world.get("/v1/travel/speeds")
    assert (usual.json()["version"], usual.json()["pace"]["metres_an_hour"], usual.headers["etag"]) == (0, 36_000, '"0"')
    assert (await say(world, {"pace": PACE}, version=0)).status_code == 200
    found = (await world.get("/v1/travel/speeds")).json()
    assert (found["version"], found["pace"], found["areas"], found["figures"]) == (1, PACE, [], None)
    stale = await say(world, {"pace": PACE}, version=0)
    assert (stale.status_code, stale.json()["code"]) == (412, "STALE_VERSION")


async def test_who_sets_out_and_arrives_in_an_area_goes_at_its_pace(world: World) -> None:
    await say(world, {"pace": PACE, "areas": [CITY]}, version=0)
    mitte, wedding, potsdam = Point(525200000, 134050000), Point(525500000, 133600000), Point(523900000, 130640000)
    straight = 4_522
    assert await seconds(world, mitte, wedding) == pytest.approx(straight * 1.3 / 5 + 300, abs=2)
    assert await seconds(world, mitte, potsdam) == pytest.approx(27_255 * 1.4 * 3.6 / 28 + 240, abs=2)


@pytest.mark.parametrize(
    "wrong",
    [{"detour_percent": 99}, {"metres_an_hour": 999}, {"leg_seconds": 3_601}, {"kilometres": 3}],
    ids=["no detour", "on foot", "an hour", "unknown"],
)
async def test_a_pace_without_sense_is_refused(world: World, wrong: dict[str, int]) -> None:
    refused = await say(world, {"pace": PACE | wrong}, version=0)
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT")


async def a_day_of_visits(world: World, *, visits: int, west_e7: int) -> None:
    """Somebody goes from visit to visit: every leg longer than the last, at eight metres a second as the crow flies, and three minutes besides."""
    anna, places = await technician(world), [west_e7]
    for leg in range(1, visits):
        places.append(places[-1] + 30_000 + 4_000 * leg)  # of ten-millionths of a degree: some 203 metres, and 27 more each time
    jobs = [await job(world, place=(525200000, longitude), duration_minutes=15) for longitude in places]
    booked = [
        await world.done(
            "POST", f"/v1/jobs/{one['id']}/visits", {"technician_id": anna.id, "from": (MORNING + timedelta(minutes=30 * nth)).isoformat()}
        )
        for nth, one in enumerate(jobs)
    ]
    world.clock.now = max(world.clock.now, MORNING + timedelta(hours=12))
    for nth, one in enumerate(booked):
        arrives = MORNING + timedelta(minutes=30 * nth)
        straight = (30_000 + 4_000 * nth) / 1e7 * 111_195 * 0.60848 if nth else 0
        sets_out = arrives - timedelta(seconds=round(straight / METRES_A_SECOND + BESIDES_SECONDS))
        for act, at in (("dispatch", sets_out), ("accept", sets_out), ("en-route", sets_out), ("arrive", arrives)):
            await world.done("POST", f"/v1/visits/{one['id']}/{act}", {"captured_at": at.isoformat()} if act != "dispatch" else {})
        done = {"reason": "customer_absent", "captured_at": (arrives + timedelta(minutes=10)).isoformat()}
        await world.done("POST", f"/v1/visits/{one['id']}/could-not-complete", done)


async def test_the_pace_is_learnt_from_the_legs_that_people_went(world: World) -> None:
    started = world.clock.now
    for west_e7 in (132000000, 133500000):
        world.clock.now = started
        await a_day_of_visits(world, visits=17, west_e7=west_e7)
    answer = await world.post("/v1/travel/speeds/calibrate", {"days": 7})
    assert answer.status_code == 200, answer.text
    [figure] = answer.json()["figures"]
    assert (figure["name"], figure["legs"], figure["changed"], figure["error_after_percent"]) == (None, 32, True, 0)
    assert figure["error_before_percent"] > 10
    found = (await world.get("/v1/travel/speeds")).json()
    assert (found["version"], found["figures"]) == (1, [figure])
    assert found["pace"]["leg_seconds"] == pytest.approx(BESIDES_SECONDS, abs=5)
    assert found["pace"]["metres_an_hour"] == pytest.approx(1.3 * METRES_A_SECOND * 3600, rel=0.02)


async def test_too_few_legs_teach_nothing(world: World) -> None:
    refused = await world.post("/v1/travel/speeds/calibrate", {})
    assert (refused.status_code, refused.json()["code"], refused.json()["legs"]) == (409, "TOO_FEW_LEGS", 0)
    assert (await world.get("/v1/travel/speeds")).json()["version"] == 0
