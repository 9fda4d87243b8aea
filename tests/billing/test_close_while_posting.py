"""Days are carried forward with all that was posted in them: also with what a transaction held open past their end."""

import asyncio
from typing import Any

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.builders import Books, carry
from tests.billing.test_close_period import PERIODS, close, in_april
from tests.proofs.soundness import offences
from tests.world import World

POST = """
with a as (
  insert into billing.account (organisation_id, kind, holder, currency) values ($1, 'bank', '', 'EUR'), ($1, 'other', 'loan', 'EUR') on conflict do nothing),
t as (
  insert into billing.transfer (organisation_id, posting_id, ordinal, kind, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand, subject_kind,
    subject_id, occurred_at) values ($1, $2, 1, 'bank_match', 'bank', '', 'other', 'loan', 'EUR', 777, $2, 'bank_line', $2, '2026-03-24'))
insert into billing.account_entry (organisation_id, posting_id, ordinal, side, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand, version,
  balance_before, balance_after)
values ($1, $2, 1, 'debit', 'bank', '', 'other', 'loan', 'EUR', 777, $2, 1, 0, 777), ($1, $2, 1, 'credit', 'bank', '', 'other', 'loan', 'EUR', 777, $2, 1, 0, -777)"""


async def test_a_closing_waits_for_whoever_still_posts_into_its_days_and_then_tells_it(
    world: World, books: Books, owner: Any, settings: Settings
) -> None:
    await in_april(world, books)
    async with world.database.pool.acquire() as connection:
        posting = connection.transaction()
        await posting.start()
        await connection.execute(f"set local sayso.organisation = '{world.organisation_id}'; set local sayso.at = '2026-03-24T12:00:00Z'")
        await connection.execute(POST, world.organisation_id, world.id())
        closing = asyncio.create_task(close(world, "2026-03-31"))
        while not await world.sql("select from pg_locks where locktype = 'advisory' and not granted and classid = 6"):
            assert not closing.done(), closing.result().text
        await posting.commit()
    assert (await closing).status_code == 201
    told = {one["kind"]: one["closing_minor"] for one in (await world.done("GET", f"{PERIODS}/2026-03-31"))["accounts"]}
    assert (told["bank"], told["other"]) == (1_377, -777)
    assert await offences(owner, settings, world) == {}


@pytest.mark.parametrize(
    "forged",
    ["transfers + 1, content_hash", "transfers, sha256('')", "0, billing.hash_of_balances('\\x', until_at + interval '1 day', null)"],
)
async def test_nobody_carries_forward_what_was_not_posted(world: World, books: Books, forged: str) -> None:
    await in_april(world, books)
    assert await carry(world) == 30
    world.clock.forward(days=2)
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="carries_what_was_posted"):
        await world.sql(
            "insert into billing.carry_forward (organisation_id, number, from_at, until_at, transfers, content_hash)"
            f" select organisation_id, number + 1, until_at, until_at + interval '1 day', {forged}"
            " from billing.carry_forward where number = 30"
        )
