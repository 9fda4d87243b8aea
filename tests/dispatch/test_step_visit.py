import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.dispatch.builders import STEPS, Field, advance, facts, job, technician, visit
from tests.world import World

REASON = {"cancel", "partly-complete", "could-not-complete"}
VERBS = (*STEPS, "pause", "resume", "partly-complete", "could-not-complete", "no-access", "cancel", "release")
ALLOWED = {
    "booked": {"dispatch", "cancel"},
    "dispatched": {"accept", "cancel"},
    "accepted": {"en-route", "cancel"},
    "en_route": {"arrive", "could-not-complete", "cancel"},
    "on_site": {"start", "could-not-complete", "no-access"},
    "working": {"pause", "complete", "partly-complete", "could-not-complete"},
    "paused": {"resume", "complete", "partly-complete", "could-not-complete"},
    "completed": set(),
    "cancelled": set(),
}  # fmt: skip
WAY: dict[str, tuple[str, ...]] = {
    "booked": (), "dispatched": STEPS[:1], "accepted": STEPS[:2], "en_route": STEPS[:3], "on_site": STEPS[:4], "working": STEPS[:5],
    "paused": (*STEPS[:5], "pause"), "completed": STEPS, "cancelled": ("cancel",),
}  # fmt: skip


def body(verb: str) -> dict[str, str]:
    return {"reason": "other"} if verb in REASON else {}


async def promise(world: World, visit_id: str) -> str:
    state: str = (await world.done("GET", f"/v1/promises?subject_id={visit_id}"))["items"][0]["state"]
    return state


async def test_a_visit_goes_from_booked_to_completed_with_who_and_when(world: World) -> None:
    anna = await technician(world)
    of = await job(world)
    booked = await visit(world, by=anna, of=of)
    await world.done("POST", f"/v1/visits/{booked['id']}/dispatch", {})
    captured = world.clock.now
    world.clock.forward(minutes=14)
    for verb in STEPS[1:]:
        answer = await anna.post(world, f"/v1/visits/{booked['id']}/{verb}", {"captured_at": captured.isoformat()})
        assert answer.status_code == 200, answer.text
    found = await world.done("GET", f"/v1/visits/{booked['id']}")
    assert [step["to_state"] for step in found["steps"]] == [
        "booked",
        "dispatched",
        "accepted",
        "en_route",
        "on_site",
        "working",
        "completed",
    ]
    last = found["steps"][-1]
    assert (last["actor"], last["captured_at"]) == (f"staff:{anna.id}", "2026-03-04T12:00:00Z")
    assert last["recorded_at"] != last["captured_at"]
    assert (await world.done("GET", f"/v1/jobs/{of['id']}"))["state"] == "work_done"
    assert await facts(world, booked["id"]) == [
        "visit_booked", "visit_dispatched", "visit_accepted", "visit_en_route", "visit_arrived", "visit_started", "visit_completed",
    ]  # fmt: skip
    assert await facts(world, of["id"]) == ["job_opened", "job_in_progress", "job_work_done"]


@pytest.mark.parametrize("state", ALLOWED)
async def test_in_each_state_only_what_is_declared_is_done(world: World, state: str) -> None:
    anna, customer = await technician(world), await world.customer()
    for number, verb in enumerate(VERBS):
        of = await job(world, customer_id=customer["id"], duration_minutes=5)
        start = (world.clock.now + timedelta(days=1, minutes=5 * number)).isoformat()
        booked = await visit(world, by=anna, of=of, at=start)
        for step in WAY[state]:
            await world.done("POST", f"/v1/visits/{booked['id']}/{step}", body(step))
        answer = await world.post(f"/v1/visits/{booked['id']}/{verb}", body(verb))
        if verb in ALLOWED[state]:
            assert answer.status_code == 200, (state, verb, answer.text)
        elif (state, verb) == ("working", "start"):  # again, but for no item
            assert answer.json()["code"] == "WORK_NOT_AUTHORISED"
        else:
            assert (answer.status_code, answer.json()["code"], answer.json()["state"]) == (409, "VISIT_NOT_IN_STATE", state), verb


@pytest.mark.parametrize("minutes, state", [(-30, "kept"), (59, "kept"), (60, "broken"), (90, "broken")])
async def test_arriving_keeps_the_promise_until_the_window_ends(world: World, minutes: int, state: str) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna, at=(world.clock.now + timedelta(hours=1)).isoformat())
    await advance(world, booked["id"], to="en-route")
    world.clock.forward(hours=1, minutes=minutes)
    await world.done("POST", f"/v1/visits/{booked['id']}/arrive", {})
    assert await promise(world, booked["id"]) == state


async def test_what_counts_is_when_they_arrived_not_when_we_heard(world: World) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna, at=(world.clock.now + timedelta(hours=1)).isoformat())
    await advance(world, booked["id"], to="en-route")
    arrived = world.clock.forward(minutes=90)
    world.clock.forward(hours=3)
    await world.done("POST", f"/v1/visits/{booked['id']}/arrive", {"captured_at": arrived.isoformat()})
    assert await promise(world, booked["id"]) == "kept"


async def test_a_window_that_passes_breaks_the_promise_by_itself(world: World) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna, at=(world.clock.now + timedelta(hours=1)).isoformat())
    world.clock.forward(hours=1, minutes=59)
    assert await promise(world, booked["id"]) == "open"
    world.clock.forward(minutes=1)
    assert await promise(world, booked["id"]) == "broken"


@pytest.mark.parametrize("reason, state", [("customer_asked", "released"), ("no_longer_needed", "released"), ("technician_ill", "broken")])
async def test_a_cancelled_visit_frees_its_place_and_ends_its_promise(world: World, reason: str, state: str) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna)
    await world.done("POST", f"/v1/visits/{booked['id']}/cancel", {"reason": reason})
    assert await promise(world, booked["id"]) == state
    await visit(world, by=anna)


async def test_turning_back_on_the_way_breaks_the_promise(world: World) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna)
    await advance(world, booked["id"], to="en-route")
    await world.done("POST", f"/v1/visits/{booked['id']}/could-not-complete", {"reason": "van_broken"})
    assert await promise(world, booked["id"]) == "broken"


async def test_what_is_done_early_leaves_the_rest_of_its_time_to_others(world: World) -> None:
    anna, start = await technician(world), world.clock.now + timedelta(minutes=10)
    booked = await visit(world, by=anna, at=start.isoformat())
    world.clock.forward(minutes=30)
    await advance(world, booked["id"], to="complete")
    await visit(world, by=anna, at=world.clock.now.isoformat())
    assert len((await world.done("GET", f"/v1/technicians/{anna.id}/day"))["visits"]) == 2


async def test_a_technician_moves_only_their_own_visits(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    booked = await visit(world, by=anna)
    await advance(world, booked["id"], to="dispatch")
    refused = await ben.post(world, f"/v1/visits/{booked['id']}/accept", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_YOUR_VISIT")
    assert (await anna.post(world, f"/v1/visits/{booked['id']}/accept", {})).status_code == 200


async def test_a_device_that_lives_in_the_future_is_refused(world: World) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna)
    later = (world.clock.now + timedelta(minutes=6)).isoformat()
    refused = await world.post(f"/v1/visits/{booked['id']}/dispatch", {"captured_at": later})
    assert (refused.status_code, refused.json()["code"]) == (422, "CAPTURED_IN_FUTURE")


async def test_a_job_is_done_when_a_visit_completed_it_and_none_is_to_come(world: World) -> None:
    anna: Field = await technician(world)
    of: dict[str, Any] = await job(world)
    first = await visit(world, by=anna, of=of)
    second = await visit(world, by=anna, of=of, at="2026-03-06T09:00:00Z")

    async def state() -> str:
        found: str = (await world.done("GET", f"/v1/jobs/{of['id']}"))["state"]
        return found

    await advance(world, first["id"], to="start")
    assert await state() == "in_progress"
    await world.done("POST", f"/v1/visits/{first['id']}/complete", {})
    assert await state() == "in_progress"
    early = await world.post(f"/v1/jobs/{of['id']}/close")
    assert (early.status_code, early.json()["code"]) == (409, "JOB_NOT_IN_STATE")
    assert (await world.post(f"/v1/jobs/{of['id']}/cancel")).json()["code"] == "JOB_HAS_VISITS"
    await world.done("POST", f"/v1/visits/{second['id']}/cancel", {"reason": "no_longer_needed"})
    assert await state() == "work_done"
    assert (await world.done("POST", f"/v1/jobs/{of['id']}/close"))["state"] == "closed"
    refused = await world.post(f"/v1/jobs/{of['id']}/visits", {"technician_id": anna.id, "from": "2026-03-06T09:00:00Z"})
    assert refused.json()["code"] == "JOB_NOT_OPEN"


async def test_a_hold_that_is_never_booked_keeps_no_job_from_being_done(world: World) -> None:
    anna, of = await technician(world), await job(world)
    await world.done("POST", f"/v1/jobs/{of['id']}/holds", {"technician_id": anna.id, "from": "2026-03-06T09:00:00Z"})
    booked = await visit(world, by=anna, of=of)
    await advance(world, booked["id"], to="complete")
    assert (await world.done("GET", f"/v1/jobs/{of['id']}"))["state"] == "work_done"


async def taken(world: World, by: Field) -> list[tuple[str, str]]:
    """What takes the time of their day, from when until when."""
    rows = await world.sql(
        "select * from dispatch.occupancy where organisation_id = $1 and technician_id = $2 order by starts_at",
        world.organisation_id,
        UUID(by.id),
    )
    return [(f"{row['starts_at']:%H:%M}", f"{row['ends_at']:%H:%M}") for row in rows]


@pytest.mark.parametrize("last", ["complete", "partly-complete", "could-not-complete", "no-access"])
async def test_what_is_over_before_its_time_stands_where_it_was_and_leaves_all_of_its_time_to_others(world: World, last: str) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna, at="2026-03-04T13:00:00Z")
    await advance(world, booked["id"], to="arrive" if last == "no-access" else "start")
    world.clock.forward(minutes=20)
    await world.done("POST", f"/v1/visits/{booked['id']}/{last}", body(last))
    assert await taken(world, anna) == [("12:00", "12:20")]
    [row] = (await world.done("GET", "/v1/board"))["rows"]
    assert [(one["id"], one["from"][11:16], one["until"][11:16]) for one in row["visits"]] == [(booked["id"], "12:00", "12:20")]
    offered = await world.done("POST", f"/v1/jobs/{(await job(world))['id']}/slots", {"days": 1})
    assert offered["days"][0]["slots"][0]["from"] == "2026-03-04T12:25:00Z"
    await visit(world, by=anna, at="2026-03-04T12:20:00Z")
    found = await world.done("GET", f"/v1/visits/{booked['id']}")
    assert (found["from"], found["steps"][-1]["from"]) == ("2026-03-04T13:00:00Z", "2026-03-04T13:00:00Z")


async def test_what_is_over_is_free_from_when_it_was_not_from_when_we_heard(world: World) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna, at="2026-03-04T12:00:00Z")
    await advance(world, booked["id"], to="start")
    ended = world.clock.forward(minutes=20)
    world.clock.forward(minutes=20)
    await world.done("POST", f"/v1/visits/{booked['id']}/complete", {"captured_at": ended.isoformat()})
    assert await taken(world, anna) == [("12:00", "12:20")]


async def test_a_visit_in_the_time_of_another_takes_what_that_leaves(world: World) -> None:
    anna = await technician(world)
    first, second = await visit(world, by=anna, at="2026-03-04T12:10:00Z"), await visit(world, by=anna, at="2026-03-04T15:00:00Z")
    await advance(world, second["id"], to="start")
    world.clock.forward(minutes=25)
    await world.done("POST", f"/v1/visits/{second['id']}/complete", {})
    assert await taken(world, anna) == [("12:00", "12:10"), ("12:10", "13:10")]
    third = await visit(world, by=anna, at="2026-03-04T15:00:00Z")
    await advance(world, third["id"], to="complete")
    assert await taken(world, anna) == [("12:00", "12:10"), ("12:10", "13:10")], "nothing is left of its time, and none is taken"
    await advance(world, first["id"], to="complete")
    assert await taken(world, anna) == [("12:00", "12:10"), ("12:10", "12:25")]


async def test_who_never_got_there_takes_no_time_later(world: World) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna, at="2026-03-04T13:00:00Z")
    await advance(world, booked["id"], to="en-route")
    await world.done("POST", f"/v1/visits/{booked['id']}/could-not-complete", {"reason": "van_broken"})
    assert await taken(world, anna) == [("11:59", "12:00")]


async def test_a_clock_that_goes_back_ends_nothing_before_it_began(world: World) -> None:
    anna, yesterday = await technician(world), world.clock.now - timedelta(days=1)
    booked = await visit(world, by=anna, at="2026-03-04T12:00:00Z")
    world.clock.forward(minutes=10)
    await advance(world, booked["id"], to="start")
    await world.done("POST", f"/v1/visits/{booked['id']}/complete", {"captured_at": yesterday.isoformat()})
    assert await taken(world, anna) == [("12:00", "12:10")]


@pytest.mark.parametrize("number", range(4))
async def test_who_ends_early_while_many_book_its_time_is_in_one_place(world: World, number: int) -> None:
    """Some of them are before the end, and refused; of those behind it one has the time."""
    anna = await technician(world)
    booked = await visit(world, by=anna, at=f"2026-03-04T1{2 + number % 2}:00:00Z")
    await advance(world, booked["id"], to="start")
    world.clock.forward(minutes=20)
    jobs = [await job(world) for _ in range(8)]
    place = {"technician_id": anna.id, "from": f"2026-03-04T1{2 + number % 2}:{20 if number % 2 == 0 else 10}:00Z"}
    ending, *answers = await asyncio.gather(
        world.post(
            f"/v1/visits/{booked['id']}/{'complete' if number < 2 else 'could-not-complete'}", {} if number < 2 else {"reason": "other"}
        ),
        *(world.post(f"/v1/jobs/{of['id']}/visits", place) for of in jobs),
    )
    assert ending.status_code == 200, ending.text
    codes = [answer.status_code for answer in answers]
    assert set(codes) <= {201, 409}, [answer.text for answer in answers]
    assert codes.count(201) <= 1
    again = await world.post(f"/v1/jobs/{(await job(world))['id']}/visits", place)
    assert again.status_code == (409 if 201 in codes else 201)
