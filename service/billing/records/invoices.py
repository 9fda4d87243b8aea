"""Invoices and attempts to post them, as sent and received."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.billing.records.parties import Buyer, Seller
from service.kit.money import Currency, MinorUnits
from service.kit.patterns import LINE, LINES, whole

ExactQuantity = Annotated[
    str,
    msgspec.Meta(
        pattern=whole(r"-?(([0-9]{1,8}(\.[0-9]{1,6})?)|([0-9]{1,17}/[1-9][0-9]{0,8}))"),
        max_length=28,
        description="An exact decimal or fraction below 100,000,000: `1.5`, `1/3`. What is not above 0 is refused as a line, and the refusal kept.",
    ),
]
ExactAmount = Annotated[
    str,
    msgspec.Meta(
        pattern=whole(r"-?[0-9]{1,12}((\.[0-9]{1,6})|(/[1-9][0-9]{0,5}))?"),
        max_length=22,
        description="Minor units per unit: `8990`, `0.5`, `1/3`.",
    ),
]
SignedMinorUnits = Annotated[int, msgspec.Meta(ge=-(10**15), le=10**15)]
Short = Annotated[str, msgspec.Meta(min_length=1, max_length=80, pattern=LINE)]


class Supply(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The period of a recurring item that this line supplies and bills; half-open."""

    period_from: date
    period_until: date
    id: UUID | None = None


class NewLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line to be: of an authorised item, or free."""

    quantity: ExactQuantity
    unit_price: ExactAmount
    item_id: UUID | None = None
    unit: Annotated[str, msgspec.Meta(pattern=whole("[A-Z0-9]{1,3}"), max_length=3)] | None = None
    discount: SignedMinorUnits = 0
    amount: SignedMinorUnits | None = None
    """What the caller makes of it after discount; refused where the server makes something else of it."""
    description: Annotated[str, msgspec.Meta(min_length=1, max_length=2000, pattern=LINES)] | None = None
    sku: Short | None = None
    condition: Literal["new", "used", "rebuilt", "oem", "non_oem"] | None = None
    method: Short | None = None
    work_record_ids: Annotated[list[UUID], msgspec.Meta(max_length=50)] = []
    supply: Supply | None = None


class NewInvoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An invoice to be; each line is judged against what the customer authorised and what was done."""

    customer_id: UUID
    currency: Currency
    lines: Annotated[list[NewLine], msgspec.Meta(min_length=1, max_length=1000)]
    tax_basis: Literal["excl", "incl"] = "excl"
    tax_minor: MinorUnits | None = None
    """The tax as the caller makes it; refused where the server makes something else of it."""
    scope_id: UUID | None = None
    """Where given, every line's item belongs to this matter."""
    due_in_days: Annotated[int, msgspec.Meta(ge=0, le=366)] = 14
    id: UUID | None = None


class InvoiceReceipt(msgspec.Struct, frozen=True):
    """That the invoice is issued."""

    id: UUID
    number: str
    currency: str
    total_minor: int
    tax_minor: int
    issued_on: date
    due_on: date


class InvoiceLine(msgspec.Struct, frozen=True):
    """A line as issued; figures are exact decimals or fractions, money in minor units."""

    number: int
    item_id: UUID | None
    scope_id: UUID | None
    description: str
    unit: str
    quantity: str
    unit_price: str
    discount_minor: int
    net_minor: int
    tax_category: str
    tax_rate: str
    credited_minor: int
    ratified: bool
    """Whether work that it bills was agreed to only afterwards."""


class InvoiceTax(msgspec.Struct, frozen=True):
    """One rate's sum and tax."""

    tax_category: str
    tax_rate: str
    lines_minor: int
    tax_minor: int


class CreditNoteOfInvoice(msgspec.Struct, frozen=True):
    """A credit note that corrects the invoice."""

    id: UUID
    number: str
    issued_on: date
    total_minor: int


class Invoice(msgspec.Struct, frozen=True):
    """An issued invoice; it never changes."""

    id: UUID
    number: str
    customer_id: UUID
    currency: str
    tax_basis: str
    issued_at: datetime
    issued_on: date
    due_on: date
    lines_minor: int
    tax_minor: int
    total_minor: int
    lines: list[InvoiceLine]
    taxes: list[InvoiceTax]
    payment_reference: str
    """What a payment names to find it: an ISO 11649 creditor reference, `RF` with check digits and the number's letters and digits."""
    credit_notes: list[CreditNoteOfInvoice]
    """In the order of their issue."""
    seller: Seller
    buyer: Buyer


class InvoicesAsked(msgspec.Struct, frozen=True):
    """Which invoices: each condition that is given holds of all of them."""

    customer_id: UUID | None = None
    is_open: bool | None = None
    is_overdue: bool | None = None
    issued_from: date | None = None
    issued_until: date | None = None
    """The first day that isn't asked for."""


class InvoiceSummary(msgspec.Struct, frozen=True):
    """An invoice in a list."""

    id: UUID
    number: str
    customer_id: UUID
    currency: str
    issued_on: date
    due_on: date
    total_minor: int
    open_minor: int
    """What is still to be paid of it."""
    written_off_minor: int
    """What was given up of it: neither open nor paid."""
