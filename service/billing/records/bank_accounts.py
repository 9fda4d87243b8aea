"""The organisation's accounts at banks, as sent and told."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from service.billing.records.bank import Name, SignedMinor
from service.integrations.bank_statements import CsvMap
from service.kit.money import Currency
from service.kit.patterns import LINE


class NewBankAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One of the organisation's accounts at a bank."""

    number: Annotated[
        str, msgspec.Meta(min_length=1, max_length=42, pattern=LINE, description="An IBAN, or the number as the bank writes it.")
    ]
    currency: Currency
    name: Name
    known_payer_posts: bool = False
    """Whether money from an account that paid for a customer before, and that equals the one invoice it can be for, posts by itself."""
    csv_map: CsvMap | None = None
    """How this bank's CSV files are read."""


class BankAccountChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is to change; the rest stays."""

    name: Name | None = None
    known_payer_posts: bool | None = None
    csv_map: CsvMap | None = None


class BankAccountReceipt(msgspec.Struct, frozen=True):
    """Which account it is, and which version of it."""

    id: UUID
    version: int


class BankStatementReceipt(msgspec.Struct, frozen=True):
    """Which statement was taken in."""

    id: UUID


class BankAccount(msgspec.Struct, frozen=True):
    """An account at a bank, and how far its statements reach."""

    id: UUID
    number: str
    currency: str
    name: str
    known_payer_posts: bool
    csv_map: CsvMap | None
    statements: int
    closing_minor: SignedMinor
    until_on: date | None
    version: int
    """For `If-Match`."""


class BankAccounts(msgspec.Struct, frozen=True):
    """All of them."""

    items: list[BankAccount]
