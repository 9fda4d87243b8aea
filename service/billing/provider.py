"""Between our rules and the payment provider: every call to it is made here, outside any transaction, and each result is then told to the rules."""

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from service.billing.cards import (
    CardRefused,
    CardsNotSetUp,
    ProviderSilent,
    WebhookNotTaken,
    find_attempt,
    hear_intent,
    note_event,
)
from service.billing.records.cards import CardAttempt, CardAttemptBegun, OpenCardAttempt, ToldEvent, ToldIntent
from service.billing.records.refunds import Refund as RefundNow
from service.billing.refunds import RefundSettled, find_refund, hear_refund
from service.integrations.stripe.client import Stripe, cancel_payment_intent, create_payment_intent, create_refund, retrieve_payment_intent
from service.integrations.stripe.errors import ProviderDeclined, ProviderRefused, ProviderUnavailable
from service.integrations.stripe.records import PaymentIntent, ProviderEvent, Refund
from service.integrations.stripe.webhooks import WebhookRefused, verify_and_read
from service.kit.refusals import NotFound


class Desk(msgspec.Struct, frozen=True):
    """Who works with the provider, when, and with what: an HTTP request or a task."""

    organisation_id: UUID
    at: datetime
    do: Callable[..., Awaitable[Any]]
    """Does a verb in a transaction of its own; raises Refusal."""
    ask: Callable[..., Awaitable[Any]]
    """Answers a question; raises Refusal."""
    stripe: Stripe | None

    def require_provider(self) -> None:
        """Raises CardsNotSetUp, before anything is written."""
        _ = self.provider

    @property
    def provider(self) -> Stripe:
        """The connection; raises CardsNotSetUp."""
        if self.stripe is None:
            raise CardsNotSetUp
        return self.stripe


async def open_at_provider(desk: Desk, *, begun: CardAttemptBegun) -> OpenCardAttempt:
    """Makes the attempt's payment intent, once however often it is asked; raises CardRefused, ProviderSilent."""
    intent = await _asked(
        create_payment_intent(
            desk.provider,
            amount_minor=begun.amount.amount,
            currency=begun.amount.currency,
            metadata={
                "organisation_id": str(desk.organisation_id),
                "invoice_id": str(begun.invoice_id),
                "attempt_id": str(begun.attempt_id),
            },
            description=f"Invoice {begun.invoice_id}",
            idempotency_key=f"attempt:{begun.attempt_id}:create",
        )
    )
    await desk.do(hear_intent, intent=told(intent))
    attempt: CardAttempt = await desk.ask(find_attempt, attempt_id=begun.attempt_id)
    return OpenCardAttempt(
        attempt_id=begun.attempt_id,
        invoice_id=begun.invoice_id,
        state=attempt.state,
        amount=begun.amount,
        intent_id=intent.id,
        client_secret=intent.client_secret,
    )


async def refresh_attempt(desk: Desk, *, attempt_id: UUID) -> CardAttempt:
    """Asks the provider how the attempt stands and takes that in as a webhook would have told it; raises CardRefused, ProviderSilent."""
    attempt: CardAttempt = await desk.ask(find_attempt, attempt_id=attempt_id)
    if attempt.intent_id is None:
        await open_at_provider(desk, begun=CardAttemptBegun(attempt.id, attempt.invoice_id, attempt.state, attempt.amount))
    else:
        await desk.do(hear_intent, intent=told(await _asked(retrieve_payment_intent(desk.provider, intent_id=attempt.intent_id))))
    now: CardAttempt = await desk.ask(find_attempt, attempt_id=attempt_id)
    return now


async def call_off(desk: Desk, *, attempt_id: UUID) -> None:
    """Makes sure that nobody can pay this attempt any more; one that was paid meanwhile is applied. Raises ProviderSilent."""
    attempt: CardAttempt = await desk.ask(find_attempt, attempt_id=attempt_id)
    if attempt.intent_id is None or attempt.payment_id is not None:
        return
    try:
        intent = await cancel_payment_intent(desk.provider, intent_id=attempt.intent_id, idempotency_key=f"attempt:{attempt_id}:cancel")
    except ProviderRefused as refused:
        if refused.intent is None:
            raise ProviderSilent from refused
        intent = refused.intent
    except ProviderUnavailable as silent:
        raise ProviderSilent from silent
    await desk.do(hear_intent, intent=told(intent))


async def send_refund(desk: Desk, *, refund_id: UUID) -> bool:
    """Sends a proposed refund back to its card, once however often it is asked; whether it has ended. Raises ProviderSilent."""
    refund: RefundNow = await desk.ask(find_refund, refund_id=refund_id)
    if refund.state != "proposed" or refund.intent_id is None:
        return True
    try:
        sent = await create_refund(
            desk.provider,
            intent_id=refund.intent_id,
            amount_minor=refund.amount.amount,
            metadata={"organisation_id": str(desk.organisation_id), "refund_id": str(refund_id)},
            idempotency_key=f"refund:{refund_id}:create",
        )
    except ProviderRefused:
        await desk.do(hear_refund, refund_id=refund_id, outcome="failed", provider_refund_id=None)
        return True
    except ProviderUnavailable as silent:
        raise ProviderSilent from silent
    return await _hear_refund(desk, sent)


async def _hear_refund(desk: Desk, refund: Refund) -> bool:
    outcome = OUTCOME_OF_STATUS.get(refund.status)
    refund_id = _id(refund.metadata.get("refund_id"))
    ours = _id(refund.metadata.get("organisation_id")) == desk.organisation_id
    if outcome is None or refund_id is None or not ours:
        return False
    await desk.do(hear_refund, refund_id=refund_id, outcome=outcome, provider_refund_id=refund.id)
    return True


OUTCOME_OF_STATUS: dict[str, Literal["paid", "failed"]] = {"succeeded": "paid", "failed": "failed", "canceled": "failed"}


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
        return
    if isinstance(event.object, Refund):
        # A refund that isn't ours, or that ended before, changes nothing; its event is kept all the same, so that it isn't sent again.
        with suppress(NotFound, RefundSettled):
            await _hear_refund(desk, event.object)
    await desk.do(note_event, event=told_event)


def told(intent: PaymentIntent) -> ToldIntent:
    """The provider's intent in our words; ids that aren't ours are none."""
    ours = intent.metadata
    return ToldIntent(
        intent_id=intent.id,
        status=intent.status,
        received_minor=intent.received_minor,
        currency=intent.currency,
        livemode=intent.livemode,
        created_at=intent.created_at,
        attempt_id=_id(ours.get("attempt_id")),
        invoice_id=_id(ours.get("invoice_id")),
        organisation_id=_id(ours.get("organisation_id")),
    )


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


async def _asked(answer: Coroutine[Any, Any, PaymentIntent]) -> PaymentIntent:
    try:
        return await answer
    except (ProviderDeclined, ProviderRefused) as refused:
        raise CardRefused(str(refused)) from refused
    except ProviderUnavailable as silent:
        raise ProviderSilent from silent
