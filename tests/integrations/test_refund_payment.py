"""Refunds: never more than was paid."""

import asyncio

import httpx
import pytest

from service.integrations.stripe import client
from service.integrations.stripe.client import Stripe
from service.integrations.stripe.errors import ProviderRefused
from service.integrations.stripe.records import PaymentIntent
from service.integrations.stripe.standin import Standin


async def paid(connection: Stripe, standin: Standin, *, card: str = "pm_card_visa") -> PaymentIntent:
    made = await client.create_payment_intent(
        connection, amount_minor=1000, currency="EUR", metadata={}, description="Invoice 7", idempotency_key="attempt:a1:create"
    )
    await standin.pay(intent=made.id, payment_method=card)
    return await client.retrieve_payment_intent(connection, intent_id=made.id)


async def refund(connection: Stripe, intent: PaymentIntent, amount_minor: int, *, number: int = 1):
    return await client.create_refund(
        connection, intent_id=intent.id, amount_minor=amount_minor, metadata={"refund": "r1"}, idempotency_key=f"refund:r{number}:create"
    )


async def test_a_part_comes_back_and_then_the_rest(connection: Stripe, standin: Standin):
    intent = await paid(connection, standin)

    first, rest = await refund(connection, intent, 400), await refund(connection, intent, 600, number=2)

    assert (first.amount_minor, first.currency, first.status, first.payment_intent) == (400, "EUR", "succeeded", intent.id)
    assert first.metadata == {"refund": "r1"}
    assert rest.amount_minor == 600
    assert await client.retrieve_refund(connection, refund_id=first.id) == first


async def test_more_than_is_left_is_refused(connection: Stripe, standin: Standin):
    intent = await paid(connection, standin)
    await refund(connection, intent, 400)

    with pytest.raises(ProviderRefused) as refused:
        await refund(connection, intent, 601, number=2)
    assert refused.value.param == "amount"

    await refund(connection, intent, 600, number=3)
    with pytest.raises(ProviderRefused) as refused:
        await refund(connection, intent, 1, number=4)
    assert refused.value.code == "charge_already_refunded"


async def test_twenty_refunds_at_once_give_back_no_more_than_was_paid(connection: Stripe, standin: Standin):
    intent = await paid(connection, standin)

    outcomes = await asyncio.gather(*(refund(connection, intent, 300, number=number) for number in range(20)), return_exceptions=True)

    assert sum(1 for outcome in outcomes if not isinstance(outcome, BaseException)) == 3
    assert all(isinstance(outcome, ProviderRefused) for outcome in outcomes if isinstance(outcome, BaseException))


async def test_an_unpaid_intent_has_nothing_to_refund(connection: Stripe):
    made = await client.create_payment_intent(
        connection, amount_minor=1000, currency="EUR", metadata={}, description="Invoice 7", idempotency_key="attempt:a1:create"
    )
    with pytest.raises(ProviderRefused, match="successful charge"):
        await refund(connection, made, 1000)


async def test_a_refund_that_the_bank_sends_back_may_be_made_again(connection: Stripe, standin: Standin, raw: httpx.AsyncClient):
    intent = await paid(connection, standin)
    made = await refund(connection, intent, 1000)

    await standin.fail_refund(refund=made.id)

    failed = await client.retrieve_refund(connection, refund_id=made.id)
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    charge = (await raw.get(f"/v1/charges/{intent.latest_charge}")).json()
    assert (charge["amount_refunded"], charge["refunded"]) == (0, False)
    assert (await refund(connection, intent, 1000, number=2)).status == "succeeded"


@pytest.mark.parametrize("answered", [True, False])
async def test_a_refund_that_needs_its_customer_goes_out_as_they_answer_or_comes_back(connection: Stripe, standin: Standin, answered: bool):
    intent = await paid(connection, standin, card="pm_card_pendingRefund")
    made = await refund(connection, intent, 1000)
    asks = await standin.need_customer(refund=made.id)
    assert (asks["status"], asks["next_action"]["type"]) == ("requires_action", "display_details")
    if answered:
        assert (await standin.answer_refund(refund=made.id))["status"] == "pending"
    await standin.advance(seconds=46 * 86_400)
    now = await client.retrieve_refund(connection, refund_id=made.id)
    assert (now.status, now.failure_reason) == (("succeeded", None) if answered else ("failed", "unknown"))


async def test_refunds_are_listed_by_what_they_refund(connection: Stripe, standin: Standin, raw: httpx.AsyncClient):
    intent = await paid(connection, standin)
    made = await refund(connection, intent, 100)

    found = (await raw.get("/v1/refunds", params={"payment_intent": intent.id})).json()["data"]
    elsewhere = (await raw.get("/v1/refunds", params={"payment_intent": "pi_other"})).json()["data"]

    assert [one["id"] for one in found] == [made.id]
    assert elsewhere == []
