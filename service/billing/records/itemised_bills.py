"""Wishes for an itemised bill, and the bills given, as sent and received."""

from datetime import date, datetime
from uuid import UUID

import msgspec


class NewItemisedRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That the customer asked today."""

    id: UUID | None = None


class ItemisedRequest(msgspec.Struct, frozen=True):
    """That the wish is kept, and whether the law of the place wants it met and by when."""

    id: UUID
    invoice_id: UUID
    asked_on: date
    may_decline: bool
    reply_by: date | None


class ItemisedLine(msgspec.Struct, frozen=True):
    """What was done or supplied, for how much."""

    number: int
    description: str
    quantity: str
    unit: str
    unit_price: str
    net_minor: int


class ItemisedBill(msgspec.Struct, frozen=True):
    """The bill, item by item; it costs nothing."""

    id: UUID
    invoice_id: UUID
    given_at: datetime
    late: bool
    charge_minor: int
    currency: str
    lines: list[ItemisedLine]
