"""UUIDv7 (RFC 9562, section 5.7), so that ids sort by the time they were made, and letters that people read out and type."""

import os
from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

Randomness = Callable[[int], bytes]
LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: none that is taken for another."""


def uuid7(*, at: datetime, randomness: Randomness = os.urandom) -> UUID:
    """An id of that instant (milliseconds) and 74 random bits."""
    milliseconds = int(at.timestamp() * 1000)
    random_bits = int.from_bytes(randomness(10), "big")
    value = (milliseconds & (1 << 48) - 1) << 80 | 0x7 << 76 | (random_bits >> 68 & 0xFFF) << 64 | 0b10 << 62 | random_bits & (1 << 62) - 1
    return UUID(int=value)


def in_letters(number: int, length: int) -> str:
    """The last bits of a number, five a letter."""
    return "".join(LETTERS[number >> shift & 31] for shift in range(5 * (length - 1), -1, -5))
