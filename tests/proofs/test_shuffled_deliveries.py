"""What the provider and the door tell, duplicated, reordered, late, forged, under rolled secrets: it ends as if each had been told once, in order."""

import asyncio
from collections.abc import AsyncIterator, Sequence
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
from tests.proofs.charged import FEW, charged, try_again
from tests.proofs.charged import STORIES as OF_CHARGES
from tests.proofs.deliveries import ROLLED, SECRET, STORIES, Delivery, Matter, books_of, catch_up, matters, standing_of
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


async def deliver_in_order(told: Sequence[Matter]) -> None:
    """Each thing once."""
    for matter in told:
        for delivery in matter.deliveries:
            await delivery.arrive()


async def deliver_shuffled(things: list[Delivery], count: int, chance: Random) -> None:
    """So many deliveries, each thing at least once, in any order, several at once."""
    order = things + [chance.choice(things) for _ in range(count - len(things))]
    chance.shuffle(order)
    # of a third the payment is told last of all: every refund and dispute of theirs comes before it
    late = {number for number in sorted({thing.matter.number for thing in things}) if chance.random() < 1 / 3}
    order.sort(key=lambda delivery: delivery.matter.number in late and delivery.kind == "payment_intent.succeeded")
    waiting = iter(order)

    async def courier() -> None:
        for delivery in waiting:
            await delivery.arrive(chance)

    await asyncio.gather(*(courier() for _ in range(AT_ONCE)))


async def assert_same_end(twins: Twins, standin: Standin, *, stories: int, charges: int, deliveries: int, seed: int) -> None:
    chance = Random(seed)
    ordered, shuffled = await matters(twins.in_order, stories), await matters(twins.as_it_comes, stories)
    in_order, as_it_comes = [await charged(world, standin, charges, first_number=stories) for world in (twins.in_order, twins.as_it_comes)]
    await deliver_in_order([*ordered, *in_order])
    await deliver_shuffled([thing for matter in (*shuffled, *as_it_comes) for thing in matter.deliveries], deliveries, chance)
    for world in (twins.in_order, twins.as_it_comes):
        await catch_up(world)
    for told in (in_order, as_it_comes):
        await try_again(told)
    await deliver_in_order(in_order)
    again = [thing for one in as_it_comes for thing in (*one.told, *one.deliveries)]
    await deliver_shuffled(again, len(again) + deliveries // 10, chance)
    for world in (twins.in_order, twins.as_it_comes):
        await catch_up(world)
    for one, other in zip(ordered, shuffled, strict=True):
        assert (one.number, await standing_of(other)) == (one.number, await standing_of(one))
    for first, second in zip(in_order, as_it_comes, strict=True):
        assert (first.number - stories, await second.standing()) == (first.number - stories, await first.standing())
    assert await books_of(twins.as_it_comes) == await books_of(twins.in_order)


async def test_two_hundred_shuffled_deliveries_end_as_in_order(twins: Twins, standin: Standin) -> None:
    await assert_same_end(twins, standin, stories=len(STORIES), charges=FEW, deliveries=200, seed=1)


@pytest.mark.soak
async def test_ten_thousand_shuffled_deliveries_end_as_in_order(twins: Twins, standin: Standin) -> None:
    await assert_same_end(twins, standin, stories=12 * len(STORIES), charges=6 * len(OF_CHARGES), deliveries=10_000, seed=2)
