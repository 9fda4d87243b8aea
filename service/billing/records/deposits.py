"""Cash taken to the bank, as sent and received."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from service.billing.records.cash import DifferenceReason
from service.billing.records.payments import Captured, Reason
from service.kit.money import MinorUnits, Money, PositiveMinorUnits
from service.kit.patterns import LINES


class NewBag(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An accepted hand-in that goes to the bank, or a part of it."""

    hand_in_id: UUID
    amount_minor: PositiveMinorUnits | None = None
    """All that isn't banked yet, if left out."""


Slip = Annotated[
    str,
    msgspec.Meta(min_length=1, max_length=60, pattern=LINES, description="The deposit slip's number, as the bank's statement tells it."),
]


class NewDeposit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Cash taken to the bank: accepted hand-ins of one currency."""

    slip: Slip
    bank_account: Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=LINES)]
    hand_ins: Annotated[list[NewBag], msgspec.Meta(min_length=1, max_length=200)]
    id: UUID | None = None


class InOffice(msgspec.Struct, frozen=True):
    """What of an accepted hand-in lies in the office."""

    hand_in_id: UUID
    staff_name: str
    accepted_at: datetime
    currency: str
    left_minor: MinorUnits


class DepositReceipt(msgspec.Struct, frozen=True):
    """That cash is on its way to the bank, and how much."""

    deposit_id: UUID
    amount: Money


class DepositArrived(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the bank's line says of a deposit."""

    arrived: Money
    bank_reference: Annotated[str, msgspec.Meta(min_length=1, max_length=140)]
    reason: DifferenceReason | None = None
    """Why the bank counted otherwise than the slip says, where it did."""
    note: Reason | None = None
    arrived_at: Captured | None = None


class ArrivalReceipt(msgspec.Struct, frozen=True):
    """That it is in the bank; the difference is positive where the bank counted more."""

    deposit_id: UUID
    difference_minor: int


class Bag(msgspec.Struct, frozen=True):
    """How much of which hand-in is in a deposit."""

    hand_in_id: UUID
    amount_minor: MinorUnits


class Deposit(msgspec.Struct, frozen=True):
    """A deposit and what the bank's line said of it."""

    id: UUID
    slip: str
    bank_account: str
    amount: Money
    banked_by: UUID
    banked_at: datetime
    hand_ins: list[Bag]
    bank_reference: str | None
    arrived_minor: MinorUnits | None
    arrived_at: datetime | None
    reason: DifferenceReason | None
    """Why the bank counted otherwise."""
    note: str | None
    bank_line_id: UUID | None
    """The line that shows it."""
