"""Credit notes as sent and received."""

from typing import Annotated
from uuid import UUID

import msgspec

from service.kit.money import MinorUnits
from service.kit.patterns import LINES, whole

CreditQuantity = Annotated[
    str,
    msgspec.Meta(
        pattern=whole(r"(([0-9]{1,8}(\.[0-9]{1,6})?)|([0-9]{1,17}/[1-9][0-9]{0,8}))"),
        max_length=27,
        description="In the line's unit; 0 where only money is given back.",
    ),
]


class NewCreditLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What of a line is given back: how much of it, and how much money before tax (absent: that quantity's share)."""

    line_number: Annotated[int, msgspec.Meta(ge=1, le=1000)]
    quantity: CreditQuantity
    amount: MinorUnits | None = None


class NewCreditNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A credit note to be."""

    lines: Annotated[list[NewCreditLine], msgspec.Meta(min_length=1, max_length=1000)]
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=2000, pattern=LINES)]
    id: UUID | None = None


class CreditNoteReceipt(msgspec.Struct, frozen=True):
    """That the credit note is issued; its capacity is free again."""

    id: UUID
    invoice_id: UUID
    number: str
    currency: str
    total_minor: int
    tax_minor: int
