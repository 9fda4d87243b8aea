"""A company of many customers, written at once past the constraints: for tests of what is asked of all of them each minute."""

from datetime import date
from uuid import UUID

import asyncpg

CUSTOMERS = """
insert into customers.customer (organisation_id, customer_id, name, language, zone, created_at)
select $1::uuid, md5($1::uuid::text || ' customer ' || n)::uuid, 'Customer ' || chr(65 + n % 26) || ' Number' || n, 'en', 'Europe/Berlin', $2::date - 365
from generate_series(1, $3::int) n"""
CONTACTS = """
insert into customers.contact (organisation_id, customer_id, contact_id, name, channel, address, may_authorise, version, created_at)
select organisation_id, customer_id, gen_random_uuid(), name, 'email', 'a@a.example', true, 1, created_at from customers.customer where organisation_id = $1 and name like 'Customer _ Number%'"""
INVOICED = """
insert into billing.invoice (organisation_id, invoice_id, customer_id, attempt_id, input_hash, series, number, currency, tax_basis, issued_on, due_on, line_count, tax_count, lines_minor,
  tax_minor, total_minor, issued_by, customer_version, organisation_version)
select $1::uuid, md5($1::uuid::text || ' invoice ' || n || ' ' || m)::uuid, md5($1::uuid::text || ' customer ' || n)::uuid, gen_random_uuid(), '', 'OLD', 4 * n + m, 'EUR', 'excl',
  $2::date - 30 * (4 - m), $2::date - 30 * (4 - m), 1, 1, 1000, 190, 1190, 'system', 1, 1
from generate_series(1, $3::int) n cross join generate_series(1, 4) m"""
SETTLED = """
insert into billing.allocation (organisation_id, invoice_id, step, kind, posting_id, ordinal, customer_id, currency, total_minor, open_before, open_after)
select $1::uuid, md5($1::uuid::text || ' invoice ' || n || ' ' || m)::uuid, 1, 'settle', gen_random_uuid(), 1, md5($1::uuid::text || ' customer ' || n)::uuid, 'EUR', 1190, 1190, 0
from generate_series(1, $3::int) n cross join generate_series(1, 4) m where $2::date is not null and not (m = 4 and n <= $4::int)"""
TRANSFERS = """
insert into billing.transfer (organisation_id, posting_id, ordinal, kind, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand, subject_kind, subject_id,
  occurred_at, recorded_at, transaction_id)
select organisation_id, invoice_id, v.ordinal, v.kind, v.debit_kind, customer_id::text, v.credit_kind, case v.credit_kind when 'receivable' then customer_id::text else '' end, 'EUR', 1190, customer_id,
  'invoice', invoice_id, issued_on, issued_on, $2::bigint + number * 500 / $3::bigint
from billing.invoice cross join (values (1, 'sale', 'receivable', 'revenue'), (2, 'allocation', 'customer_credit', 'receivable')) v (ordinal, kind, debit_kind, credit_kind)
where organisation_id = $1 and series = 'OLD' order by number"""

LINES = """
insert into billing.bank_line (organisation_id, line_id, statement_id, number, bank_account_id, currency, interim, opening_minor, entry, detail, amount_minor, balance_before, balance_after,
  booked_on, entry_key, batch_key, nth, doubtful, reference, end_to_end_id, creditor_references, party_name, party_account, remittance, booking_text, reversal)
select $1::uuid, md5($1::uuid::text || ' line ' || n)::uuid, $1::uuid, n, $1::uuid, 'EUR', false, 0, 0, 0, n, 0, n, $2::date, n, n, 1, false, '', '', '',
  'Payer ' || chr(65 + n % 26) || ' Surname' || n % 997, '', '', '', false
from generate_series(1, $3::int) n"""
WAITING = """
insert into billing.bank_waiting (organisation_id, line_id, booked_on, statement_id, judged_at)
select organisation_id, line_id, booked_on, statement_id, now() from billing.bank_line where organisation_id = $1"""


async def add(
    owner: asyncpg.Connection, organisation_id: UUID, customers: int, *, debtors: int, today: date, long_ago: bool = True
) -> None:
    """So many customers with four invoices each; so many of them owe the last one, which is due on that day. Each was posted on its own, long ago or now."""
    await owner.execute("set local session_replication_role = replica")
    await owner.execute(CUSTOMERS, organisation_id, today, customers, timeout=600)
    await owner.execute(CONTACTS, organisation_id, timeout=600)
    await owner.execute(INVOICED, organisation_id, today, customers, timeout=600)
    await owner.execute(SETTLED, organisation_id, today, customers, debtors, timeout=600)
    present = await owner.fetchval("select kit.present_transaction()")
    await owner.execute(TRANSFERS, organisation_id, present - 501 if long_ago else present, 4 * customers, timeout=600)


async def written(owner: asyncpg.Connection, organisation_id: UUID, customers: int, *, debtors: int, today: date) -> None:
    """The same in a transaction of its own, with figures of it for the planner as autovacuum would take."""
    async with owner.transaction():
        await add(owner, organisation_id, customers, debtors=debtors, today=today)
    for table in ("customers.customer", "customers.contact", "billing.invoice", "billing.allocation", "billing.transfer"):
        await owner.execute(f"vacuum analyze {table}", timeout=600)


async def lines_wait(owner: asyncpg.Connection, organisation_id: UUID, lines: int, *, today: date) -> None:
    """So many lines of the bank were judged, and wait for a person."""
    async with owner.transaction():
        await owner.execute("set local session_replication_role = replica")
        await owner.execute(LINES, organisation_id, today, lines)
        await owner.execute(WAITING, organisation_id)
    await owner.execute("vacuum analyze billing.bank_line, billing.bank_waiting")
