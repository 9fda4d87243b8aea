"""Cash in custody, as sent and received."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.billing.records.payments import PositiveMoney, Reason
from service.kit.money import MinorUnits, Money, PositiveMinorUnits

DifferenceReason = Literal["short", "over", "counterfeit", "miscounted", "stolen", "other"]
Way = Literal["charged", "written_off", "turned_up", "given_back"]
SettledHow = Literal[Way, "undone"]


class Pieces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """So many notes or coins of one value."""

    value: Annotated[int, msgspec.Meta(ge=1, le=9_999_999_999, description="Of one of them, in minor units.")]
    number: Annotated[int, msgspec.Meta(ge=1, le=999_999)]


Counted = Annotated[list[Pieces], msgspec.Meta(max_length=40, description="Notes and coins as counted; they come to the amount.")]


class NewHandIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cash handed in, as its agent counted it."""

    counted: PositiveMoney
    id: UUID | None = None
    pieces: Counted | None = None
    to_staff_id: UUID | None = None
    """Who takes it over in the field; the office, if left out."""


class HandInReceipt(msgspec.Struct, frozen=True):
    """That the cash left the agent's hands, and what is left in them."""

    hand_in_id: UUID
    left_minor: int


class Acceptance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cash as counted by who accepts it, without having been told the agent's count."""

    counted: Money
    pieces: Counted | None = None
    reason: DifferenceReason | None = None
    """Why the counts differ, where they do."""
    note: Reason | None = None
    """More about it; needed with `other`."""


class AcceptanceReceipt(msgspec.Struct, frozen=True):
    """That the cash was accepted; the difference is positive where there was more than the agent counted."""

    hand_in_id: UUID
    difference_minor: int


class HandIn(msgspec.Struct, frozen=True):
    """A hand-in; its agent's count shows once it is accepted."""

    id: UUID
    staff_id: UUID
    staff_name: str
    to_staff_id: UUID | None
    counted: Money | None
    currency: str
    handed_in_at: datetime
    accepted_by: UUID | None
    accepted: Money | None
    reason: DifferenceReason | None
    note: str | None
    accepted_at: datetime | None


class CashOnAgent(msgspec.Struct, frozen=True):
    """What a member of staff holds in one currency."""

    staff_id: UUID
    currency: str
    held_minor: int


class CashOnAgents(msgspec.Struct, frozen=True):
    """Cash in custody, by member of staff and currency."""

    agents: list[CashOnAgent]


class NewSettlement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What becomes of a difference, or of a part of it."""

    how: Way
    """Missing money is `charged` to the agent, `written_off`, or has `turned_up`; too much is `written_off` (kept) or `given_back`."""
    note: Reason
    amount_minor: PositiveMinorUnits | None = None
    """All that is open, if left out."""
    id: UUID | None = None


class SettlementUndone(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Why a settlement was a mistake."""

    note: Reason


class SettlementReceipt(msgspec.Struct, frozen=True):
    """That it is settled, and what is still open: negative where money is missing."""

    settlement_id: UUID
    hand_in_id: UUID | None
    deposit_id: UUID | None
    open_minor: int


class Settlement(msgspec.Struct, frozen=True):
    """What became of a difference or a part of it."""

    settlement_id: UUID
    how: SettledHow
    """`undone` where it takes an earlier one back."""
    amount_minor: MinorUnits
    note: str
    settled_by: UUID
    settled_at: datetime


class SettledLately(msgspec.Struct, frozen=True):
    """What became of a difference, whose it was, and who decided; `amount_minor` is negative where money was missing."""

    settlement_id: UUID
    staff_id: UUID
    staff_name: str
    counted_by: UUID | None
    currency: str
    how: Way
    amount_minor: int
    note: str
    settled_by_name: str
    settled_at: datetime


class Difference(msgspec.Struct, frozen=True):
    """Two counts that differ, of a hand-in or of what the bank made of a deposit: what there was more (or, negative, less) than was handed over, and how much of that is open."""

    id: UUID
    hand_in_id: UUID | None
    deposit_id: UUID | None
    slip: str | None
    staff_id: UUID
    staff_name: str
    currency: str
    counted_minor: MinorUnits
    accepted_minor: MinorUnits
    difference_minor: int
    open_minor: int
    reason: DifferenceReason
    note: str | None
    accepted_by: UUID | None
    accepted_by_name: str | None
    """Who counted it or told what the bank counted; nobody where the bank's line told it by itself."""
    accepted_at: datetime
    settlements: list[Settlement]
