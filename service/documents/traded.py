"""Invoices and credit notes as they are read for machines."""

from datetime import date

import msgspec

from service.customers.records import Language
from service.documents.records import Basis, PayTo


class TradedParty(msgspec.Struct, frozen=True):
    """Seller or buyer as e-invoices tell them; what nobody told us is empty."""

    name: str
    street: str = ""
    city: str = ""
    postcode: str = ""
    country: str = ""
    vat_id: str = ""
    electronic_address: str = ""
    tax_number: str = ""
    legal_id: str = ""
    legal_words: str = ""
    phone: str = ""
    email: str = ""
    buyer_reference: str = ""


class TradedLine(msgspec.Struct, frozen=True):
    """A line as issued or given back, with its tax; the amount is as priced, with tax where the basis includes it."""

    number: int
    description: str
    unit: str
    quantity: str
    unit_price: str
    discount_minor: int
    net_minor: int
    category: str
    rate: str


class TradedTax(msgspec.Struct, frozen=True):
    """The tax of one category and rate."""

    category: str
    rate: str
    lines_minor: int
    tax_minor: int
    exemption_code: str | None = None
    exemption_reason: str | None = None


class TradedDocument(msgspec.Struct, frozen=True):
    """An invoice or a credit note, as far as e-invoices tell it."""

    type_code: str
    number: str
    issued_on: date
    due_on: date | None
    currency: str
    tax_basis: Basis
    language: Language
    note: str
    corrects: str | None
    corrects_issued_on: date | None
    seller: TradedParty
    buyer: TradedParty
    lines: list[TradedLine]
    taxes: list[TradedTax]
    total_minor: int
    open_minor: int
    pay_to: PayTo
    payment_reference: str
    delivered_from: date | None
    delivered_until: date | None
