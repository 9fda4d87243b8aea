from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from service.integrations.outside import Outside, open_outside
from service.integrations.provisioning_standin import DEFAULT_SECRET, PlannedFault, RunningNetwork
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from service.settings import Settings
from service.subscriptions import background
from tests.subscriptions.builders import opened, pay, renew, subscribed
from tests.world import World


@pytest.fixture
async def outside(world: World, network: RunningNetwork, settings: Settings) -> AsyncIterator[Outside]:
    """What a worker reaches it with, after what other tests left to be told; the network knows only the real time."""
    world.clock.now = datetime.now(UTC)
    told = msgspec.structs.replace(
        settings, provisioning_url=network.url, provisioning_secret=DEFAULT_SECRET, inside_targets=(network.authority,)
    )
    async with open_outside(told) as opened_outside:
        await worker(world, opened_outside).drain()
        network.network.orders.clear()
        yield opened_outside


def worker(world: World, outside: Outside) -> Runner:
    assert background.provision is KINDS["provision"].handler
    return Runner(world.database, kinds={"provision": KINDS["provision"]}, outside=outside, clock=world.clock, jitter=lambda: 0.0)


def today(world: World, *, days: int = 0) -> str:
    return (world.clock.now + timedelta(days=days)).date().isoformat()


async def orders(world: World, subscription: dict[str, Any], **filters: str) -> list[tuple[int, str, str]]:
    query = "&".join(f"{name}={value}" for name, value in {"subscription_id": subscription["id"], **filters}.items())
    items = (await world.get(f"/v1/provisioning-orders?{query}")).json()["items"]
    return [(one["sequence"], one["state"], one["outcome"]) for one in items]


async def test_the_network_is_told_of_each_change_and_confirms(world: World, network: RunningNetwork, outside: Outside) -> None:
    subscription = await subscribed(world, begins_on=today(world))  # begins today and without grace: off until paid
    assert await orders(world, subscription) == [(1, "suspended", "requested")]
    await worker(world, outside).drain()
    assert await orders(world, subscription) == [(1, "suspended", "confirmed")]
    await pay(world, await renew(world, subscription))
    await worker(world, outside).drain()
    assert await orders(world, subscription) == [(1, "suspended", "confirmed"), (2, "active", "confirmed")]
    assert network.network.state_of(UUID(subscription["id"])) == "active"


async def test_an_unconfirmed_order_is_shown_and_repeated(world: World, network: RunningNetwork, outside: Outside) -> None:
    subscription = await opened(world, begins_on=today(world))
    network.network.faults.append(PlannedFault(how="error"))
    await worker(world, outside).drain()
    assert await orders(world, subscription, outcome="unconfirmed") == [(1, "suspended", "unconfirmed")]
    world.clock.forward(seconds=2)
    await worker(world, outside).drain()
    assert await orders(world, subscription) == [(1, "suspended", "confirmed")]
    assert len([one for one in network.network.orders if one]) == 1


async def test_only_the_newest_order_is_sent_and_overtakes_the_others(world: World, network: RunningNetwork, outside: Outside) -> None:
    subscription = await opened(world, begins_on=today(world, days=20))
    for verb in ("suspend", "lift", "suspend"):
        await world.done("POST", f"/v1/subscriptions/{subscription['id']}/{verb}", {"reason": "fault"}, role="back_office")
    await worker(world, outside).drain()
    assert [outcome for *_, outcome in await orders(world, subscription)] == ["overtaken", "overtaken", "overtaken", "confirmed"]
    assert [order.sequence for order, _ in network.network.orders.values()] == [4]
    assert network.network.state_of(UUID(subscription["id"])) == "suspended"


async def test_without_a_network_the_orders_are_only_listed(world: World, settings: Settings) -> None:
    subscription = await opened(world)
    async with open_outside(settings) as nobody:
        await worker(world, nobody).drain()
    assert await orders(world, subscription) == [(1, "suspended", "requested")]
