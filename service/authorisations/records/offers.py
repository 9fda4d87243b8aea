"""Offers and their revisions as sent and received."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.authorisations.records.common import Hash, Instant, Percent, PositiveQuantity, Short, Text, Unit
from service.identity.trade import ExemptionCode, ExemptionReason, TaxCategory
from service.kit.money import ExactPrice, MinorUnits
from service.kit.patterns import LINES

Reported = Annotated[str, msgspec.Meta(min_length=1, max_length=4000, pattern=LINES)]
"""As long as the symptom of a job may be."""

OfferKind = Literal["initial", "additional", "substitution", "diagnosis", "standing_emergency", "limit"]

ItemKind = Literal["labour", "part", "diagnosis", "travel", "fee", "disposal", "reassembly", "plan"]

TaxBasis = Literal["excl", "incl"]

Condition = Literal["new", "used", "rebuilt", "oem", "non_oem"]


class NewItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing offered: from the price book (`book_item`, whose words and figures fill what is left out) or written by hand."""

    quantity: PositiveQuantity
    id: UUID | None = None
    book_item: UUID | None = None
    kind: ItemKind | None = None
    description: Text | None = None
    unit: Unit | None = None
    unit_price: ExactPrice | None = None
    """Minor units per unit."""
    conversions: Annotated[dict[Unit, ExactPrice], msgspec.Meta(max_length=20)] = {}
    """How much of `unit` one of another unit is: `{"MIN": "1/60"}` for hours."""
    tax_category: TaxCategory | None = None
    tax_rate: Percent | None = None
    exemption_code: ExemptionCode | None = None
    exemption_reason: ExemptionReason | None = None
    """Why no tax is charged, in words that the customer reads; category `E` needs this or the code."""
    sku: Short | None = None
    alternates: Annotated[list[Short], msgspec.Meta(max_length=50)] = []
    condition: Condition | None = None
    method: Short | None = None
    recurring: bool = False
    """Of each period until cancelled: a subscription's plan."""
    optional: bool = False
    preselected: bool = False


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is offered: everything the customer can see or a bill can be judged by."""

    items: Annotated[list[NewItem], msgspec.Meta(min_length=1, max_length=200)]
    tax_basis: TaxBasis = "excl"
    price_form: Literal["itemised", "limit", "time_and_materials"] = "itemised"
    cap: MinorUnits | None = None
    """The most that may be billed under it, whatever the items add up to."""
    valid_until: Instant | None = None
    """Work that starts later isn't covered, and later nobody is shown the offer or agrees to it."""
    complete_by: Instant | None = None
    """When the work is to be done. Work that ends later is flagged `DATE_EXCEEDED`; what it may cost doesn't depend on it."""
    reported: Reported | None = None
    """What the customer reported, as their page repeats it; absent on a job: its symptom."""
    found: Text | None = None
    """What was found, in words for the customer."""
    photos: Annotated[list[UUID], msgspec.Meta(max_length=12)] = []
    """Photos of the matter that the customer is shown; their hashes are sealed with the rest."""
    terms_hash: Hash | None = None
    render_hash: Hash | None = None


class NewOffer(Wording, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An offer to be."""

    id: UUID | None = None
    kind: OfferKind = "initial"


class NewRevision(Wording, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The next wording of an offer."""

    revises: Annotated[int, msgspec.Meta(ge=1, le=999)]
    """The revision it replaces: the latest, or somebody else was faster."""


class OfferReceipt(msgspec.Struct, frozen=True):
    """That the revision is written, and what seals it."""

    id: UUID
    revision: int
    offer_hash: str
    scope_id: UUID
    total_minor: int
    item_ids: list[UUID]


class OfferDeleted(msgspec.Struct, frozen=True):
    """That the draft is gone."""

    id: UUID


class ScopeRow(msgspec.Struct, frozen=True):
    """A scope and the head of its acts."""

    scope_id: UUID
    customer_id: UUID
    currency: str
    policy_name: str
    policy_version: int
    combine: str
    pct_numerator: int
    pct_denominator: int
    abs_minor: int
    hard_cap_minor: int
    at_limit_refuses: bool
    consent_deadline: str
    head: str | None
    total_minor: int | None
    price_forms: list[str]
    seller_vat_id: str | None
    buyer_vat_id: str | None


class RevisionRow(msgspec.Struct, frozen=True):
    """Where an offer stands."""

    offer_id: UUID
    revision: int
    scope_id: UUID
    offer_hash: str
    kind: OfferKind


class BookRow(msgspec.Struct, frozen=True):
    """A price book item in force on a day."""

    item_id: UUID
    effective_on: date
    kind: ItemKind
    name: str
    unit: str
    currency: str
    price_numerator: int
    price_denominator: int
    tax_category: str
    tax_rate_bp: int
    exemption_code: str | None
    exemption_reason: str | None


class ItemState(msgspec.Struct, frozen=True):
    """What became of an offered item: quantities are exact decimals (or fractions)."""

    item_id: UUID
    status: str
    authorised: str
    performed: str
    billed: str
    billed_minor: int


class OfferRow(msgspec.Struct, frozen=True):
    """An offer as stored."""

    id: UUID
    scope_id: UUID
    customer_id: UUID
    kind: OfferKind
    revision: int
    offer_hash: str
    canonical: str
    state: str
    items: list[ItemState]


class Offer(msgspec.Struct, frozen=True):
    """An offer in its latest revision: `text` is the sealed document itself, byte for byte what `offer_hash` is of."""

    id: UUID
    scope_id: UUID
    customer_id: UUID
    kind: OfferKind
    revision: int
    offer_hash: str
    state: str
    text: str
    items: list[ItemState]


class MatterItem(msgspec.Struct, frozen=True):
    """An offered item, what the customer said to it and how much of it was done; quantities are exact decimals (or fractions) in `unit`."""

    item_id: UUID
    offer_id: UUID
    description: str
    unit: str
    quantity: str
    said: Literal["waiting", "agreed", "declined", "held", "ended"]
    """`held`: a yes that isn't in force yet; `ended`: one that was taken back, replaced or has run out."""
    agreed: str
    done: str
    """All of it, also what may not be billed."""
    beyond: bool
    """More was done than was agreed."""
    ratifies: bool
    """A yes may still come after the work."""


class ItemsAnswered(msgspec.Struct, frozen=True):
    """What an act said yes and no to, in the words that were offered."""

    authorisation_id: UUID
    approved: list[str]
    declined: list[str]


class OfferToDecide(msgspec.Struct, frozen=True):
    """An offer that a customer was shown and nobody of theirs has answered."""

    offer_id: UUID
    reference: str
    revision: int
    total_minor: int
    currency: str
    taxed_on_top: bool
    valid_until: datetime | None


class ActOfCustomer(msgspec.Struct, frozen=True):
    """What somebody of a customer's said yes and no to, in the words that were offered."""

    id: UUID
    reference: str
    kind: str
    channel: str
    recorded_at: datetime
    active: bool
    total_minor: int
    """What all that is agreed in the matter came to then."""
    currency: str
    taxed_on_top: bool
    approved: list[str]
    declined: list[str]
