"""Raw SQL as the service's role: no step of a customer without a choice of their own link, for this job, of what the step does."""

from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import pytest

from tests.dispatch.builders import job, technician, visit
from tests.world import World

STEP = (
    "insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, starts_at, ends_at, arrive_until, zone, starts_wall, reason, actor, captured_at)"
    " select organisation_id, visit_id, collects, 2, 'booked', $2, technician_id, starts_at, ends_at, arrive_until, zone, starts_wall, $3, $4, recorded_at"
    " from dispatch.visit_step where visit_id = $1"
)
CHOICE = (
    "insert into dispatch.choice (organisation_id, job_id, number, act, link_id, visit_id, step, was_at, starts_at, moves_before, policy_version, days_ahead, hours_before, most_moves, earliest, latest, zone)"
    " select v.organisation_id, v.job_id, 1, $2, $3, v.visit_id, 2, case when $2 = 'moved' then s.starts_at end, s.starts_at, 0, 1, 5, $4, 1, '08:00', '18:00', 'Europe/Berlin'"
    " from dispatch.visit v join dispatch.visit_step s using (organisation_id, visit_id) where v.visit_id = $1"
)
Statement = tuple[Any, ...]


class Attack(NamedTuple):
    """A booked visit, the link by which its customer chooses, that of another job of theirs, and how both statements are done in one transaction."""

    visit_id: UUID
    link_id: UUID
    others_link_id: UUID
    do: Callable[..., Coroutine[Any, Any, None]]


@pytest.fixture
async def attack(world: World, request: pytest.FixtureRequest) -> Attack:
    hours: int = getattr(request, "param", 2)
    anna = await technician(world)
    await world.done("PUT", "/v1/choice-policy", {"days_ahead": 5, "hours_before": hours, "most_moves": 1}, headers={"If-Match": '"0"'})
    of = await job(world)
    other = await job(world, customer_id=of["customer_id"])
    links = [UUID((await world.done("POST", f"/v1/jobs/{one['id']}/choice-links"))["id"]) for one in (of, other)]
    booked = await visit(world, by=anna, at="2026-03-05T08:00:00Z", of=of)

    async def do(*statements: Statement) -> None:
        async with world.database.pool.acquire() as connection, connection.transaction():
            at = world.clock.now.isoformat()
            await connection.execute(f"set local sayso.organisation = '{world.organisation_id}'; set local sayso.at = '{at}'")
            for text, *values in statements:
                await connection.execute(text, *values)

    return Attack(UUID(booked["id"]), *links, do)


@pytest.mark.parametrize("to_state, reason", [("cancelled", "no_longer_needed"), ("dispatched", None), ("booked", None)])
async def test_a_customer_takes_no_step_without_a_choice_whatever_its_reason(attack: Attack, to_state: str, reason: str | None) -> None:
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="customers_step_is_their_choice"):
        await attack.do((STEP, attack.visit_id, to_state, reason, f"customer_link:{attack.link_id}"))


async def test_a_choice_is_made_by_a_link_for_choosing_that_is_about_its_job(attack: Attack) -> None:
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="choice_by_link"):
        await attack.do(
            (CHOICE, attack.visit_id, "cancelled", attack.others_link_id, 2),
            (STEP, attack.visit_id, "cancelled", "customer_asked", f"customer_link:{attack.others_link_id}"),
        )


async def test_the_step_is_by_the_link_that_chose_it(attack: Attack) -> None:
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="customers_step_is_their_choice"):
        await attack.do(
            (CHOICE, attack.visit_id, "cancelled", attack.link_id, 2),
            (STEP, attack.visit_id, "cancelled", "customer_asked", f"customer_link:{attack.others_link_id}"),
        )


@pytest.mark.parametrize("attack", [48], indirect=True)
@pytest.mark.parametrize("to_state, reason", [("cancelled", "customer_asked"), ("booked", None)])
async def test_nobody_calls_a_late_move_or_cancelling_a_booking(attack: Attack, to_state: str, reason: str | None) -> None:
    """A booking alone needs no time ahead, since what it books was held in time."""
    with pytest.raises(asyncpg.ForeignKeyViolationError, match=r"choice_has_its_step|choice_books_what_was_held"):
        await attack.do(
            (CHOICE, attack.visit_id, "booked", attack.link_id, 48),
            (STEP, attack.visit_id, to_state, reason, f"customer_link:{attack.link_id}"),
        )


async def test_nobody_moves_to_an_hour_that_the_policy_does_not_have(world: World, attack: Attack) -> None:
    night = CHOICE.replace("end, s.starts_at, 0", "end, s.starts_at + interval '12 hours', 0")
    with pytest.raises(asyncpg.CheckViolationError, match="choice_is_at_its_hours"):
        await attack.do((night, attack.visit_id, "moved", attack.link_id, 2))
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="choice_by_policy"):
        await attack.do((CHOICE.replace("'08:00', '18:00'", "'00:00', '24:00'"), attack.visit_id, "moved", attack.link_id, 2))


async def test_what_was_chosen_is_done(world: World, attack: Attack) -> None:
    await attack.do(
        (CHOICE, attack.visit_id, "cancelled", attack.link_id, 2),
        (STEP, attack.visit_id, "cancelled", "customer_asked", f"customer_link:{attack.link_id}"),
    )
    assert (await world.done("GET", f"/v1/visits/{attack.visit_id}"))["state"] == "cancelled"
