"""The text that is sealed: RFC 8785 canonical JSON over NFC text, under a hash whose domain keeps it from passing for anything else."""

import hashlib
import unicodedata
from itertools import accumulate
from typing import Any

import msgspec
import rfc8785

OFFER = "sayso/offer-revision/1"
ITEMS = "sayso/offer-items/1"
NOTHING = "00" * 32
"""The hash before the first."""


class _Offer(msgspec.Struct):
    items: list[msgspec.Raw]


def text_of(document: dict[str, Any]) -> str:
    """The one way to write this document; composed and decomposed letters are the same text."""
    return rfc8785.dumps(_normal(document)).decode()


def seal(domain: str, text: str) -> str:
    """SHA-256 of the text in that domain; `authorisations.seal` is its twin."""
    return hashlib.sha256(f"{domain}\n{text}".encode()).hexdigest()


def listed(text: str) -> list[str]:
    """The items of an offer's text, each as the text writes it."""
    return [bytes(item).decode() for item in msgspec.json.decode(text, type=_Offer).items]


def chained(items: list[str]) -> list[str]:
    """One hash before the first item, and one after each, over it and the hash before; `authorisations.item_hashes` is its twin."""
    return list(accumulate(items, lambda before, item: seal(ITEMS, f"{before} {item}"), initial=NOTHING))


def commitment(salt: bytes, words: str) -> str:
    """A salted hash of words about a person: proves them while the salt is kept, says nothing once it is erased."""
    return hashlib.sha256(b"sayso/commitment/1\n" + salt + unicodedata.normalize("NFC", words).encode()).hexdigest()


def _normal(value: Any) -> Any:
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case dict():
            return {_normal(key): _normal(member) for key, member in value.items()}
        case list() | tuple():
            return [_normal(member) for member in value]
        case float():
            raise TypeError("amounts are integers, quantities texts: a float is never sealed")
        case _:
            return value
