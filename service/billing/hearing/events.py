"""Each type of event has one meaning, whenever and however often it comes; what it is about and isn't here yet is waited for, never dropped."""

from contextlib import suppress
from typing import Any
from uuid import UUID, uuid5

import msgspec

from service.billing.provider.cards import CardRefused, ProviderSilent, WebhookNotTaken, hear_intent, hear_session
from service.billing.provider.checkout import told_session
from service.billing.provider.desk import OUTCOME_OF_STATUS, Desk, id_of, told
from service.billing.provider.disputes import note_dispute, reinstate_disputed, withdraw_disputed
from service.billing.provider.events import (
    find_waiting,
    keep_event,
    payment_of_intent,
    settle_waiting,
)
from service.billing.provider.readers import news_of
from service.billing.records.cards import ToldEvent
from service.billing.records.events import EventSettled, Heard, PaymentOfIntent, WaitingEvent
from service.billing.records.payments import PositiveMoney
from service.billing.records.refunds import NewRefund
from service.billing.refunds import RefundBeyondPayment, RefundSettled, RefundWayUnclear, hear_refund, take_refund_of_provider
from service.billing.refusals import CreditAlreadyUsed
from service.billing.saved.desk import hear_intent_of_charge, hear_mandate, hear_method, hear_setup
from service.integrations.stripe.client import retrieve_payment_intent
from service.integrations.stripe.errors import ProviderRefused
from service.integrations.stripe.reader_records import ReaderTold
from service.integrations.stripe.records import (
    Charge,
    CheckoutSession,
    Dispute,
    PaymentIntent,
    Payout,
    ProviderEvent,
    Refund,
    Told,
    read_object,
)
from service.integrations.stripe.saved_records import Mandate, PaymentMethod, SetupIntent
from service.integrations.stripe.webhooks import WebhookRefused, verify_and_read
from service.kit.money import MINOR_DIGITS
from service.kit.refusals import NotFound

PROVIDERS_REFUNDS = UUID("6f1c2a39-0b1e-5c0f-9a53-1f6f0a3c7d11")
"""Our ids of refunds that were made at the provider come from theirs: told twice is one."""
WARNINGS = {
    "radar.early_fraud_warning.created": "payment_fraud_warned",
    "review.opened": "payment_reviewed",
    "review.closed": "payment_review_closed",
}
"""What people are told of; no money moves by it."""
TAKEN = ("payout.", "radar.early_fraud_warning.", "charge.updated", "terminal.reader.action_")
"""Whose further events say nothing more to people."""


async def hear_webhook(desk: Desk, *, raw_body: bytes, signature: str | None, secrets: tuple[str, ...]) -> str:
    """Takes in one signed message of the provider's, and gives its event's id; raises WebhookNotTaken."""
    try:
        event = verify_and_read(raw_body=raw_body, signature_header=signature, secrets=secrets, now=desk.at)
    except WebhookRefused as refused:
        raise WebhookNotTaken from refused
    await hear_event(desk, event=event)
    return event.id


async def hear_event(desk: Desk, *, event: ProviderEvent) -> None:
    """Takes in one event, from a webhook or from the provider's list."""
    told_event = ToldEvent(event_id=event.id, type=event.type, told_at=event.created_at)
    if isinstance(event.object, PaymentIntent):
        await desk.do(hear_intent, intent=told(event.object), event=told_event)
        await hear_intent_of_charge(desk, event.object)
        return
    if isinstance(event.object, CheckoutSession):
        await desk.do(hear_session, session=told_session(event.object, event_type=event.type), event=told_event)
        return
    intent_id = None if event.object is None else _intent_of(event.object)
    paid = await desk.ask(payment_of_intent, intent_id=intent_id) if intent_id else None
    heard = Heard(outcome="unread") if event.object is None else await _hear(desk, told_event, event.object, paid)
    ours = "{}" if event.object is None else msgspec.json.encode(event.object).decode()
    await desk.do(
        keep_event,
        event=told_event,
        heard=heard,
        object_json=ours,
        amount=_amount_of(event.object),
        intent_id=intent_id,
        **_fetched(desk, event),
    )


async def drive_event(desk: Desk, *, waiting: WaitingEvent) -> EventSettled:
    """Tries an event again; what it is about is asked of the provider first, if it isn't here."""
    thing = read_object(waiting.type, waiting.object.encode())
    intent_id = None if thing is None else _intent_of(thing)
    if thing is None or intent_id is None:
        return await _settled(desk, waiting, Heard())
    paid = await desk.ask(payment_of_intent, intent_id=intent_id)
    if paid is None:
        with suppress(ProviderRefused):
            intent = told(await retrieve_payment_intent(desk.provider, intent_id=intent_id))
            if intent.organisation_id not in {None, desk.organisation_id}:
                return await _settled(desk, waiting, Heard())  # another organisation's, at the same account of the provider's
            await desk.do(hear_intent, intent=intent)
            paid = await desk.ask(payment_of_intent, intent_id=intent_id)
    return await _settled(
        desk, waiting, await _hear(desk, ToldEvent(event_id=waiting.event_id, type=waiting.type, told_at=waiting.told_at), thing, paid)
    )


async def drive_event_by_id(desk: Desk, *, event_id: str) -> EventSettled:
    """Tries an event again that a person names; raises NotFound."""
    return await drive_event(desk, waiting=await desk.ask(find_waiting, event_id=event_id))


async def _settled(desk: Desk, waiting: WaitingEvent, heard: Heard) -> EventSettled:
    settled: EventSettled = await desk.do(settle_waiting, waiting=waiting, heard=heard)
    return settled


async def _hear(desk: Desk, event: ToldEvent, thing: Told, paid: PaymentOfIntent | None) -> Heard:
    if isinstance(thing, SetupIntent | PaymentMethod | Mandate):
        return Heard(outcome="taken" if await _hear_saved(desk, event, thing) else "unread")
    if isinstance(thing, Refund):
        return await _hear_refund(desk, thing, paid)
    if isinstance(thing, Dispute):
        return _unplaced(paid) or await _hear_dispute(desk, event, thing, paid)
    if event.type in WARNINGS:
        return _unplaced(paid) or Heard(fact_kind=WARNINGS[event.type], payment_id=_of(paid).payment_id, customer_id=_of(paid).customer_id)
    if event.type.startswith(TAKEN):
        return Heard()
    return Heard(outcome="unread")


async def _hear_saved(desk: Desk, event: ToldEvent, thing: SetupIntent | PaymentMethod | Mandate) -> bool:
    """Whether it is about a method of ours."""
    try:
        if isinstance(thing, SetupIntent):
            return await hear_setup(desk, thing)
        if isinstance(thing, PaymentMethod):
            return await hear_method(desk, thing, event_type=event.type)
        return await hear_mandate(desk, thing)
    except (CardRefused, ProviderSilent):
        return False  # the page is asked about again, and what ended is found out by the next charge


async def _hear_refund(desk: Desk, refund: Refund, paid: PaymentOfIntent | None) -> Heard:
    named, organisation_id = id_of(refund.metadata.get("refund_id")), id_of(refund.metadata.get("organisation_id"))
    if organisation_id not in {None, desk.organisation_id}:
        return Heard()
    outcome = OUTCOME_OF_STATUS.get(refund.status)
    if refund.status == "requires_action":  # the customer must say where it goes: somebody has to ask them
        of = _unplaced(paid)
        return of or Heard(fact_kind="refund_needs_customer", payment_id=_of(paid).payment_id, customer_id=_of(paid).customer_id)
    if outcome is None:
        return Heard()  # nothing has moved yet; how it ends is told
    if named is None:
        return await _hear_foreign_refund(desk, refund, paid)
    try:
        with suppress(RefundSettled):
            await desk.do(hear_refund, refund_id=named, outcome=outcome, provider_refund_id=refund.id)
    except NotFound:
        return Heard(outcome="waiting", reason="REFUND_UNKNOWN")
    return Heard()


async def _hear_foreign_refund(desk: Desk, refund: Refund, paid: PaymentOfIntent | None) -> Heard:
    """A refund that somebody made at the provider itself: it comes out of the customer's credit, as one of ours would."""
    if (unplaced := _unplaced(paid)) is not None:
        return unplaced
    if refund.currency != _of(paid).currency or not refund.amount_minor:
        return Heard(outcome="waiting", reason="FIGURES_DIFFER")
    ours = NewRefund(
        id=uuid5(PROVIDERS_REFUNDS, f"{desk.organisation_id} {refund.id}"),
        amount=PositiveMoney(refund.amount_minor, _of(paid).currency),
        via="card",
        reason="Refunded at the payment provider",
        payment_id=_of(paid).payment_id,
    )
    try:
        await desk.do(take_refund_of_provider, customer_id=_of(paid).customer_id, refund=ours, provider_refund_id=refund.id)
        if OUTCOME_OF_STATUS[refund.status] == "failed":
            await desk.do(hear_refund, refund_id=ours.id, outcome="failed", provider_refund_id=refund.id)
    except CreditAlreadyUsed:
        return Heard(outcome="waiting", reason="NOT_COVERED")
    except (RefundBeyondPayment, RefundWayUnclear):
        return Heard(outcome="waiting", reason="FIGURES_DIFFER")
    return Heard()


async def _hear_dispute(desk: Desk, event: ToldEvent, dispute: Dispute, paid: PaymentOfIntent | None) -> Heard:
    of = _of(paid)
    if dispute.currency != of.currency or not 0 < dispute.amount_minor <= of.amount_minor:
        return Heard(outcome="waiting", reason="FIGURES_DIFFER")
    noted = await desk.do(
        note_dispute,
        payment_id=of.payment_id,
        provider_dispute_id=dispute.id,
        amount_minor=dispute.amount_minor,
        reason=dispute.reason,
        status=dispute.status,
        due_by=dispute.due_by,
        opened_at=dispute.created_at,
        told_at=event.told_at,
    )
    moved = [one.amount for one in dispute.balance_transactions]
    reinstated = event.type.endswith(".funds_reinstated") or max(moved, default=0) > 0
    if reinstated or event.type.endswith(".funds_withdrawn") or min(moved, default=0) < 0:
        await desk.do(withdraw_disputed, dispute_id=noted.dispute_id, payment_id=of.payment_id)
    if reinstated:
        await desk.do(reinstate_disputed, paid=of, provider_dispute_id=dispute.id, amount_minor=dispute.amount_minor, told_at=event.told_at)
    return Heard()


def _fetched(desk: Desk, event: ProviderEvent) -> dict[str, Any]:
    """What a task fetches from the provider, which told that there is news."""
    thing = event.object
    if isinstance(thing, Payout):
        return {"task_kind": "hear_payouts"}
    if isinstance(thing, ReaderTold):
        news = news_of(desk, thing)
        return {"task_kind": "hear_reader", "task_body": news} if news else {}
    if not isinstance(thing, Charge) or event.type != "charge.updated" or not thing.intent_id or not thing.balance_transaction:
        return {}
    if id_of(thing.metadata.get("organisation_id")) in {None, desk.organisation_id}:
        return {"task_kind": "hear_fee", "task_body": {"intent_id": thing.intent_id, "transaction": thing.balance_transaction}}
    return {}


def _intent_of(thing: Told) -> str | None:
    if isinstance(thing, Payout | SetupIntent | PaymentMethod | Mandate):
        return None
    return thing.payment_intent if isinstance(thing, Refund) else thing.id if isinstance(thing, PaymentIntent) else thing.intent_id


def _amount_of(thing: Told | None) -> tuple[int, str] | None:
    """What it is about, in a currency that we know."""
    return (thing.amount_minor, thing.currency) if isinstance(thing, Refund | Dispute) and thing.currency in MINOR_DIGITS else None


def _unplaced(paid: PaymentOfIntent | None) -> Heard | None:
    """That the payment isn't here, or its money is put aside."""
    if paid is None:
        return Heard(outcome="waiting", reason="PAYMENT_UNKNOWN")
    return Heard(outcome="waiting", reason="MONEY_PARKED") if paid.payment_id is None else None


def _of(paid: PaymentOfIntent | None) -> PaymentOfIntent:
    if paid is None:
        raise NotFound
    return paid
