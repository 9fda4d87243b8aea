from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.dispatch.builders import job, technician, visit
from tests.world import World

FLEXIBLE = {"break": {"minutes": 30, "earliest": "11:30:00", "latest": "13:00:00"}}


async def test_a_flexible_break_is_kept_with_the_shift_and_takes_no_time_yet(world: World) -> None:
    anna = await technician(world, shifts=FLEXIBLE)
    day = (await anna.get(world, "/v1/me/day?on=2026-03-05")).json()
    assert day["shifts"][0]["break"] == {"minutes": 30, "earliest": "2026-03-05T10:30:00Z", "latest": "2026-03-05T12:00:00Z"}
    assert day["away"] == []
    await visit(world, by=anna, at="2026-03-05T11:00:00Z")


@pytest.mark.parametrize("booked", [["11:30", "12:45"], ["11:45", "13:00"], ["11:00", "12:00", "13:00"], ["10:45", "13:00", "11:45"]])
async def test_whoever_books_takes_no_break_away(world: World, booked: list[str]) -> None:
    """Visits of an hour, in Berlin's time: the last one would leave no half hour that begins between half past eleven and one."""
    anna, ben = [await technician(world, shifts=FLEXIBLE) for _ in range(2)]
    *before, last = [f"2026-03-05T{int(one[:2]) - 1:02}:{one[3:]}:00Z" for one in booked]
    for at in before:
        await visit(world, by=anna, at=at)
    of, elsewhere = await job(world), await visit(world, by=ben, at=last)
    place = {"technician_id": anna.id, "from": last}
    for path, document in (
        (f"/v1/jobs/{of['id']}/visits", place),
        (f"/v1/jobs/{of['id']}/holds", place),
        (f"/v1/visits/{elsewhere['id']}/move", {**place, "reason": "planned"}),
    ):
        refused = await world.post(path, document)
        assert (refused.status_code, refused.json()["code"]) == (409, "NO_TIME_FOR_BREAK"), path
    refused = await world.post(f"/v1/jobs/{of['id']}/visits", place)
    [best, *_] = refused.json()["slots"]
    await world.done("POST", f"/v1/jobs/{of['id']}/visits", {"technician_id": best["technician_id"], "from": best["from"]})


async def test_nobody_of_a_crew_loses_their_break(world: World) -> None:
    anna, ben = await technician(world), await technician(world, shifts=FLEXIBLE)
    of = await job(world, crew_size=2, duration_minutes=150)
    refused = await world.post(f"/v1/jobs/{of['id']}/visits", {"technician_id": anna.id, "crew": [ben.id], "from": "2026-03-05T10:15:00Z"})
    assert refused.json()["code"] == "NO_TIME_FOR_BREAK"


async def test_a_hold_that_ran_out_is_booked_only_while_it_leaves_the_break_its_room(world: World) -> None:
    anna = await technician(world, shifts=FLEXIBLE)
    held = await world.done(
        "POST",
        f"/v1/jobs/{(await job(world, duration_minutes=60))['id']}/holds",
        {"technician_id": anna.id, "from": "2026-03-05T10:30:00Z"},
    )
    world.clock.forward(hours=1)
    await visit(world, by=anna, at="2026-03-05T11:45:00Z")
    refused = await world.post(f"/v1/holds/{held['id']}/book", {})
    assert refused.json()["code"] == "NO_TIME_FOR_BREAK"


async def test_a_break_that_stands_or_an_absence_about_its_time_owes_none(world: World) -> None:
    anna, ben = [await technician(world, shifts=FLEXIBLE) for _ in range(2)]
    await world.done(
        "POST",
        f"/v1/technicians/{anna.id}/absences",
        {"from": "2026-03-05T10:30:00Z", "until": "2026-03-05T11:30:00Z", "reason": "training"},
    )
    trained = await visit(world, by=anna, at="2026-03-05T11:30:00Z")
    await world.sql(
        "insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at) values ($1, $2, $3, 'break', '2026-03-05 10:45Z', '2026-03-05 11:15Z')",
        world.organisation_id,
        world.id(),
        UUID(ben.id),
    )
    rested = await visit(world, by=ben, at="2026-03-05T11:15:00Z")
    assert [trained["state"], rested["state"]] == ["booked", "booked"]


async def test_a_fixed_break_stands_in_the_calendar_too(world: World) -> None:
    anna = await technician(world, shifts={"break": {"starts": "12:00:00", "ends": "12:45:00"}})
    day = (await anna.get(world, "/v1/me/day?on=2026-03-05")).json()
    assert day["shifts"][0]["break"] == {"minutes": 45, "earliest": "2026-03-05T11:00:00Z", "latest": "2026-03-05T11:00:00Z"}
    assert [(one["kind"], one["from"], one["until"]) for one in day["away"]] == [("break", "2026-03-05T11:00:00Z", "2026-03-05T11:45:00Z")]


async def test_a_night_shift_rests_after_midnight_by_the_clock_of_that_night(world: World) -> None:
    night = {"from_on": "2026-03-28", "until_on": "2026-03-29", "starts": "22:00:00", "ends": "06:00:00"}
    anna = await technician(world, shifts={**night, "break": {"minutes": 30, "earliest": "01:30:00", "latest": "04:00:00"}})
    shift = (await anna.get(world, "/v1/me/day?on=2026-03-28")).json()["shifts"][0]
    assert shift["until"] == "2026-03-29T04:00:00Z"  # an hour less: summer time began at two
    assert shift["break"] == {"minutes": 30, "earliest": "2026-03-29T00:30:00Z", "latest": "2026-03-29T02:00:00Z"}


async def test_a_shift_that_a_clock_change_leaves_no_room_for_its_break_has_none(world: World) -> None:
    short = {"from_on": "2026-03-28", "until_on": "2026-03-30", "starts": "02:00:00", "ends": "03:10:00", "zone": "Europe/Berlin"}
    anna = await technician(world, shifts={**short, "break": {"starts": "02:30:00", "ends": "03:00:00"}})
    first, second = [(await anna.get(world, f"/v1/me/day?on=2026-03-{day}")).json() for day in (28, 29)]
    assert (first["shifts"][0]["break"]["minutes"], len(first["away"])) == (30, 1)
    assert (second["shifts"][0]["break"], second["away"]) == (None, [])  # from three to ten past


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts": "12:00:00"},
        {"starts": "12:00:00", "ends": "12:30:00", "minutes": 30},
        {"minutes": 30, "earliest": "12:00:00"},
        {"minutes": 30, "earliest": "13:00:00", "latest": "12:00:00"},
        {"minutes": 30, "earliest": "16:00:00", "latest": "16:45:00"},
        {"minutes": 30, "earliest": "07:00:00", "latest": "08:00:00"},
        {"starts": "18:00:00", "ends": "18:30:00"},
        {"starts": "12:00:00", "ends": "12:00:00"},
        {"starts": "08:00:00", "ends": "16:30:00"},
    ],
)
async def test_a_break_for_which_the_shift_has_no_room_is_refused(world: World, wrong: dict[str, Any]) -> None:
    anna = await technician(world)
    hours = {"from_on": "2026-04-01", "until_on": "2026-04-02", "starts": "08:00:00", "ends": "17:00:00", "break": wrong}
    refused = await world.post(f"/v1/technicians/{anna.id}/shifts", hours)
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT")


@pytest.mark.parametrize(
    "minutes, earliest, latest, constraint",
    [
        (30, "2026-04-01 07:00Z", "2026-04-01 09:00Z", "shift_break_is_within_it"),
        (30, "2026-04-01 12:00Z", "2026-04-01 11:00Z", "shift_break_is_within_it"),
        (30, "2026-04-01 12:00Z", "2026-04-01 15:45Z", "shift_break_is_within_it"),
        (0, "2026-04-01 12:00Z", "2026-04-01 12:00Z", "shift_break_in_range"),
        (None, "2026-04-01 12:00Z", "2026-04-01 12:00Z", "shift_break_is_whole"),
        (30, "2026-04-01 12:00Z", None, "shift_break_is_whole"),
    ],
)
async def test_nor_by_hand(world: World, minutes: int | None, earliest: str, latest: str | None, constraint: str) -> None:
    anna = await technician(world)
    with pytest.raises(asyncpg.CheckViolationError, match=constraint):
        await world.sql(
            "insert into dispatch.shift (organisation_id, technician_id, on_day, starts_wall, ends_wall, zone, starts_at, ends_at, break_minutes, break_earliest, break_latest,"
            " break_earliest_at, break_latest_at, created_at)"
            " values ($1, $2, '2026-04-01', '08:00', '16:00', 'UTC', '2026-04-01 08:00Z', '2026-04-01 16:00Z', $3, '12:00', '12:00', $4::text::timestamptz, $5::text::timestamptz, now())",
            world.organisation_id,
            UUID(anna.id),
            minutes,
            earliest,
            latest,
        )
