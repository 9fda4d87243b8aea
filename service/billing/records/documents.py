"""What the receipt and the invoice on paper are made of."""

from datetime import date, datetime
from typing import Literal

import msgspec

Language = Literal["en", "de"]


class PaidPart(msgspec.Struct, frozen=True):
    """An invoice, what was paid of it, and what was then open."""

    number: str
    paid_minor: int
    open_minor: int


class ReceiptFacts(msgspec.Struct, frozen=True):
    """A payment, with the names that people read."""

    organisation: str
    phone: str
    email: str
    customer: str
    language: Language
    zone: str
    receipt_number: str
    amount_minor: int
    currency: str
    method: Literal["cash", "card", "bank_transfer"]
    captured_at: datetime
    taken_by: str | None
    paid: list[PaidPart]
    credit_minor: int
    paid_through: list[date]
    reversed: bool


class InvoiceLineFacts(msgspec.Struct, frozen=True):
    """A line as issued; the price in minor units, exact."""

    description: str
    unit: str
    quantity: str
    unit_price: str
    net_minor: int


class TaxFacts(msgspec.Struct, frozen=True):
    """Tax of one rate, in per cent."""

    rate: str
    lines_minor: int
    tax_minor: int


class ConsentFacts(msgspec.Struct, frozen=True):
    """A consent that the invoice stands on."""

    channel: str
    consented_at: datetime
    received_by: str | None
    added_minor: int
    total_minor: int


class InvoiceFacts(msgspec.Struct, frozen=True):
    """An invoice as issued, with the names that people read."""

    organisation: str
    phone: str
    email: str
    customer: str
    language: Language
    zone: str
    number: str
    currency: str
    tax_basis: Literal["excl", "incl"]
    issued_on: date
    due_on: date
    lines_minor: int
    tax_minor: int
    total_minor: int
    lines: list[InvoiceLineFacts]
    taxes: list[TaxFacts]
    consents: list[ConsentFacts]
