"""Books of many transfers, written at once past the constraints: for tests of what is told of large ones."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

BEGAN = datetime(2025, 3, 4, 12, tzinfo=UTC)
DAYS = 365

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


async def written(owner: asyncpg.Connection, organisation_id: UUID, transfers: int, *, turns: int) -> UUID:
    """A year of so many transfers, so many of each customer, with both sides of each and every balance, which the doctor finds in order: one customer.

    Of each three turns of a customer one is a sale, one its payment, one its allocation.
    """
    async with owner.transaction():
        await owner.execute("set local session_replication_role = replica")
        await owner.execute(TRANSFERS, organisation_id, transfers, turns, BEGAN, timedelta(days=DAYS), timeout=1_200)
        await owner.execute(ENTRIES, organisation_id, timeout=1_200)
        await owner.execute(ACCOUNTS, organisation_id, timeout=1_200)
    await owner.execute("vacuum analyze billing.transfer", timeout=1_200)
    return UUID(str(await owner.fetchval("select strand from billing.transfer where organisation_id = $1 limit 1", organisation_id)))
