"""Nobody goes to a job before the parts are there that it waits for: not by a slot, a booking, a move or a plan."""

from typing import Any

from tests.dispatch.builders import job, technician, visit
from tests.dispatch.planning import proposed
from tests.dispatch.test_find_slots import slots
from tests.world import World

NOON = "2026-03-05T11:00:00Z"


async def waits(world: World, of: dict[str, Any], there_at: str | None) -> None:
    said = await world.done("POST", f"/v1/jobs/{of['id']}/parts", {"there_at": there_at})
    assert said == {"id": of["id"], "there_at": there_at}


async def test_slots_begin_when_the_parts_are_there_and_say_why_there_are_none_before(world: World) -> None:
    await technician(world)
    of = await job(world)
    await waits(world, of, "2026-03-06T11:12:00Z")
    before, on_day, after = await slots(world, of, days=3)
    assert (before["slots"], before["none_because"]) == ([], "BEFORE_PARTS")
    assert on_day["slots"][0]["from"] == "2026-03-06T11:15:00Z"
    assert after["slots"][0]["local_from"] == "2026-03-07T08:00:00"
    await waits(world, of, None)
    assert (await slots(world, of))[0]["slots"][0]["local_from"] == "2026-03-05T08:00:00"


async def test_nobody_is_booked_or_moved_to_before_the_parts(world: World) -> None:
    anna = await technician(world)
    of = await job(world)
    booked = await visit(world, by=anna, at="2026-03-05T09:00:00Z", of=of)
    await waits(world, of, NOON)
    early, late = ({"technician_id": anna.id, "from": f"2026-03-05T{at}:00:00Z"} for at in ("10", "11"))
    for path, more in (
        (f"jobs/{of['id']}/visits", {}),
        (f"jobs/{of['id']}/holds", {}),
        (f"visits/{booked['id']}/move", {"reason": "parts_late"}),
    ):
        refused = await world.post(f"/v1/{path}", early | more)
        assert (refused.status_code, refused.json()["code"]) == (409, "BEFORE_PARTS"), path
    assert (await world.post(f"/v1/visits/{booked['id']}/move", late | {"reason": "parts_late"})).status_code == 200


async def test_the_board_says_beforehand_where_the_parts_begin(world: World) -> None:
    anna = await technician(world)
    of = await job(world)
    await waits(world, of, NOON)
    places = (await world.done("GET", f"/v1/jobs/{of['id']}/places?on=2026-03-05"))["technicians"]
    [mine] = [one["places"] for one in places if one["technician_id"] == anna.id]
    assert [(one["from"], one["until"]) for one in mine if one["code"] == "BEFORE_PARTS"] == [("2026-03-04T23:00:00Z", NOON)]


async def test_a_job_that_is_over_waits_for_no_parts(world: World) -> None:
    of = await job(world)
    await world.done("POST", f"/v1/jobs/{of['id']}/cancel")
    refused = await world.post(f"/v1/jobs/{of['id']}/parts", {"there_at": NOON})
    assert (refused.status_code, refused.json()["code"]) == (409, "JOB_NOT_OPEN")


async def test_a_plan_goes_there_after_the_parts_or_says_why_not(world: World) -> None:
    await technician(world)
    soon, later = await job(world), await job(world)
    await waits(world, soon, NOON)
    await waits(world, later, "2026-03-07T11:00:00Z")
    plan = await proposed(world, on="2026-03-05")
    assert {one["job_id"]: one["reason"] for one in plan["left_out"]} == {later["id"]: "BEFORE_PARTS"}
    [stop] = plan["stops"]
    assert stop["job_id"] == soon["id"]
    assert stop["from"] >= NOON


async def test_a_plan_that_was_found_before_the_parts_slipped_is_outdated(world: World) -> None:
    await technician(world)
    of = await job(world)
    plan = await proposed(world, on="2026-03-05", iterations=1)
    assert [one["job_id"] for one in plan["stops"]] == [of["id"]]
    await waits(world, of, "2026-03-09T12:00:00Z")
    refused = await world.post(f"/v1/plans/{plan['id']}/publish", {})
    assert (refused.status_code, refused.json().get("code")) == (409, "PLAN_OUTDATED")
    assert refused.json()["moved"] == [of["id"]]
