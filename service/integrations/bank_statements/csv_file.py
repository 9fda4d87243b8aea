"""A bank's CSV read by a column map: every row is an entry, or the file is refused."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

import msgspec

from service.integrations.bank_statements.csv_map import CsvMap
from service.integrations.bank_statements.figures import currency_of, day, minor_units, shown, written
from service.integrations.bank_statements.judging import check_entry_count
from service.integrations.bank_statements.records import Account, Balance, Continuity, Entry, Party, Statement, StatementUnreadable
from service.integrations.bank_statements.texts import below, clean, clean_lines, clean_or_none, lines_of
from service.kit.check_digits import is_iban

MOST_COLUMNS: Final = 200
_FORMS: Final = {"YYYY": "(?P<year>[0-9]{4})", "YY": "(?P<short>[0-9]{2})", "MM": "(?P<month>[0-9]{1,2})", "DD": "(?P<day>[0-9]{1,2})"}


class _Row(NamedTuple):
    account: str
    entry: Entry
    balance: int | None


def read_csv(text: str, told: CsvMap) -> tuple[Statement, ...]:
    """A statement for each account, in the order of time."""
    if (complaint := told.complaint()) is not None:
        raise StatementUnreadable(1, "map_wrong", complaint)
    by_account: dict[tuple[str, str], list[_Row]] = {}
    for count, row in enumerate(_rows(text, told), 1):
        check_entry_count(count, row.entry.line)
        by_account.setdefault((row.account, row.entry.currency), []).append(row)
    if not by_account:
        raise StatementUnreadable(len(lines_of(text.rstrip())), "no_statement", "Below the headings stands no entry.")
    return tuple(_statement_of(account, currency, rows, told) for (account, currency), rows in by_account.items())


def _rows(text: str, told: CsvMap) -> Iterator[_Row]:
    records = _records(text, told)
    line, header = next(records, (1, []))
    header = [clean(cell) for cell in header]
    for name in told.columns:
        if header.count(name) != 1:
            how = "twice" if header.count(name) else "missing"
            raise StatementUnreadable(
                line, "column_missing", f"The column {shown(name)} is {how}; the headings are {shown(', '.join(header)[:200])}."
            )
    if len(header) > MOST_COLUMNS:
        raise StatementUnreadable(line, "row_unreadable", f"More than {MOST_COLUMNS} columns.")
    for line, cells in records:
        if len(cells) != len(header):
            raise StatementUnreadable(line, "row_unreadable", f"{len(cells)} cells where the headings are {len(header)}.")
        yield _row_of(dict(zip(header, cells, strict=True)), line, told)


def _records(text: str, told: CsvMap) -> Iterator[tuple[int, list[str]]]:
    """Each row that isn't empty with the line on which it begins."""
    reader = csv.reader(io.StringIO(below(text, told.lines_before), newline=""), delimiter=told.delimiter, strict=True)
    while True:
        line = told.lines_before + reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise StatementUnreadable(line, "row_unreadable", f"The quotes can't be right: {error}.") from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, cells


def _row_of(cells: dict[str, str], line: int, told: CsvMap) -> _Row:
    currency = told.currency or currency_of(_cell(cells, told.currency_column), line)
    amount = _amount_of(cells, line, currency, told)
    other = Party(
        name=clean_or_none(_cell(cells, told.name)),
        account=clean_or_none(_cell(cells, told.other_account).replace(" ", "")),
        bank=clean_or_none(_cell(cells, told.other_bank)),
    )
    reference = clean_or_none(_cell(cells, told.creditor_reference))
    entry = Entry(
        line=line,
        index=0,
        amount_minor=amount,
        currency=currency,
        booked_on=_day_of(_cell(cells, told.booked_on), line, told),
        value_on=_day_of(value, line, told) if (value := _cell(cells, told.value_on)) else None,
        status="pending" if told.status and _cell(cells, told.status) in told.pending_marks else "booked",
        payer=other if amount >= 0 else Party(),
        payee=Party() if amount >= 0 else other,
        bank_reference=clean_or_none(_cell(cells, told.bank_reference)),
        end_to_end_id=clean_or_none(_cell(cells, told.end_to_end_id)),
        mandate_id=clean_or_none(_cell(cells, told.mandate_id)),
        creditor_references=(reference,) if reference else (),
        remittance=clean_lines(line for name in told.remittance for line in lines_of(_cell(cells, name))),
        booking_text=clean_or_none(_cell(cells, told.booking_text)),
    )
    account = told.account or clean(_cell(cells, told.account_column))
    if not account:
        raise StatementUnreadable(line, "account_missing", "The row names no account.")
    balance = _signed(_cell(cells, told.balance), line, currency, told) if told.balance else None
    return _Row(account.replace(" ", "") if is_iban(account.replace(" ", "")) else account, entry, balance)


def _amount_of(cells: dict[str, str], line: int, currency: str, told: CsvMap) -> int:
    if told.amount is None:
        debit, credit = _cell(cells, told.debit), _cell(cells, told.credit)
        if bool(debit) == bool(credit):
            raise StatementUnreadable(line, "amount_unreadable", "Exactly one of debit and credit says an amount.")
        return _signed(credit, line, currency, told) if credit else -abs(_signed(debit, line, currency, told))
    amount = _signed(_cell(cells, told.amount), line, currency, told)
    if told.mark is None:
        return -amount if told.inverted else amount
    mark = _cell(cells, told.mark)
    if (mark in told.debit_marks) == (mark in told.credit_marks) or amount < 0:
        raise StatementUnreadable(
            line, "sign_unreadable", f"{shown(mark)} beside {shown(_cell(cells, told.amount))} says neither debit nor credit."
        )
    return -amount if mark in told.debit_marks else amount


def _signed(text: str, line: int, currency: str, told: CsvMap) -> int:
    """A decimal with a sign before or after it; a thousands mark only between groups of three."""
    mark, point = re.escape(told.thousands_mark), re.escape(told.decimal_mark)
    whole = rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+|[0-9]+" if told.thousands_mark else "[0-9]+"
    match = re.fullmatch(rf"([+-]?)((?:{whole})(?:{point}[0-9]*)?)([+-]?)", text.replace("\u2212", "-").replace("\xa0", " "), re.ASCII)
    if match is None or (match[1] and match[3]):
        raise StatementUnreadable(line, "amount_unreadable", f"{shown(text)} is no amount as the map has it.")
    digits = match[2].replace(told.thousands_mark, "") if told.thousands_mark else match[2]
    amount = minor_units(digits, currency, line)
    return -amount if "-" in (match[1], match[3]) else amount


def _day_of(text: str, line: int, told: CsvMap) -> date:
    pattern = re.sub("YYYY|YY|MM|DD", lambda part: _FORMS[part[0]], re.escape(told.date_form).replace(r"\-", "-"))
    match = re.fullmatch(pattern, text, re.ASCII)
    if match is None:
        raise StatementUnreadable(line, "date_unreadable", f"{shown(text)} is no date like {told.date_form}.")
    parts = match.groupdict()
    year = int(parts["year"]) if parts.get("year") else 2000 + int(parts["short"])
    return day(year, int(parts["month"]), int(parts["day"]), line)


def _cell(cells: dict[str, str], name: str | None) -> str:
    return cells[name].strip() if name is not None else ""


def _statement_of(account: str, currency: str, rows: list[_Row], told: CsvMap) -> Statement:
    ordered = rows[::-1] if told.newest_first else rows
    opening, closing, continuity = _proved(ordered, currency)
    entries = tuple(msgspec.structs.replace(row.entry, index=index) for index, row in enumerate(ordered))
    days = [entry.booked_on for entry in entries if entry.booked_on is not None]
    return Statement(
        format="csv",
        kind="statement",
        account=Account(number=account, is_iban=is_iban(account), currency=currency),
        statement_id=None,
        entries=entries,
        line=min(entry.line for entry in entries),
        continuity=continuity,
        opening=opening,
        closing=closing,
        from_day=min(days),
        to_day=max(days),
    )


def _proved(rows: list[_Row], currency: str) -> tuple[Balance | None, Balance | None, Continuity]:
    """The balances before and after, where a column tells them: each row has to come to its own."""
    booked = [row for row in rows if row.entry.status == "booked"]
    if not booked or booked[0].balance is None:
        return None, None, "untold"
    first = booked[0]
    opening = (first.balance or 0) - first.entry.amount_minor
    before = opening
    for row in booked:
        before += row.entry.amount_minor
        if row.balance is None or row.balance != before:
            reason = (
                f"The balance before and {written(row.entry.amount_minor, currency)} come to {written(before, currency)}, "
                f"but the row says {'nothing' if row.balance is None else written(row.balance, currency)}."
            )
            raise StatementUnreadable(row.entry.line, "balance_differs", reason)
    last = booked[-1]
    return Balance(opening, first.entry.booked_on, first.entry.line), Balance(before, last.entry.booked_on, last.entry.line), "proved"
