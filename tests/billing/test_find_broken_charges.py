"""`sayso doctor` finds a charge after its customer took their word back, and one that failed and lies open."""

import asyncpg
import pytest

from service.settings import Settings
from tests.proofs.soundness import offences
from tests.world import World


@pytest.mark.parametrize("ended", [1, 2**50])
async def test_charged_only_with_leave(world: World, owner: asyncpg.Connection, settings: Settings, ended: int) -> None:
    assert await offences(owner, settings, world) == {}
    transaction = owner.transaction(isolation="repeatable_read")
    await transaction.start()
    await owner.execute("set local session_replication_role = replica")
    method, charge, customer = world.id(), world.id(), world.id()
    await owner.execute(
        "insert into billing.saved_method_step (organisation_id, method_id, step, kind, live, live_before, happened_at, actor, epoch, transaction_id)"
        " values ($1, $2, 2, 'withdrawn', false, true, now(), 'x', 1, $3)",
        world.organisation_id, method, ended,
    )  # fmt: skip
    await owner.execute(
        "insert into billing.charge (organisation_id, attempt_id, invoice_id, customer_id, consent_id, method_id, turn, ordinal, amount_minor, noticed_minor, charge_on, zone, begun_at,"
        " epoch, transaction_id) values ($1, $2, $2, $3, $3, $4, 1, 1, 1, 1, current_date - 1, 'UTC', now(), 1, 1000)",
        world.organisation_id, charge, customer, method,
    )  # fmt: skip
    found = await offences(owner, settings, world)
    await transaction.rollback()
    assert ("charged_only_with_leave" in found) == (ended == 1)
