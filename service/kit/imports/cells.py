"""What cells say: derived ids, decimals that must come out even, yes and no."""

import re
from fractions import Fraction
from uuid import UUID, uuid5

from service.kit.money import MINOR_DIGITS

_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,9})?", re.ASCII)


def named_id(organisation_id: UUID, *names: str) -> UUID:
    """The id of what these names name, always the same, so that a file loaded twice is loaded once."""
    return uuid5(organisation_id, "\n".join(names))


def degrees_e7(cell: str | None, column: str) -> int | None:
    """A decimal of degrees as ten-millionths."""
    return None if cell is None else _even(cell, 10**7, f"{column} is a decimal of at most seven places, such as 52.5200066.")


def minor_units(cell: str, currency: str) -> str:
    """A price in major units as an exact text in minor ones."""
    if currency not in MINOR_DIGITS:
        raise ValueError(f"currency {currency[:10]!r} isn't served.")
    value = _number(cell, "price is a decimal in major units, such as 89.90.") * 10 ** MINOR_DIGITS[currency]
    return str(value.numerator) if value.denominator == 1 else str(value)


def basis_points(cell: str) -> int:
    """A percentage as hundredths of it."""
    return _even(cell, 100, "tax_rate is a percentage of at most two places, such as 19 or 7.70.")


def yes_or_no(cell: str | None, column: str) -> bool:
    """Whether the cell says yes; an empty one says no."""
    if cell is None or cell.lower() in {"yes", "no"}:
        return cell is not None and cell.lower() == "yes"
    raise ValueError(f"{column} is yes or no.")


def words(cell: str | None) -> list[str]:
    """The words of a cell, separated by spaces."""
    return cell.split() if cell else []


def _even(cell: str, parts: int, sentence: str) -> int:
    value = _number(cell, sentence) * parts
    if value.denominator != 1:
        raise ValueError(sentence)
    return int(value)


def _number(cell: str, sentence: str) -> Fraction:
    if not _DECIMAL.fullmatch(cell):
        raise ValueError(sentence)
    return Fraction(cell)
