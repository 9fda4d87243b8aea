"""Card numbers are refused wherever a text is taken, so that they are never stored, logged or backed up (PCI DSS, SAQ A)."""

import re
from typing import Any

from service.kit.check_digits import is_iban
from service.kit.refusals import CardNumber

_UUID = re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")
_UUID_IN_BODY = re.compile(_UUID.pattern.encode())
_ENOUGH_DIGITS = re.compile(rb"\d(?:[ -]?\d){12}")
_CANDIDATE = re.compile(r"(?<![\w.+])\d(?:[ -]?\d){12,18}(?![\w])", re.ASCII)
# What the networks issue (ISO/IEC 7812), so that serial numbers, IMEIs and telephone numbers aren't taken for cards.
_ISSUED = re.compile(
    r"""
      4\d{12}(?:\d{3}){0,2}                                                             # Visa
    | (?:5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12})                 # Mastercard
    | 3[47]\d{13}                                                                       # American Express
    | 3(?:0[0-59]|[689]\d)\d{11,16}                                                     # Diners
    | (?:6011|64[4-9]\d|65\d\d)\d{12,15}                                                # Discover
    | 35(?:2[89]|[3-8]\d)\d{12,15}                                                      # JCB
    | 62\d{14,17}                                                                       # UnionPay
    | (?:5018|5020|5038|5[68]\d\d|6304|6759|676[1-3])\d{8,15}                           # Maestro
    """,
    re.VERBOSE | re.ASCII,
)


def refuse_card_numbers(*texts: str | None) -> None:
    """Passes texts without a card number; raises CardNumber."""
    if any(text is not None and _holds_one(text) for text in texts):
        raise CardNumber


def refuse_card_numbers_in(body: bytes, document: Any) -> None:
    """Passes a document none of whose texts holds a card number, as sent and as decoded; raises CardNumber."""
    if _may_hold_one(body):  # nearly no body does: the walk is for the few that do
        _walk(document)


def _may_hold_one(body: bytes) -> bool:
    """Whether there are digits enough, ids left out where what stands in the body is what its texts say, character by character."""
    if b"\\" in body or not body.isascii():
        return b"\\u00" in body or _ENOUGH_DIGITS.search(body) is not None
    return _ENOUGH_DIGITS.search(body) is not None and _ENOUGH_DIGITS.search(_UUID_IN_BODY.sub(b" ", body)) is not None


def _walk(document: Any) -> None:
    match document:
        case str():
            refuse_card_numbers(document)
        case dict():
            for member in document.values():
                _walk(member)
        case list():
            for member in document:
                _walk(member)
        case _:
            pass


def _holds_one(text: str) -> bool:
    if len(text) < 13 or is_iban(text.replace(" ", "")):  # an account number in fours can look like a card behind its first four
        return False
    return any(_is_card(match[0].replace(" ", "").replace("-", "")) for match in _CANDIDATE.finditer(_UUID.sub(" ", text)))


def _is_card(digits: str) -> bool:
    return _ISSUED.fullmatch(digits) is not None and _luhn(digits)


def _luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1."""
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def masked(text: str) -> str:
    """The text with all but the last four digits of a card number hidden: for what others wrote, which can't be refused."""
    while _holds_one(text):  # the digits that hid one may go first
        text = _CANDIDATE.sub(lambda match: f"…{match[0][-4:]}", text)
    return text
