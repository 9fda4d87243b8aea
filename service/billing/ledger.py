"""The ledger: every amount moves from one account to another, so that all of them sum to zero at any instant."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from service.billing.payments import NOBODY
from service.billing.queries.cash import LIST_TRANSFERS, TRIAL_BALANCE
from service.billing.records.cash import LedgerTransfer, TrialBalance
from service.kit.paging import Page
from service.kit.verbs import Work

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


async def read_trial_balance(work: Work, *, until: datetime | None) -> TrialBalance:
    """Every account at an instant, now if none is named; each currency sums to zero."""
    moment = until or work.at
    accounts = await work.all(TRIAL_BALANCE, until=moment)
    sums: Counter[str] = Counter()
    for account in accounts:
        sums[account.currency] += account.balance_minor
    return TrialBalance(until=moment, accounts=accounts, sums=dict(sums))


async def list_transfers(work: Work, *, kind: str, holder: str, currency: str, limit: int, cursor: str | None) -> Page[LedgerTransfer]:
    """The ledger rows of one account, oldest first."""
    purpose = f"transfers {work.organisation_id} {kind} {holder} {currency}"
    key: list[Any] = work.cursors.read(purpose, cursor) if cursor else [BEGINNING.isoformat(), str(NOBODY), 0]
    rows = await work.all(
        LIST_TRANSFERS,
        kind=kind,
        holder=holder,
        currency=currency,
        limit=limit,
        after_at=datetime.fromisoformat(key[0]),
        after_posting=UUID(key[1]),
        after_ordinal=key[2],
    )
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.recorded_at.isoformat(), row.posting_id, row.ordinal))
