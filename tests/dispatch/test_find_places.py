"""What the board says before the drop is what the verb answers at the drop: one rule."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.dispatch.builders import advance, job, technician, visit
from tests.world import World

DAY = datetime(2026, 3, 4, 23, 0, tzinfo=UTC)
"""The fifth of March in Berlin."""


def answers_at(places: list[dict[str, Any]], start: datetime) -> set[str | None]:
    """What those places say of one start: one answer, or two where a refusal meets another."""
    spans = [(datetime.fromisoformat(one["from"]), datetime.fromisoformat(one["until"]), one["code"]) for one in places]
    there = {code for begins, ends, code in spans if begins <= start <= ends}
    return {None} if None in there else there


async def test_a_day_is_told_as_the_starts_that_fit_and_why_none_does_between_them(world: World) -> None:
    robin = await technician(world, shifts={"break": {"starts": "12:00:00", "ends": "12:30:00"}})
    await visit(world, by=robin, at="2026-03-05T08:30:00Z")
    of = await job(world, duration_minutes=90)
    found = await world.done("GET", f"/v1/jobs/{of['id']}/places?on=2026-03-05&technician_id={robin.id}")
    assert {name: found[name] for name in ("job_id", "visit_id", "zone", "duration_minutes", "arrival_minutes", "crew_size", "refused")} == {
        "job_id": of["id"], "visit_id": None, "zone": "Europe/Berlin", "duration_minutes": 90, "arrival_minutes": 60, "crew_size": 1, "refused": None,
    }  # fmt: skip
    assert [(one["from"][11:16], one["until"][11:16], one["code"]) for one in found["technicians"][0]["places"]] == [
        ("23:00", "07:00", "OUTSIDE_SHIFT"),
        ("07:00", "07:00", None),
        ("07:00", "09:30", "SLOT_TAKEN"),
        ("09:30", "09:30", None),
        ("09:30", "11:30", "SLOT_TAKEN"),
        ("11:30", "14:30", None),
        ("14:30", "23:00", "OUTSIDE_SHIFT"),
    ]


async def test_what_is_told_before_is_what_the_verb_answers(world: World) -> None:
    """At every edge of a full day, a minute to either side of it, and on the quarter hours: the same code, or a hold."""
    world.clock.now = datetime(2026, 3, 5, 7, 20, tzinfo=UTC)
    crew = [
        await technician(world, shifts={"break": {"starts": "12:00:00", "ends": "12:30:00"}}),
        await technician(world, shifts={"starts": "20:00:00", "ends": "04:00:00"}),
        await technician(world, shifts={"from_on": "2026-03-20"}),
        await technician(world, shifts={"break": {"minutes": 45, "earliest": "11:30:00", "latest": "13:00:00"}}),
    ]
    await visit(world, by=crew[3], at="2026-03-05T11:45:00Z")
    overtime = {"most_overtime_minutes": 75}
    await world.done("PUT", f"/v1/technicians/{crew[3].id}/planning", overtime, headers={"If-Match": '"1"'})
    await visit(world, by=crew[0], at="2026-03-05T08:37:00Z")
    held = await job(world)
    await world.done("POST", f"/v1/jobs/{held['id']}/holds", {"technician_id": crew[0].id, "from": "2026-03-05T13:00:00Z"})
    absence = {"from": "2026-03-05T20:15:00Z", "until": "2026-03-05T21:00:00Z", "reason": "training"}
    await world.done("POST", f"/v1/technicians/{crew[1].id}/absences", absence)
    of = await job(world, duration_minutes=45)
    told = (await world.done("GET", f"/v1/jobs/{of['id']}/places?on=2026-03-05"))["technicians"]
    seen = set()
    for one in told:
        edges = {datetime.fromisoformat(place[side]) for place in one["places"] for side in ("from", "until")}
        starts = {edge + timedelta(minutes=by) for edge in edges for by in (-1, 0, 1)} | {
            DAY + timedelta(minutes=45 * n) for n in range(32)
        }
        for start in sorted(start for start in starts if DAY <= start < DAY + timedelta(days=1)):
            answer = await world.post(f"/v1/jobs/{of['id']}/holds", {"technician_id": one["technician_id"], "from": start.isoformat()})
            code = None if answer.is_success else answer.json()["code"]
            assert code in answers_at(one["places"], start), start
            seen.add(code)
            if code is None:
                await world.done("POST", f"/v1/visits/{answer.json()['id']}/release")
    assert seen == {None, "SLOT_PAST", "OUTSIDE_SHIFT", "SLOT_TAKEN", "NO_TIME_FOR_BREAK"}


async def test_a_break_between_two_times_keeps_its_room_whatever_is_booked_first(world: World) -> None:
    robin = await technician(world, shifts={"break": {"minutes": 30, "earliest": "11:30:00", "latest": "13:00:00"}})
    of = await job(world, duration_minutes=90)

    async def fits() -> list[tuple[str, str]]:
        [one] = (await world.done("GET", f"/v1/jobs/{of['id']}/places?on=2026-03-05&technician_id={robin.id}"))["technicians"]
        return [(place["from"][11:16], place["until"][11:16]) for place in one["places"] if place["code"] is None]

    assert await fits() == [("07:00", "10:30"), ("11:00", "14:30")]
    await visit(world, by=robin, at="2026-03-05T11:30:00Z")  # an hour: the break begins by 11:00 or not before 12:30, which is too late
    assert await fits() == [("07:00", "09:30"), ("12:30", "14:30")]


async def test_a_visit_may_stay_where_it_stands_and_overlap_its_own_place(world: World) -> None:
    robin, kim = await technician(world), await technician(world)
    booked = await visit(world, by=robin)
    await visit(world, by=kim)
    found = (await world.done("GET", f"/v1/visits/{booked['id']}/places?on=2026-03-05"))["technicians"]
    by = {one["technician_id"]: one["places"] for one in found}
    at = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
    assert (answers_at(by[robin.id], at), answers_at(by[kim.id], at)) == ({None}, {"SLOT_TAKEN"})


async def test_a_crew_fits_where_all_of_them_do(world: World) -> None:
    robin, kim = await technician(world), await technician(world, shifts={"starts": "10:00:00", "ends": "15:00:00"})
    sam = await technician(world)
    of = await job(world, crew_size=2)
    alone = (await world.done("GET", f"/v1/jobs/{of['id']}/places?on=2026-03-05&technician_id={robin.id}"))["technicians"][0]["places"]
    at = datetime(2026, 3, 5, 9, 30, tzinfo=UTC)
    assert answers_at(alone, at) == {None}  # with whoever else is free then
    booked = await world.done(
        "POST", f"/v1/jobs/{of['id']}/visits", {"technician_id": robin.id, "crew": [kim.id], "from": "2026-03-05T09:00:00Z"}
    )
    await visit(world, by=kim, at="2026-03-05T11:00:00Z")
    found = (await world.done("GET", f"/v1/visits/{booked['id']}/places?on=2026-03-05"))["technicians"]
    by = {one["technician_id"]: one["places"] for one in found}
    fits = [(one["from"][11:16], one["until"][11:16]) for one in by[robin.id] if one["code"] is None]
    assert fits == [("09:00", "10:00"), ("12:00", "13:00")]
    assert [(one["from"][11:16], one["until"][11:16]) for one in by[sam.id] if one["code"] is None] == fits
    assert answers_at(by[kim.id], at) == {"CREW_NOT_WHOLE"}
    for when, status in (("10:00", 200), ("10:01", 409), ("12:00", 200)):
        move = {"technician_id": sam.id, "from": f"2026-03-05T{when}:00Z", "reason": "we_must"}
        assert (await world.post(f"/v1/visits/{booked['id']}/move", move)).status_code == status


async def test_a_crew_that_nobody_has_named_fits_where_its_lead_can_and_enough_others_are_free(world: World) -> None:
    robin = await technician(world, skills={"fibre": 1})
    kim, sam = (
        await technician(world, shifts={"starts": "10:00:00", "ends": "15:00:00"}),
        await technician(world, shifts={"ends": "12:00:00"}),
    )
    await visit(world, by=kim, at="2026-03-05T10:00:00Z")
    for size, expected in (
        (2, [("07:00", "10:00"), ("11:00", "13:00")]),
        (3, [("09:00", "09:00")]),
        (4, []),
    ):
        of = await job(world, crew_size=size, skills={"fibre": 1})
        found = (await world.done("GET", f"/v1/jobs/{of['id']}/places?on=2026-03-05"))["technicians"]
        by = {one["technician_id"]: one["places"] for one in found}
        assert [(one["from"][11:16], one["until"][11:16]) for one in by[robin.id] if one["code"] is None] == expected
        assert answers_at(by[robin.id], datetime(2026, 3, 5, 10, 30, tzinfo=UTC)) == {"CREW_NOT_WHOLE"}
        assert {one["code"] for one in by[sam.id]} == {"SKILL_MISSING"}
        for begins, ends in expected:
            for when in {begins, ends}:
                others = [kim.id, sam.id] if size == 3 else [sam.id if when < "10:30" else kim.id]
                place = {"technician_id": robin.id, "crew": others, "from": f"2026-03-05T{when}:00Z"}
                held = await world.done("POST", f"/v1/jobs/{of['id']}/holds", place)
                await world.done("POST", f"/v1/visits/{held['id']}/release")


async def test_whoever_lacks_what_the_job_needs_is_told_so_all_day(world: World) -> None:
    robin = await technician(world)
    of = await job(world, kind="collection", collects_invoice_ids=[str(world.id())])
    (only,) = (await world.done("GET", f"/v1/jobs/{of['id']}/places?on=2026-03-05"))["technicians"]
    assert (only["technician_id"], [one["code"] for one in only["places"]]) == (robin.id, ["CASH_NOT_ALLOWED"])


async def test_a_visit_somebody_set_out_for_is_told_to_stay(world: World) -> None:
    robin = await technician(world)
    booked = await visit(world, by=robin)
    await advance(world, booked["id"], to="accept")
    assert (await world.done("GET", f"/v1/visits/{booked['id']}/places"))["refused"] is None
    await world.done("POST", f"/v1/visits/{booked['id']}/en-route", {})
    assert (await world.done("GET", f"/v1/visits/{booked['id']}/places"))["refused"] == "VISIT_NOT_IN_STATE"


async def test_nobody_elses_job_or_visit_has_places_here(world: World, other: World) -> None:
    booked = await visit(other, by=await technician(other))
    for path in (f"/v1/visits/{booked['id']}/places", f"/v1/jobs/{booked['job_id']}/places", f"/v1/jobs/{world.id()}/places"):
        assert (await world.get(path)).status_code == 404
