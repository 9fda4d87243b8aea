"""Payouts of the payment provider, and what each is made of, as told."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.money import Money

PayoutStatus = Literal["pending", "in_transit", "paid", "failed", "canceled"]


class PayoutKept(msgspec.Struct, frozen=True):
    """That a payout was kept."""

    payout_id: UUID


class KnownPayout(msgspec.Struct, frozen=True):
    """A payout that is here, and how it stood."""

    name: str
    status: PayoutStatus
    arrives_on: date
    trace_id: str | None
    whole: bool
    """Nothing more is to be told of what it is made of."""


class PayoutSummary(msgspec.Struct, frozen=True):
    """A payout: what it came to, the provider's fees in it, and whether all of it is explained."""

    id: UUID
    provider_payout_id: str
    amount: Money
    fee_minor: int
    status: PayoutStatus
    arrives_on: date
    descriptor: str | None
    itemised: bool
    """Whether the provider says what it is made of: it does for automatic payouts."""
    line_count: int
    unexplained_count: int
    difference_minor: int
    """The payout less its lines: 0 where it is itemised whole."""
    trace_id: str | None
    """By which banks follow it, once the provider knows."""
    bank_line_id: UUID | None
    """The line by which it is in the bank, or went back."""
    in_bank: bool
    recorded_at: datetime


class PayoutLine(msgspec.Struct, frozen=True):
    """A movement that is part of a payout, and what of ours explains it."""

    arrives_on: date
    provider_payout_id: str
    payout_status: PayoutStatus
    currency: str
    transaction: str
    type: str
    source: str | None
    amount_minor: int
    fee_minor: int
    net_minor: int
    created_at: datetime
    explained_by: Literal["payment", "refund", "dispute", "parked_money", "fee", "payout"] | None
    explained_id: UUID | None


class PayoutReport(msgspec.Struct, frozen=True):
    """What arrived in those days line by line, and the cursor of the rest."""

    from_on: date
    until_on: date
    zone: str
    items: list[PayoutLine]
    next: str | None = None


PayoutAtBank = Literal["matched", "on_its_way", "missing", "sent_back", "never_sent", "differs", "unknown"]


class PayoutAgainstBank(msgspec.Struct, frozen=True):
    """A payout and the bank's line of it, or a line said to be a payout that nobody knows."""

    on: date
    """The day it arrives; of a line without a payout, the day it was booked."""
    id: UUID
    payout_id: UUID | None
    provider_payout_id: str | None
    status: PayoutStatus | None
    currency: str
    amount_minor: int | None
    fee_minor: int | None
    """The provider's fees in it."""
    items_differ_minor: int | None
    """The payout less what it is made of."""
    state: Annotated[
        PayoutAtBank,
        msgspec.Meta(
            description="`matched`: the bank has it; `missing`: it should have; `sent_back`: it came and went back; `never_sent`: failed or canceled before;"
            " `differs`: bank and provider contradict each other; `unknown`: a line said to be a payout, and no payout is known."
        ),
    ]
    bank_line_id: UUID | None
    booked_on: date | None
    line_minor: int | None


class PayoutsAgainstBank(msgspec.Struct, frozen=True):
    """What arrived, should have or went back in those days, and the cursor of the rest."""

    from_on: date
    until_on: date
    zone: str
    items: list[PayoutAgainstBank]
    next: str | None = None
