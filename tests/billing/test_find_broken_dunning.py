"""`sayso doctor` finds dunning that came after the payment, in spite of a hold, or from another day than the due day."""

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.bank_files import with_account
from tests.billing.builders import Books
from tests.billing.builders import pay as paid
from tests.billing.dunning import beat, hold, in_arrears, live
from tests.billing.test_claim_refunded_money import refunded_and_returned
from tests.billing.test_undo_bank_steps import SUM
from tests.billing.test_use_credit import worker_of
from tests.proofs.soundness import offences, offences_after
from tests.subscriptions.builders import pay
from tests.world import World


@pytest.mark.parametrize(
    "attack",
    [
        "update billing.dunning_step set transaction_id = 9000000000000 where kind = 'remind'",  # a reminder after the payment
        "update billing.dunning_hold set transaction_id = 1",  # cut off in spite of a hold
        "update billing.dunning_step set base_on = base_on - 1",
    ],
)
async def test_nobody_who_paid_or_is_spared_is_dunned(world: World, owner: asyncpg.Connection, settings: Settings, attack: str) -> None:
    subscription = await in_arrears(world)
    await live(world, 22)
    await hold(world, subscription, "vulnerable")
    await pay(world, subscription["invoice"])
    assert await offences(owner, settings, world) == {}
    where = "and" if " where " in attack else "where"
    assert "nobody_who_paid_or_is_spared_is_dunned" in await offences_after(
        owner, settings, world, f"{attack} {where} organisation_id = $1"
    )


async def test_nobody_is_reminded_of_what_was_paid_by_no_invoice(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    await with_account(world)
    await refunded_and_returned(world, customer_id := await books.customer())
    await beat(world)
    await paid(world, SUM, customer_id=customer_id)
    await worker_of(world, "use_credit").drain()
    assert await offences(owner, settings, world) == {}
    late = "update billing.claim_reminder set transaction_id = 9000000000000 where organisation_id = $1"
    assert "nobody_who_paid_or_is_spared_is_dunned" in await offences_after(owner, settings, world, late)


@pytest.mark.parametrize("edit", ["delete from subscriptions.lapsing", "update subscriptions.lapsing set from_on = from_on + 1"])
async def test_a_service_whose_grace_ends_unseen_is_found(world: World, owner: asyncpg.Connection, settings: Settings, edit: str) -> None:
    await in_arrears(world)
    await beat(world)
    assert await offences(owner, settings, world) == {}
    assert "whose_grace_ends_is_looked_at" in await offences_after(owner, settings, world, f"{edit} where organisation_id = $1")


@pytest.mark.parametrize("edit", ["delete from billing.debtor", "update billing.debtor set from_on = from_on + 1"])
async def test_a_debtor_whom_nobody_would_look_at_is_found(world: World, owner: asyncpg.Connection, settings: Settings, edit: str) -> None:
    await in_arrears(world)
    await beat(world)
    assert await offences(owner, settings, world) == {}
    assert "who_owes_is_looked_at" in await offences_after(owner, settings, world, f"{edit} where organisation_id = $1")
