"""What cells say: each column of a file tells what its values look like, reads them, and judges them in the same words."""

import re
from collections.abc import Callable
from datetime import time
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid5

import msgspec

from service.kit.card_numbers import refuse_card_numbers
from service.kit.money import MINOR_DIGITS
from service.kit.refusals import CardNumber, Refusal
from service.kit.zones import zone

Reader = Callable[[str], Any]
"""Gives what a cell means; raises where it means nothing."""

_DECIMAL = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,9})?", re.ASCII)

_WALL_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(:[0-9]{2})?", re.ASCII)


class CellRefused(Exception):
    """A cell whose mistake is known so well that the message is its remedy."""


class Column(msgspec.Struct, frozen=True):
    """One column: its name, what its values look like, one of them, how they are read, what else is to be known (of an empty cell, say), and
    whether a row that fills all the others leaves it empty.
    """

    name: str
    wanted: str
    example: str
    read: Reader
    required: bool = False
    note: str = ""
    instead_of_others: bool = False

    def judged(self, cell: str) -> tuple[Any, str | None]:
        """What the cell means, and None or why it can't be taken; the cell itself is never repeated."""
        try:
            return self.read(cell), None
        except CardNumber:
            return None, f"{self.name} holds what looks like a card number, which is never kept here."
        except CellRefused as refused:
            return None, f"{self.name} {refused}"
        except (ValueError, msgspec.ValidationError, Refusal):
            return None, f"{self.name} has to be {self.wanted}, such as {self.example}."


def typed(kind: Any) -> Reader:
    """Reads what a request would carry, with the same limits."""
    return lambda cell: msgspec.convert(cell, kind, strict=False)


def prose(kind: Any) -> Reader:
    """Reads a text of people's, which holds no card number."""

    def read(cell: str) -> Any:
        refuse_card_numbers(cell)
        return msgspec.convert(cell, kind)

    return read


def words(kind: Any) -> Reader:
    """Reads words separated by spaces."""
    return lambda cell: msgspec.convert(cell.split(), kind)


def levels(kind: Any) -> Reader:
    """Reads words separated by spaces, each with its level behind a colon; the first level where none is written."""

    def read(cell: str) -> Any:
        named = [word.partition(":") for word in cell.split()]
        if len({name for name, _, _ in named}) < len(named):
            raise ValueError(cell)
        return msgspec.convert({name: level or "1" for name, _, level in named}, kind, strict=False)

    return read


def zone_name(cell: str) -> str:
    """Reads the name of a time zone."""
    return zone(cell).key


def weekday_numbers(kind: Any) -> Reader:
    """Reads the numbers of weekdays, separated by blanks."""
    return lambda cell: msgspec.convert(cell.split(), kind, strict=False)


def wall_time(cell: str) -> time:
    """Reads what a clock on the wall says, with or without seconds."""
    if not _WALL_TIME.fullmatch(cell):
        raise ValueError(cell)
    return time.fromisoformat(cell)


def yes_or_no(cell: str) -> bool:
    """Reads whether the cell says yes."""
    if cell.lower() not in {"yes", "no"}:
        raise ValueError(cell)
    return cell.lower() == "yes"


def degrees_e7(kind: Any) -> Reader:
    """Reads a decimal of degrees as ten-millionths."""
    return lambda cell: msgspec.convert(_whole(decimal(cell) * 10**7), kind)


def decimal(cell: str) -> Fraction:
    """Reads a decimal, exactly."""
    if not _DECIMAL.fullmatch(cell):
        raise ValueError(cell)
    return Fraction(cell)


def price(cell: str) -> Fraction:
    """Reads a price in major units."""
    value = decimal(cell)
    if value < 0:
        raise ValueError(cell)
    return value


def basis_points(kind: Any) -> Reader:
    """Reads a percentage as hundredths of it. A bare 0.19 was meant as a share; rates below 1 % exist (Melilla's 0.5 %), and are written with the sign."""

    def read(cell: str) -> Any:
        percentage = decimal(cell.removesuffix("%").rstrip())
        if 0 < percentage < 1 and not cell.endswith("%"):
            raise CellRefused("is a percentage, not a fraction: write 19 for 19 %, and 0.5% with its sign where less than 1 % is meant.")
        return msgspec.convert(_whole(percentage * 100), kind)

    return read


def minor_units(major: Fraction, currency: str) -> str:
    """A price in major units as an exact text in minor ones."""
    return str(major * 10 ** MINOR_DIGITS[currency])


def named_id(organisation_id: UUID, *names: str) -> UUID:
    """The id of what these names name, always the same, so that a file loaded twice is loaded once."""
    return uuid5(organisation_id, "\n".join(names))


def _whole(value: Fraction) -> int:
    if value.denominator != 1:
        raise ValueError(value)
    return int(value)
