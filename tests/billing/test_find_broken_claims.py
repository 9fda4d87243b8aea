"""What is owed again by no invoice stands in the ledger as it was told, or the doctor says so."""

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.bank_files import with_account
from tests.billing.builders import Books
from tests.billing.test_claim_refunded_money import refunded_and_returned
from tests.proofs.soundness import offences_after
from tests.world import World


@pytest.mark.parametrize("edit", ["update billing.claim set amount_minor = 5", "delete from billing.claim"])
async def test_claims_that_the_ledger_knows_otherwise_are_found(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings, edit: str
) -> None:
    await with_account(world)
    await refunded_and_returned(world, await books.customer())
    assert "claims_are_owed" in await offences_after(owner, settings, world, f"{edit} where organisation_id = $1")
