"""`sayso doctor` finds a bank that ledger and list no longer agree with."""

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.bank_files import entry, imported, lines, statement, with_account
from tests.proofs.soundness import offences, offences_after
from tests.world import World


@pytest.mark.parametrize(
    "check, edit",
    [
        ("bank_is_as_told", "delete from billing.bank_waiting where organisation_id = $1"),
        (
            "bank_is_as_told",
            "update billing.bank_statement set closing_minor = closing_minor + 1, in_minor = in_minor + 1 where organisation_id = $1",
        ),
        ("unmatched_is_what_waits", "update billing.bank_step set open_after = 200 where organisation_id = $1"),
        (
            "unmatched_is_what_waits",
            "delete from billing.account_entry where organisation_id = $1 and account_kind = 'unmatched' and side = 'debit'",
        ),
    ],
)
async def test_a_bank_that_is_not_as_told_is_found(
    world: World, owner: asyncpg.Connection, settings: Settings, check: str, edit: str
) -> None:
    await with_account(world)
    await imported(world, statement(0, 500, entry(500)))
    [line] = await lines(world)
    parts = [{"amount_minor": 400, "customer_id": (await world.customer())["id"]}]
    await world.done("POST", f"/v1/bank/lines/{line['id']}/match", {"parts": parts}, role="back_office", key=str(world.id()))
    assert await offences(owner, settings, world) == {}
    assert check in await offences_after(owner, settings, world, edit)
