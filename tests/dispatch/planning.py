"""Plans asked for and computed, by the worker and the process that it starts."""

from typing import Any

from service.kit.tasks.runner import Runner
from service.worker.rooms import kinds
from tests.world import World

BERLIN = {"latitude_e7": 525200000, "longitude_e7": 134050000}


def east(kilometres: float) -> tuple[int, int]:
    """A place that far from the middle of Berlin."""
    return BERLIN["latitude_e7"], BERLIN["longitude_e7"] + round(kilometres * 147_800)


async def computed(world: World) -> None:
    """Runs the plans that are due."""
    wanted = {name: kind for name, kind in kinds().items() if name in {"compute_plan", "compute_emergency"}}
    await Runner(world.database, kinds=wanted, clock=world.clock, jitter=lambda: 0.0).drain()


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
