"""How bank and ledger agree."""

from datetime import date
from uuid import UUID

import msgspec

from service.billing.records.bank import SignedMinor


class ReconciledAccount(msgspec.Struct, frozen=True):
    """An account at the end of a day: the bank's balance and the ledger's, and what nobody has explained yet."""

    bank_account_id: UUID
    name: str
    number: str
    currency: str
    until_on: date | None
    """The last day that a statement tells of."""
    closing_minor: SignedMinor
    ledger_minor: SignedMinor
    difference_minor: SignedMinor
    waiting_lines: int
    waiting_minor: SignedMinor
    """Of the lines up to that day, what waits now in `unmatched`."""
    gap_minor: SignedMinor
    """Of statements that didn't follow and were taken all the same."""


class NotSeen(msgspec.Struct, frozen=True):
    """Money told by hand or within the day that no statement has confirmed yet."""

    currency: str
    amount_minor: SignedMinor


class Reconciliation(msgspec.Struct, frozen=True):
    """Every account at the end of a day, and what the bank hasn't confirmed."""

    on: date
    accounts: list[ReconciledAccount]
    not_seen: list[NotSeen]
    unjudged_lines: int
    """Lines that matching has not come to yet."""
