"""Fees, the balance, and payouts with what they are made of."""

import pytest
import stripe

from tests.integrations.account import Account

DAY_S = 24 * 3600


async def test_the_fee_is_told_a_little_later(account: Account):
    intent = await account.pay()
    assert (await account.charge_of(intent)).balance_transaction is None

    await account.standin.advance(seconds=5)

    (event,) = (await account.v1.events.list_async({"type": "charge.updated"})).data
    assert event.data.previous_attributes["balance_transaction"] is None
    told = await account.v1.charges.retrieve_async(intent.latest_charge, {"expand": ["balance_transaction"]})
    assert event.data.object["balance_transaction"] == told.balance_transaction.id
    assert (told.balance_transaction.amount, told.balance_transaction.fee, told.balance_transaction.net) == (10_000, 175, 9_825)
    assert (told.balance_transaction.fee_details[0].amount, told.balance_transaction.source) == (175, intent.latest_charge)


async def test_with_automatic_capture_the_fee_is_known_at_once(account: Account):
    intent = await account.pay(capture_method="automatic")
    assert (await account.charge_of(intent)).balance_transaction is not None


async def test_money_is_pending_for_two_days(account: Account):
    await account.pay(capture_method="automatic")
    await account.standin.behave(payouts="manual")
    balance = await account.v1.balance.retrieve_async()
    assert (balance.available[0].amount, balance.pending[0].amount) == (0, 9_825)
    await account.standin.advance(seconds=2 * DAY_S)
    balance = await account.v1.balance.retrieve_async()
    assert (balance.available[0].amount, balance.pending[0].amount) == (9_825, 0)


async def test_a_refund_gives_no_fee_back(account: Account):
    intent = await account.pay(capture_method="automatic")
    refund = await account.v1.refunds.create_async({"payment_intent": intent.id, "expand": ["balance_transaction"]})
    assert (refund.balance_transaction.amount, refund.balance_transaction.fee, refund.balance_transaction.type) == (-10_000, 0, "refund")
    assert await account.net() == -175


async def test_a_payout_leaves_by_itself_and_says_what_it_is_made_of(account: Account):
    intents = [await account.pay() for _ in range(3)]
    await account.v1.refunds.create_async({"payment_intent": intents[0].id, "amount": 2_500})

    await account.standin.advance(seconds=5 * DAY_S)

    (payout,) = (await account.v1.payouts.list_async()).data
    assert (payout.amount, payout.status, payout.automatic, payout.reconciliation_status) == (3 * 9_825 - 2_500, "paid", True, "completed")
    carried = (await account.v1.balance_transactions.list_async({"payout": payout.id})).data
    assert sorted(one.type for one in carried) == ["charge", "charge", "charge", "payout", "refund"]
    assert sum(one.net for one in carried if one.type != "payout") == payout.amount
    assert sum(one.net for one in carried) == 0
    assert await account.told("payout") == ["payout.created", "payout.updated", "payout.paid", "payout.reconciliation_completed"]
    assert await account.net() == 0


async def test_what_comes_later_is_carried_by_the_next(account: Account):
    for _ in range(2):
        await account.pay()
        await account.standin.advance(seconds=5 * DAY_S)
    payouts = (await account.v1.payouts.list_async()).data
    assert [payout.amount for payout in payouts] == [9_825, 9_825]


async def test_what_is_still_pending_is_left_for_the_next(account: Account):
    await account.pay()
    await account.standin.advance(seconds=2 * DAY_S)
    await account.pay(amount=20_000)
    await account.standin.advance(seconds=2 * DAY_S)
    (first,) = (await account.v1.payouts.list_async()).data
    assert first.amount == 9_825


async def test_a_payout_of_each_currency(account: Account):
    await account.pay()
    await account.pay(currency="jpy", amount=5_000)
    await account.standin.advance(seconds=5 * DAY_S)
    assert {payout.currency for payout in (await account.v1.payouts.list_async()).data} == {"eur", "jpy"}


async def test_paying_out_can_be_called_for(account: Account):
    await account.pay(capture_method="automatic")
    (made,) = await account.standin.pay_out()
    assert (made["amount"], made["status"]) == (9_825, "in_transit")
    assert await account.standin.pay_out() == []


@pytest.mark.parametrize("after_s", [0, 2 * DAY_S])
async def test_a_payout_that_the_bank_sends_back_is_made_again(account: Account, after_s: int):
    await account.pay(capture_method="automatic")
    (made,) = await account.standin.pay_out()
    await account.standin.advance(seconds=after_s)

    failed = await account.standin.fail_payout(payout=made["id"], code="no_account")

    assert (failed["status"], failed["failure_code"]) == ("failed", "no_account")
    assert (await account.told("payout"))[-1] == "payout.failed"
    assert await account.net() == 9_825
    await account.standin.advance(seconds=5 * DAY_S)
    again = (await account.v1.payouts.list_async({"status": "paid"})).data
    assert [payout.amount for payout in again] == [9_825]


async def test_a_payout_by_hand_says_nothing_of_its_contents(account: Account):
    await account.standin.behave(payouts="manual", available_after_s=0)
    await account.pay(capture_method="automatic")
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await account.v1.payouts.create_async({"amount": 9_826, "currency": "eur"})
    assert refused.value.code == "balance_insufficient"

    made = await account.v1.payouts.create_async({"amount": 9_000, "currency": "eur", "metadata": {"a": "b"}})

    assert (made.status, made.automatic, made.reconciliation_status) == ("pending", False, "not_applicable")
    with pytest.raises(stripe.InvalidRequestError, match="not manual"):
        await account.v1.balance_transactions.list_async({"payout": made.id})
    assert (await account.v1.payouts.cancel_async(made.id)).status == "canceled"
    with pytest.raises(stripe.InvalidRequestError, match="pending"):
        await account.v1.payouts.cancel_async(made.id)
    assert await account.net() == 9_825


async def test_with_automatic_payouts_none_is_made_by_hand(account: Account):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await account.v1.payouts.create_async({"amount": 1, "currency": "eur"})
    assert refused.value.code == "payouts_not_allowed"


async def test_a_pending_refund_succeeds_or_fails_later(account: Account):
    waits, fails = await account.pay("pm_card_pendingRefund"), await account.pay("pm_card_refundFail")
    pending = await account.v1.refunds.create_async({"payment_intent": waits.id})
    made = await account.v1.refunds.create_async({"payment_intent": fails.id})
    assert (pending.status, pending.pending_reason, made.status) == ("pending", "processing", "succeeded")

    await account.standin.advance(seconds=10)

    assert (await account.v1.refunds.retrieve_async(pending.id)).status == "succeeded"
    failed = await account.v1.refunds.retrieve_async(made.id, {"expand": ["failure_balance_transaction"]})
    assert (failed.status, failed.failure_reason, failed.failure_balance_transaction.amount) == (
        "failed",
        "expired_or_canceled_card",
        10_000,
    )
    assert await account.told("refund") == ["refund.created", "refund.created", "refund.updated", "refund.updated", "refund.failed"]


async def test_a_refund_fails_for_the_reason_told(account: Account):
    intent = await account.pay()
    refund = await account.v1.refunds.create_async({"payment_intent": intent.id})
    await account.standin.fail_refund(refund=refund.id, reason="lost_or_stolen_card")
    assert (await account.v1.refunds.retrieve_async(refund.id)).failure_reason == "lost_or_stolen_card"


async def test_what_cannot_be_expanded_is_refused(account: Account):
    intent = await account.pay()
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        await account.intent(intent.id, expand=["amount.deep"])
    found = await account.v1.payment_intents.list_async({"expand": ["data.latest_charge"]})
    assert found.data[0].latest_charge.payment_intent == intent.id
