"""What the office reads of the bank each day doesn't grow with the years behind it."""

import time
from datetime import date, timedelta

import asyncpg
import pytest

from tests.billing.bank_files import entry, sent, statement, with_account
from tests.world import World

STATEMENTS, LINES, WAITING = 100, 1_000, 500
FIRST = date(2025, 11, 1)
DONE = """
insert into billing.bank_step (organisation_id, line_id, step, kind, size_minor, incoming, currency, open_before, open_after, posting_id, ordinal, strand, debit_kind, debit_holder,
  credit_kind, credit_holder, shows, rule, reason, made_by)
select l.organisation_id, l.line_id, 1, 'other', l.size_minor, l.incoming, l.currency, l.size_minor, 0, gen_random_uuid(), 1, l.line_id, 'unmatched', '', 'other', 'other', l.line_id, 'hand', 'other', 'x'
from billing.bank_line l where l.organisation_id = $1 and l.line_id < $2"""
READS = {
    "reconciliation": "/v1/bank/reconciliation",
    "accounts": "/v1/bank/accounts",
    "statements": "/v1/bank/statements?limit=100",
    "waiting": "/v1/bank/lines?state=waiting&limit=100",
    "all lines": "/v1/bank/lines?limit=100",
    "a day": "/v1/bank/lines?on=2026-01-20&limit=100",
    "matched": "/v1/bank/lines?state=matched&limit=100",
    "confirming": "/v1/bank/lines?state=confirming&limit=100",
    "an amount": "/v1/bank/lines?amount_minor=9999999",
    "words": "/v1/bank/lines?text=nothing%20of%20that",
    "waiting words": "/v1/bank/lines?state=waiting&text=nothing%20of%20that",
    "page": "/app/bank",
}
SCANS = {"a day", "an amount", "words"}
"""These read every line of the day, or of all days."""


@pytest.mark.soak
@pytest.mark.clocked
async def test_what_is_read_daily_is_flat_over_a_hundred_thousand_lines(world: World, owner: asyncpg.Connection) -> None:
    await with_account(world)
    balance = 0
    for n in range(STATEMENTS):
        on = str(FIRST + timedelta(n))
        entries = [entry(100 + at, f"words {n} {at}", name=f"Payer {at}", reference=f"R{n}-{at}", on=on) for at in range(LINES)]
        total = sum(100 + at for at in range(LINES))
        answer = await sent(world, statement(balance, balance + total, *entries, on=on, name=f"S{n}"))
        assert answer.status_code == 201, answer.text
        balance += total
    [[last]] = await owner.fetch(
        "select line_id from billing.bank_line where organisation_id = $1 order by line_id desc offset $2 limit 1",
        world.organisation_id,
        WAITING,
    )
    async with owner.transaction():
        await owner.execute("set local session_replication_role = replica")
        await owner.execute(DONE, world.organisation_id, last)
        await owner.execute("delete from billing.bank_waiting where organisation_id = $1 and line_id < $2", world.organisation_id, last)
    await owner.execute("vacuum analyze billing.bank_line")
    await owner.execute("vacuum analyze billing.bank_step")
    token = {"Authorization": f"Bearer {await world.token('back_office')}"}
    took = {}
    for name, address in READS.items():
        for _ in range(3):
            began = time.perf_counter()
            answer = await world.http.get(address, headers=token)
            took[name] = min(took.get(name, 9.0), time.perf_counter() - began)
        assert answer.status_code == 200, answer.text
    print("\n" + "\n".join(f"{name}: {seconds * 1000:.1f} ms" for name, seconds in took.items()))
    assert {name: seconds for name, seconds in took.items() if seconds > (0.5 if name in SCANS else 0.1)} == {}
