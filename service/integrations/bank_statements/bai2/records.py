"""Lines put together to records: code and fields, continuations joined, and where each began."""

import re
from collections.abc import Iterator
from typing import Final

from service.integrations.bank_statements.figures import shown
from service.integrations.bank_statements.records import StatementUnreadable

CODES: Final = ("01", "02", "03", "16", "49", "98", "99")
MOST_CONTINUATIONS: Final = 200
MOST_LETTERS: Final = 4_000


class Record:
    """One record. Each physical line counts where the file counts records."""

    __slots__ = ("code", "line", "parts")

    def __init__(self, code: str, line: int, first: str) -> None:
        self.code = code
        self.line = line
        self.parts = [first]

    @property
    def count(self) -> int:
        """How many physical records it is."""
        return len(self.parts)

    @property
    def fields(self) -> list[str]:
        """All its fields, those of continuations included."""
        return [field.strip() for part in self.parts for field in part.split(",")]

    def field(self, index: int) -> str:
        """The field at that place, empty where the record ends before."""
        fields = self.fields
        return fields[index] if index < len(fields) else ""


def records_of(lines: list[str]) -> Iterator[Record]:
    """The records; a slash that ends a line ends its fields."""
    record: Record | None = None
    for number, line in enumerate(lines, 1):
        text = line.strip(" \t\x1a\x03")
        if not text:
            continue
        match = re.match(r"([0-9]{2}),(.*)", text, re.DOTALL | re.ASCII)
        if match is None or len(text) > MOST_LETTERS:
            raise StatementUnreadable(number, "record_unreadable", f"{shown(text)} is no record: it begins with two digits and a comma.")
        body = match[2].removesuffix("/")
        if match[1] == "88":
            if record is None or record.count > MOST_CONTINUATIONS:
                raise StatementUnreadable(number, "record_misplaced", "Record 88 continues nothing, or more than any bank writes.")
            record.parts.append(body)
            continue
        if match[1] not in CODES:
            raise StatementUnreadable(number, "record_unreadable", f"There is no record {match[1]}.")
        if record is not None:
            yield record
        record = Record(match[1], number, body)
    if record is not None:
        yield record
