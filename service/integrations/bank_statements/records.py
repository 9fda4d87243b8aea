"""What a bank tells: statements and their entries, the same for every format. Amounts are whole minor units, positive where the account gains."""

from datetime import date
from typing import Literal

import msgspec

Format = Literal["camt.052", "camt.053", "camt.054", "mt940", "mt942", "bai2", "csv"]
Kind = Literal["statement", "report", "notification"]
"""A statement of a closed day; a report within the day; a notification of single entries."""
Continuity = Literal["proved", "untold"]
"""Proved: opening balance and booked entries come to the closing balance. Untold: the file lacks a balance. What doesn't come to it is refused."""
Status = Literal["booked", "pending", "information"]
DetailsSum = Literal["none", "equal", "differ", "untold"]
"""None: no batch. Equal: its details come to the entry. Differ: they don't. Untold: one lacks an amount or is in another currency.

Money may be spread over a batch's details only where they are equal."""


class StatementUnreadable(Exception):
    """The file can't be taken in, and nothing of it is."""

    def __init__(self, line: int, code: str, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line
        self.code = code
        self.reason = reason


class Account(msgspec.Struct, frozen=True):
    """The account that a statement is of; the IBAN without blanks where it is one, else the number as the bank writes it."""

    number: str
    is_iban: bool
    currency: str
    """Of its balances, where it has them, else of its entries."""
    bank: str | None = None
    """BIC, bank code or routing number."""
    owner: str | None = None


class Balance(msgspec.Struct, frozen=True):
    """A balance booked, at the end of a day unless it opens the statement."""

    amount_minor: int
    on: date | None
    line: int


class Party(msgspec.Struct, frozen=True):
    """Who paid or was paid, as far as it is told."""

    name: str | None = None
    account: str | None = None
    """IBAN without blanks, or the number as the bank writes it."""
    bank: str | None = None
    ultimate: str | None = None
    """On whose behalf."""


class Instructed(msgspec.Struct, frozen=True):
    """What was ordered, where it isn't what was booked: a decimal text, for its currency needn't be one that is served."""

    amount: str
    currency: str


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is told of an entry and of each detail of a batch alike."""

    line: int
    payer: Party = Party()
    payee: Party = Party()
    bank_reference: str | None = None
    end_to_end_id: str | None = None
    mandate_id: str | None = None
    creditor_references: tuple[str, ...] = ()
    """Structured references for the creditor, as written: ISO 11649, QR, OGM…"""
    references: tuple[tuple[str, str], ...] = ()
    """Every other reference with its kind: `customer`, `message`, `instruction`, `transaction`, `cheque`, `creditor_id`, …"""
    remittance: str = ""
    """The unstructured words, one line each."""
    booking_text: str | None = None
    """The bank's own words for what this is."""
    transaction_code: str | None = None
    return_reason: str | None = None
    charges_minor: int | None = None
    """Positive where the account pays them; told beside the amount, never part of a sum here."""
    instructed: Instructed | None = None


class Detail(Told, frozen=True, kw_only=True):
    """One payment of a batch that was booked in one sum."""

    amount_minor: int | None = None
    currency: str | None = None


class Entry(Told, frozen=True, kw_only=True):
    """One booking. What is told of one payment is told of the entry itself; those of a batch stand in `details`."""

    index: int
    """From 0, in the order of the statement."""
    amount_minor: int
    currency: str
    booked_on: date | None = None
    value_on: date | None = None
    status: Status = "booked"
    reversal: bool = False
    details: tuple[Detail, ...] = ()
    details_sum: DetailsSum = "none"

    @property
    def day(self) -> date | None:
        """The day it was booked; where only the value date is told, that."""
        return self.booked_on or self.value_on

    @property
    def counterparty(self) -> Party:
        """The other side. Who is told in a reversal is told as in what it reverses."""
        return self.payer if (self.amount_minor >= 0) != self.reversal else self.payee


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """One statement, report or notification of one account."""

    format: Format
    kind: Kind
    account: Account
    statement_id: str | None
    entries: tuple[Entry, ...]
    line: int
    continuity: Continuity
    opening: Balance | None = None
    closing: Balance | None = None
    sequence: str | None = None
    legal_sequence: str | None = None
    page: int | None = None
    last_page: bool | None = None
    created_at: str | None = None
    """As the file says it: often without a zone."""
    from_day: date | None = None
    to_day: date | None = None
