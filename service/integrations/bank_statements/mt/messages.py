"""Messages MT940 and MT942: fields in their order, bookings with what is told of them, balances that have to come out."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

from service.integrations.bank_statements.figures import currency_of, short_day_of, shown
from service.integrations.bank_statements.judging import check_entry_count, check_total, continuity_of
from service.integrations.bank_statements.mt.accounts import account_of, number_of
from service.integrations.bank_statements.mt.entries import Booking, entry_of, owner_of
from service.integrations.bank_statements.mt.fields import Field, Message, messages_of
from service.integrations.bank_statements.mt.lines import balance_of, total_of
from service.integrations.bank_statements.records import Balance, Entry, Statement, StatementUnreadable
from service.integrations.bank_statements.texts import clean_or_none, lines_of

_RANKS: Final = {"20": 0, "21": 1, "25": 2, "28": 3, "34": 4, "13": 4, "60": 5, "61": 6, "62": 7, "90": 7, "64": 8, "65": 9}
_REPEATED: Final = {"61", "65", "34", "90"}
_TIME: Final = re.compile(r"([0-9]{6})([0-9]{4}(?:Z|[+-][0-9]{2}:?[0-9]{2})?)", re.ASCII)


def read_mt(text: str) -> tuple[Statement, ...]:
    """Every statement of the file."""
    statements: list[Statement] = []
    entries = 0
    for message in messages_of(lines_of(text)):
        statement = _statement_of(message)
        if statements:
            _check_page(statements[-1], statement)
        statements.append(statement)
        entries += len(statement.entries)
        check_entry_count(entries, statement.line)
    if not statements:
        raise StatementUnreadable(1, "no_statement", "No statement stands in this file.")
    return tuple(statements)


def _statement_of(message: Message) -> Statement:
    fields, bookings = _in_order(message.fields)
    reference = _needed(fields, "20", message)
    interim = _is_interim(message, fields)
    opening, closing, currency = _balances_of(fields, message, interim=interim)
    about = next((field for field in message.fields if field.tag == "NS"), None)
    if message.block.rstrip().endswith("{4:") and not message.closed:
        raise StatementUnreadable(
            message.last_line, "file_cut_off", "The message was begun with {4: and isn't ended with -}: its end is missing."
        )
    entries = tuple(entry_of(booking, index=index, currency=currency) for index, booking in enumerate(bookings))
    _check_totals(fields, entries, currency=currency)
    sequence, page = number_of(fields.get("28"))
    last = fields.get("62")
    made = fields.get("13")
    return Statement(
        format="mt942" if interim else "mt940",
        kind="report" if interim else "statement",
        account=account_of(_needed(fields, "25", message), currency=currency, owner=owner_of(about, bookings)),
        statement_id=clean_or_none(reference.text),
        entries=entries,
        line=reference.line,
        continuity=continuity_of(opening, closing, entries, currency),
        opening=opening,
        closing=closing,
        sequence=sequence,
        page=page,
        last_page=None if last is None else last.tag == "62F",
        created_at=None if made is None else _time_of(made),
    )


def _in_order(fields: Sequence[Field]) -> tuple[dict[str, Field], list[Booking]]:
    """The fields by the two digits of their tag, and the bookings; what stands twice or where it can't is refused."""
    known: dict[str, Field] = {}
    bookings: list[Booking] = []
    rank = -1
    for field in fields:
        key = field.tag[:2]
        if key in {"86", "NS"}:
            _narrate(field, rank, bookings)
            continue
        if _RANKS[key] < rank or (_RANKS[key] == rank and key in known and key not in _REPEATED):
            raise StatementUnreadable(
                field.line, "field_misplaced", f"Field :{field.tag}: stands where it can't: a statement was mixed with another or cut."
            )
        rank = _RANKS[key]
        if key == "61":
            bookings.append(Booking(field, [], []))
        slot = field.tag if key == "90" else key
        if key == "90" and slot in known:
            raise StatementUnreadable(field.line, "field_misplaced", f"Field :{field.tag}: stands twice.")
        known.setdefault(slot, field)
    return known, bookings


def _narrate(field: Field, rank: int, bookings: list[Booking]) -> None:
    """Gives a text to the booking it follows; one after the balances is of the whole statement."""
    if rank == _RANKS["61"]:
        (bookings[-1].narrative if field.tag == "86" else bookings[-1].numbered).extend(field.lines)
    elif field.tag == "86" and rank < _RANKS["62"]:
        raise StatementUnreadable(field.line, "field_misplaced", "Field :86: follows no booking.")


def _needed(fields: dict[str, Field], key: str, message: Message) -> Field:
    if key not in fields:
        reason = f"The statement lacks field :{key}:, {_MEANING[key]}: a fragment isn't taken in."
        raise StatementUnreadable(message.fields[0].line, "field_missing", reason)
    return fields[key]


_MEANING: Final = {"20": "its reference", "25": "its account", "60": "its opening balance", "62": "its closing balance"}


def _is_interim(message: Message, fields: dict[str, Field]) -> bool:
    """An MT942 says so in its block, or has a floor limit, which no statement has."""
    if "60" in fields or "62" in fields:
        return False
    return "34" in fields or "{2:O942" in message.block or "{2:I942" in message.block


def _balances_of(fields: dict[str, Field], message: Message, *, interim: bool) -> tuple[Balance | None, Balance | None, str]:
    if interim:
        floor = fields.get("34")
        if floor is None:
            raise StatementUnreadable(message.fields[0].line, "field_missing", "The report lacks field :34F:, which says the currency.")
        return None, None, currency_of(floor.text[:3], floor.line)
    opening, currency = balance_of(_needed(fields, "60", message))
    if "62" not in fields:
        reason = "The statement ends without field :62:, its closing balance: the file was cut off, or it is a fragment."
        raise StatementUnreadable(message.last_line, "file_cut_off", reason)
    closing, in_currency = balance_of(fields["62"])
    if in_currency != currency:
        raise StatementUnreadable(
            fields["62"].line, "currency_mixed", f"The closing balance is in {in_currency}, the opening balance in {currency}."
        )
    return opening, closing, currency


def _check_totals(fields: dict[str, Field], entries: Sequence[Entry], *, currency: str) -> None:
    for tag, sign, what in (("90D", -1, "debits"), ("90C", 1, "credits")):
        if tag not in fields:
            continue
        number, total = total_of(fields[tag], currency=currency)
        counted = [entry.amount_minor for entry in entries if entry.amount_minor * sign > 0]
        if number != len(counted):
            check_total(fields[tag].line, f"{what} are", told=number, counted=len(counted))
        check_total(fields[tag].line, f"{what} come to, in minor units,", told=total, counted=abs(sum(counted)))


def _check_page(before: Statement, after: Statement) -> None:
    """A statement that goes on begins with what its last page ended with."""
    goes_on = before.last_page is False and before.account.number == after.account.number and before.sequence == after.sequence
    if goes_on and before.closing and after.opening and before.closing.amount_minor != after.opening.amount_minor:
        raise StatementUnreadable(
            after.opening.line, "balance_differs", "The page doesn't begin with the balance that the page before ended with."
        )


def _time_of(field: Field) -> str:
    """YYMMDDHHMM, with the offset of its zone where the bank tells one, as ISO 8601."""
    match = _TIME.fullmatch(field.text)
    try:
        of_day = time.fromisoformat(match[2]) if match else None
    except ValueError:
        of_day = None
    if match is None or of_day is None:
        raise StatementUnreadable(field.line, "date_unreadable", f"{shown(field.text)} is no date and time: YYMMDDHHMM was expected.")
    return datetime.combine(short_day_of(match[1], field.line), of_day).isoformat()
