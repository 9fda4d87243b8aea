"""A million transfers: trial balance and statements read indexes alone, and take no longer than with ten thousand."""

import time
from datetime import timedelta
from statistics import median
from uuid import UUID

import asyncpg
import pytest

from service.cli._checks import look_around
from service.cli.doctor import SESSION, checks
from service.settings import Settings
from tests.billing.builders import carry
from tests.billing.many_transfers import BEGAN, DAYS, written
from tests.world import World

TURNS = 12
"""Transfers of each customer: a sale, its payment, its allocation, four times over."""
TIMES = 15


async def timed(world: World, path: str) -> float:
    """Milliseconds to answer it, the middle of some."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        await world.done("GET", path)
        taken.append(1_000 * (time.perf_counter() - began))
    return median(taken)


def questions(customer_id: UUID) -> dict[str, str]:
    """What is asked, each in the middle of the year and at its end."""
    bank, sold = (
        "/v1/ledger/transfers?kind=bank&currency=EUR&limit=200",
        "/v1/ledger/transfers?kind=revenue&holder=labour&currency=EUR&limit=200",
    )
    return {
        "trial balance now": "/v1/ledger/trial-balance",
        "trial balance in the past": "/v1/ledger/trial-balance?until=2025-09-17T13:14:15Z",
        "first page of the bank's statement": bank,
        "statement of the bank for a day": f"{bank}&from_on=2025-10-20&until_on=2025-10-21",
        "statement of revenue for a month": f"{sold}&from_on=2025-11-01&until_on=2025-12-01",
        "statement of a customer": f"/v1/ledger/transfers?kind=receivable&holder={customer_id}&currency=EUR",
        "a page of the journal": "/v1/ledger/journal?from_on=2025-08-01",
    }


@pytest.mark.soak
@pytest.mark.clocked
async def test_a_million_transfers_are_told_as_fast_as_ten_thousand(
    world: World, other_world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    told: dict[str, list[float]] = {}
    for one, transfers in ((other_world, 12_000), (world, 1_200_000)):
        await owner.execute("set session_replication_role = replica")
        await owner.execute("update identity.organisation set created_at = $2 where organisation_id = $1", one.organisation_id, BEGAN)
        await owner.execute("set session_replication_role = origin")
        customer_id = await written(owner, one.organisation_id, transfers, turns=TURNS)
        one.clock.now = BEGAN + timedelta(days=DAYS, hours=6)
        while (carried := await carry(one)) < DAYS:
            one.clock.forward(minutes=61)
        assert carried >= DAYS
        for name, path in questions(customer_id).items():
            told.setdefault(name, []).append(await timed(one, path))
    for name, (few, many) in told.items():
        print(f"{name}: {few:.1f} ms of 12,000 transfers, {many:.1f} ms of 1,200,000")
    # A day of the larger books holds 3,288 transfers instead of 33: that is all that is read more of.
    assert {name: pair for name, pair in told.items() if pair[1] > pair[0] + 30} == {}
    await owner.execute(SESSION)
    for name, _, find in checks():
        if name in {"ledger_is_in_balance", "books_are_carried_forward"}:
            assert [row for row in await find(owner, look_around(settings)) if row[0] == world.organisation_id] == [], name
