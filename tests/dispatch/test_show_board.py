"""The board of a day: a row a technician, what needs somebody on top, and nothing forgotten."""

from typing import Any
from uuid import UUID

import pytest

from tests.dispatch.builders import Field, advance, job, technician, visit
from tests.world import World


async def board(world: World, on: str = "2026-03-05", **options: Any) -> dict[str, Any]:
    """The board of that day."""
    return await world.done("GET", f"/v1/board?on={on}", **options)


async def row(world: World, by: Field, on: str = "2026-03-05") -> dict[str, Any]:
    """Somebody's row of that day."""
    (found,) = [one for one in (await board(world, on))["rows"] if one["id"] == by.id]
    return dict(found)


async def waiting(world: World) -> list[str]:
    """The jobs that nobody has a place for, in order."""
    return [one["id"] for one in (await board(world))["unassigned"]]


async def test_a_day_has_a_row_a_technician_with_shift_break_absence_hold_and_visits(world: World) -> None:
    robin = await technician(world, shifts={"break": {"starts": "12:00:00", "ends": "12:30:00"}})
    absence = {"from": "2026-03-05T15:00:00Z", "until": "2026-03-06T09:00:00Z", "reason": "training"}
    await world.done("POST", f"/v1/technicians/{robin.id}/absences", absence)
    of = await job(world, zone="Europe/London", place=(515000000, -1000000), arrival_minutes=120, priority=2)
    booked = await visit(world, by=robin, of=of)
    held = await world.done(
        "POST", f"/v1/jobs/{(await job(world))['id']}/holds", {"technician_id": robin.id, "from": "2026-03-05T13:00:00Z"}
    )
    await visit(world, by=robin, at="2026-03-06T10:00:00Z")
    shown = await board(world, role="dispatcher")
    assert (shown["zone"], shown["on"], shown["from"], shown["until"], shown["at"]) == (
        "Europe/Berlin", "2026-03-05", "2026-03-04T23:00:00Z", "2026-03-05T23:00:00Z", "2026-03-04T12:00:00Z",
    )  # fmt: skip
    assert shown["rows"] == [
        {
            "id": robin.id, "name": "Robin Field", "zone": "Europe/Berlin", "at_work": True, "home_latitude_e7": None, "home_longitude_e7": None,
            "shifts": [{"from": "2026-03-05T07:00:00Z", "until": "2026-03-05T16:00:00Z"}],
            "taken": [
                {"kind": "break", "from": "2026-03-05T11:00:00Z", "until": "2026-03-05T11:30:00Z", "reason": None},
                {"kind": "absence", "from": "2026-03-05T15:00:00Z", "until": "2026-03-06T09:00:00Z", "reason": "training"},
            ],
            "position": None,
            "visits": [
                {
                    "id": booked["id"], "job_id": of["id"], "customer_id": of["customer_id"], "customer_name": "Ada Owner", "technician_id": robin.id, "kind": "inspection",
                    "priority": 2, "state": "booked", "from": "2026-03-05T09:00:00Z", "until": "2026-03-05T10:00:00Z",
                    "arrive": {"from": "2026-03-05T09:00:00Z", "until": "2026-03-05T11:00:00Z"}, "expires_at": None, "zone": "Europe/London", "site_id": of["site_id"],
                    "address": "1 Mill Lane", "latitude_e7": 515000000, "longitude_e7": -1000000, "leads": True, "misplaced": None, "waits_for": [], "expected": None,
                },
                {**shown["rows"][0]["visits"][1], "id": held["id"], "state": "held", "arrive": None, "expires_at": "2026-03-04T12:10:00Z"},
            ],
        }
    ]  # fmt: skip
    assert (shown["more_rows"], shown["unheard"], shown["at_risk"], shown["unassigned"]) == (False, [], [], [])


async def test_a_hold_that_ran_out_is_gone_and_its_job_waits_again(world: World) -> None:
    robin, of = await technician(world), await job(world)
    await world.done("POST", f"/v1/jobs/{of['id']}/holds", {"technician_id": robin.id, "from": "2026-03-05T13:00:00Z"})
    assert (len((await row(world, robin))["visits"]), await waiting(world)) == (1, [])
    world.clock.forward(minutes=10)
    assert ((await row(world, robin))["visits"], await waiting(world)) == ([], [of["id"]])


async def test_jobs_wait_by_priority_then_promise_then_age(world: World) -> None:
    old, promised, urgent = await job(world), await job(world), await job(world, priority=1)
    await world.sql(
        "insert into promises.promise (organisation_id, promise_id, customer_id, kind, subject_kind, subject_id, due_at, owner_staff_id, via, made_by, made_at)"
        " values ($1, $2, $3, 'update', 'job', $4, $5::timestamptz + interval '1 day', $6, 'phone', 'staff:test', $5)",
        world.organisation_id,
        world.id(),
        UUID(promised["customer_id"]),
        UUID(promised["id"]),
        world.clock.now,
        (await world.staff("dispatcher"))["id"],
    )
    world.clock.forward(minutes=1)
    young = await job(world)
    assert await waiting(world) == [urgent["id"], promised["id"], old["id"], young["id"]]
    assert [one["due_at"] for one in (await board(world))["unassigned"]] == [None, "2026-03-05T12:00:00Z", None, None]


@pytest.mark.parametrize(
    "ends, waits",
    [("no-access", "no_access"), ("could-not-complete", "could_not_complete"), ("partly-complete", "partly_completed"), ("complete", None)],
)
async def test_a_job_waits_again_once_its_visit_ended_without_all_done(world: World, ends: str, waits: str | None) -> None:
    robin, of = await technician(world), await job(world)
    booked = await visit(world, by=robin, of=of)
    assert await waiting(world) == []
    await advance(world, booked["id"], to="arrive" if ends == "no-access" else "start")
    await world.done(
        "POST",
        f"/v1/visits/{booked['id']}/{ends}",
        {"reason": "part_missing"} if waits in {"could_not_complete", "partly_completed"} else {},
    )
    assert [(one["id"], one["last_visit"]) for one in (await board(world))["unassigned"]] == ([(of["id"], waits)] if waits else [])


async def test_a_job_of_several_visits_waits_until_each_has_its_place(world: World) -> None:
    robin, of = await technician(world), await job(world, visits_needed=2)
    first = await visit(world, by=robin, of=of)
    assert await waiting(world) == [of["id"]]
    await visit(world, by=robin, of=of, at="2026-03-06T09:00:00Z")
    assert await waiting(world) == []
    await world.done("POST", f"/v1/visits/{first['id']}/cancel", {"reason": "customer_asked"})
    assert await waiting(world) == [of["id"]]


async def test_a_crew_stands_in_each_ones_row_and_is_at_risk_once(world: World) -> None:
    robin, kim = await technician(world), await technician(world)
    of = await job(world, crew_size=2)
    booked = await world.done(
        "POST", f"/v1/jobs/{of['id']}/visits", {"technician_id": robin.id, "crew": [kim.id], "from": "2026-03-04T14:00:00Z"}
    )
    rows = (await board(world, "2026-03-04"))["rows"]
    assert {one["id"]: [(visit["id"], visit["leads"]) for visit in one["visits"]] for one in rows} == {
        robin.id: [(booked["id"], True)],
        kim.id: [(booked["id"], False)],
    }
    world.clock.forward(hours=4)
    assert [one["visit_id"] for one in (await board(world, "2026-03-04"))["at_risk"]] == [booked["id"]]


async def test_a_job_that_is_cancelled_waits_no_more(world: World) -> None:
    of = await job(world)
    assert await waiting(world) == [of["id"]]
    await world.done("POST", f"/v1/jobs/{of['id']}/cancel")
    assert await waiting(world) == []


async def test_a_promise_is_at_risk_soon_behind_and_late(world: World) -> None:
    robin = await technician(world)
    first = await visit(world, by=robin, at="2026-03-04T13:00:00Z", of=await job(world, arrival_minutes=60))
    second = await visit(world, by=robin, at="2026-03-04T15:00:00Z", of=await job(world, arrival_minutes=30))

    async def risks() -> list[tuple[str, str]]:
        return [(one["visit_id"], one["why"]) for one in (await board(world, "2026-03-04"))["at_risk"]]

    assert await risks() == []
    world.clock.forward(minutes=90)
    assert await risks() == [(first["id"], "soon")]
    await advance(world, first["id"], to="en-route")
    assert await risks() == []
    world.clock.forward(minutes=15)
    await world.done("POST", f"/v1/visits/{first['id']}/arrive", {})
    world.clock.forward(minutes=95)
    assert await risks() == [(second["id"], "soon")]
    world.clock.forward(minutes=10)
    assert await risks() == [(second["id"], "late")]


async def test_whoever_has_more_to_do_before_than_is_left_is_behind(world: World) -> None:
    robin = await technician(world)
    first, second, third = [
        await visit(world, by=robin, at=f"2026-03-04T{hour}:00:00Z", of=await job(world, arrival_minutes=minutes))
        for hour, minutes in ((13, 60), (14, 120), (15, 60))
    ]
    await advance(world, first["id"], to="start")
    world.clock.forward(hours=2, minutes=59)
    assert (await board(world, "2026-03-04"))["at_risk"] == []
    world.clock.forward(minutes=1)
    (only,) = (await board(world, "2026-03-04"))["at_risk"]
    assert (only["visit_id"], only["why"], only["expected_at"]) == (third["id"], "behind", "2026-03-04T16:00:00Z")
    await world.done(
        "POST", f"/v1/visits/{second['id']}/move", {"technician_id": robin.id, "from": "2026-03-05T09:00:00Z", "reason": "we_must"}
    )
    assert (await board(world, "2026-03-04"))["at_risk"] == []


async def test_a_visit_that_lost_its_skill_or_its_technician_says_so(world: World) -> None:
    robin = await technician(world, may_take_cash=True)
    booked = await visit(world, by=robin)
    assert [one["misplaced"] for one in (await row(world, robin))["visits"]] == [None]
    shift = "delete from dispatch.shift where organisation_id = $1 and technician_id = $2 and on_day = '2026-03-05'"
    await world.sql(shift, world.organisation_id, UUID(robin.id))
    assert [(one["id"], one["misplaced"]) for one in (await row(world, robin))["visits"]] == [(booked["id"], "OUTSIDE_SHIFT")]
    found = await world.done("GET", f"/v1/technicians/{robin.id}")
    changed = {name: found[name] for name in ("zone", "skills", "may_take_cash", "reach_metres")} | {"home": None, "active": False}
    await world.done("PUT", f"/v1/technicians/{robin.id}", changed, headers={"If-Match": '"1"'})
    gone = await row(world, robin)
    assert (gone["at_work"], [one["misplaced"] for one in gone["visits"]]) == (False, ["TECHNICIAN_UNKNOWN"])
    assert (await board(world, "2026-03-06"))["rows"] == []


async def test_rows_stand_by_name_and_a_day_on_which_the_clocks_change_has_its_own_hours(world: World) -> None:
    for name in ("Zoe", "Ann"):
        by = await technician(world)
        await world.sql(
            "update identity.staff set name = $2 where organisation_id = $1 and staff_id = $3", world.organisation_id, name, UUID(by.id)
        )
    shown = await board(world, "2026-03-29")
    assert ([one["name"] for one in shown["rows"]], shown["from"], shown["until"]) == (
        ["Ann", "Zoe"],
        "2026-03-28T23:00:00Z",
        "2026-03-29T22:00:00Z",
    )


async def test_another_organisations_day_is_never_there(world: World, other: World) -> None:
    await visit(world, by=await technician(world))
    await job(world)
    shown = await board(other)
    assert (shown["rows"], shown["unassigned"]) == ([], [])


@pytest.mark.parametrize("role", ["technician", "agent"])
async def test_whoever_goes_to_doors_sees_no_board(world: World, role: Any) -> None:
    of = await job(world)
    for path in ("/v1/board", f"/v1/jobs/{of['id']}/places"):
        assert (await world.get(path, role=role)).status_code == 403


async def test_why_somebody_is_late_is_said(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    begun, behind = await visit(world, by=anna, at="2026-03-04T12:00:00Z"), await visit(world, by=anna, at="2026-03-04T13:00:00Z")
    stuck = await visit(world, by=ben, at="2026-03-04T13:00:00Z")
    await advance(world, begun["id"], to="start")
    for one, minutes, reason in ((begun, 180, "part_missing"), (stuck, 150, "traffic")):
        await world.done("POST", f"/v1/visits/{one['id']}/late", {"minutes": minutes, "reason": reason})
    risky = {one["visit_id"]: one for one in (await board(world, "2026-03-04"))["at_risk"]}
    assert (risky[behind["id"]]["said"], risky[behind["id"]]["after"]) == (
        None,
        {
            "visit_id": begun["id"], "customer_id": risky[behind["id"]]["after"]["customer_id"], "customer_name": "Ada Owner", "until": "2026-03-04T16:00:00Z",
            "said": {"minutes": 180, "reason": "part_missing", "told_at": "2026-03-04T12:00:00Z"},
        },
    )  # fmt: skip
    assert (risky[stuck["id"]]["said"]["reason"], risky[stuck["id"]]["after"]) == ("traffic", None)
    await world.done("POST", f"/v1/visits/{stuck['id']}/late", {"minutes": 0, "reason": "traffic"})
    assert {one["visit_id"] for one in (await board(world, "2026-03-04"))["at_risk"]} == {behind["id"]}


async def test_who_should_be_somewhere_and_says_nothing_stands_on_top(world: World) -> None:
    anna, ben, zoe = await technician(world), await technician(world), await technician(world)
    silent = await visit(world, by=anna, at="2026-03-04T12:30:00Z")
    late, going = await visit(world, by=ben, at="2026-03-04T12:30:00Z"), await visit(world, by=zoe, at="2026-03-04T12:30:00Z")
    await world.done("POST", f"/v1/visits/{late['id']}/late", {"minutes": 30, "reason": "traffic"})
    await advance(world, going["id"], to="en-route")
    world.clock.forward(minutes=39)
    assert (await board(world, "2026-03-04"))["unheard"] == []
    world.clock.forward(minutes=1)
    [one] = (await board(world, "2026-03-04"))["unheard"]
    assert (one["technician_id"], one["visit_id"], one["due_at"], one["heard_at"]) == (anna.id, silent["id"], "2026-03-04T12:30:00Z", None)
    world.clock.forward(minutes=30)
    assert [one["technician_id"] for one in (await board(world, "2026-03-04"))["unheard"]] == [anna.id, ben.id]
    assert (await board(world, "2026-03-05"))["unheard"] == []
