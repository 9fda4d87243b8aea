"""`sayso doctor` finds money of cards that isn't where payments, payouts and the bank's lines say."""

import asyncpg

from service.settings import Settings
from tests.billing.bank_files import entry, imported, statement, with_account
from tests.billing.test_see_payout_in_bank import PO, move, told
from tests.proofs.soundness import offences, offences_after
from tests.world import World

EDITS = [
    "delete from billing.payout_fee where organisation_id = $1",
    "update billing.payout_line set fee_minor = fee_minor + 1 where organisation_id = $1",
    "delete from billing.bank_step where organisation_id = $1 and kind = 'payout'",
]


async def test_card_money_that_is_not_where_it_was_told_is_found(world: World, owner: asyncpg.Connection, settings: Settings) -> None:
    await with_account(world)
    await told(world, moves=(move(world, "txn_1", 10_000, 300),))
    await imported(world, statement(0, 9_700, entry(9_700, PO)))
    assert await offences(owner, settings, world) == {}
    for edit in EDITS:
        assert "card_money_is_where_it_was_told" in await offences_after(owner, settings, world, edit), edit
