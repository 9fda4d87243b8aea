"""An account of BAI2 with its balances and bookings."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from service.integrations.bank_statements.bai2.amounts import booked_amount, signed_amount
from service.integrations.bank_statements.bai2.records import Record
from service.integrations.bank_statements.figures import currency_of, short_day_of, shown, whole_number
from service.integrations.bank_statements.judging import continuity_of
from service.integrations.bank_statements.records import Account, Balance, Entry, Party, Statement, StatementUnreadable
from service.integrations.bank_statements.texts import clean_lines, clean_or_none
from service.kit.check_digits import is_iban

_OPENING, _CLOSING = "010", "015"
_GAINED: Final = (*range(100, 400), *range(920, 960))
_SPENT: Final = (*range(400, 700), *range(960, 1000))
_TOLD_ONLY: Final = 890
_BY_ORDER: Final = re.compile(r"BO:(\S+)(?: +BO1:(.+))?")
"""The orderer of a payment, as British banks write it into the text."""


class AccountPart(NamedTuple):
    """What the group says of each of its accounts."""

    bank: str
    as_of: date
    time: str
    currency: str
    interim: bool


class Summary(NamedTuple):
    """A balance or a total of the account's head."""

    code: str
    amount: int


def account_total(head: Record, bookings: Sequence[Record]) -> int:
    """What the end of the account has to say: every amount of its head and of its bookings, as they are written."""
    return sum(one.amount for one in _summaries(head)) + sum(booked_amount(booking.field(1), booking.line) for booking in bookings)


def statement_of(head: Record, bookings: Sequence[Record], part: AccountPart) -> Statement:
    """The account's statement; balances of the ledger prove its bookings complete, where both are told."""
    number = head.field(0)
    if not number:
        raise StatementUnreadable(head.line, "account_missing", "Record 03 names no account.")
    currency = currency_of(head.field(1), head.line) if head.field(1) else part.currency
    balances = {one.code: Balance(one.amount, part.as_of, head.line) for one in _summaries(head)}
    opening, closing = balances.get(_OPENING), balances.get(_CLOSING)
    entries = tuple(_entry_of(booking, index, part, currency) for index, booking in enumerate(bookings))
    return Statement(
        format="bai2",
        kind="report" if part.interim else "statement",
        account=Account(number=number, is_iban=is_iban(number), currency=currency, bank=clean_or_none(part.bank)),
        statement_id=None,
        entries=entries,
        line=head.line,
        continuity="untold" if part.interim else continuity_of(opening, closing, entries, currency),
        opening=opening,
        closing=closing,
        created_at=_time_of(part),
        from_day=part.as_of,
        to_day=part.as_of,
    )


def _summaries(head: Record) -> list[Summary]:
    """Code, amount, number of items, funds: again and again, over continuations; banks add a comma or two."""
    fields = head.fields[2:]
    found: list[Summary] = []
    place = 0
    while place < len(fields):
        code = fields[place]
        if not code:
            place += 1
            continue
        if not re.fullmatch("[0-9]{3}", code, re.ASCII):
            raise StatementUnreadable(head.line, "record_unreadable", f"{shown(code)} is no code of a balance or total.")
        found.append(Summary(code, signed_amount(_at(fields, place + 1), head.line)))
        place = _after_funds(fields, place + 3, head.line)
    return found


def _after_funds(fields: list[str], place: int, line: int) -> int:
    """The place after the funds type and what belongs to it."""
    kind = _at(fields, place)
    match kind:
        case "" | "Z" | "0" | "1" | "2":
            return place + 1
        case "V":
            return place + 3
        case "S":
            return place + 4
        case "D":
            return place + 2 + 2 * whole_number(_at(fields, place + 1), line, "number of days")
        case _:
            raise StatementUnreadable(line, "record_unreadable", f"{shown(kind)} is no type of funds.")


def _entry_of(booking: Record, index: int, part: AccountPart, currency: str) -> Entry:
    """A booking; the text begins after the references, on the same line or on the next."""
    fields = booking.fields
    code = fields[0]
    amount = _sign_of(code, booking.line) * booked_amount(_at(fields, 1), booking.line)
    after = _after_funds(fields, 2, booking.line)
    value = short_day_of(fields[3], booking.line) if _at(fields, 2) == "V" and _at(fields, 3) else None
    lines = _text_of(booking, after + 2)
    other = _orderer_of(lines)
    gained = amount >= 0
    customer = clean_or_none(_at(fields, after + 1))
    return Entry(
        line=booking.line,
        index=index,
        amount_minor=amount,
        currency=currency,
        booked_on=part.as_of,
        value_on=value,
        status="information" if int(code) == _TOLD_ONLY else "booked",
        payer=other if gained else Party(),
        payee=Party() if gained else other,
        bank_reference=_given(_at(fields, after)),
        references=(("customer", customer),) if customer and _given(customer) else (),
        remittance=clean_lines(lines),
        transaction_code=code,
    )


def _sign_of(code: str, line: int) -> int:
    number = int(code) if re.fullmatch("[0-9]{3}", code, re.ASCII) else 0
    if number in _GAINED or number == _TOLD_ONLY:
        return 1
    if number in _SPENT:
        return -1
    raise StatementUnreadable(line, "sign_unreadable", f"The code {shown(code)} doesn't say whether this was gained or spent.")


def _text_of(booking: Record, begins: int) -> list[str]:
    """Everything from that field on; commas belong to it, each continuation is a line."""
    lines: list[str] = []
    seen = 0
    for part in booking.parts:
        fields = part.split(",")
        if seen + len(fields) > begins:
            lines.append(",".join(fields[max(0, begins - seen) :]))
        seen += len(fields)
    return lines


def _orderer_of(lines: list[str]) -> Party:
    match = next((found for line in lines if (found := _BY_ORDER.match(line.strip()))), None)
    return Party(name=clean_or_none(match[2]), account=match[1]) if match else Party()


def _time_of(part: AccountPart) -> str:
    time = part.time if re.fullmatch("[0-9]{4}", part.time, re.ASCII) else ""
    return f"{part.as_of.isoformat()}T{time[:2]}:{time[2:]}" if time and time < "2400" else part.as_of.isoformat()


def _given(text: str) -> str | None:
    return None if text.strip() in {"", "0", "NONREF"} else clean_or_none(text)


def _at(fields: list[str], place: int) -> str:
    return fields[place] if place < len(fields) else ""
