"""When a day goes otherwise: somebody is late, work takes longer, others go instead, somebody is ill."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.dispatch.live.changes import grow_overruns
from tests.dispatch.builders import Field, advance, facts, job, looked_at, signed_in_again, technician, visit
from tests.world import World


async def expected(world: World, visit_id: str) -> str:
    """When somebody is expected there."""
    return str((await world.done("GET", f"/v1/visits/{visit_id}"))["expected"]["arrives_at"][11:16])


async def time_of(world: World, visit_id: str) -> list[tuple[str, str, str]]:
    """Whose time it takes, from when until when."""
    rows = await world.sql(
        "select * from dispatch.occupancy where organisation_id = $1 and visit_id = $2 order by member",
        world.organisation_id,
        UUID(visit_id),
    )
    return [(str(row["technician_id"]), f"{row['starts_at']:%H:%M}", f"{row['ends_at']:%H:%M}") for row in rows]


async def hand_over(world: World, *visits: tuple[dict[str, Any], Field], role: Any = "dispatcher") -> Any:
    handing = [{"visit_id": one["id"], "technician_id": to.id} for one, to in visits]
    return await world.post("/v1/visits/hand-over", {"visits": handing, "reason": "ill"}, role=role)


@pytest.fixture
async def anna(world: World) -> Field:
    return await technician(world)


@pytest.fixture
async def bert(world: World) -> Field:
    return await technician(world)


async def test_a_technician_says_that_they_are_late_and_the_rest_of_the_day_follows(world: World, anna: Field) -> None:
    first, second = await visit(world, by=anna, at="2026-03-04T12:30:00Z"), await visit(world, by=anna, at="2026-03-04T13:30:00Z")
    said = await anna.post(world, f"/v1/visits/{first['id']}/late", {"minutes": 20, "reason": "traffic"})
    assert said.json() == {
        "id": first["id"], "about": "arrival", "not_before": "2026-03-04T12:50:00Z", "booked_until": "2026-03-04T13:30:00Z",
    }  # fmt: skip
    assert (await expected(world, first["id"]), await expected(world, second["id"])) == ("12:50", "13:50")
    await anna.post(world, f"/v1/visits/{first['id']}/late", {"minutes": 0, "reason": "traffic"})
    assert (await expected(world, first["id"]), await expected(world, second["id"])) == ("12:30", "13:30")
    assert await facts(world, first["id"]) == ["visit_booked", "visit_late", "visit_late"]


async def test_a_visit_that_is_moved_is_late_no_more(world: World, anna: Field) -> None:
    booked = await visit(world, by=anna, at="2026-03-04T12:30:00Z")
    await world.done("POST", f"/v1/visits/{booked['id']}/late", {"minutes": 60, "reason": "traffic"}, role="dispatcher")
    await world.done(
        "POST", f"/v1/visits/{booked['id']}/move", {"technician_id": anna.id, "from": "2026-03-04T13:00:00Z", "reason": "we_must"}
    )
    assert await expected(world, booked["id"]) == "13:00"


async def test_a_visit_that_is_moved_away_and_back_is_late_no_more(world: World, anna: Field) -> None:
    booked = await visit(world, by=anna, at="2026-03-04T12:30:00Z")
    late = {"minutes": 60, "reason": "traffic"}
    await world.done("POST", f"/v1/visits/{booked['id']}/late", late, role="dispatcher")
    for at in ("15:00", "12:30"):
        world.clock.forward(seconds=1)
        moved = {"technician_id": anna.id, "from": f"2026-03-04T{at}:00Z", "reason": "we_must"}
        await world.done("POST", f"/v1/visits/{booked['id']}/move", moved)
    assert await expected(world, booked["id"]) == "12:30"
    world.clock.forward(seconds=1)
    await world.done("POST", f"/v1/visits/{booked['id']}/late", late | {"minutes": 20}, role="dispatcher")
    assert await expected(world, booked["id"]) == "12:50"


async def test_nobody_says_it_of_anothers_visit_or_of_one_that_is_over(world: World, anna: Field, bert: Field) -> None:
    booked = await visit(world, by=anna, at="2026-03-04T12:30:00Z")
    late = {"minutes": 20, "reason": "traffic"}
    assert (await bert.post(world, f"/v1/visits/{booked['id']}/late", late)).json()["code"] == "NOT_YOUR_VISIT"
    await world.done("POST", f"/v1/visits/{booked['id']}/cancel", {"reason": "customer_asked"})
    assert (await anna.post(world, f"/v1/visits/{booked['id']}/late", late)).json()["code"] == "VISIT_NOT_IN_STATE"
    for wrong in ({"minutes": -1}, {"minutes": 721}, {"reason": "xyzzy_nothing"}, {"minutes": "20"}):
        assert (await anna.post(world, f"/v1/visits/{booked['id']}/late", late | wrong)).status_code == 422


async def test_the_database_takes_no_reason_that_nobody_knows(world: World, anna: Field) -> None:
    booked = await visit(world, by=anna, at="2026-03-04T12:30:00Z")
    with pytest.raises(asyncpg.CheckViolationError, match="delay_reason_is_known"):
        await world.sql(
            "insert into dispatch.visit_delay (organisation_id, visit_id, nth, about, planned_at, minutes, reason, told_by, told_at)"
            " values ($1, $2, 1, 'arrival', $3, 20, 'xyzzy_nothing', 'staff', $3)",
            world.organisation_id,
            UUID(booked["id"]),
            world.clock.now,
        )


async def test_work_that_takes_longer_takes_time_up_to_what_comes_next(world: World, anna: Field, bert: Field) -> None:
    first, second = await visit(world, by=anna, at="2026-03-04T12:00:00Z"), await visit(world, by=anna, at="2026-03-04T13:20:00Z")
    await advance(world, first["id"], to="start")
    said = await anna.post(world, f"/v1/visits/{first['id']}/late", {"minutes": 90, "reason": "part_missing"})
    assert said.json() | {"id": ""} == {
        "id": "",
        "about": "end",
        "not_before": "2026-03-04T14:30:00Z",
        "booked_until": "2026-03-04T13:20:00Z",
    }
    assert await time_of(world, first["id"]) == [(anna.id, "12:00", "13:20")]
    assert await expected(world, second["id"]) == "14:30"
    assert [one["why"] for one in (await world.done("GET", "/v1/board"))["at_risk"]] == ["behind"]
    slots = await world.done("POST", f"/v1/jobs/{second['job_id']}/slots", {"moves": second["id"], "days": 1})
    assert bert.id in {one["technician_id"] for one in slots["days"][0]["slots"]}
    assert (await hand_over(world, (second, bert))).status_code == 200
    assert (await world.done("GET", "/v1/board"))["at_risk"] == []


async def test_a_crew_needs_longer_together(world: World, anna: Field, bert: Field) -> None:
    of = await job(world, crew_size=2)
    both = await world.done(
        "POST", f"/v1/jobs/{of['id']}/visits", {"technician_id": anna.id, "crew": [bert.id], "from": "2026-03-04T12:00:00Z"}
    )
    await visit(world, by=bert, at="2026-03-04T13:15:00Z")
    await advance(world, both["id"], to="start")
    said = await world.done("POST", f"/v1/visits/{both['id']}/late", {"minutes": 60, "reason": "more_to_do"}, role="dispatcher")
    assert said["booked_until"] == "2026-03-04T13:15:00Z"
    assert {one[2] for one in await time_of(world, both["id"])} == {"13:15"}


async def test_a_visit_is_handed_on_at_the_time_that_was_told(world: World, anna: Field, bert: Field) -> None:
    booked, sent = await visit(world, by=anna, at="2026-03-04T13:00:00Z"), await visit(world, by=anna, at="2026-03-04T14:00:00Z")
    await advance(world, sent["id"], to="accept")
    answer = await hand_over(world, (booked, bert), (sent, bert))
    assert [(one["id"], one["technician_id"], one["state"], one["step"]) for one in answer.json()["visits"]] == [
        (booked["id"], bert.id, "booked", 2), (sent["id"], bert.id, "dispatched", 5),
    ]  # fmt: skip
    assert (await time_of(world, booked["id"]), await time_of(world, sent["id"])) == (
        [(bert.id, "13:00", "14:00")],
        [(bert.id, "14:00", "15:00")],
    )
    promises = (await world.done("GET", f"/v1/promises?subject_id={sent['id']}"))["items"]
    assert [one["state"] for one in promises] == ["open"]
    assert (await anna.post(world, f"/v1/visits/{sent['id']}/en-route", {})).json()["code"] == "NOT_YOUR_VISIT"
    assert (await bert.post(world, f"/v1/visits/{sent['id']}/accept", {})).status_code == 200
    assert [one["id"] for one in (await bert.get(world, "/v1/me/day")).json()["visits"]] == [booked["id"], sent["id"]]
    assert (await anna.get(world, "/v1/me/day")).json()["visits"] == []
    assert await facts(world, sent["id"]) == [
        "visit_booked", "visit_dispatched", "visit_accepted", "visit_handed_over", "visit_dispatched", "visit_accepted",
    ]  # fmt: skip


async def test_two_change_places_in_one_go(world: World, anna: Field, bert: Field) -> None:
    hers, his = await visit(world, by=anna, at="2026-03-04T13:00:00Z"), await visit(world, by=bert, at="2026-03-04T13:30:00Z")
    assert (await hand_over(world, (hers, bert))).json()["code"] == "SLOT_TAKEN"
    assert (await hand_over(world, (hers, bert), (his, anna))).status_code == 200
    assert (await time_of(world, hers["id"]), await time_of(world, his["id"])) == (
        [(bert.id, "13:00", "14:00")],
        [(anna.id, "13:30", "14:30")],
    )


async def test_one_that_doesnt_fit_keeps_all_where_they_are(world: World, anna: Field) -> None:
    early = await technician(world, shifts={"starts": "08:00:00", "ends": "15:00:00"})
    first, second = await visit(world, by=anna, at="2026-03-04T13:00:00Z"), await visit(world, by=anna, at="2026-03-04T14:00:00Z")
    answer = await hand_over(world, (first, early), (second, early))
    assert (answer.status_code, answer.json()["code"]) == (409, "OUTSIDE_SHIFT")
    assert answer.json()["visits"] == [{"id": second["id"], "technician_id": early.id, "code": "OUTSIDE_SHIFT"}]
    assert (await time_of(world, first["id"]))[0][0] == anna.id


async def test_who_goes_instead_can_do_it(world: World, bert: Field) -> None:
    able, other = await technician(world, skills={"fibre": 3}), await technician(world, skills={"fibre": 2})
    booked = await visit(world, by=able, at="2026-03-04T13:00:00Z", of=await job(world, skills={"fibre": 2}))
    assert (await hand_over(world, (booked, bert))).json()["code"] == "SKILL_MISSING"
    assert (await hand_over(world, (booked, other))).status_code == 200


async def test_a_visit_whose_time_has_begun_begins_now_and_one_that_is_begun_stays(world: World, anna: Field, bert: Field) -> None:
    late = await visit(world, by=anna, at="2026-03-04T12:30:00Z")
    world.clock.forward(minutes=45)
    assert (await hand_over(world, (late, bert))).status_code == 200
    assert await time_of(world, late["id"]) == [(bert.id, "12:45", "13:45")]
    assert (await world.done("GET", f"/v1/visits/{late['id']}"))["arrive"]["from"] == "2026-03-04T12:30:00Z"
    await advance(world, late["id"], to="en-route")
    refused = (await hand_over(world, (late, anna))).json()
    assert (refused["code"], refused["visits"][0]["code"]) == ("VISIT_NOT_IN_STATE", "VISIT_NOT_IN_STATE")


async def test_nothing_is_handed_to_who_goes_there_already(world: World, anna: Field, bert: Field) -> None:
    hers, his = await visit(world, by=anna, at="2026-03-04T13:00:00Z"), await visit(world, by=bert, at="2026-03-04T14:30:00Z")
    answer = await hand_over(world, (hers, anna), (his, anna))
    assert (answer.status_code, answer.json()["code"]) == (409, "GOES_THERE_ALREADY")
    assert answer.json()["visits"] == [{"id": hers["id"], "technician_id": anna.id, "code": "GOES_THERE_ALREADY"}]
    assert (await facts(world, hers["id"]), await facts(world, his["id"])) == (["visit_booked"], ["visit_booked"])
    assert (await hand_over(world, (his, anna))).status_code == 200


async def test_no_visit_is_named_twice_and_none_that_isnt_there(world: World, anna: Field, bert: Field) -> None:
    booked = await visit(world, by=anna, at="2026-03-04T13:00:00Z")
    assert (await hand_over(world, (booked, bert), (booked, anna))).status_code == 422
    assert (await hand_over(world, (booked, bert), ({"id": str(world.id())}, bert))).status_code == 404
    assert (await hand_over(world, (booked, bert), role="technician")).status_code == 403
    assert (await hand_over(world, (booked, Field(str(world.id()), "")))).json()["code"] == "TECHNICIAN_UNKNOWN"
    assert (await time_of(world, booked["id"]))[0][0] == anna.id


async def test_of_many_who_hand_one_visit_on_to_others_at_once_one_place_is_taken(world: World, anna: Field, bert: Field) -> None:
    """Two visits at one time, and everybody gives both to the same technician."""
    visits = [await visit(world, by=one, at="2026-03-04T13:00:00Z") for one in (anna, await technician(world))]
    answers = await asyncio.gather(*(hand_over(world, (one, bert)) for one in visits for _ in range(5)))
    assert {answer.status_code for answer in answers} == {200, 409}
    assert len([one for one in visits if (await time_of(world, one["id"]))[0][0] == bert.id]) == 1


async def test_a_sick_call_is_a_plan_without_them_and_then_their_absence(world: World, anna: Field, bert: Field) -> None:
    visits = [await visit(world, by=anna, at=f"2026-03-04T{hour}:00:00Z") for hour in (13, 14)]
    absence = {"from": world.clock.now.isoformat(), "until": "2026-03-05T00:00:00Z", "reason": "sick"}
    refused = await world.post(f"/v1/technicians/{anna.id}/absences", absence)
    assert (refused.json()["code"], [one["id"] for one in refused.json()["visits"]]) == ("TECHNICIAN_BUSY", [one["id"] for one in visits])
    assert (await hand_over(world, *((one, bert) for one in visits))).status_code == 200
    assert (await world.post(f"/v1/technicians/{anna.id}/absences", absence)).status_code == 201
    assert (await (await signed_in_again(world, anna)).get(world, "/v1/me/day")).json()["visits"] == []


async def test_who_works_past_their_end_takes_more_time_minute_by_minute_up_to_what_comes_next(world: World, anna: Field) -> None:
    long = await visit(world, by=anna, at="2026-03-04T12:00:00Z")
    await visit(world, by=anna, at="2026-03-04T13:08:00Z")
    await advance(world, long["id"], to="start")
    ends = []
    for minutes in (59, 1, 4, 1, 10):
        world.clock.forward(minutes=minutes)
        await looked_at(world)
        ends += [(await time_of(world, long["id"]))[0][2]]
    assert ends == ["13:00", "13:05", "13:05", "13:08", "13:08"]
    assert await facts(world, long["id"]) == [
        "visit_booked", "visit_dispatched", "visit_accepted", "visit_en_route", "visit_arrived", "visit_started", *["visit_runs_over"] * 2,
    ]  # fmt: skip


async def test_what_is_said_to_take_longer_while_the_worker_looks_keeps_what_was_said(world: World, anna: Field) -> None:
    long = await visit(world, by=anna, at="2026-03-04T12:00:00Z")
    await advance(world, long["id"], to="start")
    world.clock.forward(minutes=60)
    async with world.database.pool.acquire() as holder, holder.transaction():
        await holder.execute(f"set local sayso.organisation = '{world.organisation_id}'")
        await holder.execute("select from dispatch.occupancy where visit_id = $1 for update", UUID(long["id"]))
        late = {"minutes": 90, "reason": "more_to_do"}
        saying = asyncio.create_task(world.done("POST", f"/v1/visits/{long['id']}/late", late, role="dispatcher"))
        while not await waiting(holder, behind=1):
            assert not saying.done()
        growing = asyncio.create_task(
            world.database.perform(
                grow_overruns,
                principal=world.principal(),
                at=world.clock.now,
                request_id=world.id(),
                remember=None,
                values={"visit_ids": [UUID(long["id"])]},
            )
        )
        while not await waiting(holder, behind=2):
            assert not growing.done()
    assert (await saying)["booked_until"] == "2026-03-04T14:30:00Z"
    assert (await growing).record.visits == 0
    assert await time_of(world, long["id"]) == [(anna.id, "12:00", "14:30")]


async def waiting(holder: Any, *, behind: int) -> int:
    """How many wait for the holder, or for whoever does."""
    count: int = await holder.fetchval(
        "with recursive w as (select pg_backend_pid() as pid, 0 as behind"
        " union all select l.pid, w.behind + 1 from w join pg_locks l on not l.granted and w.pid = any (pg_blocking_pids(l.pid)) where w.behind < $1)"
        " select count(*) from w where behind = $1",
        behind,
    )
    return count
