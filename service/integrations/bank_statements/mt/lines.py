"""Field :61:, one booking, and the balances of :60:, :62: and :90:."""

import calendar
import re
from datetime import date
from typing import Final, NamedTuple

from service.integrations.bank_statements.figures import currency_of, day, minor_units, short_day_of, shown
from service.integrations.bank_statements.mt.fields import Field
from service.integrations.bank_statements.records import Balance, StatementUnreadable, Status
from service.integrations.bank_statements.texts import clean_or_none

_LINE: Final = re.compile(
    r"(?P<value>[0-9]{6})(?P<entry>[0-9]{4}|[ ]{4})?(?P<mark>[RE]?[CD])(?P<funds>[A-Z])?(?P<amount>[0-9]+(?:,[0-9]*)?)"
    r"(?P<type>[A-Z][A-Z0-9 ]{3})(?P<references>.*)",
    re.ASCII,
)
_BALANCE: Final = re.compile(r"([CD])([0-9]{6})([A-Z]{3})([0-9]+(?:,[0-9]*)?)", re.ASCII)
_TOTAL: Final = re.compile(r"([0-9]{1,5})([A-Z]{3})([0-9]+(?:,[0-9]*)?)", re.ASCII)
_NOTHING: Final = {"", "NONREF", "NOTPROVIDED", "NOREF", "KREF", "KREF+", "EREF", "EREF+", "MREF", "MREF+"}
"""No reference, or only the hint that :86: has it."""


class Line(NamedTuple):
    """What :61: says."""

    amount_minor: int
    booked_on: date | None
    value_on: date
    status: Status
    reversal: bool
    type_code: str
    customer_reference: str | None
    bank_reference: str | None
    told_beside: tuple[str, str] | None
    """Account and name, where a bank puts both into the reference."""
    more: list[str]


def line_of(field: Field, *, currency: str) -> Line:
    """The booking; RC takes a credit back and so is a debit, RD the other way round."""
    match = _LINE.fullmatch(field.lines[0].rstrip())
    if match is None:
        reason = f"{shown(field.lines[0])} is no booking: date, mark, amount and kind were expected."
        raise StatementUnreadable(field.line, "entry_unreadable", reason)
    mark = match["mark"]
    sign = 1 if mark in {"C", "RD", "EC"} else -1
    value_on = _value_day(match["value"], field.line)
    entry = (match["entry"] or "").strip()
    owner, _, bank = match["references"].partition("//")
    beside = re.fullmatch(r"(\S+) {2,}(\S.*)", owner.strip())
    return Line(
        amount_minor=sign * minor_units(match["amount"], currency, field.line),
        booked_on=_entry_day(entry, value_on, field.line) if entry else None,
        value_on=value_on,
        status="pending" if mark.startswith("E") else "booked",
        reversal=mark.startswith("R"),
        type_code=match["type"].strip(),
        customer_reference=None if beside else _told(owner),
        bank_reference=_told(bank),
        told_beside=(beside[1], beside[2]) if beside else None,
        more=[line for line in field.lines[1:] if line.strip()],
    )


def balance_of(field: Field) -> tuple[Balance, str]:
    """A balance and its currency."""
    match = _BALANCE.fullmatch(field.text)
    if match is None:
        reason = f"{shown(field.lines[0])} is no balance: C or D, YYMMDD, currency and amount were expected."
        raise StatementUnreadable(field.line, "balance_unreadable", reason)
    currency = currency_of(match[3], field.line)
    amount = minor_units(match[4], currency, field.line)
    return Balance(amount if match[1] == "C" else -amount, short_day_of(match[2], field.line), field.line), currency


def total_of(field: Field, *, currency: str) -> tuple[int, int]:
    """Number and sum of the debits or credits of an interim report."""
    match = _TOTAL.fullmatch(field.text)
    if match is None or match[2] != currency:
        raise StatementUnreadable(field.line, "total_unreadable", f"{shown(field.lines[0])} is no number and sum in {currency}.")
    return int(match[1]), minor_units(match[3], currency, field.line)


def _value_day(text: str, line: int) -> date:
    """German banks count interest in months of 30 days: their 30 February is its last day."""
    year, month, of_month = 2000 + int(text[:2]), int(text[2:4]), int(text[4:])
    last = calendar.monthrange(year, 2)[1]
    if month == 2 and last < of_month <= 30:
        return short_day_of(f"{text[:4]}{last}", line)
    return short_day_of(text, line)


def _entry_day(text: str, value_on: date, line: int) -> date:
    """MMDD of the year that lies nearest to the value date."""
    month = int(text[:2])
    year = value_on.year + (month - value_on.month < -6) - (month - value_on.month > 6)
    return day(year, month, int(text[2:]), line)


def _told(text: str) -> str | None:
    return None if text.strip().upper() in _NOTHING else clean_or_none(text)
