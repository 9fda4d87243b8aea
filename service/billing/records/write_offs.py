"""Bad debts as sent and received."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from service.billing.records.payments import Reason
from service.kit.money import MinorUnits

WhyBad = Literal["insolvent", "untraceable", "deceased", "time_barred", "too_costly", "settled_for_less", "other"]
WriteOffState = Literal["proposed", "approved", "declined", "undone", "recovered"]


class NewWriteOff(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why the open rest of an invoice will never be paid."""

    reason: WhyBad
    note: Reason
    id: UUID | None = None


class WriteOffUndone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why it was a mistake to write it off."""

    note: Reason


class WriteOffReceipt(msgspec.Struct, frozen=True):
    """How a write-off stands."""

    write_off_id: UUID
    state: WriteOffState
    amount_minor: MinorUnits


class WriteOffLine(msgspec.Struct, frozen=True):
    """A write-off, and the tax that is in it: no tax is taken back by it, a claim for that is made at the tax office."""

    id: UUID
    recorded_at: datetime
    state: WriteOffState
    customer_id: UUID
    customer_name: str
    invoice_id: UUID
    invoice_number: str
    currency: str
    amount_minor: MinorUnits
    tax_minor: MinorUnits
    """Of the amount."""
    still_written_off_minor: MinorUnits
    """Of this write-off, now: less what was paid after all, which takes from an invoice's oldest write-off first."""
    reason: WhyBad
    note: str
    proposed_by: str
    decided_by: str | None
    decided_at: datetime | None


class WriteOffToDecide(msgspec.Struct, frozen=True):
    """A proposal that waits for somebody else's yes or no."""

    id: UUID
    customer_id: UUID
    customer_name: str
    invoice_number: str
    currency: str
    amount_minor: MinorUnits
    reason: WhyBad
    note: str
    proposed_by: str


class Recovered(msgspec.Struct, frozen=True):
    """How much of what was written off is owed again."""

    recovered_minor: MinorUnits
