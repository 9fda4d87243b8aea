"""Between our rules and the payment provider: every call to it is made here, outside any transaction, and each result is then told to the rules."""

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from typing import Any, Literal, TypeVar
from uuid import UUID

import msgspec

from service.billing.provider.cards import (
    ABANDONED_AFTER,
    CardRefused,
    CardsNotSetUp,
    ProviderSilent,
    close_attempt,
    find_attempt,
    hear_intent,
)
from service.billing.records.cards import CardAttempt, CardAttemptBegun, OpenCardAttempt, ToldIntent
from service.billing.records.refunds import Refund as RefundNow
from service.billing.refunds import RefundSettled, find_refund, hear_refund
from service.integrations.stripe.client import Stripe, cancel_payment_intent, create_payment_intent, create_refund, retrieve_payment_intent
from service.integrations.stripe.errors import ProviderDeclined, ProviderRefused, ProviderUnavailable
from service.integrations.stripe.records import PaymentIntent

T = TypeVar("T")


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
    intent = await asked(
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
            at_reader=begun.way == "terminal",
        )
    )
    await desk.do(hear_intent, intent=told(intent))
    attempt: CardAttempt = await desk.ask(find_attempt, attempt_id=begun.attempt_id)
    if attempt.state == "closed" and intent.status != "canceled":
        await _cancel(desk, attempt_id=begun.attempt_id, intent_id=intent.id)  # called off while the provider was asked
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
        await open_at_provider(desk, begun=CardAttemptBegun(attempt.id, attempt.invoice_id, attempt.state, attempt.amount, attempt.way))
    else:
        await desk.do(hear_intent, intent=told(await asked(retrieve_payment_intent(desk.provider, intent_id=attempt.intent_id))))
    now: CardAttempt = await desk.ask(find_attempt, attempt_id=attempt_id)
    return now


async def sweep_attempt(desk: Desk, *, attempt: CardAttempt) -> None:
    """Learns how a try stands of which nothing final was heard; one that nobody paid within a day is called off. Raises ProviderSilent."""
    if attempt.state != "processing" and attempt.begun_at < desk.at - ABANDONED_AFTER:
        await call_off(desk, attempt_id=attempt.id)
        return
    try:
        await refresh_attempt(desk, attempt_id=attempt.id)
    except CardRefused:
        if attempt.intent_id is not None:
            raise
        await desk.do(close_attempt, attempt_id=attempt.id)  # the provider won't have it: there is nothing to pay


async def call_off(desk: Desk, *, attempt_id: UUID) -> None:
    """Makes sure that nobody can pay this attempt any more; one that was paid meanwhile is applied. Raises ProviderSilent."""
    attempt: CardAttempt = await desk.ask(find_attempt, attempt_id=attempt_id)
    if attempt.payment_id is not None:
        return
    if attempt.intent_id is None:
        await desk.do(close_attempt, attempt_id=attempt_id)
        return
    await _cancel(desk, attempt_id=attempt_id, intent_id=attempt.intent_id)


async def _cancel(desk: Desk, *, attempt_id: UUID, intent_id: str) -> None:
    try:
        intent = await cancel_payment_intent(desk.provider, intent_id=intent_id, idempotency_key=f"attempt:{attempt_id}:cancel")
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
    outcome = OUTCOME_OF_STATUS.get(sent.status)
    if outcome is None:
        return False
    # A webhook may have told the end meanwhile.
    with suppress(RefundSettled):
        await desk.do(hear_refund, refund_id=refund_id, outcome=outcome, provider_refund_id=sent.id)
    return True


OUTCOME_OF_STATUS: dict[str, Literal["paid", "failed"]] = {"succeeded": "paid", "failed": "failed", "canceled": "failed"}
"""A refund's final status as our outcome."""


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
        attempt_id=id_of(ours.get("attempt_id")),
        invoice_id=id_of(ours.get("invoice_id")),
        organisation_id=id_of(ours.get("organisation_id")),
    )


def id_of(text: str | None) -> UUID | None:
    """An id of ours out of the provider's metadata; None for what is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


async def asked(answer: Coroutine[Any, Any, T]) -> T:
    """What the provider answers; raises CardRefused, ProviderSilent."""
    try:
        return await answer
    except (ProviderDeclined, ProviderRefused) as refused:
        raise CardRefused(str(refused)) from refused
    except ProviderUnavailable as silent:
        raise ProviderSilent from silent
