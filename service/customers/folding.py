"""Words as they are found by: without case, accents and what is spelled in two ways; a telephone number by its last eight digits."""

import re
import unicodedata

LONGEST = 64
PHONE_DIGITS = 8
"""As many tell two numbers of a town apart, and are the same with a country's code, with a trunk's zero and with neither."""
_WORDS = re.compile(r"[^\W_]+")
_NOT_LETTERS = re.compile(r"[\W_]+")
_LETTERS_OF_TWO = (("ß", "ss"), ("ø", "o"), ("ł", "l"), ("đ", "d"), ("æ", "a"), ("œ", "o"))
_SPELLED = (*_LETTERS_OF_TWO, ("ae", "a"), ("oe", "o"), ("ue", "u"), ("ph", "f"))
_STREET = re.compile(r"(?:strasse|str)$")
"""Written whole, short, apart or not at all: nobody is told apart by it."""
_LETTERS, _DIGITS = "abcdefghijklmnopqrstuvwxyz", "0123456789"


def folded(text: str, *, spelled_out: bool = True) -> str:
    """The same text however it is spelled: Müller, Mueller and MULLER; without `spelled_out` two letters stay two, as in one that is mistyped."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    for spelled, instead in _SPELLED if spelled_out else _LETTERS_OF_TWO:
        plain = plain.replace(spelled, instead)
    return plain


def words_of(*texts: str | None, spelled_out: bool = True) -> set[str]:
    """Every word in them."""
    found = (word for text in texts if text for word in _WORDS.findall(folded(text, spelled_out=spelled_out)))
    return {_STREET.sub("", word)[:LONGEST] for word in found} - {""}


def squeezed(text: str) -> str:
    """A number or serial as one word, whatever stands between its parts."""
    return _NOT_LETTERS.sub("", folded(text))[:LONGEST]


def phone_word(number: str) -> str:
    """What is left of a telephone number, however it is written."""
    return "".join(one for one in number if one.isdecimal())[-PHONE_DIGITS:].lstrip("0") or "0"


def same_number(one: str, other: str) -> bool:
    """Whether two telephone numbers are one: with a country's code, with a trunk's zero, or with neither."""
    short, long = sorted(("".join(digit for digit in number if digit.isdecimal()).lstrip("0") for number in (one, other)), key=len)
    return bool(short) and long.endswith(short)


def one_slip_from(word: str) -> set[str]:
    """Every word that one letter too many, too few, wrong or swapped with its neighbour makes of it; digits stay among digits."""
    alphabet = _DIGITS if word.isdecimal() else _LETTERS
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    left_out = {before + after[1:] for before, after in halves if after}
    swapped = {before + after[1] + after[0] + after[2:] for before, after in halves if len(after) > 1}
    wrong = {before + letter + after[1:] for before, after in halves if after for letter in alphabet}
    too_few = {before + letter + after for before, after in halves for letter in alphabet}
    return (left_out | swapped | wrong | too_few) - {word, ""}
