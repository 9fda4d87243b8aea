"""Money is whole minor units of an ISO 4217 currency; quantities and unit prices are exact rationals."""

import re
from fractions import Fraction
from typing import Annotated, Literal

import msgspec

from service.kit.patterns import whole
from service.kit.refusals import InvalidDocument

MOST_MINOR = 10**15
"""No amount is beyond ten trillion major units: room enough, and far from what 64 bits hold."""

MINOR_DIGITS = {
    "AUD": 2, "BGN": 2, "BHD": 3, "BRL": 2, "CAD": 2, "CHF": 2, "CLP": 0, "CNY": 2, "COP": 2, "CZK": 2, "DKK": 2, "EGP": 2, "EUR": 2,
    "GBP": 2, "GHS": 2, "HKD": 2, "HUF": 2, "IDR": 2, "ILS": 2, "INR": 2, "ISK": 0, "JOD": 3, "JPY": 0, "KES": 2, "KRW": 0, "KWD": 3,
    "MAD": 2, "MXN": 2, "MYR": 2, "NGN": 2, "NOK": 2, "NZD": 2, "OMR": 3, "PEN": 2, "PHP": 2, "PKR": 2, "PLN": 2, "RON": 2, "RSD": 2,
    "SAR": 2, "SEK": 2, "SGD": 2, "THB": 2, "TND": 3, "TRY": 2, "TWD": 2, "UAH": 2, "UGX": 0, "USD": 2, "VND": 0, "XAF": 0, "XOF": 0,
    "ZAR": 2, "ZMW": 2,
}  # fmt: skip
"""Digits after the point (ISO 4217, list one) of the currencies served."""

Currency = Literal[
    "AUD", "BGN", "BHD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "GHS", "HKD", "HUF", "IDR",
    "ILS", "INR", "ISK", "JOD", "JPY", "KES", "KRW", "KWD", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD", "OMR", "PEN", "PHP", "PKR",
    "PLN", "RON", "RSD", "SAR", "SEK", "SGD", "THB", "TND", "TRY", "TWD", "UAH", "UGX", "USD", "VND", "XAF", "XOF", "ZAR", "ZMW",
]  # fmt: skip

MinorUnits = Annotated[int, msgspec.Meta(ge=0, le=MOST_MINOR, description="Whole minor units, so 1234 is 12.34 EUR and 1,234 JPY.")]
PositiveMinorUnits = Annotated[int, msgspec.Meta(ge=1, le=MOST_MINOR, description="Whole minor units, more than none.")]

ExactPrice = Annotated[
    str,
    msgspec.Meta(
        pattern=whole(r"-?[0-9]{1,12}((\.[0-9]{1,6})|(/[1-9][0-9]{0,5}))?"),
        max_length=22,
        description="Minor units per unit as an exact decimal or fraction: `8990`, `0.5`, `1/3`.",
    ),
]


class Money(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An amount in minor units of its currency."""

    amount: MinorUnits
    currency: Currency


_EXACT = re.compile(r"-?([0-9]{1,12}(\.[0-9]{1,6})?|[0-9]{1,17}/[1-9][0-9]{0,8})", re.ASCII)


def exact(text: str) -> Fraction:
    """A decimal or fraction text as a rational; InvalidDocument for anything else (NaN, 1e9, other digits)."""
    if len(text) <= 12 and text.isascii() and text.isdigit():
        return Fraction(int(text))  # as nearly every one is, at a tenth of what reading it takes
    if not _EXACT.fullmatch(text):
        raise InvalidDocument(f"{text[:40]!r} isn't an exact number: send a decimal text.")
    return Fraction(text)


def ratio(text: str) -> tuple[int, int]:
    """The numerator and denominator of `exact`, in lowest terms."""
    if len(text) <= 12 and text.isascii() and text.isdigit():
        return int(text), 1
    value = exact(text)
    return value.numerator, value.denominator


def exact_text(value: Fraction) -> str:
    """A decimal where one ends within six places, else a reduced fraction: what `exact` reads as this."""
    millionths = value * 10**6
    if millionths.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    whole, rest = divmod(abs(millionths.numerator), 10**6)
    return f"{'-' if value < 0 else ''}{whole}.{rest:06}".rstrip("0").rstrip(".")


def rounded(value: Fraction) -> int:
    """Half up to a whole minor unit, the one rounding there is; the database's `kit.rounded` is its twin. Needs value ≥ 0."""
    if value < 0:
        raise ValueError("amounts are rounded before their sign is applied")
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)
