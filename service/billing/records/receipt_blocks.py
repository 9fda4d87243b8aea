"""Books of receipt numbers as sent and received."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from service.billing.records.payments import Reason

Serial = Annotated[int, msgspec.Meta(ge=1, le=500, description="A number's place in its book.")]


class NewReceiptBlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many receipt numbers a device sets aside."""

    size: Annotated[int, msgspec.Meta(ge=1, le=500)] = 50
    id: UUID | None = None


class ReceiptBlock(msgspec.Struct, frozen=True):
    """A book of numbers that only this device gives, each once: in order, ready to be given without signal."""

    block_id: UUID
    block: int
    size: int
    numbers: list[str]


class VoidedNumbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers that no receipt will have, and why."""

    from_serial: Serial
    until_serial: Serial
    """The last of them."""
    reason: Reason


class VoidReceipt(msgspec.Struct, frozen=True):
    """How many numbers are void by it: not those that were given, or void before."""

    block_id: UUID
    voided: int


class NumberFound(msgspec.Struct, frozen=True):
    """A number of a book: whether anything was told of it, and the payment that it was given for."""

    size: int
    told: bool
    payment_id: UUID | None


class NumberGiven(msgspec.Struct, frozen=True):
    """That a number now stands on a receipt."""

    receipt_number: str


class ReceiptBlockLine(msgspec.Struct, frozen=True):
    """A book and what became of its numbers; `given`, `void`, `missing` and `unused` come to its size."""

    block: int
    block_id: UUID
    staff_id: UUID
    staff_name: str
    device_name: str
    device_revoked: bool
    reserved_at: datetime
    size: int
    given: int
    void: int
    missing: int
    unused: int
    first_number: str
    missing_numbers: str
    """Those below the last number told of that nobody told of, in order."""
