"""Cash that a phone took and couldn't hand over, as kept and settled."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from service.kit.money import Money
from service.kit.patterns import LINES


class RefusedCash(msgspec.Struct, frozen=True):
    """Cash that somebody's phone took without signal and that couldn't be recorded as told: why, and what the office made of it."""

    id: UUID
    """The phone's own: the payment has it too, once it is recorded."""
    staff_id: UUID
    staff_name: str
    code: str
    """The refusal that the phone was told first."""
    invoice_id: UUID
    """As told; perhaps nobody's."""
    invoice_number: str | None
    customer_name: str | None
    visit_id: UUID | None
    amount: Money
    captured_at: datetime
    receipt_number: str | None
    """That the customer was given at the door."""
    told_at: datetime
    payment_id: UUID | None
    note: str | None
    """Why there is no payment."""
    settled_by: str | None
    settled_at: datetime | None


class RefusedCashToSettle(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whose the money is, an invoice's or on a customer's account; or, by `note`, why nothing is recorded of it, for whoever took it to read."""

    invoice_id: UUID | None = None
    customer_id: UUID | None = None
    note: Annotated[str, msgspec.Meta(min_length=2, max_length=500, pattern=LINES)] | None = None


class RefusedCashReceipt(msgspec.Struct, frozen=True):
    """That it is noted, or settled."""

    id: UUID
    payment_id: UUID | None = None


class RefusedCashSettled(msgspec.Struct, frozen=True):
    """What the office made of an entry."""

    payment_id: UUID | None
    note: str | None
