"""Periods of the books, and what keeps one open."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.billing.records.ledger import Balance

LastOn = Annotated[date, msgspec.Meta(description="The last day of the period in the organisation's zone; it is closed with it.")]
Reason = Literal[
    "MONEY_PARKED",
    "CASH_IN_TRANSIT",
    "CASH_DIFFERENCE_OPEN",
    "DEPOSIT_ON_ITS_WAY",
    "CHEQUE_ON_ITS_WAY",
    "PAYOUT_ON_ITS_WAY",
    "REFUND_ON_ITS_WAY",
    "CARD_PAYMENT_NOT_FINAL",
    "EVENT_WAITING",
    "BANK_LINE_WAITING",
]


class CarriedSoFar(msgspec.Struct, frozen=True):
    """The midnight at which balances are carried forward next, and whether that can be done by now."""

    next_until_at: datetime
    is_over: bool


class CarriedForward(msgspec.Struct, frozen=True):
    """That the balances of an instant are kept."""

    number: int
    until_at: datetime


class Unexplained(msgspec.Struct, frozen=True):
    """One thing that keeps a period open. Cash on its way shows no amount: it is counted blind."""

    reason: Reason
    subject_kind: str
    subject_id: str
    customer_id: UUID | None
    currency: str | None
    amount_minor: int | None
    recorded_at: datetime


class Explanation(msgspec.Struct, frozen=True):
    """Why a kind of thing keeps a period open, and what helps."""

    reason: Reason
    remedy: str


class UnexplainedList(msgspec.Struct, frozen=True):
    """What keeps the books of some days open, oldest first, and what helps against each kind."""

    last_on: LastOn
    items: list[Unexplained]
    remedies: list[Explanation]
    there_are_more: bool


class LastPeriod(msgspec.Struct, frozen=True):
    """Where the books are closed until, and where a day stands to that."""

    last_on: date | None
    today: date
    is_closed: bool | None
    wanted_until_at: datetime


class NewPeriod(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Days to close: all that are open, up to and with this one."""

    last_on: LastOn


class PeriodReceipt(msgspec.Struct, frozen=True):
    """That a period is closed."""

    number: int
    first_on: date | None
    last_on: date


class ClosedPeriod(msgspec.Struct, frozen=True):
    """Days that are closed for good."""

    number: int
    first_on: Annotated[date | None, msgspec.Meta(description="None of the first period: it holds everything from the beginning.")]
    last_on: date
    zone: str
    from_at: datetime
    until_at: datetime
    closed_at: datetime
    balances_hash: Annotated[str, msgspec.Meta(description="SHA-256 over every balance at its end and the hash of the day before.")]


class PeriodAccount(msgspec.Struct, frozen=True):
    """What an account held before a period, what it moved by, and what it held then. Of revenue and tax, credits less debits are what was earned and is due."""

    kind: str
    holder: str
    currency: str
    opening_minor: Balance
    debit_minor: int
    credit_minor: int
    closing_minor: Balance


class PeriodBooks(msgspec.Struct, frozen=True):
    """A closed period with its accounts; it reads the same for ever."""

    period: ClosedPeriod
    accounts: list[PeriodAccount]
