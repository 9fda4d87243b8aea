"""A job of several days: its work is done when its last visit is, and not before."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.dispatch.builders import Field, advance, facts, job, technician, visit
from tests.world import World


async def day(world: World, by: Field, of: dict[str, Any], on: int, *, to: str = "complete") -> str:
    """A visit at nine of that day, and how far it comes."""
    made: str = (await visit(world, by=by, of=of, at=f"2026-03-{on:02}T09:00:00Z"))["id"]
    if to != "booked":
        await advance(world, made, to=to)
    return made


async def standing(world: World, of: dict[str, Any]) -> tuple[str, int, int]:
    found = await world.done("GET", f"/v1/jobs/{of['id']}")
    return found["state"], found["visits_done"], found["visits_needed"]


async def test_a_job_of_three_days_is_done_on_the_third(world: World) -> None:
    anna, of = await technician(world), await job(world, visits_needed=3)
    assert await standing(world, of) == ("open", 0, 3)
    for number, on in enumerate((5, 6, 9), start=1):
        await day(world, anna, of, on)
        assert await standing(world, of) == ("in_progress" if number < 3 else "work_done", number, 3)
        world.clock.forward(minutes=1)
    assert await facts(world, of["id"]) == ["job_opened", "job_in_progress", "job_part_done", "job_part_done", "job_work_done"]
    assert (await world.done("POST", f"/v1/jobs/{of['id']}/close"))["state"] == "closed"


async def test_nobody_closes_it_before(world: World) -> None:
    anna, of = await technician(world), await job(world, visits_needed=2)
    await day(world, anna, of, 5)
    assert (await world.post(f"/v1/jobs/{of['id']}/close")).json()["code"] == "JOB_NOT_IN_STATE"


async def test_a_visit_that_was_partly_done_or_met_nobody_is_none_of_them(world: World) -> None:
    anna, of = await technician(world), await job(world, visits_needed=2)
    partly = await day(world, anna, of, 5, to="start")
    await world.done("POST", f"/v1/visits/{partly}/partly-complete", {"reason": "parts_missing"})
    nobody = await day(world, anna, of, 6, to="arrive")
    await world.done("POST", f"/v1/visits/{nobody}/no-access", {})
    await day(world, anna, of, 7)
    assert await standing(world, of) == ("in_progress", 1, 2)
    await day(world, anna, of, 8)
    assert await standing(world, of) == ("work_done", 2, 2)


async def test_one_more_that_is_booked_keeps_it_going_until_it_ends(world: World) -> None:
    anna, of = await technician(world), await job(world, visits_needed=2)
    extra = await day(world, anna, of, 12, to="booked")
    await day(world, anna, of, 5)
    await day(world, anna, of, 6)
    assert await standing(world, of) == ("in_progress", 2, 2)
    await world.done("POST", f"/v1/visits/{extra}/cancel", {"reason": "no_longer_needed"})
    assert await standing(world, of) == ("work_done", 2, 2)


async def test_how_many_it_needs_is_said_anew_and_what_is_enough_is_done(world: World) -> None:
    anna, of = await technician(world), await job(world, visits_needed=3)
    await day(world, anna, of, 5)
    more = await world.done("POST", f"/v1/jobs/{of['id']}/visits-needed", {"visits_needed": 5})
    assert (more["state"], more["visits_needed"], more["visits_done"]) == ("in_progress", 5, 1)
    await day(world, anna, of, 6)
    still = await day(world, anna, of, 9, to="booked")
    assert (await world.done("POST", f"/v1/jobs/{of['id']}/visits-needed", {"visits_needed": 2}))["state"] == "in_progress"
    await world.done("POST", f"/v1/visits/{still}/cancel", {"reason": "no_longer_needed"})
    assert await standing(world, of) == ("work_done", 2, 2)
    late = await world.post(f"/v1/jobs/{of['id']}/visits-needed", {"visits_needed": 3})
    assert (late.status_code, late.json()["code"]) == (409, "JOB_NOT_OPEN")


async def test_fewer_than_were_done_is_enough(world: World) -> None:
    anna, of = await technician(world), await job(world, visits_needed=4)
    await day(world, anna, of, 5)
    await day(world, anna, of, 6)
    assert (await world.done("POST", f"/v1/jobs/{of['id']}/visits-needed", {"visits_needed": 1}))["state"] == "work_done"
    assert (await facts(world, of["id"]))[-2:] == ["job_visits_needed", "job_work_done"]


@pytest.mark.parametrize("wrong", [0, 101, -1])
async def test_a_number_without_sense_is_refused(world: World, wrong: int) -> None:
    of = await job(world)
    assert (await world.post(f"/v1/jobs/{of['id']}/visits-needed", {"visits_needed": wrong})).status_code == 422


async def test_the_same_job_sent_again_with_another_number_is_another(world: World) -> None:
    of = await job(world, id=str(world.id()), visits_needed=2, crew_size=2)
    document = {
        "id": of["id"],
        "customer_id": of["customer_id"],
        "site_id": of["site_id"],
        "kind": "inspection",
        "visits_needed": 2,
        "crew_size": 2,
    }
    assert (await world.post("/v1/jobs", document)).status_code == 200
    for other in ({"visits_needed": 1}, {"crew_size": 1}):
        assert (await world.post("/v1/jobs", {**document, **other})).json()["code"] == "ID_TAKEN"


@pytest.mark.parametrize(
    "step, was, done, visit_of, constraint",
    [
        ("'in_progress', 'work_done'", 1, 1, None, "work_is_done_by_enough_visits"),
        ("'in_progress', 'work_done'", 2, 2, None, "job_step_follows"),  # but one was done before
        ("'in_progress', 'work_done'", 1, 2, None, "completed_visits_are_counted"),
        ("'in_progress', 'work_done'", 1, 2, "first", "visit_counts_once"),
        ("'in_progress', 'work_done'", 1, 2, "booked", "counted_visit_is_completed"),
        ("'in_progress', 'work_done'", 1, 2, "another", "counted_visit_of_job"),
        ("'in_progress', 'in_progress'", 1, 3, "first", "completed_visits_are_counted"),
    ],
)
async def test_no_work_is_done_by_hand(world: World, step: str, was: int, done: int, visit_of: str | None, constraint: str) -> None:
    anna, of = await technician(world), await job(world, visits_needed=2)
    visits: dict[str | None, str | None] = {
        None: None,
        "first": await day(world, anna, of, 5),
        "booked": await day(world, anna, of, 6, to="booked"),
        "another": await day(world, anna, await job(world), 7),
    }
    counted = visits[visit_of]
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await world.sql(
            "insert into dispatch.job_step (organisation_id, job_id, step, from_state, to_state, visits_needed, was_done, visits_done, completed_visit, completed_step, actor,"
            f" happened_at) values ($1, $2, 4, {step}, 2, $3, $4, $5, $6, 'x', now())",
            world.organisation_id,
            UUID(of["id"]),
            was,
            done,
            counted and UUID(counted),
            counted and (1 if visit_of == "booked" else 7),
        )
