"""Presentations and the answers to them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.authorisations.records.common import Hash


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
