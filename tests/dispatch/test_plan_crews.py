"""A plan puts those who go together to one door at one moment, or leaves the job out and says why."""

from itertools import pairwise
from typing import Any

from tests.dispatch.builders import Field, job, technician, visit
from tests.dispatch.planning import BERLIN, east, proposed, stops_of
from tests.world import World

TOMORROW = "2026-03-05"


async def test_a_crew_is_put_together_and_published_whole(world: World) -> None:
    anna, ben, cem = [await technician(world, home=BERLIN, skills=skills) for skills in ({"roofs": 1}, {}, {})]
    booked = await visit(world, by=anna, at="2026-03-05T09:00:00Z", of=await job(world, place=east(1)))
    roof = await job(world, place=east(2), crew_size=3, skills={"roofs": 1}, duration_minutes=120)
    alone = await job(world, place=east(2))
    plan = await proposed(world, on=TOMORROW)
    (together,) = [stop for stop in plan["stops"] if stop["job_id"] == roof["id"]]
    assert (together["change"], together["technician_id"], set(together["crew"])) == ("added", anna.id, {ben.id, cem.id})
    assert not stops_of(plan)[booked["id"]]["breaks_promise"]
    assert {stop["job_id"] for stop in plan["stops"] if stop["change"] == "added"} == {roof["id"], alone["id"]}
    assert (await world.post(f"/v1/plans/{plan['id']}/publish", {})).json()["added"] == 2
    for who in (anna, ben, cem):
        day = (await who.get(world, f"/v1/me/day?on={TOMORROW}")).json()
        times = sorted((one["from"], one["until"]) for one in day["visits"])
        assert (together["from"], together["until"]) in times
        assert all(before[1] <= after[0] for before, after in pairwise(times))
    assert [one["id"] for one in (await world.done("GET", f"/v1/visits/{together['visit_id']}"))["crew"]] == together["crew"]
    again = await proposed(world, on=TOMORROW)
    assert [stop["change"] for stop in again["stops"] if stop["change"]] == []


async def test_a_crew_waits_for_the_moment_at_which_all_are_free(world: World) -> None:
    anna, ben = await technician(world, home=BERLIN), await technician(world, home=BERLIN)
    await visit(world, by=anna, at="2026-03-05T07:00:00Z", of=await job(world, place=east(0), duration_minutes=240))
    await visit(world, by=ben, at="2026-03-05T14:00:00Z", of=await job(world, place=east(0), duration_minutes=120))
    both = await job(world, place=east(0), crew_size=2)
    (stop,) = [one for one in (await proposed(world, on=TOMORROW))["stops"] if one["job_id"] == both["id"]]
    assert "2026-03-05T11:00:00Z" <= stop["from"] <= "2026-03-05T13:00:00Z"
    assert {stop["technician_id"], *stop["crew"]} == {anna.id, ben.id}


async def test_a_crew_that_is_never_free_together_is_left_out(world: World) -> None:
    for shifts in ({"starts": "08:00:00", "ends": "12:00:00"}, {"starts": "13:00:00", "ends": "17:00:00"}):
        await technician(world, home=BERLIN, shifts=shifts)
    both, unskilled = await job(world, crew_size=2, place=east(0)), await job(world, crew_size=2, skills={"roofs": 2}, place=east(0))
    plan = await proposed(world, on=TOMORROW)
    assert {one["job_id"]: one["reason"] for one in plan["left_out"]} == {both["id"]: "NO_CREW", unskilled["id"]: "NO_SKILL"}


async def test_a_plan_is_refused_where_the_day_of_who_goes_along_has_moved(world: World) -> None:
    anna, ben = await technician(world, home=BERLIN, skills={"roofs": 1}), await technician(world, home=BERLIN)
    await job(world, place=east(0), crew_size=2, skills={"roofs": 1})
    plan = await proposed(world, on=TOMORROW)
    (stop,) = plan["stops"]
    assert (stop["technician_id"], stop["crew"]) == (anna.id, [ben.id])
    await visit(world, by=ben, at=stop["from"])
    assert (await world.post(f"/v1/plans/{plan['id']}/publish", {})).json()["code"] == "PLAN_OUTDATED"


async def crowded(world: World, *, minutes: int, **of_ben: Any) -> tuple[Field, Field, dict[str, Any]]:
    """Anna is booked in the middle of her morning, so that she and Ben are never free together for three hours."""
    anna = await technician(world, home=BERLIN, shifts={"starts": "08:00:00", "ends": "12:00:00"}, skills={"pipes": 1})
    ben = await technician(world, home=BERLIN, **of_ben)
    of = await job(world, place=east(0), duration_minutes=120, arrival_minutes=minutes, skills={"pipes": 1})
    return anna, ben, await visit(world, by=anna, at="2026-03-05T08:30:00Z", of=of)


async def test_a_booking_makes_way_for_a_crew_within_what_its_customer_was_told(world: World) -> None:
    anna, ben, booked = await crowded(world, minutes=300, skills={"pipes": 1})
    both = await job(world, place=east(0), crew_size=2, duration_minutes=180)
    plan = await proposed(world, on=TOMORROW)
    (together,) = [stop for stop in plan["stops"] if stop["job_id"] == both["id"]]
    assert {together["technician_id"], *together["crew"]} == {anna.id, ben.id}
    gone = stops_of(plan)[booked["id"]]
    assert (gone["technician_id"], gone["breaks_promise"]) == (ben.id, False)
    assert gone["from"] >= together["until"] or gone["until"] <= together["from"]
    assert (await world.post(f"/v1/plans/{plan['id']}/publish", {})).status_code == 200
    for who in (anna, ben):
        times = sorted((one["from"], one["until"]) for one in (await who.get(world, f"/v1/me/day?on={TOMORROW}")).json()["visits"])
        assert all(before[1] <= after[0] for before, after in pairwise(times))


async def test_no_promise_is_broken_for_a_crew_that_isnt_an_emergency(world: World) -> None:
    _, ben, booked = await crowded(world, minutes=60, skills={"pipes": 1})
    both = await job(world, place=east(0), crew_size=2, duration_minutes=180)
    plan = await proposed(world, on=TOMORROW)
    assert ({one["job_id"]: one["reason"] for one in plan["left_out"]}, stops_of(plan)[booked["id"]]["change"]) == (
        {both["id"]: "NO_CREW"},
        None,
    )
    plan = await proposed(world, on=TOMORROW, kind="emergency", job_ids=[both["id"]])
    gone = stops_of(plan)[booked["id"]]
    assert (plan["left_out"], gone["technician_id"], gone["breaks_promise"]) == ([], ben.id, True)
    assert (await world.post(f"/v1/plans/{plan['id']}/publish", {})).json()["code"] == "PROMISES_WOULD_BREAK"
    assert (await world.post(f"/v1/plans/{plan['id']}/publish", {"break_promises": True})).status_code == 200


async def test_nobody_who_has_a_place_loses_it_to_a_crew(world: World) -> None:
    _, _, booked = await crowded(world, minutes=300)
    both = await job(world, place=east(0), crew_size=2, duration_minutes=180)
    for asked in ({}, {"kind": "emergency", "job_ids": [both["id"]]}):
        plan = await proposed(world, on=TOMORROW, **asked)
        assert {one["job_id"]: one["reason"] for one in plan["left_out"]} == {both["id"]: "NO_CREW"}
        assert stops_of(plan)[booked["id"]]["change"] is None
