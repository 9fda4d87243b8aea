"""Bookings at random under plans that are made, published and outdated: no promise is broken that nobody allowed to be."""

import random
from typing import Any

import pytest

from tests.dispatch.builders import Field, job, technician
from tests.dispatch.planning import BERLIN, east, proposed
from tests.world import World

TOLD = "select promise_id, state from (select p.promise_id, coalesce(e.outcome, 'open') as state from promises.promise p left join promises.ending e using (organisation_id, promise_id) where p.organisation_id = $1) s"


async def broken(world: World) -> set[Any]:
    """Promises that were broken."""
    return {row["promise_id"] for row in await world.sql(TOLD, world.organisation_id) if row["state"] == "broken"}


async def book_at_random(world: World, field: list[Field], dice: random.Random) -> None:
    """One booking, on any quarter of an hour of any of them; refused where the place is taken."""
    at = f"2026-03-{dice.randint(5, 7):02}T{dice.randint(7, 15):02}:{dice.choice((0, 15, 30, 45)):02}:00Z"
    of = await job(
        world,
        place=east(dice.randint(0, 30)),
        priority=dice.randint(1, 5),
        duration_minutes=dice.choice((30, 60)),
        arrival_minutes=dice.choice((60, 120)),
    )
    if dice.random() < 0.7:
        await world.post(f"/v1/jobs/{of['id']}/visits", {"technician_id": dice.choice(field).id, "from": at})


async def keep_promises(world: World, *, bookings: int, plans: int, seed: int) -> None:
    dice = random.Random(seed)
    field = [await technician(world, home=BERLIN) for _ in range(6)]
    allowed: set[Any] = set()
    for number in range(plans):
        for _ in range(bookings // plans):
            await book_at_random(world, field, dice)
        absent = [dice.choice(field).id] if dice.random() < 0.5 else []
        plan = await proposed(world, on="2026-03-05", days=3, absent=absent, iterations=100, kind=dice.choice(("mend", "improve")))
        would = {stop["visit_id"] for stop in plan["stops"] if stop["breaks_promise"]}
        if dice.random() < 0.3:
            await book_at_random(world, field, dice)
        answer = (await world.post(f"/v1/plans/{plan['id']}/publish", {})).json()
        assert answer.get("code") in (None, "PLAN_OUTDATED", "PROMISES_WOULD_BREAK"), answer
        if answer.get("code") == "PROMISES_WOULD_BREAK":
            assert {one["id"] for one in answer["visits"]} == would
            assert await broken(world) == allowed
            if number % 2:
                answer = (await world.post(f"/v1/plans/{plan['id']}/publish", {"break_promises": True})).json()
                assert answer["promises_broken"] == len(would)
        now = await broken(world)
        assert len(now - allowed) == answer.get("promises_broken", 0)
        allowed = now
        for stop in plan["stops"] if answer.get("state") == "published" else []:
            found = await world.done("GET", f"/v1/visits/{stop['visit_id']}")
            assert (found["technician_id"], found["from"]) == (stop["technician_id"], stop["from"])


async def test_bookings_under_plans_break_no_promise_silently(world: World) -> None:
    await keep_promises(world, bookings=40, plans=3, seed=1)


@pytest.mark.soak
async def test_five_hundred_bookings_under_plans_break_no_promise_silently(world: World) -> None:
    await keep_promises(world, bookings=500, plans=25, seed=2)
