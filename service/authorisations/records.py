"""Offers, presentations, authorisations and work records as sent and received."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from service.kit.money import ExactPrice, MinorUnits

Text = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Short = Annotated[str, msgspec.Meta(min_length=1, max_length=80)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Unit = Annotated[str, msgspec.Meta(pattern="^[A-Z0-9]{1,3}$", max_length=3, description="UN/ECE Recommendation 20: `EA`, `HUR`, `MIN`.")]
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$", max_length=64, description="SHA-256 in hexadecimal.")]
PositiveQuantity = Annotated[
    str, msgspec.Meta(pattern=r"^[0-9]{1,8}(\.[0-9]{1,6})?$", max_length=15, description="A decimal text, never a float: `1.5`.")
]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Percent = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,3}(\.[0-9]{1,4})?$", max_length=8, description="A decimal text: `19`, `10.4`.")]

OfferKind = Literal["initial", "additional", "substitution", "diagnosis", "standing_emergency", "limit"]
ItemKind = Literal["labour", "part", "diagnosis", "travel", "fee", "disposal", "reassembly", "plan"]
TaxBasis = Literal["excl", "incl"]
Condition = Literal["new", "used", "rebuilt", "oem", "non_oem"]
Finding = Literal[
    "AUTHORISER_NOT_ENTITLED",
    "AUTH_DECLINED",
    "NO_EXPRESS_CONSENT",
    "NO_WRITTEN_OFFER",
    "AUTH_RECORD_INCOMPLETE",
    "WORK_BEFORE_AUTH",
    "AUTH_BACKDATED",
    "AUTH_EXPIRED",
    "AUTH_REVOKED",
    "AUTH_SUPERSEDED",
    "WORK_WITHDRAWN",
]


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
    tax_category: Annotated[str, msgspec.Meta(pattern="^[A-Z]{1,2}$")] | None = None
    tax_rate: Percent | None = None
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
    """Work that starts later isn't covered."""
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


class Policy(msgspec.Struct, frozen=True):
    """How far a bill may exceed what was authorised, as sealed in an offer."""

    name: str
    version: int
    combine: Literal["none", "pct", "abs", "greater", "lesser"]
    pct_numerator: int
    pct_denominator: int
    abs_minor: int
    hard_cap_minor: int
    at_limit_refuses: bool
    consent_deadline: Literal["before_work", "before_completion"]


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


class NewPresentation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A showing to be."""

    contact_id: UUID
    channel: Literal["link", "on_device", "paper"] = "link"
    method: Literal["tap", "signature"] = "tap"
    language: Literal["en", "de"] = "en"
    expires_in_hours: Annotated[int, msgspec.Meta(ge=1, le=720)] = 72
    id: UUID | None = None


class PresentationReceipt(msgspec.Struct, frozen=True):
    """That the revision is shown, and until when it may be answered."""

    presentation_id: UUID
    link_id: UUID
    offer_id: UUID
    revision: int
    offer_hash: str
    expires_at: datetime


class PresentationGiven(msgspec.Struct, frozen=True):
    """The same with the link's token, which goes to the customer and is kept nowhere."""

    presentation_id: UUID
    offer_id: UUID
    revision: int
    offer_hash: str
    expires_at: datetime
    token: str


class PresentationRow(msgspec.Struct, frozen=True):
    """A showing as stored."""

    presentation_id: UUID
    offer_id: UUID
    revision: int
    offer_hash: str
    scope_id: UUID
    customer_id: UUID
    contact_id: UUID
    channel: str
    required_method: str
    language: str
    expires_at: datetime
    canonical: str
    latest_revision: int
    may_authorise: bool
    authorisation_id: UUID | None
    verdicts: dict[str, str]


class Presentation(msgspec.Struct, frozen=True):
    """What the customer sees: `text` is the sealed offer; answer with its `offer_hash`."""

    presentation_id: UUID
    offer_id: UUID
    revision: int
    offer_hash: str
    customer_id: UUID
    contact_id: UUID
    language: str
    method: str
    expires_at: datetime
    state: Literal["open", "answered", "expired", "superseded"]
    verdicts: dict[str, str]
    text: str


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The customer's decision on each item; an item in neither list is silence, and silence is not consent."""

    offer_hash: Hash
    """Of what was seen."""
    approved: Annotated[list[UUID], msgspec.Meta(max_length=200)]
    declined: Annotated[list[UUID], msgspec.Meta(max_length=200)] = []
    method: Literal["tap", "signature"] = "tap"
    prior_head: Hash | None = None
    """The head of the scope's acts that this one is built on, where the caller knows it."""


class ActReceipt(msgspec.Struct, frozen=True):
    """That the act is recorded: its place in the scope's chain and what it comes to."""

    id: UUID
    seq: int
    head: str
    added_minor: int
    revised_total_minor: int
    currency: str
    active: bool
    shortcoming: str | None
    approved: list[UUID]
    declined: list[UUID]


class Authoriser(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who said yes. Names are kept apart from the record, which holds salted commitments only."""

    capacity: Literal["customer", "designee", "payer", "other"] = "customer"
    name: Name | None = None
    contact_id: UUID | None = None


class OralConsent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A consent given by word of mouth. Incomplete ones are kept, and never active.

    The fields are those that 16 CCR 3353 (California) and its like ask for: date, time, who, number called, receiver, what, added and total cost.
    """

    offer_hash: Hash
    channel: Literal["oral_phone", "oral_in_person"]
    consented_at: Instant
    authoriser: Authoriser
    approved: Annotated[list[UUID], msgspec.Meta(max_length=200)]
    declined: Annotated[list[UUID], msgspec.Meta(max_length=200)] = []
    number_called: Annotated[str, msgspec.Meta(min_length=3, max_length=60)] | None = None
    received_by: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | None = None
    """Staff id or initials of whoever heard it."""
    conditions: Annotated[str, msgspec.Meta(max_length=2000)] | None = None
    added_minor: MinorUnits | None = None
    """The added cost as told to the customer."""
    total_minor: MinorUnits | None = None
    """The revised total as told to the customer."""
    id: UUID | None = None


class NewRevocation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The customer takes an authorisation back."""

    channel: Literal["link", "on_device", "paper", "oral_phone", "oral_in_person"]
    reason: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    received_by: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] | None = None
    id: UUID | None = None


class RevocationReceipt(msgspec.Struct, frozen=True):
    """That it is taken back."""

    id: UUID
    revokes: UUID
    head: str
    revised_total_minor: int
    currency: str


class NewWorkRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was done, by whom and when."""

    item_id: UUID
    quantity: PositiveQuantity
    started_at: Instant
    ended_at: Instant
    unit: Unit | None = None
    staff_id: UUID | None = None
    """Who did it; absent: the member of staff who sends it."""
    visit_id: UUID | None = None
    note: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)] | None = None
    id: UUID | None = None


class NewCorrection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was really done; quantity 0 where it wasn't done at all."""

    quantity: PositiveQuantity
    started_at: Instant
    ended_at: Instant
    note: Annotated[str, msgspec.Meta(min_length=1, max_length=2000)] | None = None
    id: UUID | None = None


class WorkReceipt(msgspec.Struct, frozen=True):
    """That it is kept; `finding` says why it can't be billed, where it can't."""

    id: UUID
    item_id: UUID
    billable: bool
    finding: Finding | None
    quantity: str
    corrects: UUID | None = None


class Startable(msgspec.Struct, frozen=True):
    """Whether work on an item may start; `code` says why not."""

    item_id: UUID
    scope_id: UUID
    code: str | None


Canonical = dict[str, Any]
