"""The ledger as it is told: balances, the transfers of an account, the journal, and what accountants call the accounts."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.money import MinorUnits
from service.kit.patterns import LINE

AccountKind = Literal[
    "receivable", "customer_credit", "cash_on_agent", "cash_in_transit", "cash_office", "cash_difference", "owed_by_staff", "cheques", "bank", "card_clearing", "card_fees",
    "disputes_held", "refunds_due", "unmatched", "rounding", "revenue", "tax", "write_off", "bad_debt", "compensation", "other",
]  # fmt: skip
Holder = Annotated[
    str, msgspec.Meta(max_length=60, description="Whose account: a customer, a member of staff, a rate; empty for the organisation's one.")
]
Balance = Annotated[int, msgspec.Meta(description="Debits less credits.")]
AccountNumber = Annotated[
    str, msgspec.Meta(min_length=1, max_length=20, pattern=LINE, description="What the organisation's accountants call it: `1400`.")
]


class AccountTotal(msgspec.Struct, frozen=True):
    """An account's balance: debits less credits. Customers' accounts of a kind are one line."""

    kind: str
    holder: str
    currency: str
    number: str | None
    name: str | None
    """Of the member of staff whose it is."""
    balance_minor: Balance


class TrialBalance(msgspec.Struct, frozen=True):
    """Every account at an instant; each currency's sum is zero."""

    until: datetime
    accounts: list[AccountTotal]
    sums: dict[str, int]


class BookDays(msgspec.Struct, frozen=True):
    """When some days begin and end in the organisation's zone."""

    zone: str
    from_at: datetime
    until_at: datetime


class LedgerTransfer(msgspec.Struct, frozen=True):
    """One side of a ledger row, as one account has it."""

    posting_id: UUID
    ordinal: int
    kind: str
    side: Literal["debit", "credit"]
    amount_minor: MinorUnits
    currency: str
    other_kind: str
    other_holder: str
    subject_kind: str
    subject_id: UUID
    occurred_at: datetime
    recorded_at: datetime
    balance_minor: Annotated[int, msgspec.Meta(description="What the account came to after it: debits less credits.")]


class AccountStatement(msgspec.Struct, frozen=True):
    """An account's transfers on some days, what it held before and after them, and the cursor of the rest."""

    kind: AccountKind
    holder: Holder
    currency: str
    opening_minor: Balance
    closing_minor: Balance
    items: list[LedgerTransfer]
    next: str | None = None


class JournalEntry(msgspec.Struct, frozen=True):
    """A transfer with all that a bookkeeping program asks: its day in the organisation's zone, both accounts, whose they are, and the paper it is about."""

    posting_id: UUID
    ordinal: int
    booked_on: date
    recorded_at: datetime
    occurred_at: datetime
    kind: str
    currency: str
    amount_minor: MinorUnits
    debit_kind: str
    debit_holder: str
    debit_number: str | None
    debit_name: str | None
    credit_kind: str
    credit_holder: str
    credit_number: str | None
    credit_name: str | None
    subject_kind: str
    subject_id: UUID
    document_number: str | None


class LedgerAccount(msgspec.Struct, frozen=True):
    """An account that something was posted to."""

    kind: str
    holder: str
    currency: str
    number: str | None
    name: str | None
    """Of the customer or the member of staff whose it is."""


class NumberedAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What accountants call an account: all of a kind, or that of one holder, which goes before."""

    kind: AccountKind
    number: AccountNumber
    holder: Holder = ""
    name: Annotated[str, msgspec.Meta(max_length=100)] = ""


class NewAccountNumbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole list of numbers as it is from now on: SKR03, SKR04 or the organisation's own."""

    items: Annotated[list[NumberedAccount], msgspec.Meta(max_length=2000)]


class AccountNumbers(msgspec.Struct, frozen=True):
    """The whole list of numbers, and its version, 0 where none was ever said."""

    items: list[NumberedAccount]
    version: int
