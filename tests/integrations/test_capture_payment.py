"""Payments that are authorised first and captured later."""

import pytest
import stripe

from tests.integrations.account import Account

DAY_S = 24 * 3600


async def authorised(account: Account, amount: int = 10_000):
    intent = await account.pay(amount=amount, capture_method="manual")
    assert (intent.status, intent.amount_capturable, intent.amount_received) == ("requires_capture", amount, 0)
    return intent


async def test_what_was_authorised_is_captured_and_told(account: Account):
    intent = await authorised(account)
    taken = await account.v1.payment_intents.capture_async(intent.id)
    assert (taken.status, taken.amount_received, taken.amount_capturable) == ("succeeded", 10_000, 0)
    assert await account.told("payment_intent", "charge") == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.amount_capturable_updated",
        "charge.captured",
        "payment_intent.succeeded",
    ]


async def test_a_part_is_captured_and_the_rest_cannot_be_refunded(account: Account):
    intent = await authorised(account)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await account.v1.payment_intents.capture_async(intent.id, {"amount_to_capture": 10_001})
    assert refused.value.code == "amount_too_large"

    taken = await account.v1.payment_intents.capture_async(intent.id, {"amount_to_capture": 7_000})
    charge = await account.charge_of(taken)

    assert (taken.amount_received, charge.amount_captured, charge.amount_refunded) == (7_000, 7_000, 3_000)
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
        await account.v1.refunds.create_async({"payment_intent": intent.id, "amount": 7_001})
    assert (await account.v1.refunds.create_async({"payment_intent": intent.id})).amount == 7_000


async def test_nothing_moves_before_the_capture(account: Account):
    intent = await authorised(account)
    assert await account.net() == 0
    with pytest.raises(stripe.InvalidRequestError, match="successful charge"):
        await account.v1.refunds.create_async({"payment_intent": intent.id})
    await account.v1.payment_intents.capture_async(intent.id)
    assert await account.net() == 10_000 - 175


async def test_a_cancelled_authorisation_goes_back_to_the_card(account: Account):
    intent = await authorised(account)
    cancelled = await account.v1.payment_intents.cancel_async(intent.id, {"cancellation_reason": "requested_by_customer"})
    assert (cancelled.status, cancelled.cancellation_reason, cancelled.amount_capturable) == ("canceled", "requested_by_customer", 0)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await account.v1.payment_intents.capture_async(intent.id)
    assert refused.value.code == "payment_intent_unexpected_state"
    assert await account.net() == 0


async def test_an_authorisation_lapses_after_seven_days(account: Account):
    intent = await authorised(account)
    await account.standin.advance(seconds=6 * DAY_S)
    assert (await account.intent(intent.id)).status == "requires_capture"
    await account.standin.advance(seconds=DAY_S + 60)
    lapsed = await account.intent(intent.id)
    assert (lapsed.status, lapsed.cancellation_reason) == ("canceled", "automatic")
    assert (await account.told("payment_intent", "charge"))[-2:] == ["charge.expired", "payment_intent.canceled"]
