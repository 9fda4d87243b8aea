"""Money, quantities, days and instants as the reader of a document writes them."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from service.customers.records import Language
from service.documents.words import LOCALES, UNITS
from service.kit.money import MINOR_DIGITS, exact

MOST_DECIMALS = 6
"""What doesn't end within so many is written as the fraction that it is."""


def money_in(currency: str, language: Language) -> Callable[[int | str], str]:
    """How amounts in that currency are written: whole minor units, or an exact price in them, which may have more digits than the currency."""
    digits = MINOR_DIGITS[currency]

    def written(amount: Decimal) -> str:
        return format_currency(amount, currency, locale=LOCALES[language], decimal_quantization=amount == round(amount, digits))

    def shown(minor: int | str) -> str:
        value = exact(minor) if isinstance(minor, str) else Fraction(minor)
        if (value * 10**MOST_DECIMALS).denominator > 1:
            return f"{value.numerator}/{value.denominator} × {written(Decimal(1).scaleb(-digits))}"
        return written((Decimal(value.numerator) / Decimal(value.denominator)).scaleb(-digits))

    return shown


def number(text: str, language: Language) -> str:
    """An exact number."""
    value = exact(text)
    if (value * 10**MOST_DECIMALS).denominator > 1:
        return text
    return format_decimal(Decimal(value.numerator) / Decimal(value.denominator), locale=LOCALES[language], decimal_quantization=False)


def quantity(text: str, unit: str, language: Language) -> str:
    """So many of a unit."""
    return f"{number(text, language)} {UNITS[language].get(unit, unit)}"


def day(on: date, language: Language) -> str:
    """A day with its month in letters: nobody takes the one for the other."""
    return format_date(on, "long", locale=LOCALES[language])


def moment(at: datetime, zone: str, language: Language) -> str:
    """An instant as the clock on that wall showed it, with the zone's name and what it is ahead of UTC."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{day(local.date(), language)} {format_datetime(local, 'HH:mm z', locale=LOCALES[language])}"
