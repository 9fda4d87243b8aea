"""Where a file's bytes come from and what they are, told by themselves and never by a name."""

import io
import re
from collections.abc import Iterator
from typing import IO, Final, Literal

from service.integrations.bank_statements.records import StatementUnreadable

MOST_BYTES: Final = 64 * 1024 * 1024
_CHUNK: Final = 64 * 1024

Shape = Literal["xml", "mt", "bai2", "text"]

_XML: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<|(?:\xff\xfe)?(?:\s\x00)*<\x00|(?:\xfe\xff)?(?:\x00\s)*\x00<")
_MT: Final = re.compile(rb"(?:^|[\r\n])(?:\{1:[A-Z0-9]|:(?:20|21|25P?|28C?|34F|13D|60[FM]|61|62[FM]|64|65|86|90[CD]|NS|940):)")
_BAI2: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:01|02|03|16|49|88|98|99),[^\r\n]*(?:/[ ]*(?:[\r\n]|$)|[\r\n]+(?:02|03|16|49|88|98|99),)"
)


class Source:
    """A file that is read once, and never beyond the most that is taken."""

    def __init__(self, file: bytes | IO[bytes]) -> None:
        self._file: IO[bytes] = io.BytesIO(file) if isinstance(file, bytes) else file
        self._taken = 0
        self._lines = 1
        self.head = self._read()

    @property
    def shape(self) -> Shape:
        """What the first bytes look like."""
        head = self.head.lstrip(b"\x01\x02 \t\r\n")
        if not head:
            raise StatementUnreadable(1, "file_empty", "The file is empty.")
        if head[:2] in {b"PK", b"\x1f\x8b"} or head[:3] in {b"BZh", b"7z\xbc"}:
            raise StatementUnreadable(1, "file_packed", "The file is packed: unpack it first.")
        if _XML.match(self.head):
            return "xml"
        if _BAI2.match(self.head):
            return "bai2"
        return "mt" if _MT.search(_narrow(self.head)) else "text"

    def chunks(self) -> Iterator[bytes]:
        """Everything, a piece at a time."""
        piece = self.head
        while piece:
            yield piece
            piece = self._read()

    def whole(self) -> bytes:
        """Everything at once."""
        return b"".join(self.chunks())

    def _read(self) -> bytes:
        piece = self._file.read(_CHUNK)
        self._taken += len(piece)
        if self._taken > MOST_BYTES:
            raise StatementUnreadable(
                self._lines,
                "file_too_large",
                f"The file is larger than {MOST_BYTES // 1024 // 1024} MiB: ask the bank for shorter periods.",
            )
        self._lines += piece.count(b"\n")
        return piece


def _narrow(head: bytes) -> bytes:
    """Two bytes a letter read as one, for looking at only."""
    return head.replace(b"\0", b"") if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else head
