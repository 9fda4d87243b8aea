"""`sayso doctor` finds cash that isn't where hand-ins, settlements and deposits say."""

import asyncpg

from service.settings import Settings
from tests.billing.bank_files import entry, imported, statement, with_account
from tests.billing.builders import Books, pay
from tests.billing.test_bank_cash import accepted, banked, confirmed, deposit
from tests.billing.test_limit_cash import collector, limit, worker_of
from tests.proofs.soundness import offences, offences_after
from tests.world import World

SHOWN = """
insert into billing.bank_step (organisation_id, line_id, step, kind, size_minor, incoming, currency, open_before, open_after, posting_id, ordinal, strand, debit_kind, debit_holder,
  credit_kind, credit_holder, deposit_id, arrival_step, sight, shows, rule, made_by)
select s.organisation_id, s.line_id, 2, s.kind, s.size_minor, s.incoming, s.currency, s.open_before, s.open_after, gen_random_uuid(), s.ordinal, s.strand, s.debit_kind, s.debit_holder,
  s.credit_kind, s.credit_holder, d.deposit_id, 1, 1, s.shows, s.rule, s.made_by
from billing.bank_step s join billing.cash_deposit d on d.organisation_id = s.organisation_id and d.slip = 'C-100' where s.organisation_id = $1 and s.kind = 'deposit'"""
"""A line shows a deposit that has not arrived."""
EDITS = [
    "delete from billing.cash_arrival where organisation_id = $1 and line_id is null",
    "update billing.cash_arrival set arrived_minor = arrived_minor - 1 where organisation_id = $1 and line_id is null",
    "delete from billing.bank_step where organisation_id = $1 and kind = 'deposit'",
    SHOWN,
    "update billing.cash_acceptance set counted_minor = counted_minor + 1, accepted_minor = accepted_minor + 1 where organisation_id = $1",
    "update billing.cash_custody set held_before = held_before + 1, held_after = held_after + 1 where organisation_id = $1 and step > 1",
    "delete from billing.cash_hand_in where organisation_id = $1 and hand_in_id not in (select hand_in_id from billing.cash_acceptance)",
]


async def everywhere(world: World, books: Books) -> None:
    """Cash on an agent, handed in, in the office, on its way to the bank, and there by hand and by a line, with differences."""
    await with_account(world)
    await accepted(world, books, 700)
    for slip, arrived in (("A-100", 1_000), ("B-100", 900), ("C-100", None)):
        made = (await banked(world, deposit(await accepted(world, books, 1_000), slip=slip))).json()
        if slip == "B-100":
            await confirmed(world, made["deposit_id"], arrived or 0, reason="short")
    await imported(world, statement(0, 1_000, entry(1_000, "A-100")))
    await pay(world, 500, customer_id=await books.customer())
    counted = {"counted": {"amount": 200, "currency": "EUR"}}
    await world.done("POST", "/v1/cash/hand-ins", counted, role="agent", key=str(world.id()))
    handed = await world.done("POST", "/v1/cash/hand-ins", counted, role="agent", key=str(world.id()))
    short = {"counted": {"amount": 150, "currency": "EUR"}, "reason": "short"}
    await world.done("POST", f"/v1/cash/hand-ins/{handed['hand_in_id']}/accept", short, role="back_office", key=str(world.id()))
    settlement = {"how": "turned_up", "amount_minor": 20, "note": "Under the seat"}
    await world.done("POST", f"/v1/cash/hand-ins/{handed['hand_in_id']}/settle", settlement, role="manager", key=str(world.id()))


async def test_cash_that_is_not_where_it_was_told_is_found(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    await everywhere(world, books)
    assert await offences(owner, settings, world) == {}
    for edit in EDITS:
        assert "cash_is_where_it_was_told" in await offences_after(owner, settings, world, edit), edit


async def test_full_hands_that_may_be_sent_to_collect_are_found(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    await collector(world)
    await limit(world, 500)
    await pay(world, 500, customer_id=await books.customer())
    just_now = "update billing.transfer set recorded_at = clock_timestamp() where organisation_id = $1"
    assert await offences_after(owner, settings, world, just_now) == {}, "it is judged within the minute"
    assert "full_hands_are_stopped" in await offences(owner, settings, world)
    await worker_of(world).drain()
    assert await offences(owner, settings, world) == {}
    raised = "update billing.cash_limit set limit_minor = 501 where organisation_id = $1"
    assert "full_hands_are_stopped" in await offences_after(owner, settings, world, raised)
