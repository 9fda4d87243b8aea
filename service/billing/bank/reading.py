"""Statements as lines to keep: what is booked, a batch detail by detail, each under a key that is the same wherever the bank tells it."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

import msgspec

from service.integrations.bank_statements import Detail, Entry, Statement
from service.kit.card_numbers import masked

NO_REFERENCE = frozenset({"", "NOTPROVIDED", "NOT PROVIDED", "NONREF", "NONE", "N/A"})
"""What banks write where there is no reference."""


class DayMissing(Exception):
    """The bank doesn't say on which day this was; `line` is the line of its file."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


class ToldLine(msgspec.Struct, frozen=True):
    """One line, as it is kept; `entry_key` is what it says, `batch_key` of which booking it is, itemised or not."""

    entry: int
    detail: int
    amount_minor: int
    booked_on: date
    value_on: date | None
    entry_key: str
    batch_key: str
    reference: str
    end_to_end_id: str
    creditor_references: str
    party_name: str
    party_account: str
    remittance: str
    booking_text: str
    reversal: bool


def within_days_as_one(statements: Sequence[Statement]) -> list[Statement]:
    """What came within the day of one account is one list, however many notifications a file spreads it over; statements of days stay as they are."""
    kept = [one for one in statements if one.kind == "statement"]

    def of(one: Statement) -> tuple[str, str, str]:
        return one.account.number, one.account.currency, one.kind

    for _, same in groupby(sorted((one for one in statements if one.kind != "statement"), key=of), key=of):
        parts = list(same)
        entries = [entry for one in parts for entry in one.entries]
        ends = [day for one in parts if (day := last_day(one)) is not None]
        kept.append(
            msgspec.structs.replace(
                parts[0],
                entries=tuple(msgspec.structs.replace(entry, index=at) for at, entry in enumerate(entries)),
                opening=None,
                closing=None,
                from_day=min((one.from_day for one in parts if one.from_day is not None), default=None),
                to_day=max(ends, default=None),
            )
        )
    return kept


def lines_of(statement: Statement) -> list[ToldLine]:
    """The booked lines in the bank's order. Raises DayMissing."""
    found = []
    for entry in statement.entries:
        if entry.status != "booked":
            continue
        parts: Iterable[tuple[int, Entry | Detail, int]] = [(0, entry, entry.amount_minor)]
        if entry.details_sum == "equal":
            parts = [(at, one, one.amount_minor or 0) for at, one in enumerate(entry.details, start=1)]
        found += [_line(statement, entry, at, told, amount) for at, told, amount in parts if amount]
    return found


def days_of(statement: Statement, lines: list[ToldLine]) -> tuple[date | None, date]:
    """From which to which day; raises DayMissing."""
    days = [line.booked_on for line in lines]
    last = last_day(statement) or max(days, default=None)
    if last is None:
        raise DayMissing(statement.line)
    first = statement.from_day or min(days, default=None)
    return (first if first is None or first <= last else None), max([last, *days])


def last_day(statement: Statement) -> date | None:
    """The day that it ends with, where it says so."""
    return statement.to_day or (statement.closing.on if statement.closing else None)


def content_hash(statement: Statement, lines: list[ToldLine]) -> bytes:
    """What makes it the same statement, whatever file it came in; its name says so only where the bank gave a line no reference of its own."""
    balances = [None if one is None else one.amount_minor for one in (statement.opening, statement.closing)]
    name = None if lines and all(line.reference for line in lines) else statement.statement_id
    told = [statement.account.number, statement.account.currency, statement.kind, name, balances, lines]
    return hashlib.sha256(msgspec.json.encode(told)).digest()


def _line(statement: Statement, entry: Entry, at: int, told: Entry | Detail, amount: int) -> ToldLine:
    booked_on = entry.booked_on or entry.value_on or last_day(statement)
    if booked_on is None:
        raise DayMissing(entry.line)
    party = told.payer if (amount >= 0) != entry.reversal else told.payee
    reference = known(told.bank_reference) or known(entry.bank_reference)
    end_to_end_id = known(told.end_to_end_id)
    words = {
        "reference": reference,
        "end_to_end_id": end_to_end_id,
        "creditor_references": " ".join(told.creditor_references),
        "party_name": party.name or party.ultimate or "",
        "party_account": (party.account or "").replace(" ", ""),
        "remittance": told.remittance,
        "booking_text": told.booking_text or entry.booking_text or "",
    }
    kept = {name: masked(clean(text))[: MOST[name]] for name, text in words.items()}
    if reference:
        identity = ["reference", reference, amount, at]
    else:
        identity = [
            booked_on,
            amount,
            end_to_end_id,
            kept["creditor_references"],
            kept["party_name"],
            kept["party_account"],
            kept["remittance"],
        ]
    of_entry = known(entry.bank_reference)
    batch = ["reference", of_entry, entry.amount_minor] if of_entry else [booked_on, entry.amount_minor]
    reversal = entry.reversal or told.return_reason is not None or entry.return_reason is not None
    return ToldLine(entry.index, at, amount, booked_on, entry.value_on, _hashed(identity), _hashed(batch), **kept, reversal=reversal)


def _hashed(identity: list[object]) -> str:
    return hashlib.sha256(msgspec.json.encode(identity)).hexdigest()


MOST = {
    "reference": 140,
    "end_to_end_id": 140,
    "creditor_references": 1000,
    "party_name": 300,
    "party_account": 64,
    "remittance": 3000,
    "booking_text": 300,
}


def known(reference: str | None) -> str:
    """A reference, or nothing where the bank says that there is none."""
    text = (reference or "").strip()
    return "" if text.upper() in NO_REFERENCE else text


def clean(text: str) -> str:
    """Without NUL, which no database keeps."""
    return text.replace("\0", "").strip()
