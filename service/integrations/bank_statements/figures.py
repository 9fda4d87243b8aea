"""Amounts, currencies and days as files write them: exact, or refused with the line."""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from service.integrations.bank_statements.records import StatementUnreadable
from service.kit.money import MINOR_DIGITS, MOST_MINOR

_MOST_DIGITS: Final = 40
_DECIMAL: Final = re.compile(r"([0-9]*)(?:[.,]([0-9]*))?", re.ASCII)
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T[0-9:.]{1,30})?(?:Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII)
_CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1970, 2199


def currency_of(text: str, line: int) -> str:
    """The currency, where its minor unit is known here; else refused."""
    if not _CURRENCY.fullmatch(text):
        raise StatementUnreadable(line, "currency_unreadable", f"{shown(text)} is no currency: three capital letters were expected.")
    if text not in MINOR_DIGITS:
        raise StatementUnreadable(line, "currency_unknown", f"The currency {text} isn't served here: how many decimals it has isn't known.")
    return text


def minor_units(text: str, currency: str, line: int) -> int:
    """Whole minor units of an unsigned decimal with a point or a comma; what isn't whole is refused, never rounded."""
    written = text.strip()
    match = _DECIMAL.fullmatch(written) if len(written) <= _MOST_DIGITS else None
    if match is None or not (match[1] or match[2]):
        raise StatementUnreadable(
            line, "amount_unreadable", f"{shown(text)} is no amount: digits with at most one decimal mark were expected."
        )
    digits = MINOR_DIGITS[currency]
    fraction = (match[2] or "").rstrip("0")
    if len(fraction) > digits:
        raise StatementUnreadable(
            line, "amount_inexact", f"{shown(text)} {currency} isn't a whole number of minor units: {currency} has {digits} decimals."
        )
    amount = int((match[1] or "0") + fraction.ljust(digits, "0"))
    if amount > MOST_MINOR:
        raise StatementUnreadable(line, "amount_too_large", f"{shown(text)} {currency} is beyond what an account here can hold.")
    return amount


def day_of(text: str, line: int) -> date:
    """The day of an ISO date or time: as it is written, in the zone of whoever wrote it."""
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise StatementUnreadable(line, "date_unreadable", f"{shown(text)} is no date: YYYY-MM-DD was expected.")
    return day(int(match[1]), int(match[2]), int(match[3]), line)


def short_day_of(text: str, line: int) -> date:
    """The day of YYMMDD: from 80 on in the last century."""
    if not re.fullmatch("[0-9]{6}", text, re.ASCII):
        raise StatementUnreadable(line, "date_unreadable", f"{shown(text)} is no date: YYMMDD was expected.")
    year = int(text[:2])
    return day(1900 + year if year >= 80 else 2000 + year, int(text[2:4]), int(text[4:6]), line)


def day(year: int, month: int, of_month: int, line: int) -> date:
    """That day of the calendar; one that there never was is refused."""
    try:
        found = date(year, month, of_month)
    except ValueError:
        found = None
    if found is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise StatementUnreadable(line, "date_unreadable", f"There is no day {year:04}-{month:02}-{of_month:02} to book on.")
    return found


def whole_number(text: str, line: int, what: str) -> int:
    """A count of up to nine digits."""
    if not re.fullmatch("[0-9]{1,9}", text.strip(), re.ASCII):
        raise StatementUnreadable(line, "number_unreadable", f"{shown(text)} is no {what}: digits were expected.")
    return int(text)


def shown(text: str) -> str:
    """What a file says, short enough and without what can't be seen."""
    return repr(text[:40]) + ("…" if len(text) > 40 else "")


def decimal_text(amount: int, currency: str) -> str:
    """Minor units as a decimal with a point: `-12.50`."""
    return str(Decimal(amount).scaleb(-MINOR_DIGITS[currency]))


def written(amount: int, currency: str) -> str:
    """An amount as a person reads it: `-12.50 EUR`."""
    return f"{decimal_text(amount, currency)} {currency}"
