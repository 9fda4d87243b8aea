"""Texts as files hold them: decoded as declared or refused, and without what can't be seen."""

import codecs
import re
from collections.abc import Iterable
from typing import Final, Literal, get_args

from service.integrations.bank_statements.records import StatementUnreadable

Encoding = Literal["utf-8", "cp1252", "iso-8859-1", "iso-8859-15", "iso-8859-2", "cp1250", "cp850", "cp852", "cp437", "utf-16"]
"""What a text file may be said to be in. Nothing is guessed: in the wrong one every name with an accent would be another name."""
ENCODINGS: Final = get_args(Encoding)
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_UNSEEN: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+")
_NOT_PROVIDED: Final = {"NOTPROVIDED", "NOT PROVIDED", "NONREF"}
_BLANKS: Final = re.compile(r"\s+")
_LINE_END: Final = re.compile(r"\r\n|\n|\r")


def decoded(content: bytes, encoding: str | None) -> str:
    """The text of a file that declares no encoding: what a byte order mark says, what the caller says, else UTF-8."""
    for mark, of_mark in _BOMS:
        if content.startswith(mark):
            return _decode(content, of_mark)
    if encoding is not None and encoding not in ENCODINGS:
        raise StatementUnreadable(1, "encoding_unknown", f"The encoding is one of {', '.join(ENCODINGS)}.")
    return _decode(content, encoding or "utf-8")


def _decode(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = f"This isn't {encoding.removesuffix('-sig').upper()}: say which encoding the bank writes."
        raise StatementUnreadable(line, "encoding_wrong", reason) from None
    if (nul := text.find("\0")) >= 0:
        raise StatementUnreadable(
            text.count("\n", 0, nul) + 1, "not_text", "The character NUL stands here: the file isn't a text, or not in this encoding."
        )
    return text


def lines_of(text: str) -> list[str]:
    """Its lines, whichever way they end; a form feed or another control ends none."""
    return _LINE_END.split(text)


def below(text: str, lines: int) -> str:
    """What stands below its first lines."""
    return _LINE_END.split(text, maxsplit=lines)[-1] if lines else text


def clean(text: str) -> str:
    """One line without controls or doubled blanks."""
    return _BLANKS.sub(" ", _UNSEEN.sub(" ", text)).strip()


def clean_or_none(text: str | None) -> str | None:
    """The same; None where nothing is left."""
    return clean(text) or None if text else None


def provided(reference: str | None) -> str | None:
    """A reference; None where the bank only writes that there is none."""
    return None if reference is None or reference.upper() in _NOT_PROVIDED else reference


def clean_lines(lines: Iterable[str]) -> str:
    """Those lines that say something."""
    return "\n".join(kept for line in lines if (kept := clean(line)))
