"""What the provider told and isn't applied, as sent and received."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from service.kit.money import Currency, Money

WaitReason = Literal["PAYMENT_UNKNOWN", "MONEY_PARKED", "REFUND_UNKNOWN", "NOT_COVERED", "FIGURES_DIFFER"]


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an event: taken, kept unread, or waiting for a reason."""

    outcome: Literal["taken", "unread", "waiting"] = "taken"
    reason: WaitReason | None = None
    fact_kind: str | None = None
    """What it tells people of, once."""
    customer_id: UUID | None = None
    payment_id: UUID | None = None


class WaitingEvent(msgspec.Struct, frozen=True):
    """An event that waits, with its object in our words."""

    event_id: str
    type: str
    object: str
    tries: int
    told_at: datetime


class KeptEvent(msgspec.Struct, frozen=True):
    """That an event was kept."""

    event_id: str


class EventSettled(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of an event that was driven again: taken, or waiting on, for what, until when."""

    event_id: str
    state: Literal["taken", "waiting"]
    reason: WaitReason | None = None
    next_try_at: datetime | None = None


class UnappliedRow(msgspec.Struct, frozen=True):
    """Money or an event that isn't applied, as kept."""

    since: datetime
    id: str
    kind: str
    reason: str
    intent_id: str | None
    amount: Money | None
    told_at: datetime
    next_try_at: datetime | None
    customer_id: UUID | None
    invoice_number: str | None


class Unapplied(msgspec.Struct, frozen=True):
    """Something that came and isn't applied: why, and what helps."""

    id: str
    """Of the parked money, or of the provider's event."""
    kind: str
    """`money` that is put aside, or the type of the event that waits."""
    reason: str
    detail: str
    remedy: str
    intent_id: str | None
    amount: Money | None
    told_at: datetime
    since: datetime
    next_try_at: datetime | None
    """When it is tried again by itself; money that is put aside waits for a person."""
    customer_id: UUID | None
    """Whose it may be, by the try to collect or the payment that it names."""
    invoice_number: str | None


class DisputeHeard(msgspec.Struct, frozen=True):
    """The dispute that was told of."""

    dispute_id: UUID


class DisputeNow(msgspec.Struct, frozen=True):
    """A disputed card payment, as it stands."""

    id: UUID
    provider_dispute_id: str
    payment_id: UUID
    customer_id: UUID
    amount: Money
    reason: str
    status: str
    due_by: datetime | None
    """Until when the bank takes evidence; after it the dispute is lost."""
    opened_at: datetime
    withdrawn: bool
    """Whether the money was taken back, so that the customer owes it again."""


class PaymentOfIntent(msgspec.Struct, frozen=True):
    """The payment that an intent brought; no payment where its money is put aside."""

    payment_id: UUID | None
    customer_id: UUID | None
    invoice_id: UUID | None
    amount_minor: int
    currency: Currency
