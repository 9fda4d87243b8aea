"""Debits from bank accounts: under way for days, and sent back for their own reasons."""

import pytest
import stripe

from tests.integrations.account import Account

GOOD, BAD = "DE89370400440532013000", "DE62370400440532013001"


async def test_a_debit_is_under_way_until_the_bank_has_answered(account: Account):
    intent = await account.pay(await account.account_of(GOOD))
    assert (intent.status, intent.amount_received) == ("processing", 0)
    with pytest.raises(stripe.InvalidRequestError, match="already asked"):
        await account.v1.payment_intents.cancel_async(intent.id)
    assert await account.net() == 0

    await account.standin.advance(seconds=200)

    paid = await account.intent(intent.id)
    assert (paid.status, paid.amount_received) == ("succeeded", 10_000)
    assert await account.told("payment_intent", "charge") == [
        "payment_intent.created",
        "charge.pending",
        "payment_intent.processing",
        "charge.succeeded",
        "payment_intent.succeeded",
        "charge.updated",
    ]
    assert await account.net() == 10_000 - 35


async def test_a_debit_that_comes_back_leaves_the_intent_payable(account: Account):
    intent = await account.pay(await account.account_of(BAD))
    await account.standin.advance(seconds=200)
    failed = await account.intent(intent.id)
    assert (failed.status, failed.last_payment_error.code) == ("requires_payment_method", "payment_intent_payment_attempt_failed")
    charge = await account.charge_of(failed)
    assert (charge.status, charge.paid, charge.failure_code) == ("failed", False, "refer_to_customer")
    assert await account.net() == 0


@pytest.mark.parametrize("fails,status", [(False, "succeeded"), (True, "requires_payment_method")])
async def test_the_bank_answers_when_told_to(account: Account, fails: bool, status: str):
    intent = await account.pay(await account.account_of(GOOD))
    await account.standin.finish_debit(intent=intent.id, fails=fails)
    await account.standin.advance(seconds=200)
    assert (await account.intent(intent.id)).status == status


async def test_a_withdrawn_mandate_lets_nothing_be_debited(account: Account):
    customer = await account.customer()
    form = {"customer": customer, "payment_method": await account.account_of(GOOD), "confirm": True}
    setup = await account.v1.setup_intents.create_async(form)
    assert (await account.v1.mandates.retrieve_async(setup.mandate)).status == "active"

    await account.standin.withdraw_mandate(mandate=setup.mandate)

    assert (await account.told("mandate")) == ["mandate.updated"]
    with pytest.raises(stripe.InvalidRequestError, match="mandate"):
        await account.pay(setup.payment_method, customer=customer, off_session=True)
