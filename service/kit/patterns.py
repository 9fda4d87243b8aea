"""Patterns of texts, made in one place: in Python a closing `$` also matches before a last newline, and a number ends with its last digit."""

import re
from typing import Any, Final

_END: Final = r"\Z"
_TAGS: Final = r"\U000e0000-\U000e0fff"
_HIDDEN: Final = r"\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb" + _TAGS
"""Controls, and what turns or hides letters. The two joiners aren't here: Persian, Indian scripts and emoji are written with them."""
_EMPTY: Final = r"\s\u034f\u115f\u1160\u200c\u200d\u2800\u3164\ufe00-\ufe0f\uffa0"
"""What leaves no mark by itself."""


def whole(pattern: str) -> str:
    """A pattern that a text matches from its first letter to its very last."""
    return rf"^{pattern}{_END}"


def _seen(controls: str) -> str:
    hidden = controls + _HIDDEN
    return whole(rf"(?=[^{hidden}]*[^{hidden}{_EMPTY}])[^{hidden}]*")


def or_none(pattern: str) -> str:
    """A whole pattern that the empty text matches too: what takes a text away."""
    return whole(f"({pattern.removeprefix('^').removesuffix(_END)})?")


LINE: Final = _seen(r"\u0000-\u001f")
"""One line with something to see in it, and nothing that can't be seen."""
LINES: Final = _seen(r"\u0000-\u0008\u000b\u000c\u000e-\u001f")
"""The same, where it may be several lines."""

_UNSEEN = re.compile(rf"[\u0000-\u001f{_HIDDEN}]")

DEMANDED: Final = "x-demanded"
"""Marks a field, in its JSON Schema, that may be left out only to be refused for it: the document tells it as required."""


def line_of(text: str) -> str:
    """What others wrote, as one line without what can't be seen; empty where nothing is left."""
    return " ".join(_UNSEEN.sub("", " ".join(text.split())).split())


def told(schema: Any) -> Any:
    """A JSON Schema with its patterns as ECMA-262 writes them, where `$` is the very end and letters beyond 16 bits have no escape."""
    match schema:
        case dict():
            return {name: _told(value) if name == "pattern" and isinstance(value, str) else told(value) for name, value in schema.items()}
        case list():
            return [told(one) for one in schema]
        case _:
            return schema


def _told(pattern: str) -> str:
    return f"{pattern.removesuffix(_END)}$".replace(_TAGS, "") if pattern.endswith(_END) else pattern
