"""Customers in arrears, and the beats that dun them."""

from datetime import timedelta
from typing import Any

from service.billing import background
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from tests.subscriptions.builders import renew, subscribed
from tests.world import World

TASKS = ("dun_customers", "lapse_subscriptions")
STEPS = ["remind", "remind", "call", "suspend", "collect", "end"]
"""Of the policy that is shipped: 3, 10, 14, 21, 28 and 60 days after the due day."""


async def beat(world: World) -> None:
    """A minute goes by, and dunning runs once."""
    assert background.run_dun_customers is KINDS["dun_customers"].handler
    world.clock.forward(minutes=1)
    worker = Runner(world.database, kinds={name: KINDS[name] for name in TASKS}, clock=world.clock, jitter=lambda: 0.0)
    worker._committed(world.organisation_id)
    await worker.drain()


async def in_arrears(world: World, **differences: Any) -> dict[str, Any]:
    """A subscription whose first period is billed, due on the day the world begins (a Wednesday), and not paid: with its `invoice`."""
    subscription = await subscribed(world, **{"begins_on": "2026-03-05", **differences})
    return {**subscription, "invoice": await renew(world, subscription)}


async def dunning(world: World, subscription: dict[str, Any]) -> dict[str, Any]:
    return await world.done("GET", f"/v1/customers/{subscription['customer_id']}/dunning")


async def taken(world: World, subscription: dict[str, Any]) -> list[str]:
    """What was done, in order."""
    return [one["kind"] for one in reversed((await dunning(world, subscription))["done"])]


async def live(world: World, days: int) -> None:
    """Days go by, with a beat at noon of each."""
    for _ in range(days):
        world.clock.now += timedelta(days=1, minutes=-1)
        await beat(world)


async def hold(world: World, subscription: dict[str, Any], kind: str, **more: Any) -> str:
    path = f"/v1/customers/{subscription['customer_id']}/dunning-holds"
    held: str = (await world.done("POST", path, {"kind": kind, **more}, role="back_office"))["id"]
    return held
