"""A plan is proposed, by a process of its own, from the days as they stand; it changes nothing."""

import asyncio

import asyncpg

from service.dispatch.plans.search import waiting
from tests.dispatch.builders import advance, job, technician, visit
from tests.dispatch.planning import BERLIN, computed, east, proposed, stops_of
from tests.world import World


async def test_jobs_that_nobody_goes_to_are_put_into_the_day(world: World) -> None:
    anna = await technician(world, home=BERLIN)
    near, far = await job(world, place=east(2)), await job(world, place=east(20))
    plan = await proposed(world, on="2026-03-05")
    assert [stop["change"] for stop in plan["stops"]] == ["added", "added"]
    assert {stop["job_id"] for stop in plan["stops"]} == {near["id"], far["id"]}
    assert {stop["technician_id"] for stop in plan["stops"]} == {anna.id}
    assert plan["left_out"] == []
    assert (await world.done("GET", f"/v1/jobs/{near['id']}"))["visits"] == []
    assert plan["figures"]["travel_seconds"] > plan["figures"]["travel_seconds_now"] == 0


async def test_who_is_left_out_is_told_why(world: World) -> None:
    await technician(world, home=BERLIN, skills={"drains": 1}, reach_metres=50_000)
    long = [await job(world, duration_minutes=420, place=east(1), priority=priority) for priority in (1, 4)]
    unskilled = await job(world, skills={"fibre": 2}, place=east(1))
    crew = await job(world, crew_size=2)
    plan = await proposed(world, on="2026-03-05")
    assert [stop["job_id"] for stop in plan["stops"]] == [long[0]["id"]]
    reasons = {one["job_id"]: one["reason"] for one in plan["left_out"]}
    assert reasons == {long[1]["id"]: "FULL", unskilled["id"]: "NO_SKILL", crew["id"]: "NO_CREW"}


async def test_a_job_that_is_named_though_it_waits_for_nobody_is_told_of(world: World) -> None:
    anna = await technician(world, home=BERLIN)
    booked, waiting = await job(world, place=east(2)), await job(world, place=east(3))
    await visit(world, by=anna, at="2026-03-05T09:00:00Z", of=booked)
    for kind in ("emergency", "mend"):
        plan = await proposed(world, on="2026-03-05", kind=kind, job_ids=[booked["id"], waiting["id"]])
        assert plan["left_out"] == [{"job_id": booked["id"], "visit_id": None, "reason": "NOT_WAITING", "points": 0}]


async def test_a_crews_visit_and_a_hold_of_who_does_not_come_are_told_of(world: World) -> None:
    anna, ben = await technician(world, home=BERLIN), await technician(world, home=BERLIN)
    together, kept = await job(world, place=east(2), crew_size=2), await job(world, place=east(3))
    start = {"technician_id": anna.id, "from": "2026-03-05T09:00:00Z"}
    booked = await world.done("POST", f"/v1/jobs/{together['id']}/visits", {**start, "crew": [ben.id]})
    held = await world.done("POST", f"/v1/jobs/{kept['id']}/holds", {**start, "from": "2026-03-05T12:00:00Z"})
    plan = await proposed(world, on="2026-03-05", absent=[anna.id, ben.id])
    assert {one["visit_id"]: one["reason"] for one in plan["left_out"]} == {booked["id"]: "NO_CREW", held["id"]: "NO_SHIFT"}


async def test_what_is_sent_out_or_held_stays_and_what_is_booked_keeps_its_window(world: World) -> None:
    anna = await technician(world, home=BERLIN)
    sent = await visit(world, by=anna, at="2026-03-05T08:00:00Z", of=await job(world, place=east(5)))
    await advance(world, sent["id"], to="accept")
    held = await world.done(
        "POST", f"/v1/jobs/{(await job(world))['id']}/holds", {"technician_id": anna.id, "from": "2026-03-05T12:00:00Z", "minutes": 60}
    )
    booked = await visit(world, by=anna, at="2026-03-05T14:00:00Z", of=await job(world, place=east(9)))
    for _ in range(4):
        await job(world, place=east(7))
    plan = await proposed(world, on="2026-03-05")
    stops = stops_of(plan)
    assert (stops[sent["id"]]["fixed"], stops[sent["id"]]["change"], stops[held["id"]]["fixed"]) == (True, None, True)
    assert booked["arrive"]["from"] <= stops[booked["id"]]["from"] < booked["arrive"]["until"]
    assert not any(stop["breaks_promise"] for stop in plan["stops"])


async def test_a_visit_that_begins_within_a_second_stays_at_its_instant(world: World) -> None:
    anna = await technician(world, home=BERLIN)
    sent = await visit(world, by=anna, at="2026-03-05T08:00:08.655505Z", of=await job(world, place=east(5)))
    await advance(world, sent["id"], to="dispatch")
    booked = await visit(world, by=anna, at="2026-03-05T12:00:08.655505Z", of=await job(world, place=east(5)))
    stops = stops_of(await proposed(world, on="2026-03-05"))
    assert [(stops[one["id"]]["change"], stops[one["id"]]["from"]) for one in (sent, booked)] == [
        (None, one["from"]) for one in (sent, booked)
    ]


async def test_a_day_that_is_planned_again_with_nothing_changed_stays(world: World) -> None:
    for _ in range(2):
        await technician(world, home=BERLIN)
    for kilometres in range(6):
        await job(world, place=east(3 * kilometres))
    first = await proposed(world, on="2026-03-05")
    await world.done("POST", f"/v1/plans/{first['id']}/publish", {})
    again = await proposed(world, on="2026-03-05")
    assert [stop["change"] for stop in again["stops"]] == [None] * 6
    assert again["figures"]["travel_seconds"] == again["figures"]["travel_seconds_now"]


async def test_a_plan_shows_where_it_stands(world: World) -> None:
    await technician(world, home=BERLIN)
    asked = (await world.post("/v1/plans", {"on": "2026-03-05", "iterations": 1})).json()
    assert asked["state"] == "asked"
    assert (await world.done("GET", f"/v1/plans/{asked['id']}"))["state"] == "asked"
    await computed(world)
    assert (await world.done("GET", f"/v1/plans/{asked['id']}"))["state"] == "proposed"
    assert [one["id"] for one in (await world.done("GET", "/v1/plans"))["items"]] == [asked["id"]]


async def test_a_plan_that_cannot_be_written_down_ends_as_failed(world: World, owner: asyncpg.Connection) -> None:
    await technician(world, home=BERLIN)
    asked = (await world.post("/v1/plans", {"on": "2026-03-05", "iterations": 1})).json()
    states = []
    await owner.execute(
        f"alter table dispatch.plan_found add constraint nothing_is_found check (organisation_id <> '{world.organisation_id}') not valid"
    )
    try:
        for _ in range(3):
            await computed(world)
            states.append((await world.done("GET", f"/v1/plans/{asked['id']}"))["state"])
            world.clock.forward(minutes=1)
    finally:
        await owner.execute("alter table dispatch.plan_found drop constraint nothing_is_found")
    assert states == ["computing", "computing", "failed"]


async def test_a_plan_that_is_called_off_is_computed_no_more(world: World) -> None:
    asked = (await world.post("/v1/plans", {"on": "2026-03-05"})).json()
    assert (await world.post(f"/v1/plans/{asked['id']}/cancel")).json()["state"] == "withdrawn"
    await computed(world)
    assert (await world.done("GET", f"/v1/plans/{asked['id']}"))["state"] == "withdrawn"
    assert (await world.post(f"/v1/plans/{asked['id']}/cancel")).json()["code"] == "PLAN_NOT_IN_STATE"


async def test_a_plan_that_is_called_off_while_it_is_computed_ends_its_search(world: World) -> None:
    await technician(world, home=BERLIN)
    for kilometres in range(4):
        await job(world, place=east(kilometres))
    asked = (await world.post("/v1/plans", {"on": "2026-03-05", "kind": "improve", "seconds": 600})).json()
    working = asyncio.create_task(computed(world))
    while (await world.done("GET", f"/v1/plans/{asked['id']}"))["percent"] is None:
        assert not working.done()
    assert (await world.done("GET", f"/v1/plans/{asked['id']}"))["state"] == "computing"
    await world.done("POST", f"/v1/plans/{asked['id']}/cancel")
    await working
    found = await world.done("GET", f"/v1/plans/{asked['id']}")
    assert (found["state"], found["stops"]) == ("withdrawn", [])
    assert waiting == []


async def test_a_process_that_planned_waits_for_the_next_plan_and_one_that_ended_is_missed_by_nobody(world: World) -> None:
    await technician(world, home=BERLIN)
    await job(world, place=east(1))
    processes = []
    for _ in range(3):
        assert (await proposed(world, on="2026-03-05"))["state"] == "proposed"
        processes += [planner.process for planner in waiting]
        if len(processes) == 2:
            processes[1].kill()
            processes[1].wait()
    assert processes[0] is processes[1] is not processes[2]


async def test_an_absence_is_no_time_to_work_in_and_a_break_is_none(world: World) -> None:
    anna = await technician(world, home=BERLIN)
    await world.done(
        "POST", f"/v1/technicians/{anna.id}/absences", {"from": "2026-03-05T07:00:00Z", "until": "2026-03-05T13:00:00Z", "reason": "ill"}
    )
    only = await job(world, place=east(2))
    plan = await proposed(world, on="2026-03-05")
    assert [stop["job_id"] for stop in plan["stops"]] == [only["id"]]
    assert plan["stops"][0]["from"] >= "2026-03-05T13:00:00Z"
