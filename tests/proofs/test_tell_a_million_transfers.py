"""A million transfers: trial balance and statements read indexes alone, and take no longer than with ten thousand."""

import time
from datetime import UTC, datetime, timedelta
from statistics import median
from uuid import UUID

import asyncpg
import pytest

from service.cli._checks import look_around
from service.cli.doctor import SESSION, checks
from service.settings import Settings
from tests.billing.builders import carry
from tests.world import World

BEGAN = datetime(2025, 3, 4, 12, tzinfo=UTC)
DAYS = 365
TURNS = 12
"""Transfers of each customer: a sale, its payment, its allocation, four times over."""
TIMES = 15

TRANSFERS = """
insert into billing.transfer (organisation_id, posting_id, ordinal, kind, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand,
  subject_kind, subject_id, occurred_at, recorded_at)
select $1::uuid, md5($1::uuid::text || n)::uuid, 1, (array['sale', 'payment', 'allocation'])[m + 1],
  (array['receivable', 'bank', 'customer_credit'])[m + 1], case m when 1 then '' else s::text end,
  (array['revenue', 'customer_credit', 'receivable'])[m + 1], case m when 0 then 'labour' else s::text end,
  'EUR', 100 + c % 50, s, 'invoice', s, at, at
from (
  select n, n % ($2::bigint / $3::bigint) as c, n / ($2::bigint / $3::bigint) % 3 as m, md5($1::uuid::text || 'customer' || n % ($2::bigint / $3::bigint))::uuid as s,
         $4::timestamptz + $5::interval * (n::float8 / $2::bigint) as at
  from generate_series(0, $2::bigint - 1) n) t"""
ENTRIES = """
insert into billing.account_entry (organisation_id, posting_id, ordinal, side, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand,
  version, balance_before, balance_after)
select $1::uuid, posting_id, ordinal, side, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand,
  row_number() over w, sum(delta) over w - delta, sum(delta) over w
from (
  select t.*, s.* from billing.transfer t cross join lateral (values ('debit', t.debit_kind, t.debit_holder, t.amount_minor), ('credit', t.credit_kind, t.credit_holder, -t.amount_minor))
    s (side, account_kind, account_holder, delta)
  where t.organisation_id = $1::uuid) e
window w as (partition by account_kind, account_holder, strand order by recorded_at)"""
ACCOUNTS = """
insert into billing.account (organisation_id, kind, holder, currency)
select distinct organisation_id, account_kind, account_holder, currency from billing.account_entry where organisation_id = $1::uuid"""


async def written(owner: asyncpg.Connection, organisation_id: UUID, transfers: int) -> UUID:
    """A year of so many transfers with both sides of each and every balance, written past the constraints and proved by the doctor after: one customer."""
    async with owner.transaction():
        await owner.execute("set local session_replication_role = replica")
        await owner.execute(TRANSFERS, organisation_id, transfers, TURNS, BEGAN, timedelta(days=DAYS), timeout=1_200)
        await owner.execute(ENTRIES, organisation_id, timeout=1_200)
        await owner.execute(ACCOUNTS, organisation_id, timeout=1_200)
    await owner.execute("vacuum analyze billing.transfer", timeout=1_200)
    return UUID(str(await owner.fetchval("select strand from billing.transfer where organisation_id = $1 limit 1", organisation_id)))


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
async def test_a_million_transfers_are_told_as_fast_as_ten_thousand(
    world: World, other_world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    told: dict[str, list[float]] = {}
    for one, transfers in ((other_world, 12_000), (world, 1_200_000)):
        await owner.execute("set session_replication_role = replica")
        await owner.execute("update identity.organisation set created_at = $2 where organisation_id = $1", one.organisation_id, BEGAN)
        await owner.execute("set session_replication_role = origin")
        customer_id = await written(owner, one.organisation_id, transfers)
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
            assert await find(owner, look_around(settings)) == [], name
