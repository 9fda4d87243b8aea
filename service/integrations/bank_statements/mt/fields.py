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
_OPENING, _CLOSING = ("60F", "60M"), ("62F", "62M")
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
    while lines and not lines[-1].strip():
        lines.pop()
    message = _Open()
    for number, line in enumerate(lines, 1):
        text = line.strip("\x01\x02")
        match = _TAG.match(text)
        if match:
            if match[1] == "20" and message.fields:
                yield message.ended(number - 1, closed=False)
                message = _Open()
            message.begin(match[1], text, match.end(), number)
        elif not message.fields:
            message.precede(text, number)
        elif message.ends(text):
            yield message.ended(number, closed=True)
            message = _Open()
        else:
            message.go_on(text, number)
    if message.fields:
        yield message.ended(len(lines), closed=False)
    elif message.preamble:
        raise StatementUnreadable(
            len(lines), "statement_missing", f"After {shown(message.preamble[-1])} a statement was to begin; the file ends."
        )


class _Open:
    """A message that hasn't ended."""

    def __init__(self) -> None:
        self.preamble: list[str] = []
        self.fields: list[Field] = []
        self.balance_due = False

    def ended(self, last_line: int, *, closed: bool) -> Message:
        """The message as far as it goes."""
        return Message("\n".join(self.preamble), self.fields, closed=closed, last_line=last_line)

    def precede(self, text: str, number: int) -> None:
        """A line before the first field."""
        bare = text.strip("\x03 \t")
        if bare and not _PREAMBLE.fullmatch(bare):
            raise StatementUnreadable(number, "field_misplaced", f"{shown(bare)} stands outside of any statement.")
        if bare:
            self.preamble.append(bare)

    def begin(self, tag: str, text: str, end: int, number: int) -> None:
        """A field's first line."""
        if not self.fields and tag != "20":
            reason = f"Field :{tag}: stands before any :20:, which begins a statement: its beginning is missing."
            raise StatementUnreadable(number, "field_misplaced", reason)
        _check_length(tag, text, number)
        self.fields.append(Field(tag, [text[end:]], number))
        self.balance_due = tag in _OPENING or (self.balance_due and tag not in _CLOSING)

    def ends(self, text: str) -> bool:
        """Whether a line is `-`, `-}` or what banks write after it. Before a closing balance that is due a bare `-` is text."""
        bare = text.strip("\x03 \t")
        return bare.startswith("-}") if self.balance_due else re.fullmatch(r"-|-\}.*|-[A-Z]{3}", bare) is not None

    def go_on(self, text: str, number: int) -> None:
        """A further line of the field before."""
        last = self.fields[-1]
        if clean(text) and last.tag not in _NARRATIVE:
            if _LIKE_A_TAG.match(text):
                raise StatementUnreadable(number, "field_unknown", f"{shown(text)} begins a field that no statement has.")
            raise StatementUnreadable(number, "field_unreadable", f"{shown(text)} belongs to no field.")
        _check_length(last.tag, text, number, most=MOST_LETTERS if len(last.lines) < MOST_LINES else -1)
        last.lines.append(text)


def _check_length(tag: str, text: str, number: int, *, most: int = MOST_LETTERS) -> None:
    if len(text) > most:
        raise StatementUnreadable(number, "text_too_long", f"Field :{tag}: is longer than any bank writes it.")
