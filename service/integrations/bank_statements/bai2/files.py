"""Files, groups and accounts of BAI2, each with the count and the total that it ends with: they have to come out."""

from collections.abc import Iterator
from typing import Final

from service.integrations.bank_statements.bai2.accounts import AccountPart, account_total, statement_of
from service.integrations.bank_statements.bai2.amounts import signed_amount
from service.integrations.bank_statements.bai2.records import Record, records_of
from service.integrations.bank_statements.figures import currency_of, short_day_of, shown, whole_number
from service.integrations.bank_statements.judging import check_entry_count, check_total
from service.integrations.bank_statements.records import Statement, StatementUnreadable
from service.integrations.bank_statements.texts import lines_of

_STATUS_REFUSED: Final = {"2": "takes an earlier one back", "3": "corrects an earlier one", "4": "is a test"}


def read_bai2(text: str) -> tuple[Statement, ...]:
    """Every account of every group and file."""
    reader = _Reader(records_of(lines_of(text)))
    statements: list[Statement] = []
    while reader.code == "01":
        statements += _file(reader)
    if reader.record is not None:
        raise StatementUnreadable(
            reader.record.line, "record_misplaced", f"Record {reader.code} stands outside of any file: its beginning is missing."
        )
    if not statements:
        raise StatementUnreadable(1, "no_statement", "No account stands in this file.")
    return tuple(statements)


class _Reader:
    """The record that comes next, and how many physical ones were taken."""

    def __init__(self, records: Iterator[Record]) -> None:
        self._records = records
        self.taken = 0
        self.entries = 0
        self.last_line = 1
        self.record = next(records, None)

    @property
    def code(self) -> str | None:
        """What comes next."""
        return self.record.code if self.record is not None else None

    def take(self, code: str, what: str) -> Record:
        """The record that has to come next."""
        record = self.record
        if record is None:
            raise StatementUnreadable(
                self.last_line, "file_cut_off", f"The file ends where record {code}, {what}, was to come: its end is missing."
            )
        if record.code != code:
            raise StatementUnreadable(
                record.line, "record_misplaced", f"Record {record.code} stands where record {code}, {what}, was to come."
            )
        self.taken += record.count
        self.entries += record.code == "16"
        check_entry_count(self.entries, record.line)
        self.last_line = record.line + record.count - 1
        self.record = next(self._records, None)
        return record


def _file(reader: _Reader) -> list[Statement]:
    before = reader.taken
    head = reader.take("01", "the head of a file")
    version = head.field(7)
    if version not in {"2", ""}:
        raise StatementUnreadable(head.line, "version_unknown", f"The file is of version {shown(version)}; version 2 is read.")
    statements: list[Statement] = []
    groups, total = 0, 0
    while reader.code == "02":
        found, of_group = _group(reader, sender=head.field(0))
        statements += found
        groups, total = groups + 1, total + of_group
    tail = reader.take("99", "the end of the file")
    _check_tail(tail, "the file", total=total, number=groups, of="groups", records=reader.taken - before)
    return statements


def _group(reader: _Reader, *, sender: str) -> tuple[list[Statement], int]:
    before = reader.taken
    head = reader.take("02", "the head of a group")
    if (status := head.field(2)) in _STATUS_REFUSED:
        raise StatementUnreadable(head.line, "group_refused", f"The group {_STATUS_REFUSED[status]}: that is for a person to decide.")
    if status not in {"1", ""}:
        raise StatementUnreadable(head.line, "group_refused", f"The group has the status {shown(status)}, which isn't known.")
    as_of = short_day_of(head.field(3), head.line)
    currency = currency_of(head.field(5), head.line) if head.field(5) else "USD"
    part = AccountPart(
        bank=head.field(1) or sender, as_of=as_of, time=head.field(4), currency=currency, interim=head.field(6) in {"1", "3"}
    )
    statements: list[Statement] = []
    accounts, total = 0, 0
    while reader.code == "03":
        statement, of_account = _account(reader, part)
        statements.append(statement)
        accounts, total = accounts + 1, total + of_account
    tail = reader.take("98", "the end of the group")
    if not accounts:
        raise StatementUnreadable(head.line, "no_statement", "The group has no account.")
    _check_tail(tail, "the group", total=total, number=accounts, of="accounts", records=reader.taken - before)
    return statements, total


def _account(reader: _Reader, part: AccountPart) -> tuple[Statement, int]:
    before = reader.taken
    head = reader.take("03", "the head of an account")
    bookings: list[Record] = []
    while reader.code == "16":
        bookings.append(reader.take("16", "a booking"))
    tail = reader.take("49", "the end of the account")
    total = account_total(head, bookings)
    if tail.field(0) or total:
        check_total(tail.line, "the account's amounts come to", told=signed_amount(tail.field(0) or "0", tail.line), counted=total)
    check_total(
        tail.line,
        "the account's records are",
        told=whole_number(tail.field(1), tail.line, "number of records"),
        counted=reader.taken - before,
    )
    return statement_of(head, bookings, part), total


def _check_tail(tail: Record, what: str, *, total: int, number: int, of: str, records: int) -> None:
    if tail.field(0) or total:
        check_total(tail.line, f"{what}'s amounts come to", told=signed_amount(tail.field(0) or "0", tail.line), counted=total)
    check_total(tail.line, f"{what}'s {of} are", told=whole_number(tail.field(1), tail.line, f"number of {of}"), counted=number)
    check_total(tail.line, f"{what}'s records are", told=whole_number(tail.field(2), tail.line, "number of records"), counted=records)
