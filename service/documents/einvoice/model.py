"""The semantic model of EN 16931-1, as far as Sayso writes it and checks it: a frozen structure, the same whichever syntax it is written in.

Each member names its business term. What a file lacks is None, so that a broken file can be read and judged; what it has is as it was written,
the digits after the point included.
"""

from datetime import date
from decimal import Decimal

import msgspec


class Party(msgspec.Struct, frozen=True):
    """The seller (BG-4) or the buyer (BG-7)."""

    name: str | None = None
    """BT-27, BT-44."""
    legal_id: str | None = None
    """BT-30, BT-47: in a register."""
    vat_id: str | None = None
    """BT-31, BT-48."""
    tax_number: str | None = None
    """BT-32: of the seller alone, where the tax office knows it."""
    legal_words: str | None = None
    """BT-33: of the seller alone, what else the law wants to read."""
    electronic_address: str | None = None
    """BT-34, BT-49."""
    electronic_scheme: str | None = None
    street: str | None = None
    """BT-35, BT-50."""
    city: str | None = None
    postcode: str | None = None
    country: str | None = None
    """BT-40, BT-55."""
    addressed: bool = False
    """Whether there is a postal address at all (BG-5, BG-8)."""
    contact_name: str | None = None
    phone: str | None = None
    email: str | None = None


class AllowanceCharge(msgspec.Struct, frozen=True):
    """An allowance or a charge of the document (BG-20, BG-21) or of a line (BG-27, BG-28)."""

    is_charge: bool
    amount: Decimal | None = None
    base: Decimal | None = None
    reason: str | None = None
    reason_code: str | None = None
    category: str | None = None
    rate: Decimal | None = None


class Line(msgspec.Struct, frozen=True):
    """An invoice line (BG-25)."""

    id: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    net: Decimal | None = None
    """BT-131."""
    price: Decimal | None = None
    """BT-146: net of tax, of one unit."""
    name: str | None = None
    category: str | None = None
    rate: Decimal | None = None
    allowances: tuple[AllowanceCharge, ...] = ()


class TaxGroup(msgspec.Struct, frozen=True):
    """The tax of one category and rate (BG-23)."""

    category: str | None = None
    rate: Decimal | None = None
    base: Decimal | None = None
    amount: Decimal | None = None
    reason: str | None = None
    """BT-120."""
    reason_code: str | None = None
    """BT-121, of the list VATEX."""


class Payment(msgspec.Struct, frozen=True):
    """How it is paid (BG-16)."""

    means: str | None = None
    """BT-81, of UNTDID 4461."""
    reference: str | None = None
    """BT-83."""
    account: str | None = None
    """BT-84."""
    holder: str | None = None
    bic: str | None = None


class Preceding(msgspec.Struct, frozen=True):
    """An invoice that this one corrects (BG-3)."""

    number: str | None = None
    issued_on: date | None = None


class Sums(msgspec.Struct, frozen=True):
    """The document's totals (BG-22)."""

    lines: Decimal | None = None
    """BT-106."""
    allowances: Decimal | None = None
    """BT-107."""
    charges: Decimal | None = None
    """BT-108."""
    net: Decimal | None = None
    """BT-109."""
    tax: Decimal | None = None
    """BT-110."""
    total: Decimal | None = None
    """BT-112."""
    prepaid: Decimal | None = None
    """BT-113."""
    rounding: Decimal | None = None
    """BT-114."""
    due: Decimal | None = None
    """BT-115."""


class EInvoice(msgspec.Struct, frozen=True):
    """An invoice or a credit note."""

    specification: str | None = None
    """BT-24."""
    process: str | None = None
    """BT-23."""
    number: str | None = None
    issued_on: date | None = None
    type_code: str | None = None
    """BT-3: 380 is an invoice, 381 a credit note."""
    currency: str | None = None
    note: str | None = None
    buyer_reference: str | None = None
    due_on: date | None = None
    terms: str | None = None
    """BT-20."""
    preceding: tuple[Preceding, ...] = ()
    seller: Party = Party()
    buyer: Party = Party()
    delivered_on: date | None = None
    """BT-72."""
    deliver_to_country: str | None = None
    """BT-80."""
    delivers_somewhere: bool = False
    """Whether there is a delivery address at all (BG-15)."""
    has_period: bool = False
    period_from: date | None = None
    """BT-73."""
    period_until: date | None = None
    """BT-74."""
    payment: Payment | None = None
    allowances: tuple[AllowanceCharge, ...] = ()
    taxes: tuple[TaxGroup, ...] = ()
    sums: Sums = Sums()
    lines: tuple[Line, ...] = ()
