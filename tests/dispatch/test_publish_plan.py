"""A plan is published whole, as it was proposed, or not at all; and it breaks no promise without being told to."""

import asyncio
from typing import Any

from tests.dispatch.builders import Field, advance, facts, job, technician, visit
from tests.dispatch.planning import BERLIN, east, proposed, stops_of
from tests.world import World

TOMORROW = "2026-03-05"


async def placed(world: World, visit_id: str) -> tuple[str, str, str]:
    """Who goes when, and until when they are expected."""
    found = await world.done("GET", f"/v1/visits/{visit_id}")
    return found["technician_id"], found["from"], found["arrive"]["until"]


async def promises(world: World, visit_id: str) -> dict[str, str]:
    """State by due time."""
    return {one["due_at"]: one["state"] for one in (await world.done("GET", f"/v1/promises?subject_id={visit_id}"))["items"]}


async def published(world: World, plan: dict[str, Any], **said: Any) -> dict[str, Any]:
    """What publishing answered."""
    answer: dict[str, Any] = (await world.post(f"/v1/plans/{plan['id']}/publish", said)).json()
    return answer


async def two_days(world: World) -> tuple[Field, Field, dict[str, Any]]:
    """Two technicians, one with a visit at nine."""
    anna, ben = await technician(world, home=BERLIN), await technician(world, home=BERLIN)
    return anna, ben, await visit(world, by=anna, at="2026-03-05T09:00:00Z", of=await job(world, place=east(4)))


async def test_a_published_plan_equals_its_proposal(world: World) -> None:
    await two_days(world)
    for kilometres in range(5):
        await job(world, place=east(2 * kilometres), kind="inspection", priority=1 + kilometres % 5)
    plan = await proposed(world, on=TOMORROW)
    answer = await published(world, plan)
    assert (answer["state"], answer["added"], answer["moved"]) == ("published", 5, 0)
    assert len(plan["stops"]) == 6
    for visit_id, stop in stops_of(plan).items():
        assert await placed(world, visit_id) == (stop["technician_id"], stop["from"], stop["arrive"]["until"])
        assert await promises(world, visit_id) == {stop["arrive"]["until"]: "open"}
    assert await facts(world, plan["id"]) == ["day_plan_asked", "day_plan_proposed", "day_plan_published"]
    assert (await published(world, plan))["code"] == "PLAN_NOT_IN_STATE"


async def test_a_plan_is_refused_whole_where_its_day_has_moved_underneath(world: World) -> None:
    anna, _, booked = await two_days(world)
    waiting = [await job(world, place=east(3)) for _ in range(3)]
    plan = await proposed(world, on=TOMORROW, job_ids=[one["id"] for one in waiting])
    for one in {stop["technician_id"] for stop in plan["stops"] if stop["change"]}:
        await visit(world, by=Field(one, ""), at="2026-03-05T15:00:00Z")
    refused = await published(world, plan)
    assert (refused["code"], (await world.done("GET", f"/v1/plans/{plan['id']}"))["state"]) == ("PLAN_OUTDATED", "outdated")
    assert refused["moved"]
    assert [(await world.done("GET", f"/v1/jobs/{one['id']}"))["visits"] for one in waiting] == [[], [], []]
    assert (await placed(world, booked["id"]))[0] == anna.id


async def test_a_job_that_somebody_else_booked_meanwhile_outdates_the_plan(world: World) -> None:
    _, ben, _ = await two_days(world)
    waiting = await job(world, place=east(3))
    plan = await proposed(world, on=TOMORROW)
    await visit(world, by=ben, at="2026-03-06T09:00:00Z", of=waiting)
    assert waiting["id"] in (await published(world, plan))["moved"]


async def test_of_a_plan_and_a_booking_that_want_one_place_at_once_one_gets_it(world: World) -> None:
    anna = await technician(world, home=BERLIN)
    for day in range(5, 13):
        on = f"2026-03-{day:02}"
        waiting = await job(world, place=east(3))
        plan = await proposed(world, on=on, iterations=1, job_ids=[waiting["id"]])
        (stop,) = [one for one in plan["stops"] if one["change"]]
        other = await job(world, place=east(1))
        answers = await asyncio.gather(
            world.post(f"/v1/plans/{plan['id']}/publish", {}),
            world.post(f"/v1/jobs/{other['id']}/visits", {"technician_id": anna.id, "from": stop["from"]}),
        )
        assert sorted(answer.status_code for answer in answers) in ([200, 409], [201, 409]), [one.json() for one in answers]
        assert {one.json().get("code") for one in answers} & {"PLAN_OUTDATED", "SLOT_TAKEN"}


async def test_of_two_who_publish_at_once_one_does(world: World) -> None:
    await two_days(world)
    await job(world, place=east(3))
    plan = await proposed(world, on=TOMORROW)
    answers = await asyncio.gather(*(world.post(f"/v1/plans/{plan['id']}/publish", {}) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]


async def test_a_sick_technicians_day_goes_to_others_and_promises_that_hold_stay(world: World) -> None:
    anna, ben, booked = await two_days(world)
    sent = await visit(world, by=anna, at="2026-03-05T12:00:00Z", of=await job(world, place=east(2)))
    await advance(world, sent["id"], to="accept")
    plan = await proposed(world, on=TOMORROW, absent=[anna.id], job_ids=[])
    stops = stops_of(plan)
    assert {stops[one["id"]]["technician_id"] for one in (booked, sent)} == {ben.id}
    assert [stop["change"] for stop in plan["stops"]] == ["technician", "technician"]
    assert not any(stop["breaks_promise"] for stop in plan["stops"])
    assert (await published(world, plan))["moved"] == 2
    assert await promises(world, booked["id"]) == {"2026-03-05T10:00:00Z": "open"}
    ill = {"from": "2026-03-05T06:00:00Z", "until": "2026-03-05T20:00:00Z", "reason": "ill"}
    await world.done("POST", f"/v1/technicians/{anna.id}/absences", ill)


async def test_a_plan_that_breaks_promises_lists_them_and_needs_to_be_told_so(world: World) -> None:
    anna, ben, booked = await two_days(world)
    clash = await visit(world, by=ben, at="2026-03-05T09:00:00Z", of=await job(world, place=east(4)))
    await advance(world, clash["id"], to="accept")
    plan = await proposed(world, on=TOMORROW, absent=[anna.id], job_ids=[])
    stop = stops_of(plan)[booked["id"]]
    assert (stop["technician_id"], stop["breaks_promise"], stop["was"]["from"]) == (ben.id, True, booked["from"])
    refused = await published(world, plan)
    assert (refused["code"], [one["id"] for one in refused["visits"]]) == ("PROMISES_WOULD_BREAK", [booked["id"]])
    assert await promises(world, booked["id"]) == {"2026-03-05T10:00:00Z": "open"}
    assert (await published(world, plan, break_promises=True))["promises_broken"] == 1
    assert await promises(world, booked["id"]) == {"2026-03-05T10:00:00Z": "broken", stop["arrive"]["until"]: "open"}
    assert await placed(world, booked["id"]) == (ben.id, stop["from"], stop["arrive"]["until"])


async def test_an_emergency_goes_in_at_once_and_says_what_it_moves(world: World) -> None:
    anna = await technician(world, skills={"fibre": 1}, shifts={"starts": "08:00:00", "ends": "12:00:00"}, home=BERLIN)
    ben = await technician(world, shifts={"starts": "13:00:00", "ends": "17:00:00"}, home=BERLIN)
    for hour in (7, 8, 9, 10):
        await visit(world, by=anna, at=f"2026-03-05T{hour:02}:00:00Z", of=await job(world, priority=4, place=east(0)))
    urgent = await job(world, skills={"fibre": 1}, place=east(0))
    plan = await proposed(world, on=TOMORROW, kind="emergency", job_ids=[urgent["id"]])
    (added,) = [stop for stop in plan["stops"] if stop["change"] == "added"]
    (gone,) = [stop for stop in plan["stops"] if stop["breaks_promise"]]
    assert (added["job_id"], added["technician_id"], gone["technician_id"], gone["was"]["technician_id"]) == (
        urgent["id"],
        anna.id,
        ben.id,
        anna.id,
    )
    assert [one["id"] for one in (await published(world, plan))["visits"]] == [gone["visit_id"]]
    answer = await published(world, plan, break_promises=True)
    assert (answer["state"], answer["added"], answer["promises_broken"]) == ("published", 1, 1)


async def test_a_day_booked_closer_than_anybody_drives_is_left_as_it_is(world: World) -> None:
    anna = await technician(world, home=BERLIN)
    tight = [
        await visit(world, by=anna, at=f"2026-03-05T{at}:00Z", of=await job(world, arrival_minutes=15, place=east(place)))
        for at, place in (("09:00", 0), ("10:00", 40), ("11:00", 0))
    ]
    await job(world, place=east(1))
    plan = await proposed(world, on=TOMORROW)
    assert [stops_of(plan)[one["id"]]["change"] for one in tight] == [None, None, None]
    assert (await published(world, plan))["added"] == 1
