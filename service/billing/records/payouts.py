"""Payouts of the payment provider, and what each is made of, as told."""

from datetime import date, datetime
from typing import Literal
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
    explained_by: Literal["payment", "refund", "dispute", "parked_money", "fee"] | None
    explained_id: UUID | None


class PayoutReport(msgspec.Struct, frozen=True):
    """What arrived in those days line by line, and the cursor of the rest."""

    from_on: date
    until_on: date
    zone: str
    items: list[PayoutLine]
    next: str | None = None
