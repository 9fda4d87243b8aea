"""What documents are made of, as it is read."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from service.customers.records import Language
from service.documents.things import ReadingTold, ThingTold, WarrantyTold

Basis = Literal["excl", "incl"]


class Company(msgspec.Struct, frozen=True):
    """Who the document is from; the address and the register and tax numbers may be empty."""

    name: str
    address: str
    registration: str
    phone: str
    email: str


class Item(msgspec.Struct, frozen=True):
    """One thing as offered; the price in minor units, exact, the rate in per cent."""

    kind: str
    description: str
    sku: str | None
    alternates: list[str]
    condition: str | None
    method: str | None
    unit: str
    quantity: str
    unit_price: str
    amount_minor: int
    tax_category: str
    tax_rate: str
    exemption: str | None
    """Why no tax is charged, where that was said."""
    recurring: bool
    optional: bool


class ItemSaid(Item, frozen=True, kw_only=True):
    """An item with what the customer said to it."""

    verdict: Literal["approved", "declined"]


class PaperLaw(msgspec.Struct, frozen=True):
    """What the law of the place wants to read on a document; nothing where none is on file."""

    asks: frozenset[str] = frozenset()
    notice: str | None = None
    citation: str = ""


class Matter(msgspec.Struct, frozen=True):
    """A job or a subscription: whose, where, what people call it, and what the law wants to read of it."""

    company: Company
    customer: str
    language: Language
    zone: str
    address: str | None
    scope_id: UUID
    reference: str
    law: PaperLaw
    currency: str
    no_tolerance: bool
    policy: str
    reported: str | None
    opened_at: datetime
    thing: ThingTold | None
    """What a job is done on."""
    readings: list[ReadingTold]


class PhotoShown(msgspec.Struct, frozen=True):
    """A photo that a wording shows, as sealed; the hash is SHA-256 of the picture."""

    shows: str
    photo_hash: str
    taken_at: datetime


class Revision(msgspec.Struct, frozen=True):
    """One wording of an offer, as sealed."""

    offer_id: UUID
    scope_id: UUID
    kind: str
    revision: int
    offer_hash: str
    prior_hash: str | None
    prior_total_minor: int
    tax_basis: Basis
    price_form: str
    total_minor: int
    cap_minor: int | None
    valid_until: datetime | None
    made_at: datetime
    sealed_at: datetime | None
    items: list[Item]
    reported: str | None
    found: str | None
    photos: list[PhotoShown]


class Consent(msgspec.Struct, frozen=True):
    """An act of the customer with everything that was written down of it."""

    seq: int
    kind: str
    channel: str
    method: str | None
    offer_id: UUID
    revision: int
    tax_basis: Basis
    revokes_seq: int | None
    name: str | None
    contact_point: str | None
    erased: bool
    capacity: str
    received_by: str | None
    conditions: str | None
    consented_at: datetime
    recorded_at: datetime
    counts: bool
    shortcoming: str | None
    added_minor: int
    revised_total_minor: int
    entry_hash: str
    items: list[ItemSaid]


class Bill(msgspec.Struct, frozen=True):
    """An invoice of the matter in short."""

    number: str
    issued_on: date
    total_minor: int


class Account(msgspec.Struct, frozen=True):
    """What a document says of a matter: what it began with, and what was said since."""

    matter: Matter
    original: Revision | None
    consents: list[Consent]


class PaidPart(msgspec.Struct, frozen=True):
    """An invoice, what was paid of it, and what was then open."""

    number: str
    paid_minor: int
    open_minor: int


class Receipt(msgspec.Struct, frozen=True):
    """A payment, with the names that people read."""

    company: Company
    customer: str
    language: Language
    zone: str
    receipt_number: str
    amount_minor: int
    currency: str
    method: Literal["cash", "card", "bank_transfer", "cheque"]
    captured_at: datetime
    issued_at: datetime
    taken_by: str | None
    paid: list[PaidPart]
    credit_minor: int
    paid_through: list[date]
    reversed: bool


class InvoiceLine(msgspec.Struct, frozen=True):
    """A line as issued; the price in minor units, exact. What it is follows from the item it stands on; a free line has none."""

    scope_id: UUID | None
    kind: str | None
    condition: str | None
    description: str
    unit: str
    quantity: str
    unit_price: str
    net_minor: int
    warranty: WarrantyTold = WarrantyTold()


class RateTold(msgspec.Struct, frozen=True):
    """Tax of one rate, in per cent."""

    rate: str
    tax_minor: int


class PayTo(msgspec.Struct, frozen=True):
    """Where the company wants to be paid; each may be empty."""

    holder: str
    iban: str
    bic: str
    details: str


class Invoice(msgspec.Struct, frozen=True):
    """An invoice as issued, with the names that people read, as they were then, and the matters that it bills."""

    company: Company
    customer: str
    language: Language
    zone: str
    number: str
    currency: str
    tax_basis: Basis
    issued_at: datetime
    issued_on: date
    due_on: date
    lines_minor: int
    total_minor: int
    lines: list[InvoiceLine]
    taxes: list[RateTold]
    scope_ids: list[UUID]
    pay_to: PayTo
    payment_reference: str
    open_minor: int
    """What is to be paid of it now."""


class CreditLine(msgspec.Struct, frozen=True):
    """What of an invoice's line is given back; no quantity where it is money alone."""

    line_number: int
    description: str
    unit: str
    quantity: str
    unit_price: str
    net_minor: int


class CreditNote(msgspec.Struct, frozen=True):
    """A credit note as issued, with the invoice that it corrects and what became of the money."""

    company: Company
    customer: str
    language: Language
    number: str
    currency: str
    tax_basis: Basis
    issued_at: datetime
    issued_on: date
    reason: str
    invoice_number: str
    invoice_issued_on: date
    lines_minor: int
    total_minor: int
    lines: list[CreditLine]
    taxes: list[RateTold]
    paid: list[PaidPart]
    """What of it went to which invoice, and what was then open of that one; the rest is the customer's credit."""


class CompanyTold(msgspec.Struct, frozen=True):
    """The company, its language and where its clocks hang."""

    company: Company
    language: Language
    zone: str


class HandOver(CompanyTold, frozen=True):
    """Cash from hand to hand: both names, both times, and every count that was made of it."""

    hand_in_id: UUID
    staff_id: UUID
    staff_name: str
    to_staff_id: UUID | None
    to_name: str | None
    handed_in_at: datetime
    currency: str
    counted_minor: int
    pieces: dict[str, int] | None
    accepted_by: UUID | None
    accepted_by_name: str | None
    accepted_at: datetime | None
    accepted_minor: int | None
    accepted_pieces: dict[str, int] | None
    reason: str | None
    note: str | None
    counts: list[int]
    receipts: list[tuple[str, int, datetime]]
    fingerprint: str
