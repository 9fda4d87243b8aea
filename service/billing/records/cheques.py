"""Cheques as sent and told."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.billing.records.payments import Captured, PositiveMoney
from service.kit.money import Money
from service.kit.patterns import LINE, whole

State = Literal["on_its_way", "cleared", "bounced", "taken_back"]
"""Not in the bank yet; there; the bank gave nothing for it; recorded by mistake, and no cheque at all or told again as the right one."""
Cleared = Annotated[datetime, msgspec.Meta(tz=True, description="When the bank had the money; now, if left out.")]


class NewCheque(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A cheque as it was received; its bank, its number and its customer make it one payment, however often it is told."""

    amount: PositiveMoney
    number: Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=whole("(?=.*[0-9A-Za-z])[0-9A-Za-z -]+"))]
    """As printed on it; blanks and hyphens don't matter."""
    bank: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=LINE)]
    dated_on: date
    """As written on it."""
    invoice_id: UUID | None = None
    customer_id: UUID | None = None
    visit_id: UUID | None = None
    """At whose door it was taken, if at one."""
    captured_at: Captured | None = None
    another_than: UUID | None = None
    """The payment of another customer's cheque of the same bank and number, where this is another paper."""


class ChequeCleared(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """That the bank has the money of a cheque, by its reference."""

    bank_reference: Annotated[str, msgspec.Meta(min_length=1, max_length=140, pattern=LINE)]
    cleared_at: Cleared | None = None


class ChequeStanding(msgspec.Struct, frozen=True):
    """Where the money of a cheque stands."""

    payment_id: UUID
    state: State


class KnownCheque(msgspec.Struct, frozen=True):
    """By what a cheque is one payment, and what became of it if it was received before."""

    key: str
    nth: int
    instead_of: UUID | None
    """The payment that was mistyped and taken back."""
    bounced_id: UUID | None
    last_id: UUID | None
    """The last one of the same bank and number that another customer gave."""
    standing_id: UUID | None
    """The last of those that wasn't taken back as mistyped."""


class ChequeAtBank(msgspec.Struct, frozen=True):
    """Where a cheque stands, by which line it cleared if by one, and whether a line shows it."""

    state: State
    line_id: UUID | None
    seen: bool


class ChequePaper(msgspec.Struct, frozen=True):
    """What is written on a cheque, and how often a bounce of it was undone."""

    number: str
    bank: str
    dated_on: date
    nth: int


class Cheque(msgspec.Struct, frozen=True):
    """A cheque and where its money is."""

    payment_id: UUID
    customer_id: UUID
    customer_name: str
    number: str
    bank: str
    dated_on: date
    amount: Money
    invoice_number: str | None
    taken_by: UUID | None
    captured_at: datetime
    state: State
    since: datetime
    bank_reference: str | None
    """Of the entry by which it cleared."""
    bank_line_id: UUID | None
    """The line that shows it."""
