"""`sayso doctor` finds a bank that ledger and list no longer agree with."""

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.bank_files import entry, imported, statement, with_account
from tests.proofs.soundness import offences
from tests.world import World


@pytest.mark.parametrize(
    "edit",
    [
        "delete from billing.bank_waiting where organisation_id = $1",
        "update billing.bank_statement set closing_minor = closing_minor + 1, in_minor = in_minor + 1 where organisation_id = $1",
    ],
)
async def test_a_bank_that_is_not_as_told_is_found(world: World, owner: asyncpg.Connection, settings: Settings, edit: str) -> None:
    await with_account(world)
    await imported(world, statement(0, 500, entry(500)))
    assert await offences(owner, settings, world) == {}
    transaction = owner.transaction(isolation="repeatable_read")
    await transaction.start()
    await owner.execute("set local session_replication_role = replica")
    await owner.execute(edit, world.organisation_id)
    found = await offences(owner, settings, world)
    await transaction.rollback()
    assert "bank_is_as_told" in found
