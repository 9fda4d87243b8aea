"""Raw SQL, as the service's role and as the owner of the tables: what the database itself refuses."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.dispatch.builders import Field, advance, approved, job, technician, visit
from tests.world import World

NINE = datetime(2026, 3, 5, 9, tzinfo=UTC)
OCCUPY = (
    "insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at, visit_id, expires_at, reason)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
)
STEP = (
    "insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, starts_at, ends_at, arrive_until, zone, starts_wall,"
    " reason, actor, captured_at) values ($1, $2, false, $3, $4, $5, $6, $7::timestamptz, $7::timestamptz + interval '1 hour', $7::timestamptz + interval '1 hour', 'Europe/Berlin', '2026-03-05 10:00', $8, 'x', $7::timestamptz)"
)


def row(world: World, who: Field, **differences: Any) -> list[Any]:
    """An absence from nine to ten, but for the differences."""
    values = {
        "kind": "absence",
        "starts_at": NINE,
        "ends_at": NINE + timedelta(hours=1),
        "visit_id": None,
        "expires_at": None,
        "reason": "ill",
    }
    return [world.organisation_id, uuid4(), UUID(who.id), *(values | differences).values()]


async def at_the_end(connection: asyncpg.Connection, statement: str, *values: Any) -> None:
    """In a transaction that puts its checks off for as long as it may."""
    async with connection.transaction():
        await connection.execute("set constraints all deferred")
        await connection.execute(statement, *values)


async def test_the_service_cannot_put_anybody_in_two_places(world: World) -> None:
    anna = await technician(world)
    await visit(world, by=anna)
    for starts in (NINE, NINE - timedelta(minutes=59), NINE + timedelta(minutes=59)):
        with pytest.raises(asyncpg.ExclusionViolationError, match="nobody_in_two_places"):
            await world.sql(OCCUPY, *row(world, anna, starts_at=starts, ends_at=starts + timedelta(hours=1)))
    await world.sql(OCCUPY, *row(world, anna, starts_at=NINE + timedelta(hours=1), ends_at=NINE + timedelta(hours=2)))


async def test_nor_can_the_owner_of_the_tables(world: World, owner: asyncpg.Connection) -> None:
    anna = await technician(world)
    await visit(world, by=anna)
    with pytest.raises(asyncpg.ExclusionViolationError, match="nobody_in_two_places"):
        await owner.execute(OCCUPY, *row(world, anna))
    with pytest.raises(asyncpg.ExclusionViolationError, match="nobody_in_two_places"):
        await at_the_end(owner, OCCUPY, *row(world, anna))


@pytest.mark.parametrize(
    "trick, constraint",
    [
        ({"ends_at": NINE}, "occupancy_takes_time"),
        ({"ends_at": NINE - timedelta(hours=1)}, "occupancy_takes_time|range lower bound"),
        ({"kind": "hold", "reason": None}, "only_visits_and_holds_have_a_visit|only_holds_expire"),
        ({"kind": "nothing", "reason": None}, "occupancy_kind_is_known"),
        ({"ends_at": datetime.max.replace(tzinfo=UTC)}, "occupancy_takes_time"),
    ],
)
async def test_an_occupancy_that_takes_no_place_or_all_of_it_is_refused(world: World, trick: Any, constraint: str) -> None:
    anna = await technician(world)
    with pytest.raises(asyncpg.PostgresError, match=constraint):
        await world.sql(OCCUPY, *row(world, anna, **trick))


async def test_two_visits_change_places_in_one_statement(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    first, second = await visit(world, by=anna), await visit(world, by=ben)
    await world.sql(
        "update dispatch.occupancy set technician_id = case visit_id when $2 then $4::uuid else $5::uuid end where organisation_id = $1 and visit_id in ($2, $3)",
        world.organisation_id,
        UUID(first["id"]),
        UUID(second["id"]),
        UUID(ben.id),
        UUID(anna.id),
    )
    rows = await world.sql(
        "select visit_id, technician_id from dispatch.occupancy where organisation_id = $1 and kind = 'visit'", world.organisation_id
    )
    assert {str(one["visit_id"]): str(one["technician_id"]) for one in rows} == {first["id"]: ben.id, second["id"]: anna.id}


@pytest.mark.parametrize(
    "number, moves_from, moves_to, reason, constraint",
    [
        (2, "booked", "completed", None, "visit_moves_as_declared"),
        (2, "booked", "working", None, "visit_moves_as_declared"),
        (2, "dispatched", "accepted", None, "visit_step_follows"),  # but it is only booked
        (3, "booked", "dispatched", None, "visit_step_follows"),  # a step left out
        (1, "new", "held", None, "one_visit_step_a_number"),  # a second beginning
        (2, "new", "booked", None, "visit_begins_held_or_booked"),
        (2, "booked", "cancelled", None, "failure_says_why"),
        (2, "booked", "lost", None, "visit_moves_as_declared"),
    ],
)
async def test_no_state_changes_but_as_declared(
    world: World, owner: asyncpg.Connection, number: int, moves_from: str, moves_to: str, reason: str | None, constraint: str
) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna)
    values = (world.organisation_id, UUID(booked["id"]), number, moves_from, moves_to, UUID(anna.id), NINE, reason)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await world.sql(STEP, *values)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await owner.execute(STEP, *values)


@pytest.mark.parametrize(
    "number, moves_from, moves_to, constraint",
    [
        (2, "open", "closed", "job_moves_as_declared"),
        (2, "in_progress", "cancelled", "job_step_follows"),
        (2, "in_progress", "work_done", "work_is_done_by_enough_visits"),
        (1, "new", "open", "one_job_step_a_number"),
    ],
)
async def test_no_job_changes_but_as_declared(world: World, number: int, moves_from: str, moves_to: str, constraint: str) -> None:
    of = await job(world)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await world.sql(
            "insert into dispatch.job_step (organisation_id, job_id, step, from_state, to_state, actor, happened_at) values ($1, $2, $3, $4, $5, 'x', $6)",
            world.organisation_id,
            UUID(of["id"]),
            number,
            moves_from,
            moves_to,
            NINE,
        )


@pytest.mark.parametrize(
    "statement",
    [
        "update dispatch.visit_step set to_state = 'completed'",
        "delete from dispatch.visit_step",
        "update dispatch.job set scope_id = job_id",
        "delete from dispatch.job_step",
        "update dispatch.occupancy set visit_id = null",
        "update promises.promise set due_at = due_at + interval '1 day'",
        "delete from promises.ending",
    ],
)
async def test_the_service_cannot_rewrite_what_was_said(world: World, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await world.sql(statement)


async def test_the_service_cannot_say_when_it_recorded_a_step(world: World) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await world.sql("insert into dispatch.visit_step (recorded_at) values (now())")


async def test_an_item_that_nobody_approved_is_not_started_by_hand(world: World) -> None:
    anna, of = await technician(world), await job(world)
    booked = await visit(world, by=anna, of=of)
    await advance(world, booked["id"], to="start")
    _, items = await approved(world, of)
    put = "insert into dispatch.started_item (organisation_id, visit_id, step, item_id) values ($1, $2, $3, $4)"
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="started_item_is_authorised"):
        await world.sql(put, world.organisation_id, UUID(booked["id"]), 6, uuid4())
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="item_started_by_a_start"):
        await world.sql(put, world.organisation_id, UUID(booked["id"]), 5, UUID(items[0]))


async def test_another_organisations_rows_can_be_neither_seen_nor_written(world: World, other: World) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna)
    for table in ("technician", "shift", "job", "job_step", "visit", "visit_step", "occupancy"):
        assert await other.sql(f"select 1 from dispatch.{table} limit 1") == [], table
    assert await other.sql("select 1 from promises.promise limit 1") == []
    assert await other.sql("delete from dispatch.occupancy returning 1") == []
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        await other.sql(STEP, world.organisation_id, UUID(booked["id"]), 2, "booked", "dispatched", UUID(anna.id), NINE, None)
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="occupancy_of_technician"):
        await other.sql(OCCUPY, *row(other, anna))
