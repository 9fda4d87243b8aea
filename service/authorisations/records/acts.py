"""Acts of customers as recorded: consents and revocations."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.authorisations.records.common import Hash, Instant, Name
from service.kit.money import MinorUnits
from service.kit.patterns import LINE


class ActReceipt(msgspec.Struct, frozen=True):
    """That the act is recorded: its place in the scope's chain, what it comes to, and what it approves that is in force after it."""

    id: UUID
    seq: int
    head: str
    added_minor: int
    revised_total_minor: int
    currency: str
    active: bool
    """Whether anything that it approves is in force after it; what was taken back or superseded before isn't."""
    in_force: list[UUID]
    shortcoming: str | None
    approved: list[UUID]
    declined: list[UUID]


class RecordedAct(ActReceipt, frozen=True):
    """What the statement of an act answers: with the act as recorded, unless it was before."""

    as_recorded: "ActRow | None"


class SignedAct(ActReceipt, frozen=True):
    """The same with its signed receipt, which `sayso verify` checks offline."""

    flags: list[Literal["CLOCK_SKEW"]]
    """What doesn't refuse it: the time of consent lies ahead of the server's, which rules."""
    receipt: str
    """JWS (RFC 7515) by a key of `/.well-known/jwks.json`: keep it, it proves this answer whatever becomes of us."""


class ActRow(msgspec.Struct, frozen=True):
    """An act as recorded, with the receipt it was answered with and the last checkpoint there is."""

    authorisation_id: UUID
    scope_id: UUID
    seq: int
    kind: str
    channel: str
    revokes: UUID | None
    offer_id: UUID
    revision: int
    offer_hash: str
    prior_hash: str
    entry_hash: str
    active: bool
    shortcoming: str | None
    currency: str
    added_minor: int
    revised_total_minor: int
    consented_at: datetime
    recorded_at: datetime
    approved: list[str]
    declined: list[str]
    checkpoint_number: int | None
    checkpoint_digest: str | None
    receipt: str | None


class KeptReceipt(msgspec.Struct, frozen=True):
    """A signed receipt as it was given."""

    jws: str


class Authoriser(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who said yes: a contact who may authorise, or it binds nobody. Names are kept apart from the record, which holds salted commitments only."""

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
    number_called: Annotated[str, msgspec.Meta(min_length=3, max_length=60, pattern=LINE)] | None = None
    received_by: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=LINE)] | None = None
    """Staff id or initials of whoever heard it."""
    conditions: Annotated[str, msgspec.Meta(max_length=2000)] | None = None
    added_minor: MinorUnits | None = None
    """The added cost as told to the customer."""
    total_minor: MinorUnits | None = None
    """The revised total as told to the customer."""
    begin_at_once: bool = False
    """They asked for the work to begin before their time to withdraw is over. Said at the door it doesn't count: there the law wants it in writing."""
    id: UUID | None = None


class ItemSaid(msgspec.Struct, frozen=True):
    """One item with what was said to it; the amount as offered."""

    description: str
    quantity: str
    unit: str
    amount_minor: int
    recurring: bool
    verdict: str


class Consent(msgspec.Struct, frozen=True):
    """What was agreed by word of mouth, as somebody wrote it down, or on a phone handed over, as it was answered."""

    id: UUID
    reference: str
    offer_id: UUID
    channel: str
    consented_at: datetime
    authoriser: str | None
    capacity: str
    number_called: str | None
    received_by: str | None
    conditions: str | None
    added_minor: int | None
    total_minor: int | None
    currency: str
    tax_basis: str
    active: bool
    items: list[ItemSaid]


class NewRevocation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The customer takes an authorisation back."""

    channel: Literal["link", "on_device", "paper", "oral_phone", "oral_in_person"]
    reason: Annotated[str, msgspec.Meta(max_length=2000)] = ""
    received_by: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=LINE)] | None = None
    withdrawal: bool = False
    """Under the law of the place, within its days (Directive 2011/83/EU, article 9): then nothing is due, or what was done where they had asked to begin."""
    id: UUID | None = None


class RevocationReceipt(msgspec.Struct, frozen=True):
    """That it is taken back."""

    id: UUID
    revokes: UUID
    head: str
    revised_total_minor: int
    currency: str


class SignedRevocation(RevocationReceipt, frozen=True):
    """The same with its signed receipt."""

    receipt: str
    """JWS (RFC 7515) by a key of `/.well-known/jwks.json`."""
