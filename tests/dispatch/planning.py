"""Plans asked for and computed, by the worker and the process that it starts."""

from typing import Any
from uuid import UUID

from service.kit.tasks.runner import Runner
from service.worker.rooms import kinds
from tests.dispatch.builders import Field
from tests.world import World

BERLIN = {"latitude_e7": 525200000, "longitude_e7": 134050000}


def east(kilometres: float) -> tuple[int, int]:
    """A place that far from the middle of Berlin."""
    return BERLIN["latitude_e7"], BERLIN["longitude_e7"] + round(kilometres * 147_800)


async def computed(world: World) -> None:
    """Runs the plans that are due."""
    wanted = {name: kind for name, kind in kinds().items() if name in {"compute_plan", "compute_emergency"}}
    await Runner(world.database, kinds=wanted, clock=world.clock, jitter=lambda: 0.0).drain()


async def promised_by_ten(world: World, of: dict[str, Any], *, owner: Field) -> None:
    """That the job is done by then on the fifth of March, Berlin's time: a promise about a job that nobody makes by hand."""
    await world.sql(
        "insert into promises.promise (organisation_id, promise_id, customer_id, kind, subject_kind, subject_id, due_at, owner_staff_id, via, made_by, made_at)"
        " values ($1, $2, $3, 'restore', 'job', $4, '2026-03-05 09:00Z', $5, 'phone', 'test', $6)",
        world.organisation_id,
        world.id(),
        UUID(of["customer_id"]),
        UUID(of["id"]),
        UUID(owner.id),
        world.clock.now,
    )


async def proposed(world: World, **asked: Any) -> dict[str, Any]:
    """A plan as it was found."""
    answer = await world.post("/v1/plans", {"iterations": 300, **asked})
    assert answer.status_code == 202, answer.json()
    await computed(world)
    plan: dict[str, Any] = await world.done("GET", f"/v1/plans/{answer.json()['id']}")
    assert plan["state"] == "proposed", plan
    world.clock.forward(seconds=1)
    return plan


def stops_of(plan: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """By visit."""
    return {stop["visit_id"]: stop for stop in plan["stops"]}
