"""Files of statements are taken in whole or not at all, once: each statement carries on where the one before ended."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import msgspec

from service.billing.bank.order import Read, in_order, key_of
from service.billing.bank.reading import DayMissing, ToldLine, content_hash, days_of, lines_of, within_days_as_one
from service.billing.bank.refusals import BankAccountUnknown, StatementGap, StatementRefused, StatementToldBefore, StatementTooOld
from service.billing.bank.telling import DAYS_APART, Chain, KeptLine, all_told_before
from service.billing.queries.bank import (
    ADD_BANK_ACCOUNT,
    IMPORT_BANK_STATEMENT,
    KEEP_BANK_FILE,
    KNOWN_BANK_ENTRIES,
    KNOWN_BANK_FILE,
    KNOWN_BANK_STATEMENTS,
    LIST_BANK_ACCOUNTS,
    UNCONFIRMED_BANK_LINES,
)
from service.billing.records.bank import ImportedFile, ImportedStatement
from service.billing.records.bank_accounts import BankAccount
from service.identity.organisations import find_organisation
from service.integrations.bank_statements import Statement
from service.kit.money import MOST_MINOR
from service.kit.verbs import Lock, Work, verb

MOST_LINES = 200_000
"""Of one statement, the payments of batches counted."""
MOST_LISTED = 100


class ToldFile(msgspec.Struct, frozen=True):
    """A file as it was read."""

    file_hash: bytes
    format: str
    statements: tuple[Statement, ...]


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as it will be written."""

    account: BankAccount
    statement: Statement
    statement_id: UUID
    step: int | None
    carried_minor: int
    opening_minor: int
    balances_told: bool
    from_on: date | None
    until_on: date
    content_hash: bytes
    lines: list[KeptLine]


@verb(refusals=(StatementRefused, BankAccountUnknown, StatementToldBefore, StatementTooOld, StatementGap), locks=lambda **_: (Lock.bank(),))
async def import_statements(work: Work, *, file: ToldFile, gap_reason: str | None) -> ImportedFile:
    """Takes in a bank's file whole or not at all; what is here already is left alone, and the same file again changes nothing.

    A statement begins where the last one of its account ended. Where the bank has none between them, `gap_reason` says why, and the difference is kept as a gap.
    What came within the day (CAMT.052, .054, MT942) is confirmed by the statement of the day, not told twice, in whatever parts either tells it; a line that may be
    one that is here waits for a person, and says why (`doubt`). New lines are matched in the background.
    """
    known = await work.first(KNOWN_BANK_FILE, file_hash=file.file_hash)
    if known is not None:
        return msgspec.structs.replace(msgspec.json.decode(known, type=ImportedFile), already_imported=True)
    statements = [_read(one) for one in within_days_as_one(file.statements)]
    chains = await _chains(work, statements)
    planned: list[Planned] = []
    told: list[ImportedStatement] = []
    for read in in_order(statements, lambda one: chains[key_of(one.statement)].closing_minor):
        plan = _plan(work, chains[key_of(read.statement)], read, gap_reason)
        planned += [] if plan is None else [plan]
        told.append(_said(chains[key_of(read.statement)].account, read, plan))
    file_id = work.new_id()
    new, again = sum(one.lines for one in told), sum(one.known_lines for one in told)
    outcome = ImportedFile(file_id, file.format, not planned, new, again, len(told), told[:MOST_LISTED])
    await work.run(
        KEEP_BANK_FILE, file_id=file_id, file_hash=file.file_hash, format=file.format, outcome=msgspec.json.encode(outcome).decode()
    )
    for plan in planned:
        await _write(work.part(), plan, file_id, gap_reason)
    return outcome


def _read(statement: Statement) -> Read:
    """The statement with its lines; raises StatementRefused for what can't be kept."""
    try:
        lines = lines_of(statement)
        from_on, until_on = days_of(statement, lines)
    except DayMissing as missing:
        raise StatementRefused(line=missing.line, reason="The bank doesn't say on which day this was.", fault="date_missing") from missing
    if len(lines) > MOST_LINES:
        raise StatementRefused(
            line=statement.line, reason=f"More than {MOST_LINES:,} payments stand in one statement.", fault="too_many_entries"
        )
    moved = sum(abs(line.amount_minor) for line in lines)
    if max(moved, *(abs(one.amount_minor) for one in (statement.opening, statement.closing) if one is not None), 0) > MOST_MINOR:
        raise StatementRefused(line=statement.line, reason="What this statement moves is more than can be kept.", fault="amount_too_large")
    return Read(statement, lines, from_on, until_on, content_hash(statement, lines))


async def _chains(work: Work, statements: Sequence[Read]) -> dict[tuple[str, str], Chain]:
    """The accounts that the statements are of; the one that invoices are paid to is known by itself. Raises BankAccountUnknown."""
    own = (await find_organisation(work)).iban
    accounts = {(one.number, one.currency): one for one in await work.all(LIST_BANK_ACCOUNTS)}
    chains = {}
    for number, currency in sorted({key_of(one.statement) for one in statements}):
        account = accounts.get((number, currency))
        if account is None:
            if number != own:
                raise BankAccountUnknown(number=number, currency=currency)
            opened = await work.part().run(
                ADD_BANK_ACCOUNT,
                bank_account_id=work.new_id(),
                number=number,
                currency=currency,
                name=number,
                known_payer_posts=False,
                csv_map=None,
            )
            account = BankAccount(opened.id, number, currency, number, False, None, 0, 0, None, opened.version)
        chain = chains[number, currency] = Chain(account)
        await _look_up(work, chain, [one for one in statements if key_of(one.statement) == (number, currency)])
    return chains


async def _look_up(work: Work, chain: Chain, statements: Sequence[Read]) -> None:
    """What is here of all that these statements of one account tell: three look-ups, however many they are."""
    account_id = chain.account.id
    hashes = await work.all(KNOWN_BANK_STATEMENTS, bank_account_id=account_id, content_hashes=[one.content_hash for one in statements])
    keys = sorted({line.entry_key for one in statements for line in one.lines})
    days = [line.booked_on for one in statements for line in one.lines]
    if not days:
        chain.know(hashes, [], [])
        return
    around = timedelta(DAYS_APART)
    from_on, until_on = max(min(days), date.min + around) - around, min(max(days), date.max - around) + around
    entries = await work.all(KNOWN_BANK_ENTRIES, bank_account_id=account_id, keys=keys)
    unconfirmed = await work.all(UNCONFIRMED_BANK_LINES, bank_account_id=account_id, keys=keys, from_on=from_on, until_on=until_on)
    chain.know(hashes, entries, unconfirmed)


def _plan(work: Work, chain: Chain, read: Read, gap_reason: str | None) -> Planned | None:
    """The statement as it will be written, None where it is here or brings nothing; raises StatementToldBefore, StatementGap, StatementTooOld."""
    statement, lines, statement_id = read.statement, read.lines, work.new_id()
    if read.content_hash in chain.hashes or not (lines or (statement.kind == "statement" and statement.closing)):
        return None
    chain.hashes.add(read.content_hash)
    if statement.kind == "statement":
        opening, kept = _of_day(chain, read, statement_id, gap_reason)
    else:
        opening, kept = 0, chain.keep_within(lines, statement_id)
    if lines and not kept:
        return None
    ids = sorted(work.new_id() for _ in kept)  # lines of a day are listed by id: in the bank's order
    numbered = [msgspec.structs.replace(line, number=at, line_id=ids[at - 1]) for at, line in enumerate(kept, start=1)]
    day = statement.kind == "statement"
    plan = Planned(
        account=chain.account, statement=statement, statement_id=statement_id, step=chain.step + 1 if day else None, carried_minor=chain.closing_minor if day else 0,
        opening_minor=opening, balances_told=_tells_balances(statement), from_on=read.from_on, until_on=read.until_on, content_hash=read.content_hash, lines=numbered,
    )  # fmt: skip
    if day:
        chain.step += 1
        chain.closing_minor = opening + sum(line.amount_minor for line in numbered)
        chain.until_on = max(read.until_on, chain.until_on or read.until_on)
    return plan


def _said(account: BankAccount, read: Read, plan: Planned | None) -> ImportedStatement:
    if plan is None:
        return ImportedStatement(None, account.id, read.statement.kind, read.until_on, 0, len(read.lines))
    new = sum(line.confirms is None for line in plan.lines)
    return ImportedStatement(
        plan.statement_id, account.id, read.statement.kind, read.until_on, new, max(len(read.lines), len(plan.lines)) - new
    )


def _tells_balances(statement: Statement) -> bool:
    return statement.kind == "statement" and (statement.opening is not None or statement.closing is not None)


def _of_day(chain: Chain, read: Read, statement_id: UUID, gap_reason: str | None) -> tuple[int, list[KeptLine]]:
    """What a day opens with and what is kept of it."""
    statement, lines = read.statement, read.lines
    before = chain.told_by_days(lines)
    if not _tells_balances(statement):
        new = [line for line, told in zip(lines, before, strict=True) if not told]
        return chain.closing_minor, chain.keep_day(new, statement_id)
    opening, added = _opening(statement, lines), lines
    if statement.format == "csv":
        opening, added = _after_what_is_here(opening, lines, before, chain.closing_minor)
    kept = chain.keep_day(added, statement_id)
    _require_new(chain, statement, kept, statement_id, opening, gap_reason)
    if added or not lines:
        _require_following(chain, statement, opening, read.until_on, gap_reason)
    return opening, kept


def _after_what_is_here(opening: int, lines: list[ToldLine], before: list[bool], closing_minor: int) -> tuple[int, list[ToldLine]]:
    """What a table adds where the account's last closing balance stands in it: people export the last weeks again and again."""
    for at, (line, told) in enumerate(zip(lines, before, strict=True)):
        if opening == closing_minor or not told:
            return opening, lines[at:]
        opening += line.amount_minor
    return opening, []


def _opening(statement: Statement, lines: list[ToldLine]) -> int:
    if statement.opening is not None:
        return statement.opening.amount_minor
    return (statement.closing.amount_minor if statement.closing else 0) - sum(line.amount_minor for line in lines)


def _require_new(
    chain: Chain, statement: Statement, kept: list[KeptLine], statement_id: UUID, opening: int, gap_reason: str | None
) -> None:
    """Refuses a day of which everything is told already, unless the balances prove that more came; without the bank's references a person may say so."""
    moved = opening == chain.closing_minor and sum(line.amount_minor for line in kept) != 0
    if moved or not all_told_before(kept, statement_id):
        return
    if gap_reason is None or all(line.reference for line in kept):
        raise StatementToldBefore(line=statement.line, number=chain.account.number, last_on=str(chain.until_on))


def _require_following(chain: Chain, statement: Statement, opening: int, until_on: date, gap_reason: str | None) -> None:
    if chain.step == 0 or (chain.until_on is not None and until_on >= chain.until_on and opening == chain.closing_minor):
        return
    said = {"line": statement.line, "number": chain.account.number, "last_on": str(chain.until_on), "until_on": str(until_on)}
    if chain.until_on is not None and until_on < chain.until_on:
        raise StatementTooOld(**said)
    if gap_reason is None:
        raise StatementGap(**said, closing_minor=chain.closing_minor, opening_minor=opening, currency=chain.account.currency)


async def _write(work: Work, plan: Planned, file_id: UUID, gap_reason: str | None) -> None:
    await work.run(
        IMPORT_BANK_STATEMENT,
        statement_id=plan.statement_id,
        bank_account_id=plan.account.id,
        currency=plan.account.currency,
        file_id=file_id,
        kind=plan.statement.kind,
        step=plan.step,
        carried_minor=plan.carried_minor,
        opening_minor=plan.opening_minor,
        balances_told=plan.balances_told,
        gap_reason=gap_reason,
        name=(plan.statement.statement_id or plan.statement.sequence or "")[:100],
        from_on=plan.from_on,
        until_on=plan.until_on,
        content_hash=plan.content_hash,
        lines=msgspec.json.encode(plan.lines).decode(),
    )
