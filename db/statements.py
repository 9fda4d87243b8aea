"""Splits an SQL file into its statements, since a migration is sent one statement a call."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

# What may hold a semicolon that ends nothing; the longest-lived forms first.
_WHOLE: Final = re.compile(
    r"""
      --[^\n]*                                    # a comment
    | /\*.*?\*/                                   # a comment
    | [eE]'(?:[^'\\]|\\.|'')*'                    # a string with escapes
    | '(?:[^']|'')*'                              # a string
    | "(?:[^"]|"")*"                              # a name
    | (?<![\w$])\$(?P<tag>(?:[^\W\d]\w*)?)\$.*?\$(?P=tag)\$   # a body
    | ;
    """,
    re.VERBOSE | re.DOTALL,
)
_COMMENT: Final = re.compile(r"\s*(?:--[^\n]*(?:\n|$)|/\*.*?\*/)|\s+", re.DOTALL)


class Statement(NamedTuple):
    """One statement, and the line of its file on which it begins."""

    line: int
    sql: str


def split(text: str) -> Iterator[Statement]:
    """The statements of `text` in order, without their semicolons; comments alone are none. Raises ValueError for `begin atomic` bodies."""
    begin = 0
    for end in [*(match.start() for match in _WHOLE.finditer(text) if match.group() == ";"), len(text)]:
        while (blank := _COMMENT.match(text, begin, end)) is not None:
            begin = blank.end()
        if sql := text[begin:end].rstrip():
            if re.search(r"\bbegin\s+atomic\b", sql, re.IGNORECASE):
                raise ValueError("`begin atomic` isn't split: write the function's body as a string ($$ … $$)")
            yield Statement(text.count("\n", 0, begin) + 1, sql)
        begin = end + 1
