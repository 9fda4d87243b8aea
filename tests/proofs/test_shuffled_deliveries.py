"""What the provider and the door tell, duplicated, reordered, late, forged, under rolled secrets: it ends as if each had been told once, in order."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

import msgspec
import pytest

from service.app import build
from service.integrations.stripe.client import open_stripe
from service.integrations.stripe.standin import Standin, running_standin
from service.kit.database import Database
from service.settings import Settings
from tests.billing.cards.shop import Outside
from tests.proofs.deliveries import ROLLED, SECRET, STORIES, Matter, books_of, catch_up, matters, standing_of
from tests.world import Clock, World

AT_ONCE = 6


@dataclass
class Twins:
    """Two organisations to which the same happens: to one in order, once; to the other as it comes."""

    in_order: World
    as_it_comes: World


@pytest.fixture(scope="module")
async def standin() -> AsyncIterator[Standin]:
    """The provider."""
    async with running_standin() as standin:
        yield standin


@pytest.fixture
async def twins(settings: Settings, database: Database, standin: Standin) -> AsyncIterator[Twins]:
    """Each with its own clock, at the provider's time."""
    cards = msgspec.structs.replace(
        settings, stripe_api_key=standin.api_key, stripe_api_base=standin.url, stripe_webhook_secrets=(SECRET, ROLLED)
    )
    worlds = []
    async with open_stripe(api_key=standin.api_key, address=standin.url) as connection:
        for _ in "12":
            clock = Clock()
            clock.now = datetime.now(UTC).replace(microsecond=0)
            app = build(settings=cards, database=database, clock=clock, outside=Outside(connection))
            worlds.append(World(app=app, database=database, clock=clock))
            await worlds[-1].begin()
        yield Twins(*worlds)
        for world in worlds:
            await world.leave_nothing_due()
            await world.end()


async def deliver_in_order(told: list[Matter]) -> None:
    """Each thing once."""
    for matter in told:
        for delivery in matter.deliveries:
            await delivery.arrive()


async def deliver_shuffled(told: list[Matter], count: int, chance: Random) -> None:
    """So many deliveries, each thing at least once, in any order, several at once."""
    things = [delivery for matter in told for delivery in matter.deliveries]
    order = things + [chance.choice(things) for _ in range(count - len(things))]
    chance.shuffle(order)
    # of a third the payment is told last of all: every refund and dispute of theirs comes before it
    late = {matter.number for matter in told if chance.random() < 1 / 3}
    order.sort(key=lambda delivery: delivery.matter.number in late and delivery.kind == "payment_intent.succeeded")
    waiting = iter(order)

    async def courier() -> None:
        for delivery in waiting:
            await delivery.arrive(chance)

    await asyncio.gather(*(courier() for _ in range(AT_ONCE)))


async def assert_same_end(twins: Twins, *, stories: int, deliveries: int, seed: int) -> None:
    ordered, shuffled = await matters(twins.in_order, stories), await matters(twins.as_it_comes, stories)
    await deliver_in_order(ordered)
    await deliver_shuffled(shuffled, deliveries, Random(seed))
    for world in (twins.in_order, twins.as_it_comes):
        await catch_up(world)
    for one, other in zip(ordered, shuffled, strict=True):
        assert (one.number, await standing_of(other)) == (one.number, await standing_of(one))
    assert await books_of(twins.as_it_comes) == await books_of(twins.in_order)


async def test_two_hundred_shuffled_deliveries_end_as_in_order(twins: Twins) -> None:
    await assert_same_end(twins, stories=len(STORIES), deliveries=200, seed=1)


@pytest.mark.soak
async def test_ten_thousand_shuffled_deliveries_end_as_in_order(twins: Twins) -> None:
    await assert_same_end(twins, stories=16 * len(STORIES), deliveries=10_000, seed=2)
