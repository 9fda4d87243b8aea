"""A file cut into messages and these into fields, each with the line it begins on."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from service.integrations.bank_statements.figures import shown
from service.integrations.bank_statements.records import StatementUnreadable
from service.integrations.bank_statements.texts import clean

_TAG: Final = re.compile(r":(13D?|20|21|25P?|28C?|34F|60[FM]|61|62[FM]|64|65|86|90[CD]|NS):", re.ASCII)
_LIKE_A_TAG: Final = re.compile(r":[0-9]{2}[A-Z]?:", re.ASCII)
_PREAMBLE: Final = re.compile(r"(?::940:|\{1:.*|[A-Z0-9 ]{1,40})", re.ASCII)
"""What stands before a message: blocks of the network, or lines of its own in which banks name themselves and the kind."""
_NARRATIVE: Final = {"61", "86", "NS"}
MOST_LINES: Final = 60
"""Of one field; the standard has six."""
MOST_LETTERS: Final = 400


class Field(NamedTuple):
    """A tag and the lines of its text; `line` is where it begins."""

    tag: str
    lines: list[str]
    line: int

    @property
    def text(self) -> str:
        """The text of a field that has one line."""
        rest = [more for more in self.lines[1:] if clean(more)]
        if rest:
            raise StatementUnreadable(
                self.line + 1, "field_unreadable", f"{shown(rest[0])} stands in field :{self.tag}:, which has one line."
            )
        return self.lines[0].strip()


class Message(NamedTuple):
    """The fields of one message. `block` is what stood before it, `closed` whether its end was marked."""

    block: str
    fields: list[Field]
    closed: bool
    last_line: int


def messages_of(lines: list[str]) -> Iterator[Message]:
    """The messages; what stands in none is refused."""
    fields: list[Field] = []
    preamble: list[str] = []
    while lines and not lines[-1].strip():
        lines.pop()
    for number, line in enumerate(lines, 1):
        text = line.strip("\x01\x02")
        match = _TAG.match(text)
        if match and match[1] == "20" and fields:
            yield Message("\n".join(preamble), fields, closed=False, last_line=number - 1)
            fields, preamble = [], []
        if match:
            if not fields and match[1] != "20":
                raise StatementUnreadable(
                    number,
                    "field_misplaced",
                    f"Field :{match[1]}: stands before any :20:, which begins a statement: its beginning is missing.",
                )
            _check_length(match[1], text, number)
            fields.append(Field(match[1], [text[match.end() :]], number))
        elif not fields:
            _check_preamble(text, number)
            if text.strip():
                preamble.append(text.strip())
        elif _ends(text, fields):
            yield Message("\n".join(preamble), fields, closed=True, last_line=number)
            fields, preamble = [], []
        else:
            _continue(fields, text, number)
    if fields:
        yield Message("\n".join(preamble), fields, closed=False, last_line=len(lines))
    elif preamble:
        raise StatementUnreadable(len(lines), "statement_missing", f"After {shown(preamble[-1])} a statement was to begin; the file ends.")


def _ends(text: str, fields: list[Field]) -> bool:
    """Whether a line ends the message: `-`, `-}` and what banks write after it. Before a closing balance that is due a bare `-` is text."""
    bare = text.strip("\x03 \t")
    tags = {field.tag[:2] for field in fields}
    if "60" in tags and "62" not in tags:
        return bare.startswith("-}")
    return re.fullmatch(r"-|-\}.*|-[A-Z]{3}", bare) is not None


def _continue(fields: list[Field], text: str, number: int) -> None:
    """A further line of the field before."""
    last = fields[-1]
    if clean(text) and last.tag not in _NARRATIVE:
        if _LIKE_A_TAG.match(text):
            raise StatementUnreadable(number, "field_unknown", f"{shown(text)} begins a field that no statement has.")
        raise StatementUnreadable(number, "field_unreadable", f"{shown(text)} belongs to no field.")
    _check_length(last.tag, text, number, most=MOST_LETTERS if len(last.lines) < MOST_LINES else -1)
    last.lines.append(text)


def _check_length(tag: str, text: str, number: int, *, most: int = MOST_LETTERS) -> None:
    if len(text) > most:
        raise StatementUnreadable(number, "text_too_long", f"Field :{tag}: is longer than any bank writes it.")


def _check_preamble(text: str, number: int) -> None:
    bare = text.strip("\x03 \t")
    if bare and not _PREAMBLE.fullmatch(bare):
        raise StatementUnreadable(number, "field_misplaced", f"{shown(bare)} stands outside of any statement.")
