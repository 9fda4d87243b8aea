"""Disputes: the money leaves, evidence is sent, the bank decides."""

import io
from typing import Any

import pytest
import stripe

from service.integrations.stripe.standin.remote import StandinRefused
from tests.integrations.account import Account

FEES = 175
"""Of a card payment of 100.00."""
DISPUTE_FEE = 2_000


async def disputed(account: Account, card: str = "pm_card_createDispute"):
    intent = await account.pay(card)
    await account.standin.advance(seconds=10)
    (dispute,) = (await account.v1.disputes.list_async({"payment_intent": intent.id})).data
    return dispute


async def upload(account: Account, content: bytes = b"%PDF-1.7 receipt", **told: Any):
    file = io.BytesIO(content)
    file.name = "receipt.pdf"
    return await account.v1.files.create_async({"purpose": "dispute_evidence", "file": file, **told})


async def test_a_dispute_takes_the_money_and_a_fee(account: Account):
    dispute = await disputed(account)

    assert (dispute.status, dispute.reason, dispute.amount, dispute.is_charge_refundable) == ("needs_response", "fraudulent", 10_000, False)
    (taken,) = dispute.balance_transactions
    assert (taken.amount, taken.fee, taken.net, taken.type) == (-10_000, DISPUTE_FEE, -12_000, "adjustment")
    assert await account.net() == -FEES - DISPUTE_FEE
    assert await account.told("charge.dispute") == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]
    charge = await account.v1.charges.retrieve_async(dispute.charge)
    assert charge.disputed
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await account.v1.refunds.create_async({"charge": charge.id})
    assert refused.value.code == "charge_disputed"


@pytest.mark.parametrize("word,status,back", [("winning_evidence", "won", 10_000), ("losing_evidence", "lost", 0)])
async def test_evidence_wins_or_loses(account: Account, word: str, status: str, back: int):
    dispute = await disputed(account)
    file = await upload(account)
    form = {"evidence": {"uncategorized_text": word, "receipt": file.id, "service_date": "2026-03-01"}, "submit": False}

    drafted = await account.v1.disputes.update_async(dispute.id, form)
    assert (drafted.status, drafted.evidence.receipt, drafted.evidence_details.has_evidence) == ("needs_response", file.id, True)
    assert drafted.evidence_details.submission_count == 0
    sent = await account.v1.disputes.update_async(dispute.id, {"submit": True})
    assert (sent.status, sent.evidence_details.submission_count, sent.evidence.service_date) == ("under_review", 1, "2026-03-01")
    with pytest.raises(stripe.InvalidRequestError, match="no longer"):
        await account.v1.disputes.update_async(dispute.id, form)

    await account.standin.advance(seconds=10)

    assert (await account.v1.disputes.retrieve_async(dispute.id)).status == status
    assert await account.net() == back - FEES - DISPUTE_FEE
    ends = ["charge.dispute.closed", *(["charge.dispute.funds_reinstated"] if back else [])]
    assert (await account.told("charge.dispute"))[-len(ends) :] == ends


@pytest.mark.parametrize("wins", [True, False])
async def test_the_bank_decides_when_told_to(account: Account, wins: bool):
    intent = await account.pay()
    dispute = await account.standin.dispute(charge=intent.latest_charge, reason="duplicate", amount=4_000)
    assert (await account.standin.decide(dispute=dispute["id"], wins=wins))["status"] == ("won" if wins else "lost")
    await account.standin.advance(seconds=10)
    assert await account.net() == 10_000 - FEES - DISPUTE_FEE - (0 if wins else 4_000)


async def test_a_dispute_that_no_bank_could_open_is_refused(account: Account):
    intent = await account.pay()
    for told in ({"reason": "spite"}, {"amount": 10_001}, {"charge": "ch_nowhere"}):
        with pytest.raises(StandinRefused):
            await account.standin.dispute(**{"charge": intent.latest_charge, **told})
    await account.standin.dispute(charge=intent.latest_charge)
    with pytest.raises(StandinRefused, match="disputed already"):
        await account.standin.dispute(charge=intent.latest_charge)


async def test_nobody_answering_for_two_weeks_loses(account: Account):
    dispute = await disputed(account, "pm_card_createDisputeProductNotReceived")
    assert dispute.reason == "product_not_received"
    await account.standin.advance(seconds=14 * 24 * 3600)
    lost = await account.v1.disputes.retrieve_async(dispute.id)
    assert (lost.status, lost.evidence_details.past_due) == ("lost", True)


async def test_a_dispute_can_be_given_up(account: Account):
    dispute = await disputed(account)
    assert (await account.v1.disputes.close_async(dispute.id)).status == "lost"
    with pytest.raises(stripe.InvalidRequestError, match="already closed"):
        await account.v1.disputes.close_async(dispute.id)


async def test_an_inquiry_takes_no_money_and_may_become_a_chargeback(account: Account):
    asked = await disputed(account, "pm_card_createDisputeInquiry")
    assert (asked.status, asked.balance_transactions, asked.is_charge_refundable) == ("warning_needs_response", [], True)
    assert await account.net() == 10_000 - FEES

    raised = await account.standin.escalate(dispute=asked.id)

    assert (raised["status"], len(raised["balance_transactions"])) == ("needs_response", 1)
    with pytest.raises(StandinRefused, match="open inquiry"):
        await account.standin.escalate(dispute=asked.id)


async def test_an_answered_inquiry_is_closed_without_money(account: Account):
    asked = await disputed(account, "pm_card_createDisputeInquiry")
    form = {"evidence": {"uncategorized_text": "winning_evidence"}, "submit": True}
    assert (await account.v1.disputes.update_async(asked.id, form)).status == "warning_under_review"
    await account.standin.advance(seconds=10)
    assert (await account.v1.disputes.retrieve_async(asked.id)).status == "warning_closed"
    assert await account.net() == 10_000 - FEES


@pytest.mark.parametrize(
    "evidence,param",
    [
        ({"colour": "red"}, "evidence[colour]"),
        ({"receipt": "file_nowhere"}, "evidence[receipt]"),
        ({"uncategorized_text": "x" * 20_001}, "evidence[uncategorized_text]"),
    ],
)
async def test_evidence_of_no_use_is_refused_by_name(account: Account, evidence: dict[str, str], param: str):
    dispute = await disputed(account)
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await account.v1.disputes.update_async(dispute.id, {"evidence": evidence})
    assert refused.value.param == param


async def test_all_texts_together_have_a_limit(account: Account):
    dispute = await disputed(account)
    long = dict.fromkeys(
        (
            "access_activity_log", "cancellation_policy_disclosure", "cancellation_rebuttal", "duplicate_charge_explanation",
            "product_description", "refund_policy_disclosure", "refund_refusal_explanation",
        ),
        "x" * 20_000,
    )  # fmt: skip
    fits = {**long, "uncategorized_text": "x" * 10_000}
    assert (await account.v1.disputes.update_async(dispute.id, {"evidence": fits, "submit": False})).evidence_details.has_evidence
    with pytest.raises(stripe.InvalidRequestError, match="150001"):
        await account.v1.disputes.update_async(dispute.id, {"evidence": {"uncategorized_text": "x" * 10_001}, "submit": False})


async def test_a_file_comes_back_byte_for_byte(account: Account):
    content = b"%PDF-1.7\r\n--boundary\r\n\r\n\x00\xff\r\n"
    file = await upload(account, content)
    assert (file.size, file.type, file.filename, file.purpose) == (len(content), "pdf", "receipt.pdf", "dispute_evidence")
    assert (await account.v1.files.retrieve_async(file.id)).id == file.id
    assert [one.id for one in (await account.v1.files.list_async({"purpose": "dispute_evidence"})).data] == [file.id]


@pytest.mark.parametrize("content", [b"MZ\x90", b"", b"%PDF" + b" " * 5_000_000], ids=["program", "empty", "large"])
async def test_a_file_that_is_no_evidence_is_refused(account: Account, content: bytes):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await upload(account, content)
    assert refused.value.param == "file"


async def test_a_warning_of_fraud_is_settled_by_a_refund(account: Account):
    intent = await account.pay("pm_card_createIssuerFraudRecord")
    await account.standin.advance(seconds=10)
    (warning,) = (await account.v1.radar.early_fraud_warnings.list_async({"payment_intent": intent.id})).data
    assert (warning.actionable, warning.charge) == (True, intent.latest_charge)

    await account.v1.refunds.create_async({"payment_intent": intent.id, "reason": "fraudulent"})

    assert not (await account.v1.radar.early_fraud_warnings.retrieve_async(warning.id)).actionable
    assert await account.told("radar") == ["radar.early_fraud_warning.created", "radar.early_fraud_warning.updated"]


async def test_a_warning_is_past_acting_on_once_it_came_to_a_dispute(account: Account):
    intent = await account.pay()
    warning = await account.standin.warn(charge=intent.latest_charge)
    assert warning["actionable"]
    await account.standin.dispute(charge=intent.latest_charge)
    assert not (await account.v1.radar.early_fraud_warnings.retrieve_async(warning["id"])).actionable


async def test_a_warning_can_be_called_for(account: Account):
    intent = await account.pay()
    assert (await account.standin.warn(charge=intent.latest_charge))["payment_intent"] == intent.id


async def test_a_review_is_opened_and_closed(account: Account):
    elevated, other, refunded = await account.pay("pm_card_riskLevelElevated"), await account.pay(), await account.pay()
    await account.standin.advance(seconds=10)
    (opened,) = (await account.v1.reviews.list_async()).data
    assert (opened.payment_intent, (await account.intent(elevated.id)).review) == (elevated.id, opened.id)
    assert (await account.v1.reviews.approve_async(opened.id)).closed_reason == "approved"
    by_hand = await account.standin.open_review(intent=other.id)
    assert (await account.standin.close_review(review=by_hand["id"], reason="disputed"))["closed_reason"] == "disputed"
    last = await account.standin.open_review(intent=refunded.id)
    await account.v1.refunds.create_async({"payment_intent": refunded.id})
    assert (await account.v1.reviews.retrieve_async(last["id"])).closed_reason == "refunded"
    assert await account.told("review") == ["review.opened", "review.closed"] * 3
