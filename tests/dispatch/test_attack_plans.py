"""Raw SQL as the service's role: what the database itself refuses of plans."""

from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.dispatch.builders import job, technician
from tests.dispatch.planning import BERLIN, east, proposed
from tests.world import World

STEP = (
    "insert into dispatch.plan_step (organisation_id, plan_id, step, from_state, to_state, actor, happened_at)"
    " values ($1, $2, $3, $4, $5, 'x', '2026-03-04 12:00Z')"
)
FOUND = (
    "insert into dispatch.plan_found (organisation_id, plan_id, step, read_at, travel_seconds_now, travel_seconds, points_left_out, overtime_seconds, iterations, cpu_milliseconds)"
    " values ($1, $2, $3, '2026-03-04 12:00Z', 0, 0, 0, 0, 0, 0)"
)


@pytest.fixture
async def plan(world: World) -> dict[str, Any]:
    """A proposal that adds a visit."""
    await technician(world, home=BERLIN)
    await job(world, place=east(2))
    return await proposed(world, on="2026-03-05", iterations=1)


async def test_a_plan_moves_as_declared_from_where_it_stands(world: World, plan: dict[str, Any]) -> None:
    last = (await world.sql("select max(step) from dispatch.plan_step where plan_id = $1", UUID(plan["id"])))[0][0]
    for before, after, refusal in (
        ("proposed", "computing", "plan_moves_as_declared"),
        ("published", "proposed", "plan_moves_as_declared"),
        ("computing", "proposed", "plan_step_follows"),
        ("asked", "withdrawn", "plan_step_follows"),
    ):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=refusal):
            await world.sql(STEP, world.organisation_id, UUID(plan["id"]), last + 1, before, after)


async def test_what_was_found_is_written_once_with_the_step_that_proposes_it(world: World, plan: dict[str, Any]) -> None:
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="one_finding_a_plan"):
        await world.sql(FOUND, world.organisation_id, UUID(plan["id"]), 1)
    asked = (await world.post("/v1/plans", {"on": "2026-03-06"})).json()
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="found_by_proposing"):
        await world.sql(FOUND, world.organisation_id, UUID(asked["id"]), 1)


async def test_nobody_changes_or_deletes_what_a_plan_says(world: World, plan: dict[str, Any]) -> None:
    for table in ("plan", "plan_step", "plan_found", "plan_technician", "plan_stop", "plan_break", "plan_left_out"):
        for statement in (f"delete from dispatch.{table}", f"update dispatch.{table} set plan_id = plan_id"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await world.sql(statement)
    assert plan["stops"]


async def test_a_stop_that_breaks_a_promise_promises_anew_and_one_that_is_fixed_stays(world: World, plan: dict[str, Any]) -> None:
    copied = (
        "insert into dispatch.plan_stop (organisation_id, plan_id, visit_id, technician_id, nth, job_id, customer_id, starts_at, ends_at, arrive_until, fixed, travel_seconds, travel_estimated,"
        " change, was_technician_id, was_starts_at, breaks_promise, job_steps, occupancy_id, promise_id)"
        " select organisation_id, plan_id, $2, technician_id, 99, job_id, customer_id, starts_at, ends_at, arrive_until, $3, 0, true, $4, technician_id, starts_at, $5, 1, null, $6"
        " from dispatch.plan_stop where plan_id = $1"
    )
    for fixed, change, breaks, promise, refusal in (
        (False, "time", True, None, "plan_change_promises"),
        (False, "time", False, uuid4(), "plan_change_promises"),
        (False, None, True, uuid4(), "only_changes_break_promises"),
        (True, "time", False, None, "plan_fixed_stays"),
        (False, "added", False, uuid4(), "plan_addition_takes_a_place"),
    ):
        with pytest.raises(asyncpg.CheckViolationError, match=refusal):
            await world.sql(copied, UUID(plan["id"]), uuid4(), fixed, change, breaks, promise)


async def test_another_organisation_sees_and_publishes_nothing_of_it(world: World, other: World, plan: dict[str, Any]) -> None:
    assert (await other.get(f"/v1/plans/{plan['id']}")).status_code == 404
    assert (await other.post(f"/v1/plans/{plan['id']}/publish", {})).status_code == 404
    assert (await other.done("GET", "/v1/plans"))["items"] == []
