"""The :86: of German, Austrian and Polish banks: a code of three digits, then `?NN` fields, in which SEPA words like `EREF+` stand."""

import re
from typing import Final

from service.integrations.bank_statements.mt.said import Narrative
from service.integrations.bank_statements.texts import clean_lines, clean_or_none, provided

WIDTH: Final = 27
"""Letters of a field, after which a text is cut wherever it is."""
_WORDS: Final = re.compile(r"(?:^|(?<=[\s\n]))(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|RREF|RTRN)\+", re.ASCII)
_RETURNS: Final = {"108", "109", "159", "184", "185"}
"""Codes of returned debits and transfers: only there does ?34 say why."""
_REFERENCES: Final = {
    "KREF": "customer",
    "CRED": "creditor_id",
    "DEBT": "debtor_id",
    "PURP": "purpose",
    "RREF": "return",
    "OAMT": "original_amount",
    "COAM": "compensation",
}


def german_of(text: str, *, code: str, mark: str, at: int) -> Narrative:
    """What the fields say; one that isn't known stays with the text."""
    fields = re.findall(rf"{re.escape(mark)}([0-9]{{2}})((?:(?!{re.escape(mark)}[0-9]{{2}}).)*)", text[at:], re.DOTALL)
    told: dict[str, list[str]] = {}
    for number, value in fields:
        told.setdefault(number, []).append(value)

    def values(*numbers: int) -> list[str]:
        return [value for number in numbers for value in told.get(f"{number:02}", [])]

    said = Narrative(
        code=code,
        booking_text=clean_or_none(" ".join(values(0))),
        name=clean_or_none(_put_together(values(32, 33))),
        account=clean_or_none("".join(values(38)) or "".join(values(31))),
        bank=clean_or_none("".join(values(30))),
        own_ultimate=clean_or_none(_put_together(values(70, 71))),
    )
    references: list[tuple[str, str]] = []
    if primanota := clean_or_none("".join(values(10))):
        references.append(("primanota", primanota))
    if (key := clean_or_none("".join(values(34)))) is not None:
        if code in _RETURNS:
            said.return_reason = key
        else:
            references.append(("text_key", key))
    words = _put_together(values(*range(20, 30), *range(60, 66)))
    rest = [value for number, found in told.items() if number not in _KNOWN for value in found]
    _sepa(said, words, references, rest)
    return said


_KNOWN: Final = {f"{number:02}" for number in (0, 10, *range(20, 35), 38, *range(60, 66), 70, 71)}


def _put_together(values: list[str]) -> str:
    """Fields of the full width run on; of one that is a letter short the blank got lost; a shorter one ends its line. SEPA words begin one."""
    text = ""
    for value in values:
        bare = value.rstrip()
        if _WORDS.match(value) and text and not text.endswith("\n"):
            text += "\n"
        text += value if len(value) == WIDTH else bare + (" " if len(bare) == WIDTH - 1 else "\n")
    return text


def _sepa(said: Narrative, words: str, references: list[tuple[str, str]], rest: list[str]) -> None:
    """Takes the SEPA words out; without any it is all remittance. Only the purpose goes on after a line that ended early."""
    first, *parts = _WORDS.split(words)
    lines = first.split("\n")
    for word, raw in zip(parts[::2], parts[1::2], strict=True):
        told, *more = raw.split("\n")
        lines += [told, *more] if word == "SVWZ" else more
        value = clean_or_none(told)
        if value is None or word == "SVWZ":
            continue
        if word in _MEANT:
            setattr(said, _MEANT[word], value.replace(" ", "") if word == "IBAN" else value)
        else:
            references.append((_REFERENCES[word], value))
    said.end_to_end_id = provided(said.end_to_end_id)
    said.remittance = clean_lines([*lines, *rest])
    said.references = tuple(references)


_MEANT: Final = {
    "EREF": "end_to_end_id", "MREF": "mandate_id", "ABWA": "ultimate", "ABWE": "ultimate", "IBAN": "account", "BIC": "bank", "RTRN": "return_reason",
}  # fmt: skip
