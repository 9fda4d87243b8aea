"""Between our rules and the payment provider: every call to it is made here, outside any transaction, and each result is then told to the rules."""

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from typing import Any, Literal, TypeVar
from uuid import UUID

import msgspec

from service.billing.provider.cards import CardRefused, CardsNotSetUp, ProviderSilent
from service.billing.records.cards import CardAttemptBegun, ToldIntent
from service.billing.records.refunds import Refund as RefundNow
from service.billing.refunds import RefundSettled, find_refund, hear_refund
from service.integrations.stripe.client import Stripe, create_refund
from service.integrations.stripe.errors import ProviderDeclined, ProviderRefused, ProviderUnavailable
from service.integrations.stripe.records import PaymentIntent
from service.kit.tasks.registry import Task

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


def desk_of(one: Task) -> Desk:
    """What a task works with."""
    return Desk(one.organisation_id, one.at, one.perform, one.read, one.outside.stripe)


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


def ours_of(desk: Desk, begun: CardAttemptBegun) -> dict[str, str]:
    """What names an attempt at the provider: an intent that doesn't carry it is nobody's."""
    collected = {"invoice_id": str(begun.invoice_id)} if begun.invoice_id else {"claim_id": str(begun.claim_id)}
    return {
        "organisation_id": str(desk.organisation_id),
        **collected,
        "attempt_id": str(begun.attempt_id),
    }


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
