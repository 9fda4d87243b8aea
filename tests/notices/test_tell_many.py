"""An incident over many services: everybody is queued for telling within a minute, each once, wherever the worker is killed."""

import asyncio
import math
import time
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from service.subscriptions.background import TOLD_A_SECOND, TOLD_AT_ONCE
from tests.billing.many_debtors import CONTACTS, CUSTOMERS
from tests.world import World

SERVICES = """
insert into subscriptions.subscription (organisation_id, subscription_id, customer_id, site_id, scope_id, plan_item_id, plan_effective_on, currency, amount_minor, period_months, anchor_day,
  begins_on, zone, grace_days, created_at)
select organisation_id, customer_id, customer_id, customer_id, customer_id, customer_id, created_at::date, 'EUR', 2990, 1, 1, created_at::date, 'Europe/Berlin', 7, created_at
from customers.customer where organisation_id = $1 and name like 'Customer _ Number%'"""
STEPS = """
insert into subscriptions.subscription_step (organisation_id, subscription_id, step, kind, begins_on, grace_days, zone, from_state, to_state, reasons_before, reasons_after, paid_number_before,
  paid_number, paid_step, paid_until_on, happened_at, actor)
select organisation_id, subscription_id, 1, 'begin', begins_on, 7, zone, 'none', 'active', '{}', '{}', 0, 0, 0, begins_on, created_at, 'system' from subscriptions.subscription
where organisation_id = $1 and subscription_id = customer_id"""
TAGS = """
insert into subscriptions.subscription_tag (organisation_id, subscription_id, tag)
select organisation_id, subscription_id, 'olt-7' from subscriptions.subscription where organisation_id = $1 and subscription_id = customer_id"""
COUNTED = """
select (select count(*) from subscriptions.incident_told where organisation_id = $1) as told,
  (select count(*) from kit.task where organisation_id = $1 and kind = 'send_notice') as wanted,
  (select count(distinct subject_id) from kit.task where organisation_id = $1 and kind = 'send_notice') as customers,
  (select count(*) from promises.promise where organisation_id = $1 and kind = 'restore') as promised"""
BATCHES = "select count(distinct transaction_id) from subscriptions.incident_told where organisation_id = $1"
SERVICES_AT_MOST = 100_000
WITHIN = 60
"""Seconds in which so many are queued."""


async def company(world: World, owner: asyncpg.Connection, services: int) -> None:
    """So many customers with a mail address and a service each, all on one node."""
    async with owner.transaction():
        await owner.execute("set local session_replication_role = replica")
        await owner.execute(CUSTOMERS, world.organisation_id, world.clock.now.date(), services, timeout=600)
        for statement in (CONTACTS, SERVICES, STEPS, TAGS):
            await owner.execute(statement, world.organisation_id, timeout=600)


async def declare(world: World) -> None:
    incident = {"what": "No light in the city", "until_at": "2026-03-09T00:00:00Z", "tags": ["olt-7"]}
    await world.done("POST", "/v1/incidents", incident, role="back_office")


def worker(world: World) -> Runner:
    """Another process, as good as."""
    made = Runner(world.database, kinds={"tell_incidents": KINDS["tell_incidents"]}, clock=world.clock, jitter=lambda: 0.0)
    made._committed(world.organisation_id)
    return made


async def counted(world: World, owner: asyncpg.Connection) -> dict[str, int]:
    return dict((await owner.fetch(COUNTED, world.organisation_id))[0])


@pytest.mark.parametrize("services", [1_200, pytest.param(SERVICES_AT_MOST, marks=(pytest.mark.soak, pytest.mark.clocked))])
async def test_everybody_is_queued_once_within_a_minute(world: World, owner: asyncpg.Connection, services: int) -> None:
    await company(world, owner, services)
    await declare(world)
    world.clock.forward(minutes=1)
    began = time.perf_counter()
    await worker(world).drain()
    if services == SERVICES_AT_MOST:
        assert time.perf_counter() - began < WITHIN
    assert await owner.fetchval(BATCHES, world.organisation_id) == math.ceil(services / TOLD_AT_ONCE)
    assert SERVICES_AT_MOST / TOLD_A_SECOND < WITHIN
    once: Any = dict.fromkeys(("told", "wanted", "customers", "promised"), services)
    assert await counted(world, owner) == once
    world.clock.forward(minutes=1)
    await worker(world).drain()
    assert await counted(world, owner) == once


@pytest.mark.parametrize("services", [1_200, pytest.param(SERVICES_AT_MOST, marks=pytest.mark.soak)])
async def test_a_worker_killed_anywhere_leaves_nobody_out_and_tells_nobody_twice(
    world: World, owner: asyncpg.Connection, services: int
) -> None:
    await company(world, owner, services)
    await declare(world)
    world.clock.forward(minutes=1)
    for share in (0, 1, 2):
        killed = worker(world)
        assert await killed.claim_due() == 1
        [run] = killed._running
        while not run.done() and (await counted(world, owner))["told"] <= share * services // 4:
            pass  # it goes on while the database is asked
        run.cancel()
        await asyncio.wait([run])
        world.clock.forward(seconds=KINDS["tell_incidents"].seconds + 60)  # its lease runs out
    seen = await counted(world, owner)
    assert seen["told"] == seen["wanted"] == seen["customers"]
    await worker(world).drain()
    assert await counted(world, owner) == dict.fromkeys(("told", "wanted", "customers", "promised"), services)


async def test_who_is_killed_while_another_tells_the_same_people_tells_nobody_twice(world: World, owner: asyncpg.Connection) -> None:
    await company(world, owner, 1_200)
    await declare(world)
    world.clock.forward(minutes=1)
    slow = worker(world)
    assert await slow.claim_due() == 1
    world.clock.forward(seconds=KINDS["tell_incidents"].seconds + timedelta(minutes=1).seconds)
    await asyncio.gather(slow.settle_running(), worker(world).drain())
    world.clock.forward(minutes=2)
    await worker(world).drain()
    assert await counted(world, owner) == dict.fromkeys(("told", "wanted", "customers", "promised"), 1_200)
