"""`sayso doctor` finds a calendar, a chain or a promise that contradicts the others, whoever broke it."""

import zoneinfo
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from importlib import resources
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from service.cli.doctor import SESSION, checks
from service.settings import Settings
from tests.dispatch.builders import advance, job, signed_in_again, technician, visit
from tests.world import World

Find = Callable[[], Awaitable[list[tuple[str, str]]]]
OURS = {
    "nobody_is_in_two_places", "visits_have_their_places", "visits_and_jobs_moved_as_declared", "booked_visits_are_promised", "unfinished_jobs_are_those_not_done", "breaks_keep_their_room",
    "positions_are_of_who_was_sent_out",
}  # fmt: skip


@pytest.fixture
async def broken(owner: asyncpg.Connection) -> AsyncIterator[asyncpg.Connection]:
    """A superuser who may do anything, undone afterwards."""
    transaction = owner.transaction()
    await transaction.start()
    await owner.execute("set local session_replication_role = replica")
    yield owner
    await transaction.rollback()
    await owner.execute("reset all")


@pytest.fixture
async def find(world: World, broken: asyncpg.Connection, settings: Settings) -> Find:
    """What the checks of this room find in this organisation: check and offender."""

    async def find() -> list[tuple[str, str]]:
        await broken.execute(SESSION.replace("set ", "set local "))
        found = []
        for name, _, check in checks():
            if name in OURS:
                found += [
                    (name, offender)
                    for organisation_id, offender, _ in await check(broken, settings)
                    if organisation_id == world.organisation_id
                ]
        return found

    return find


async def test_a_day_that_went_otherwise_is_sound_and_a_place_that_isnt_of_it_is_found(
    world: World, find: Find, broken: asyncpg.Connection
) -> None:
    anna, bert = await technician(world), await technician(world)
    longer, late = await visit(world, by=anna, at="2026-03-04T12:30:00Z"), await visit(world, by=bert, at="2026-03-04T12:30:00Z")
    await advance(world, longer["id"], to="start")
    await world.done("POST", f"/v1/visits/{longer['id']}/late", {"minutes": 30, "reason": "more_to_do"})
    world.clock.forward(minutes=45)
    carla = await technician(world)
    handing = {"visits": [{"visit_id": late["id"], "technician_id": carla.id}], "reason": "ill"}
    await world.done("POST", "/v1/visits/hand-over", handing)
    await advance(world, late["id"], to="arrive")
    assert await find() == []
    for change in ("starts_at = starts_at + interval '1 minute'", "ends_at = ends_at - interval '31 minutes'"):
        await broken.execute("savepoint sound")
        await broken.execute(f"update dispatch.occupancy set {change} where organisation_id = $1 and kind = 'visit'", world.organisation_id)
        assert {offender for _, offender in await find()} >= {longer["id"], late["id"]}
        await broken.execute("rollback to savepoint sound")


async def test_a_day_of_every_kind_of_visit_is_sound(world: World, find: Find) -> None:
    anna, of = await technician(world), await job(world)
    for number, to in enumerate(("dispatch", "accept", "en-route", "arrive", "start", "complete")):
        booked = await visit(world, by=anna, at=f"2026-03-05T{8 + number:02}:00:00Z")
        await advance(world, booked["id"], to=to)
    cancelled = await visit(world, by=anna, at="2026-03-06T09:00:00Z")
    await world.done("POST", f"/v1/visits/{cancelled['id']}/cancel", {"reason": "customer_asked"})
    moved = await visit(world, by=anna, at="2026-03-06T09:00:00Z")
    await world.done(
        "POST", f"/v1/visits/{moved['id']}/move", {"technician_id": anna.id, "from": "2026-03-07T09:00:00Z", "reason": "we_must"}
    )
    await world.done("POST", f"/v1/jobs/{of['id']}/holds", {"technician_id": anna.id, "from": "2026-03-07T11:00:00Z"})
    assert await find() == []


async def test_a_job_that_the_board_forgets_or_keeps_too_long_is_found(world: World, broken: asyncpg.Connection, find: Find) -> None:
    forgotten, over = await job(world), await job(world)
    await world.done("POST", f"/v1/jobs/{over['id']}/cancel")
    assert await find() == []
    await broken.execute(
        "update dispatch.unfinished_job set job_id = $2 where job_id = $1", *(UUID(one["id"]) for one in (forgotten, over))
    )
    assert await find() == [("unfinished_jobs_are_those_not_done", one) for one in sorted((forgotten["id"], over["id"]))]


async def test_a_break_whose_room_was_taken_by_hand_is_found(world: World, broken: asyncpg.Connection, find: Find) -> None:
    anna = await technician(world, shifts={"break": {"minutes": 30, "earliest": "11:30:00", "latest": "13:00:00"}})
    for at in ("10:00", "12:00"):
        await visit(world, by=anna, at=f"2026-03-05T{at}:00Z")
    assert await find() == []
    others = await visit(world, by=await technician(world), at="2026-03-05T11:00:00Z")
    for table in ("occupancy", "visit_step"):
        await broken.execute(f"update dispatch.{table} set technician_id = $1 where visit_id = $2", UUID(anna.id), UUID(others["id"]))
    assert await find() == [("breaks_keep_their_room", anna.id)]


async def test_a_visit_without_its_place_is_found(world: World, broken: asyncpg.Connection, find: Find) -> None:
    booked = await visit(world, by=await technician(world))
    await broken.execute("delete from dispatch.occupancy where visit_id = $1", UUID(booked["id"]))
    assert await find() == [("visits_have_their_places", booked["id"])]


async def test_a_place_that_a_cancelled_visit_kept_is_found(world: World, broken: asyncpg.Connection, find: Find) -> None:
    booked = await visit(world, by=await technician(world))
    rows = await broken.fetch("select * from dispatch.occupancy where visit_id = $1", UUID(booked["id"]))
    await world.done("POST", f"/v1/visits/{booked['id']}/cancel", {"reason": "customer_asked"})
    await broken.execute(
        "insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at, visit_id, member, crew_size) values ($1, $2, $3, 'visit', $4, $5, $6, 1, 1)",
        *(rows[0][name] for name in ("organisation_id", "occupancy_id", "technician_id", "starts_at", "ends_at", "visit_id")),
    )
    assert await find() == [("visits_have_their_places", booked["id"])]


async def test_a_technician_in_two_places_is_found(world: World, broken: asyncpg.Connection, find: Find) -> None:
    anna = await technician(world)
    first, second = await visit(world, by=anna), await visit(world, by=anna, at="2026-03-05T11:00:00Z")
    await broken.execute("alter table dispatch.occupancy drop constraint nobody_in_two_places")
    await broken.execute("update dispatch.occupancy set starts_at = '2026-03-05T09:30Z' where visit_id = $1", UUID(second["id"]))
    assert {name for name, _ in await find()} == {"nobody_is_in_two_places", "visits_have_their_places"}
    assert first["id"] not in {offender for _, offender in await find()}


@pytest.mark.parametrize(
    "statement",
    [
        "delete from dispatch.visit_step where visit_id = $1 and step = 2",
        "update dispatch.visit_step set from_state = 'paused' where visit_id = $1 and step = 3",
        "delete from dispatch.visit_step where visit_id = $1",
    ],
)
async def test_a_step_edited_or_removed_is_found(world: World, broken: asyncpg.Connection, find: Find, statement: str) -> None:
    booked = await visit(world, by=await technician(world))
    await advance(world, booked["id"], to="accept")
    await broken.execute("alter table dispatch.visit_step drop constraint visit_moves_as_declared")
    await broken.execute(statement, UUID(booked["id"]))
    assert ("visits_and_jobs_moved_as_declared", booked["id"]) in await find()


async def test_a_booking_without_its_promise_is_found(world: World, broken: asyncpg.Connection, find: Find) -> None:
    booked = await visit(world, by=await technician(world))
    await broken.execute("delete from promises.promise where subject_id = $1", UUID(booked["id"]))
    assert await find() == [("booked_visits_are_promised", booked["id"])]


@pytest.mark.parametrize("wrong", ["technician_id = gen_random_uuid()", "measured_at = measured_at - interval '4 hours'"])
async def test_a_position_of_who_was_not_sent_out_is_found(world: World, broken: asyncpg.Connection, find: Find, wrong: str) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna, at="2026-03-04T13:00:00Z")
    await advance(world, booked["id"], to="dispatch")
    world.clock.forward(minutes=10)
    here = {"latitude_e7": 525200000, "longitude_e7": 134050000, "accuracy_metres": 12, "measured_at": "2026-03-04T12:05:00Z"}
    told = await (await signed_in_again(world, anna)).post(world, "/v1/me/positions", {"positions": [here]})
    assert (told.json()["kept"], await find()) == (1, [])
    await broken.execute(f"update dispatch.position set {wrong} where organisation_id = $1", world.organisation_id)
    assert await find() == [("positions_are_of_who_was_sent_out", booked["id"])]


async def test_a_crew_that_lacks_somebody_is_found(world: World, broken: asyncpg.Connection, find: Find) -> None:
    anna, ben, of = await technician(world), await technician(world), await job(world, crew_size=2)
    booking = {"technician_id": anna.id, "crew": [ben.id], "from": "2026-03-05T09:00:00Z"}
    booked = await world.done("POST", f"/v1/jobs/{of['id']}/visits", booking)
    assert await find() == []
    await broken.execute("delete from dispatch.occupancy where visit_id = $1 and member = 2", UUID(booked["id"]))
    assert await find() == [("visits_have_their_places", booked["id"])]


async def test_a_job_that_counts_what_nobody_completed_is_found(world: World, broken: asyncpg.Connection, find: Find) -> None:
    of = await job(world, visits_needed=2)
    booked = await visit(world, by=await technician(world), of=of)
    await advance(world, booked["id"], to="complete")
    assert await find() == []
    await broken.execute("alter table dispatch.job_step drop constraint completed_visits_are_counted")
    await broken.execute("update dispatch.job_step set visits_done = visits_done + 1 where job_id = $1 and step = 3", UUID(of["id"]))
    assert await find() == [("visits_and_jobs_moved_as_declared", of["id"])]


@pytest.fixture
def clocks(tmp_path: Path) -> Iterator[Path]:
    """A folder in which this program looks for zones before it looks where they are."""
    kept = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([tmp_path, *kept])
    zoneinfo.ZoneInfo.clear_cache()
    yield tmp_path
    zoneinfo.reset_tzpath(kept)
    zoneinfo.ZoneInfo.clear_cache()


async def test_a_zone_by_which_we_mean_another_hour_than_the_database_is_found(
    world: World, owner: asyncpg.Connection, settings: Settings, clocks: Path
) -> None:
    [check] = [find for name, _, find in checks() if name == "clocks_show_the_same"]
    anna = await technician(world, zone="Atlantic/Faroe")
    assert await check(owner, settings) == []
    (clocks / "Atlantic").mkdir()
    (clocks / "Atlantic/Faroe").write_bytes(resources.files("tzdata.zoneinfo.Asia").joinpath("Tokyo").read_bytes())
    zoneinfo.ZoneInfo.clear_cache()
    assert [(organisation_id, zone) for organisation_id, zone, _ in await check(owner, settings)] == [(None, "Atlantic/Faroe")]
    await world.sql(
        "update dispatch.technician set zone = 'Europe/Berlin' where organisation_id = $1 and technician_id = $2",
        world.organisation_id,
        UUID(anna.id),
    )
    assert await check(owner, settings) == []
