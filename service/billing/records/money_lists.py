"""What came in, what went back and what was taken back, over all customers: flat rows, for a list or a file."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from service.billing.records.refunds import RefundState, Via
from service.kit.money import MinorUnits


class PaymentLine(msgspec.Struct, frozen=True):
    """A payment among all."""

    id: UUID
    recorded_at: datetime
    captured_at: datetime
    customer_id: UUID
    customer_name: str
    method: Literal["cash", "card", "bank_transfer", "cheque"]
    currency: str
    amount_minor: MinorUnits
    invoice_number: str | None
    """Of the invoice that it named."""
    receipt_number: str
    corrects: UUID | None
    reversed: bool


class RefundLine(msgspec.Struct, frozen=True):
    """A refund among all."""

    id: UUID
    recorded_at: datetime
    customer_id: UUID
    customer_name: str
    via: Via
    currency: str
    amount_minor: MinorUnits
    state: RefundState
    settled_at: datetime | None
    payment_id: UUID | None
    reason: str


class CreditNoteLine(msgspec.Struct, frozen=True):
    """A credit note among all, with the invoice that it corrects."""

    id: UUID
    number: str
    issued_at: datetime
    customer_id: UUID
    customer_name: str
    invoice_id: UUID
    invoice_number: str
    currency: str
    net_minor: int
    tax_minor: int
    total_minor: int
    reason: str


class PaperOfCustomer(msgspec.Struct, frozen=True):
    """A document that a customer has of us."""

    kind: Literal["invoice", "credit-note", "receipt"]
    id: UUID
    number: str
    at: datetime
    minor: int
    currency: str
