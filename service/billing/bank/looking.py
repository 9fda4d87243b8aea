"""Looks at the bank: accounts, statements, lines, and how bank and ledger agree."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from service.billing.payments import NOBODY
from service.billing.queries.bank import (
    ADD_BANK_ACCOUNT,
    BANK_MONEY_NOT_SEEN,
    CHANGE_BANK_ACCOUNT,
    COUNT_BANK_LINES,
    COUNT_UNJUDGED,
    FIND_BANK_LINE,
    LIST_BANK_ACCOUNTS,
    LIST_BANK_LINES,
    LIST_BANK_STATEMENTS,
    LIST_CONFIRMING_BANK_LINES,
    LIST_WAITING_BANK_LINES,
    RECONCILE_BANK,
)
from service.billing.records.bank import BankLine, BankLineFilter, BankStatement, LineCounts
from service.billing.records.bank_accounts import BankAccountChange, BankAccountReceipt, BankAccounts, NewBankAccount
from service.billing.records.bank_reconciliation import Reconciliation
from service.identity.organisations import find_organisation
from service.integrations.bank_statements import CsvMap
from service.kit.paging import Page
from service.kit.refusals import InvalidDocument, NotFound, StaleVersion
from service.kit.verbs import Work, verb

BEFORE_ALL = (date(1970, 1, 1), NOBODY)
"""The key that every line follows."""


@verb()
async def add_bank_account(work: Work, *, account: NewBankAccount) -> BankAccountReceipt:
    """Makes one of the organisation's accounts known, so that its statements are taken in; one that is known already is answered."""
    return await work.run(
        ADD_BANK_ACCOUNT,
        bank_account_id=work.new_id(),
        number=account.number.replace(" ", "").upper(),
        currency=account.currency,
        name=account.name,
        known_payer_posts=account.known_payer_posts,
        csv_map=_proven(account.csv_map),
    )


@verb(refusals=(StaleVersion,))
async def change_bank_account(work: Work, *, bank_account_id: UUID, version: int, change: BankAccountChange) -> BankAccountReceipt:
    """Changes an account's name, whether known payers post by themselves, or how its CSV files are read."""
    return await work.run(
        CHANGE_BANK_ACCOUNT,
        bank_account_id=bank_account_id,
        version=version,
        name=change.name,
        known_payer_posts=change.known_payer_posts,
        csv_map=_proven(change.csv_map),
    )


async def list_bank_accounts(work: Work) -> BankAccounts:
    """The organisation's accounts, and how far their statements reach."""
    return BankAccounts(await work.all(LIST_BANK_ACCOUNTS))


async def find_csv_map(work: Work, *, bank_account_id: UUID) -> CsvMap | None:
    """How this account's CSV files are read, None where nobody said; raises NotFound."""
    found = [one.csv_map for one in await work.all(LIST_BANK_ACCOUNTS) if one.id == bank_account_id]
    if not found:
        raise NotFound
    return found[0]


async def list_bank_statements(
    work: Work, *, bank_account_id: UUID | None, file_id: UUID | None, limit: int, cursor: str | None
) -> Page[BankStatement]:
    """Statements in the order they were taken in, of one account or one file if it is named."""
    purpose = f"bank-statements {work.organisation_id} {bank_account_id} {file_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_BANK_STATEMENTS, bank_account_id=bank_account_id, file_id=file_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def find_bank_line(work: Work, *, line_id: UUID) -> BankLine:
    """One line, and what became of it."""
    return await work.one(FIND_BANK_LINE, line_id=line_id)


async def list_bank_lines(work: Work, *, wanted: BankLineFilter, limit: int, cursor: str | None) -> Page[BankLine]:
    """Lines by the day they were booked: all, those waiting, or those done; `text` is any part of names, references and words, in any case."""
    purpose = f"bank-lines {work.organisation_id} {wanted}"
    after_on, after_id = BEFORE_ALL
    if cursor:
        booked_on, line_id = work.cursors.read(purpose, cursor)
        after_on, after_id = date.fromisoformat(booked_on), UUID(line_id)
    asked = {**msgspec.structs.asdict(wanted), "after_on": after_on, "after_id": after_id, "limit": limit}
    if wanted.state == "waiting":
        del asked["state"]
        rows = await work.all(LIST_WAITING_BANK_LINES, **asked, unjudged=False)
    elif wanted.state == "confirming":
        del asked["state"]
        rows = await work.all(LIST_CONFIRMING_BANK_LINES, **asked)
    else:
        rows = await work.all(LIST_BANK_LINES, **asked)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.booked_on.isoformat(), str(row.id)))


async def list_unjudged_lines(work: Work, *, limit: int) -> list[BankLine]:
    """The next lines that nothing has tried to match."""
    after_on, after_id = BEFORE_ALL
    anything = {"bank_account_id": None, "on": None, "amount_minor": None, "text": None, "after_on": after_on, "after_id": after_id}
    return (await work.all(LIST_WAITING_BANK_LINES, **anything, unjudged=True, limit=limit))[:limit]


async def count_bank_lines(work: Work) -> LineCounts:
    """How many lines wait, of how many since the first day that has one waiting."""
    return await work.one(COUNT_BANK_LINES)


async def count_unjudged_lines(work: Work) -> int:
    """How many lines nothing has tried to match yet."""
    return await work.one(COUNT_UNJUDGED)


async def reconcile_bank(work: Work, *, on: date | None) -> Reconciliation:
    """Every account at the end of a day, today if none is named: what the bank says, what the ledger says, and what of it nobody has explained."""
    zone = (await find_organisation(work)).zone
    day = on or work.at.astimezone(ZoneInfo(zone)).date()
    return Reconciliation(day, await work.all(RECONCILE_BANK, on=day), await work.all(BANK_MONEY_NOT_SEEN), await work.one(COUNT_UNJUDGED))


def _proven(csv_map: CsvMap | None) -> str | None:
    """The map as it is kept; raises InvalidDocument for one that no file can be read by."""
    if csv_map is None:
        return None
    if (complaint := csv_map.complaint()) is not None:
        raise InvalidDocument(complaint)
    return msgspec.json.encode(csv_map).decode()
