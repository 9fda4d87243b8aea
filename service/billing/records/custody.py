"""Who holds cash, up to which limit, and what became of it: as sent and received."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.money import Currency, MinorUnits


class NewCashLimit(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How much cash may be held in a currency."""

    currency: Currency
    limit_minor: MinorUnits | None
    """None takes it away: the organisation's limit holds again, or none."""
    staff_id: UUID | None = None
    """Whose; of everybody who has none of their own, if left out."""


class LimitReceipt(msgspec.Struct, frozen=True):
    """The limit as it is set now."""

    staff_id: UUID | None
    currency: str
    limit_minor: int | None
    version: int


class CashLimit(msgspec.Struct, frozen=True):
    """One version of a limit: who set it and when, and whether it is the last."""

    staff_id: UUID | None
    staff_name: str | None
    currency: str
    version: int
    limit_minor: int | None
    set_by: str
    set_at: datetime
    in_force: bool


class RoomForCash(msgspec.Struct, frozen=True):
    """What somebody holds in a currency, and up to what they may."""

    currency: str
    held_minor: int
    limit_minor: int | None

    @property
    def left_minor(self) -> int | None:
        """How much more it may become; nothing below nothing."""
        return None if self.limit_minor is None else max(0, self.limit_minor - self.held_minor)


class CashStop(msgspec.Struct, frozen=True):
    """Whether somebody is sent to collect."""

    staff_id: UUID
    stopped: bool


class FullHands(msgspec.Struct, frozen=True):
    """That somebody holds as much in a currency as they may: how much that is, not what is held, which is counted blind."""

    name: str
    currency: str
    limit_minor: int


class CashHeld(msgspec.Struct, frozen=True):
    """Cash in one place and currency: in somebody's hands, in the office, or on the way to the bank."""

    place: Literal["agent", "office", "to_bank"]
    staff_id: UUID | None
    name: str | None
    currency: str
    held_minor: int
    since: datetime | None
    """When the oldest of it was taken; the first taken is the first handed in."""
    limit_minor: int | None
    over_limit: bool


class CashHeldReport(msgspec.Struct, frozen=True):
    """Who held which cash at an instant."""

    until: datetime
    items: list[CashHeld]


Happening = Literal["collected", "corrected", "taken_back", "handed_in", "taken_over", "paid_out", "accepted", "difference", "settled"]


class Movement(msgspec.Struct, frozen=True):
    """What happened to an agent's cash, before it is added up."""

    recorded_at: datetime
    occurred_at: datetime
    what: Happening
    reference: str | None
    subject_id: UUID
    held_delta: int
    difference_delta: int
    accepted_minor: int | None


class StatementLine(msgspec.Struct, frozen=True):
    """One happening of a statement, with what was held and what was missing (negative: too much) after it."""

    recorded_at: datetime
    occurred_at: datetime
    what: Happening
    reference: str | None
    subject_id: UUID
    amount_minor: Annotated[int, msgspec.Meta(description="Into the agent's hands; out of them, if negative.")]
    held_minor: int
    difference_minor: Annotated[int, msgspec.Meta(description="Onto the agent's difference account: missing, or too much, if negative.")]
    missing_minor: int
    accepted_minor: int | None
    """What was counted on acceptance."""


class Opening(msgspec.Struct, frozen=True):
    """What was held and what was missing before the first line."""

    name: str
    held_minor: int
    missing_minor: int


class CashStatement(msgspec.Struct, frozen=True):
    """An agent's cash in one currency from an instant until another, line by line."""

    staff_id: UUID
    name: str
    currency: str
    from_at: datetime
    until_at: datetime
    opening_minor: int
    opening_missing_minor: int
    lines: list[StatementLine]
    closing_minor: int
    closing_missing_minor: int
