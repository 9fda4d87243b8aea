"""How alike two names are: who a payment may be from."""

import re
from difflib import SequenceMatcher

ALIKE = 0.6
"""From here on it may be the same person."""


def likeness(left: str, right: str) -> float:
    """How alike two names are, whatever the order of their words: 0 to 1."""
    one, other = (" ".join(sorted(re.split(r"[^\w]+", side.lower()))).strip() for side in (left, right))
    return SequenceMatcher(None, one, other).ratio() if one and other else 0.0
