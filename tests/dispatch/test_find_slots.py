from typing import Any

import pytest

from tests.dispatch.builders import job, technician, visit
from tests.world import World

BERLIN, HAMBURG = (525200000, 134050000), (535500000, 99930000)


def home(place: tuple[int, int]) -> dict[str, int]:
    return {"latitude_e7": place[0], "longitude_e7": place[1]}


async def slots(world: World, of: dict[str, Any], **asked: Any) -> list[dict[str, Any]]:
    document = {"from_on": "2026-03-05", "days": 1, **asked}
    days: list[dict[str, Any]] = (await world.done("POST", f"/v1/jobs/{of['id']}/slots", document))["days"]
    return days


async def test_an_empty_day_is_offered_from_the_beginning_of_the_shift(world: World) -> None:
    anna = await technician(world)
    [day] = await slots(world, await job(world), most_a_day=3)
    assert [slot["local_from"] for slot in day["slots"]] == ["2026-03-05T08:00:00", "2026-03-05T08:30:00", "2026-03-05T09:00:00"]
    assert day["slots"][0] == {
        "rank": 1, "technician_id": anna.id, "crew": [], "from": "2026-03-05T07:00:00Z", "until": "2026-03-05T08:00:00Z",
        "arrive": {"from": "2026-03-05T07:00:00Z", "until": "2026-03-05T08:00:00Z"}, "local_from": "2026-03-05T08:00:00", "metres": None,
        "detour_seconds": None, "estimated": False, "why": ["EARLIEST", "FIRST_OF_DAY", "PLACE_UNKNOWN"],
    }  # fmt: skip


async def test_what_is_taken_is_not_offered_and_windows_that_touch_do_not_meet(world: World) -> None:
    anna = await technician(world, shifts={"ends": "10:00:00"})
    await visit(world, by=anna, at="2026-03-05T08:00:00Z")
    [day] = await slots(world, await job(world))
    assert [slot["from"] for slot in day["slots"]] == ["2026-03-05T07:00:00Z"]


@pytest.mark.parametrize(
    "who, shifts, wanted, why",
    [
        ({}, {}, {"skills": {"fibre": 1}}, "NO_SKILL"),
        ({"skills": {"fibre": 2}}, {}, {"skills": {"fibre": 3}}, "NO_SKILL"),
        ({"skills": {"fibre": 1}}, {}, {"kind": "collection"}, "NO_SKILL"),
        ({"home": home(HAMBURG)}, {}, {"place": BERLIN}, "TOO_FAR"),
        ({}, {"weekdays": [1, 2]}, {}, "NO_SHIFT"),
        ({}, {"ends": "08:30:00"}, {}, "FULL"),
    ],
)
async def test_a_day_without_a_slot_says_why(world: World, who: Any, shifts: Any, wanted: Any, why: str) -> None:
    await technician(world, shifts=shifts, **who)
    if wanted.get("kind") == "collection":
        wanted = {**wanted, "collects_invoice_ids": [str(world.id())]}
    assert await slots(world, await job(world, **wanted)) == [{"on": "2026-03-05", "slots": [], "none_because": why}]


async def test_a_day_that_is_over_says_so_and_not_that_nobody_worked(world: World) -> None:
    await technician(world)
    of = await job(world)
    world.clock.forward(days=2)
    assert await slots(world, of) == [{"on": "2026-03-05", "slots": [], "none_because": "DAY_OVER"}]


async def test_a_skill_serves_up_to_its_level(world: World) -> None:
    anna = await technician(world, skills={"fibre": 3, "drains": 1})
    [day] = await slots(world, await job(world, skills={"fibre": 3}), most_a_day=1)
    assert [slot["technician_id"] for slot in day["slots"]] == [anna.id]


async def test_a_job_that_is_over_has_no_slot(world: World) -> None:
    await technician(world)
    of = await job(world)
    await world.done("POST", f"/v1/jobs/{of['id']}/cancel")
    assert await slots(world, of) == [{"on": "2026-03-05", "slots": [], "none_because": "JOB_NOT_OPEN"}]


async def test_of_several_at_one_time_the_nearest_is_named(world: World) -> None:
    await technician(world, home=home(HAMBURG), reach_metres=1_000_000)
    near = await technician(world, home=home(BERLIN))
    [day] = await slots(world, await job(world, place=BERLIN))
    assert {slot["technician_id"] for slot in day["slots"]} == {near.id}
    assert day["slots"][0]["metres"] == 0


async def test_today_begins_now(world: World) -> None:
    await technician(world)
    [day] = await slots(world, await job(world), from_on=None)
    assert day["on"] == "2026-03-04"
    assert day["slots"][0]["from"] == "2026-03-04T12:05:00Z"


async def test_a_slot_is_of_its_day_at_the_site(world: World) -> None:
    await technician(world, zone="Asia/Tokyo", shifts={"starts": "00:00:00", "ends": "02:00:00"})
    [day] = await slots(world, await job(world, zone="Asia/Tokyo"))
    assert [slot["local_from"] for slot in day["slots"]] == ["2026-03-05T00:00:00", "2026-03-05T00:30:00", "2026-03-05T01:00:00"]
    assert day["slots"][0]["from"] == "2026-03-04T15:00:00Z"
