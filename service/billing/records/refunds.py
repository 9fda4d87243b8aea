"""Refunds as sent and received."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from service.billing.records.payments import PositiveMoney, Reason
from service.kit.money import Money

Via = Literal["card", "bank_transfer", "cash"]
RefundState = Literal["proposed", "paid", "failed", "cancelled"]
"""It may yet be paid; was paid; was refused where it went; was called off here."""


class NewRefund(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Money to go back to a customer out of their credit; by card, to the payment it came from."""

    amount: PositiveMoney
    via: Via
    reason: Reason
    payment_id: UUID | None = None
    id: UUID | None = None


class RefundReceipt(msgspec.Struct, frozen=True):
    """That a refund exists, and how it stands."""

    refund_id: UUID
    state: RefundState


class Refund(msgspec.Struct, frozen=True):
    """A refund as it stands."""

    id: UUID
    customer_id: UUID
    amount: Money
    via: Via
    state: RefundState
    payment_id: UUID | None
    intent_id: str | None
    reason: str
    recorded_at: datetime
    settled_at: datetime | None
    provider_refund_id: str | None


class DoublePayment(msgspec.Struct, frozen=True):
    """An invoice that was paid more than once: how much could go back to the card that paid it."""

    payment_id: UUID
    """The card payment that it would go back to."""
    customer_id: UUID
    invoice_id: UUID
    amount: Money
