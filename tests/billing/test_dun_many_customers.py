"""The minute's dunning costs what there is to dun, however many customers there are who owe nothing; and misses nobody who comes to owe."""

import time
from datetime import timedelta

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.dunning import beat, in_arrears
from tests.billing.many_debtors import add, lines_wait, written
from tests.proofs.soundness import offences
from tests.subscriptions.builders import pay, plan
from tests.world import World

DEBTORS = 1_000
WATCHED = "select from_on::text from billing.debtor where organisation_id = $1"


async def watched(world: World, owner: asyncpg.Connection) -> list[str]:
    return [row[0] for row in await owner.fetch(WATCHED, world.organisation_id)]


async def test_who_has_paid_is_not_looked_at_again(world: World, owner: asyncpg.Connection, settings: Settings) -> None:
    subscription = await in_arrears(world)
    await beat(world)
    assert await watched(world, owner) == ["2026-03-04"]
    told = await pay(world, subscription["invoice"])
    await beat(world)
    assert await watched(world, owner) == []
    taken_back = {"amount": {"amount": 1, "currency": "EUR"}, "reason": "mistyped"}
    await world.done("POST", f"/v1/payments/{told['payment_id']}/correct", taken_back, role="back_office", key=str(world.id()))
    assert subscription["customer_id"] in [one["customer_id"] for one in (await world.get("/v1/dunning")).json()["items"]]
    await beat(world)
    assert await watched(world, owner) == ["-infinity"]  # open again: to be told at once
    assert await offences(owner, settings, world) == {}


async def test_who_comes_to_owe_while_debtors_are_looked_for_is_found_the_next_time(world: World, owner: asyncpg.Connection) -> None:
    await beat(world)
    async with owner.transaction():
        await add(owner, world.organisation_id, 2, debtors=1, today=world.clock.now.date(), long_ago=False)
        await plan(world)  # a later transaction that is over first
        await beat(world)
        assert await watched(world, owner) == []
    assert (await world.get("/v1/dunning")).json()["items"] == []  # nothing is overdue yet
    world.clock.forward(days=1)
    assert len((await world.get("/v1/dunning")).json()["items"]) == 1
    await beat(world)
    assert await watched(world, owner) == ["2026-03-04"]


async def minutes(*worlds: World) -> list[float]:
    """Seconds that a minute's run takes in each when there is nothing to do: the best of five, in turn."""
    taken: list[list[float]] = [[] for _ in worlds]
    for _ in range(5):
        for one, times in zip(worlds, taken, strict=True):
            began = time.perf_counter()
            await beat(one)
            times.append(time.perf_counter() - began)
    return [min(times) for times in taken]


@pytest.mark.soak
@pytest.mark.clocked
async def test_a_hundred_thousand_customers_cost_no_more_than_those_who_owe(
    world: World, other_world: World, owner: asyncpg.Connection
) -> None:
    for one, customers in ((other_world, 2_000), (world, 100_000)):
        await written(owner, one.organisation_id, customers, debtors=DEBTORS, today=one.clock.now.date())
        began = time.perf_counter()
        await beat(one)
        print(f"{customers} customers: found in {time.perf_counter() - began:.2f} s")
        one.clock.now += timedelta(days=1)
    few, many = await minutes(other_world, world)
    print(f"{DEBTORS} in arrears: {few:.2f} s a minute of 2,000 customers, {many:.2f} s of 100,000")
    assert many < 1.5 * few + 0.2


@pytest.mark.soak
@pytest.mark.clocked
async def test_ten_thousand_lines_that_wait_are_compared_with_all_customers_at_once(world: World, owner: asyncpg.Connection) -> None:
    await written(owner, world.organisation_id, 2_000, debtors=DEBTORS, today=world.clock.now.date())
    await lines_wait(owner, world.organisation_id, 10_000, today=world.clock.now.date())
    await beat(world)
    world.clock.now += timedelta(days=1)
    [took] = await minutes(world)
    print(f"{DEBTORS} customers in arrears and 10000 lines that wait: {took:.2f} s a minute")
    assert took < 10
