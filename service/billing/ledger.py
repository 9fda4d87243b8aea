"""The ledger: every amount moves from one account to another, so that all of them sum to zero at any instant."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from service.billing.payments import NOBODY
from service.billing.queries.ledger import (
    BALANCE_UP_TO,
    FIND_ACCOUNT_NUMBERING,
    FIND_BOOK_DAYS,
    LIST_ACCOUNT_NUMBERS,
    LIST_ACCOUNTS,
    LIST_JOURNAL,
    LIST_TRANSFERS,
    SET_ACCOUNT_NUMBERS,
    TRIAL_BALANCE,
)
from service.billing.records.ledger import (
    AccountKind,
    AccountNumbers,
    AccountStatement,
    BookDays,
    JournalEntry,
    LedgerAccount,
    NumberedAccount,
    TrialBalance,
)
from service.kit.paging import Page
from service.kit.refusals import InvalidDocument, StaleVersion
from service.kit.verbs import Work, verb

Place = tuple[datetime, UUID, int]
"""Where a transfer stands in the order of the books."""


async def read_trial_balance(work: Work, *, until: datetime | None) -> TrialBalance:
    """Every account at an instant, now if none is named, as the books said then; each currency sums to zero."""
    moment = until or work.at
    accounts = await work.all(TRIAL_BALANCE, until=moment)
    sums: Counter[str] = Counter()
    for account in accounts:
        sums[account.currency] += account.balance_minor
    return TrialBalance(until=moment, accounts=accounts, sums=dict(sums))


async def list_transfers(
    work: Work,
    *,
    kind: AccountKind,
    holder: str,
    currency: str,
    from_on: date | None,
    until_on: date | None,
    limit: int,
    cursor: str | None,
) -> AccountStatement:
    """An account's statement: the transfers booked on those days, oldest first, with the running balance."""
    account = {"kind": kind, "holder": holder, "currency": currency}
    days = await find_book_days(work, from_on=from_on, until_on=until_on)
    purpose = f"transfers {work.organisation_id} {kind} {holder} {currency} {from_on} {until_on}"
    begins, ends = (days.from_at, NOBODY, 0), (days.until_at, NOBODY, 0)
    after = _place(work.cursors.read(purpose, cursor)) if cursor else begins
    rows = await work.all(LIST_TRANSFERS, **account, **_after(after), until_at=days.until_at, limit=limit)
    opening, closing = [await _balance(work, account, one) for one in (begins, ends)]
    balance, told = await _balance(work, account, after) if cursor else opening, []
    for row in rows:
        balance += row.amount_minor if row.side == "debit" else -row.amount_minor
        told.append(msgspec.structs.replace(row, balance_minor=balance))
    page = work.cursors.page(purpose, told, limit=limit, key=_key)
    return AccountStatement(kind, holder, currency, opening, closing, page.items, page.next)


async def list_journal(work: Work, *, from_on: date | None, until_on: date | None, limit: int, cursor: str | None) -> Page[JournalEntry]:
    """The general journal: every transfer booked on those days, in order, with both its accounts."""
    days = await find_book_days(work, from_on=from_on, until_on=until_on)
    purpose = f"journal {work.organisation_id} {from_on} {until_on}"
    after = _place(work.cursors.read(purpose, cursor)) if cursor else (days.from_at, NOBODY, 0)
    rows = await work.all(LIST_JOURNAL, zone=days.zone, until_at=days.until_at, **_after(after), limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=_key)


async def list_accounts(work: Work, *, kind: AccountKind | None, limit: int, cursor: str | None) -> Page[LedgerAccount]:
    """The accounts that anything was posted to, with whose they are and what accountants call them."""
    purpose = f"accounts {work.organisation_id} {kind}"
    key: list[Any] = work.cursors.read(purpose, cursor) if cursor else ["", "", ""]
    rows = await work.all(LIST_ACCOUNTS, kind=kind, after_kind=key[0], after_holder=key[1], after_currency=key[2], limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.kind, row.holder, row.currency))


async def list_account_numbers(work: Work) -> AccountNumbers:
    """What accountants call the accounts."""
    return AccountNumbers(await work.all(LIST_ACCOUNT_NUMBERS), await work.one(FIND_ACCOUNT_NUMBERING))


@verb(refusals=(StaleVersion,))
async def set_account_numbers(work: Work, *, numbers: Sequence[NumberedAccount], version: int) -> AccountNumbers:
    """Says anew what accountants call the accounts; what isn't listed has no number. The first time the version is 0."""
    if len({(one.kind, one.holder) for one in numbers}) < len(numbers):
        raise InvalidDocument("An account has one number: list each kind and holder once.")
    return await work.run(SET_ACCOUNT_NUMBERS, numbers=msgspec.json.encode(numbers).decode(), version=version)


async def find_book_days(work: Work, *, from_on: date | None, until_on: date | None) -> BookDays:
    """When those days begin and end; raises InvalidDocument where they end before they begin."""
    if from_on and until_on and until_on <= from_on:
        raise InvalidDocument("`until_on` is the day after the last.")
    return await work.one(FIND_BOOK_DAYS, from_on=from_on, until_on=until_on)


async def _balance(work: Work, account: dict[str, str], place: Place) -> int:
    at, posting_id, ordinal = place
    return await work.one(BALANCE_UP_TO, **account, up_to_at=at, up_to_posting=posting_id, up_to_ordinal=ordinal)


def _after(place: Place) -> dict[str, Any]:
    return {"after_at": place[0], "after_posting": place[1], "after_ordinal": place[2]}


def _place(key: list[Any]) -> Place:
    return datetime.fromisoformat(key[0]), UUID(key[1]), key[2]


def _key(row: Any) -> tuple[str, UUID, int]:
    return row.recorded_at.isoformat(), row.posting_id, row.ordinal
