"""Bodies are decoded strictly: what JSON leaves open (duplicate keys, NaN, 1e999, nesting, NUL) is refused, never guessed."""

import contextlib
import json
import re
from typing import Any, NoReturn

from service.kit.refusals import InvalidDocument

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[{]}"))
DEPTH = 32
"""Brackets that may be open at once; our deepest document has 6."""


def decode(body: bytes) -> Any:
    """The document as plain objects; InvalidDocument says what is wrong with it."""
    text = _text(body)
    if b"\\u0000" in body or "\0" in text:
        raise InvalidDocument("Texts can't hold the character NUL.")
    if body.count(b"[") + body.count(b"{") > DEPTH and _depth(body) > DEPTH:
        raise InvalidDocument(f"The document is nested deeper than {DEPTH} levels.")
    try:
        document = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise InvalidDocument(f"The body isn't JSON: {error}.") from None
    if _SURROGATE.search(body):
        _refuse_half_pairs(document)
    return document


def _text(body: bytes) -> str:
    """What is written there; ASCII in UTF-16 would pass for UTF-8 with NUL in it."""
    with contextlib.suppress(UnicodeDecodeError):
        if json.detect_encoding(body).startswith("utf-8"):
            return body.decode("utf-8")
    raise InvalidDocument("The body isn't UTF-8, which JSON is sent in.")


def _refuse_half_pairs(document: Any) -> None:
    """An escape may name half of a surrogate pair, which is no character and fits into no UTF-8."""
    try:
        json.dumps(document, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise InvalidDocument("A text holds half of a surrogate pair.") from None


def _depth(body: bytes) -> int:
    """The deepest nesting, brackets inside texts left out."""
    outside = b"".join(body.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')[::2])
    depth = deepest = 0
    for byte in outside.translate(None, _NO_BRACKETS):
        depth += 1 if byte in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _no_number(text: str) -> NoReturn:
    raise InvalidDocument(f"{text[:40]} isn't a number here: amounts are whole minor units, quantities are decimal texts.")


def _integer(text: str) -> int:
    if len(text) > 19:
        raise InvalidDocument(f"{text[:20]}… is too large a number.")
    return int(text)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise InvalidDocument("An object names the same key twice.")
    return members


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_float=_no_number, parse_int=_integer, parse_constant=_no_number)
