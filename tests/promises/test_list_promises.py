from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from tests.dispatch.builders import job, technician, visit
from tests.world import World


async def test_promises_come_by_customer_and_openness_without_gaps_or_repeats(world: World) -> None:
    anna, customer = await technician(world), await world.customer()
    of = await job(world, customer_id=customer["id"])
    made = [(await visit(world, by=anna, of=of, at=f"2026-03-0{day}T09:00:00Z"))["id"] for day in (5, 6, 7)]
    await visit(world, by=anna, at="2026-03-08T09:00:00Z")
    await world.done("POST", f"/v1/visits/{made[1]}/cancel", {"reason": "customer_asked"})
    seen: list[str] = []
    path: str | None = f"/v1/promises?customer_id={customer['id']}&open=true&limit=1"
    while path:
        page = await world.get(path)
        seen += [one["subject_id"] for one in page.json()["items"]]
        path = page.links["next"]["url"] if "next" in page.links else None
    assert sorted(seen) == sorted([made[0], made[2]])
    [ended] = (await world.done("GET", f"/v1/promises?customer_id={customer['id']}&open=false"))["items"]
    assert (ended["subject_id"], ended["state"]) == (made[1], "released")


async def test_a_broken_promise_stays_open_to_be_looked_after(world: World) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna)
    world.clock.forward(days=2)
    [promise] = (await world.done("GET", f"/v1/promises?subject_id={booked['id']}&open=true"))["items"]
    assert (promise["state"], promise["ended_at"]) == ("broken", None)


@pytest.mark.parametrize(
    "outcome, late, constraint",
    [
        ("kept", timedelta(0), "in_time_or_broken"),
        ("released", timedelta(0), "in_time_or_broken"),
        ("forgotten", -timedelta(hours=1), "ending_is_known"),
    ],
)
async def test_no_promise_is_kept_after_it_was_due(
    world: World, owner: asyncpg.Connection, outcome: str, late: timedelta, constraint: str
) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna)
    [promise] = await world.sql(
        "select promise_id, due_at from promises.promise where organisation_id = $1 and subject_id = $2",
        world.organisation_id,
        UUID(booked["id"]),
    )
    end = (
        "insert into promises.ending (organisation_id, promise_id, due_at, outcome, happened_at, ended_by) values ($1, $2, $3, $4, $5, 'x')"
    )
    values = (world.organisation_id, promise["promise_id"], promise["due_at"], outcome, promise["due_at"] + late)
    with pytest.raises(asyncpg.CheckViolationError, match=constraint):
        await world.sql(end, *values)
    with pytest.raises(asyncpg.CheckViolationError, match=constraint):
        await owner.execute(end, *values)
    moved = promise["due_at"] + timedelta(days=1)
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="ending_of_promise"):
        await world.sql(end, world.organisation_id, promise["promise_id"], moved, "kept", promise["due_at"])


async def test_a_promise_ends_once(world: World) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna)
    await world.done("POST", f"/v1/visits/{booked['id']}/cancel", {"reason": "customer_asked"})
    with pytest.raises(asyncpg.UniqueViolationError, match="one_ending_a_promise"):
        await world.sql(
            "insert into promises.ending (organisation_id, promise_id, due_at, outcome, happened_at, ended_by)"
            " select organisation_id, promise_id, due_at, 'kept', made_at, 'x' from promises.promise where organisation_id = $1",
            world.organisation_id,
        )
