"""What a line says that may name our own money: words by which a slip is found however the bank writes it."""

import re

from service.billing.records.bank import BankLine

MOST_WORDS = 60
MOST_TOGETHER = 3
"""Pieces of which a slip's number is made: `E-4711`, `2026 03 0017`."""
SHORTEST = 3
_PIECE = re.compile(r"[0-9A-Z]+")


def words_in(line: BankLine) -> set[str]:
    """Each word of the line, and neighbouring ones as one word, without what stands between their letters and digits."""
    found: set[str] = set()
    for text in (line.remittance, line.reference, line.end_to_end_id, line.booking_text):
        pieces = _PIECE.findall(text.upper())[:MOST_WORDS]
        for size in range(1, MOST_TOGETHER + 1):
            found |= {"".join(pieces[at : at + size]) for at in range(len(pieces) - size + 1)}
    return {one for one in found if SHORTEST <= len(one) <= 60}
