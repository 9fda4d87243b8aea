"""Files of statements are taken in whole or not at all, once: each statement carries on where the one before ended."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from uuid import UUID

import msgspec

from service.billing.bank.reading import DayMissing, ToldLine, content_hash, days_of, last_day, lines_of
from service.billing.bank.refusals import BankAccountUnknown, StatementGap, StatementRefused, StatementTooOld
from service.billing.payments import NOBODY
from service.billing.queries.bank import (
    ADD_BANK_ACCOUNT,
    IMPORT_BANK_STATEMENT,
    KEEP_BANK_FILE,
    KNOWN_BANK_ENTRIES,
    KNOWN_BANK_FILE,
    KNOWN_BANK_STATEMENT,
    LIST_BANK_ACCOUNTS,
)
from service.billing.records.bank import BankAccount, ImportedFile, ImportedStatement, KnownEntry
from service.identity.organisations import find_organisation
from service.integrations.bank_statements import Statement
from service.kit.verbs import Work, verb


class ToldFile(msgspec.Struct, frozen=True):
    """A file as it was read."""

    file_hash: bytes
    format: str
    statements: tuple[Statement, ...]


class KeptLine(ToldLine, frozen=True, kw_only=True):
    """A line with its place, and the line within the day that it confirms."""

    number: int
    line_id: UUID
    confirms: UUID | None


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


class Chain(msgspec.Struct):
    """How far an account's statements reach, as this file carries them on."""

    account: BankAccount
    step: int
    closing_minor: int
    until_on: date | None
    seen: Counter[str]
    confirmed: set[UUID]
    told: set[str]
    """Keys of the lines that this file has brought so far."""


@verb(refusals=(StatementRefused, BankAccountUnknown, StatementTooOld, StatementGap))
async def import_statements(work: Work, *, file: ToldFile, gap_reason: str | None) -> ImportedFile:
    """Takes in a bank's file whole or not at all; what is here already is left alone, and the same file again changes nothing.

    A statement begins where the last one of its account ended. Where the bank has none between them, `gap_reason` says why, and the difference is kept as a gap.
    What came within the day (CAMT.052, .054, MT942) is confirmed by the statement of the day, not told twice. New lines are matched in the background.
    """
    known = await work.first(KNOWN_BANK_FILE, file_hash=file.file_hash)
    if known is not None:
        return msgspec.structs.replace(msgspec.json.decode(known, type=ImportedFile), already_imported=True)
    chains = await _chains(work, file.statements)
    planned: list[Planned] = []
    told: list[ImportedStatement] = []
    try:
        for statement in in_order(file.statements, lambda one: chains[key_of(one)].closing_minor):
            plan, said = await _plan(work, chains[key_of(statement)], statement, gap_reason)
            planned += [] if plan is None else [plan]
            told.append(said)
    except DayMissing as missing:
        raise StatementRefused(line=missing.line, reason="The bank doesn't say on which day this was.") from missing
    file_id = work.new_id()
    outcome = ImportedFile(file_id, file.format, not planned, sum(len(plan.lines) for plan in planned), told)
    await work.run(
        KEEP_BANK_FILE, file_id=file_id, file_hash=file.file_hash, format=file.format, outcome=msgspec.json.encode(outcome).decode()
    )
    for plan in planned:
        await _write(work.part(), plan, file_id, gap_reason)
    return outcome


def key_of(statement: Statement) -> tuple[str, str]:
    """Of which account it is."""
    return statement.account.number, statement.account.currency


def in_order(statements: Iterable[Statement], closing_of: Callable[[Statement], int]) -> Iterable[Statement]:
    """Statements of days by day, of one day as their balances follow one another; what came within the day comes last."""
    for _, of_a_day in groupby(sorted(statements, key=lambda one: (_when(one), one.page or 0)), key=_when):
        waiting = list(of_a_day)
        while waiting:
            following = (one for one in waiting if one.opening is not None and one.opening.amount_minor == closing_of(one))
            chosen = next(following, waiting[0])
            waiting.remove(chosen)
            yield chosen


def _when(statement: Statement) -> tuple[bool, date]:
    days = [one.booked_on for one in statement.entries if one.booked_on is not None]
    return statement.kind != "statement", last_day(statement) or max(days, default=date.max)


async def _chains(work: Work, statements: Sequence[Statement]) -> dict[tuple[str, str], Chain]:
    """The accounts that the statements are of; the one that invoices are paid to is known by itself. Raises BankAccountUnknown."""
    own = (await find_organisation(work)).iban
    accounts = {(one.number, one.currency): one for one in await work.all(LIST_BANK_ACCOUNTS)}
    chains = {}
    for number, currency in sorted({key_of(one) for one in statements}):
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
            account = BankAccount(opened.id, number, currency, number, False, None, 0, 0, None)
        chains[number, currency] = Chain(account, account.statements, account.closing_minor, account.until_on, Counter(), set(), set())
    return chains


async def _plan(work: Work, chain: Chain, statement: Statement, gap_reason: str | None) -> tuple[Planned | None, ImportedStatement]:
    """The statement as it will be written, None where it is here or brings nothing; raises StatementGap, StatementTooOld, DayMissing."""
    account, day = chain.account, statement.kind == "statement"
    lines = lines_of(statement, chain.seen if day else Counter())
    from_on, until_on = days_of(statement, lines)
    fingerprint = content_hash(statement, lines)
    if await work.first(KNOWN_BANK_STATEMENT, bank_account_id=account.id, content_hash=fingerprint) or not (lines or statement.closing):
        return None, ImportedStatement(None, account.id, statement.kind, until_on, 0, len(lines))
    before = await _told_before(work, account, lines)
    told, opening = day and (statement.opening is not None or statement.closing is not None), 0
    if told:
        opening, added = _opening(statement, lines), lines
        if statement.format == "csv":
            opening, added = _after_what_is_here(opening, lines, before, chain)
        if added or not lines:
            _require_following(chain, statement, opening, until_on, gap_reason)
        kept = [_kept(line, before, chain) for line in added]
    else:
        kept = [_kept(line, before, chain) if day else _new(line) for line in lines if _is_new(line, before, chain, day=day)]
        opening = chain.closing_minor if day else 0
    if lines and not kept:
        return None, ImportedStatement(None, account.id, statement.kind, until_on, 0, len(lines))
    ids = sorted(work.new_id() for _ in kept)  # lines of a day are listed by id: in the bank's order
    numbered = [msgspec.structs.replace(line, number=at, line_id=ids[at - 1]) for at, line in enumerate(kept, start=1)]
    plan = Planned(
        account=account, statement=statement, statement_id=work.new_id(), step=chain.step + 1 if day else None, carried_minor=chain.closing_minor if day else 0,
        opening_minor=opening, balances_told=told, from_on=from_on, until_on=until_on, content_hash=fingerprint, lines=numbered,
    )  # fmt: skip
    if day:
        chain.step += 1
        chain.closing_minor = opening + sum(line.amount_minor for line in numbered)
        chain.until_on = max(until_on, chain.until_on or until_on)
    chain.told |= {line.entry_key for line in numbered}
    new = sum(line.confirms is None for line in numbered)
    return plan, ImportedStatement(plan.statement_id, account.id, statement.kind, until_on, new, len(lines) - new)


def _after_what_is_here(opening: int, lines: list[ToldLine], before: dict[str, KnownEntry], chain: Chain) -> tuple[int, list[ToldLine]]:
    """What a table adds where the account's last closing balance stands in it: people export the last weeks again and again."""
    for at, line in enumerate(lines):
        if opening == chain.closing_minor or line.entry_key not in before:
            return opening, lines[at:]
        opening += line.amount_minor
    return opening, []


def _opening(statement: Statement, lines: list[ToldLine]) -> int:
    if statement.opening is not None:
        return statement.opening.amount_minor
    return (statement.closing.amount_minor if statement.closing else 0) - sum(line.amount_minor for line in lines)


def _require_following(chain: Chain, statement: Statement, opening: int, until_on: date, gap_reason: str | None) -> None:
    if chain.step == 0 or (chain.until_on is not None and until_on >= chain.until_on and opening == chain.closing_minor):
        return
    said = {"line": statement.line, "number": chain.account.number, "last_on": str(chain.until_on), "until_on": str(until_on)}
    if chain.until_on is not None and until_on < chain.until_on:
        raise StatementTooOld(**said)
    if gap_reason is None:
        raise StatementGap(**said, closing_minor=chain.closing_minor, opening_minor=opening, currency=chain.account.currency)


async def _told_before(work: Work, account: BankAccount, lines: list[ToldLine]) -> dict[str, KnownEntry]:
    rows = await work.all(KNOWN_BANK_ENTRIES, bank_account_id=account.id, keys=[line.entry_key for line in lines])
    # the line within the day first, which a statement confirms
    return {row.entry_key: row for row in sorted(rows, key=lambda row: row.interim and not row.confirmed)}


def _is_new(line: ToldLine, before: dict[str, KnownEntry], chain: Chain, *, day: bool) -> bool:
    """Whether it was never told: a day that tells no balances may tell again what came within it, to confirm it."""
    if line.entry_key in chain.told:
        return False
    known = before.get(line.entry_key)
    return known is None or (day and known.interim and not known.confirmed)


def _kept(line: ToldLine, before: dict[str, KnownEntry], chain: Chain) -> KeptLine:
    known = before.get(line.entry_key)
    confirms = None
    if (
        known is not None
        and known.interim
        and not known.confirmed
        and known.amount_minor == line.amount_minor
        and known.line_id not in chain.confirmed
    ):
        confirms = known.line_id
        chain.confirmed.add(confirms)
    return _new(line, confirms)


def _new(line: ToldLine, confirms: UUID | None = None) -> KeptLine:
    return KeptLine(*msgspec.structs.astuple(line), number=0, line_id=NOBODY, confirms=confirms)


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
