"""Presentations and the answers to them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.authorisations.records.common import Hash
from service.kit.patterns import DEMANDED, LINES, whole

Coordinate = Annotated[int, msgspec.Meta(ge=0, le=1000)]
Stroke = Annotated[list[Annotated[list[Coordinate], msgspec.Meta(min_length=2, max_length=2)]], msgspec.Meta(min_length=1, max_length=2000)]


class CodeSent(msgspec.Struct, frozen=True):
    """That a code is on its way to the contact's own address, and until when it is good."""

    presentation_id: UUID
    number: int
    channel: Literal["email", "sms"]
    valid_until: datetime


class NewPresentation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A showing to be."""

    contact_id: UUID
    channel: Literal["link", "on_device"] = "link"
    """`link` is mailed or texted to the contact; for `on_device` the phone that asks is handed over, and the act says so."""
    method: Literal["tap", "signature", "otp"] = "tap"
    """How the answer must be confirmed. A one-time code (`otp`) also serves where a signature is asked for."""
    language: Literal["en", "de"] | None = None
    """Of the page and of what leads there; the customer's own, if left out."""
    expires_in_hours: Annotated[int, msgspec.Meta(ge=1, le=720)] = 72
    id: UUID | None = None


class PresentationReceipt(msgspec.Struct, frozen=True):
    """That the revision is shown, and until when it may be answered."""

    presentation_id: UUID
    link_id: UUID
    channel: str
    offer_id: UUID
    revision: int
    offer_hash: str
    expires_at: datetime


class PresentationGiven(msgspec.Struct, frozen=True):
    """That the offer is shown. Only the phone that is handed over gets the page's token; a link goes to the contact's own address."""

    presentation_id: UUID
    channel: str
    offer_id: UUID
    revision: int
    offer_hash: str
    expires_at: datetime
    token: str | None


class PresentationRow(msgspec.Struct, frozen=True):
    """A showing as stored."""

    presentation_id: UUID
    offer_id: UUID
    revision: int
    offer_hash: str
    reference: str
    customer_id: UUID
    contact_id: UUID
    channel: str
    required_method: str
    language: str
    expires_at: datetime
    valid_until: datetime | None
    canonical: str
    latest_revision: int
    authorisation_id: UUID | None
    shortcoming: str | None
    held_until: datetime | None
    confirmed: bool
    contact_channel: str
    code_valid_until: datetime | None
    locked: bool
    verdicts: dict[str, str]
    withdrawal_days: int
    closed: bool


class Presentation(msgspec.Struct, frozen=True):
    """What the customer sees: `text` is the sealed offer; answer with its `offer_hash`."""

    presentation_id: UUID
    reference: str
    """What people call the matter by, on every document of it."""
    offer_id: UUID
    revision: int
    offer_hash: str
    customer_id: UUID
    contact_id: UUID
    channel: str
    language: str
    method: str
    expires_at: datetime
    state: Literal["open", "answered", "closed", "expired", "superseded", "locked"]
    """`closed` says that its job is over, so that nothing is agreed to here any more; `expired` that the time to answer is, or that until which the offer holds."""
    verdicts: dict[str, str]
    text: str
    shortcoming: str | None
    """Why what was answered isn't in force, where it isn't."""
    held_until: datetime | None
    """Until when nobody agrees by the changed address alone, where that is why."""
    confirmed: bool
    """Whether all that was said yes to is in force by now, be it by another act."""
    has_mail: bool
    """Whether the contact is reached by mail."""
    code_by: Literal["email", "sms"] | None
    """How a one-time code reaches the contact; null where none does."""
    code_valid_until: datetime | None
    """Until when the code sent last is good, where one is."""
    withdrawal_days: int
    """How long the law of the place lets a consumer withdraw; 0 where it doesn't."""


class HeldApproval(msgspec.Struct, frozen=True):
    """An approval that was held because its contact had just been changed, as those who are concerned are told of it."""

    offer_id: UUID
    language: str | None
    """That it was shown in; none where it was said in words."""
    held_until: datetime
    contact_since: datetime | None
    items: list[str]
    confirmed: bool
    channel: str


class NewQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a customer would like to know."""

    words: Annotated[str, msgspec.Meta(min_length=2, max_length=1000, pattern=LINES)]
    id: UUID | None = None


class QuestionReceipt(msgspec.Struct, frozen=True):
    """That it is kept, and by when a reply is promised."""

    id: UUID
    due_at: datetime | None


class Question(msgspec.Struct, frozen=True):
    """A question as it was asked."""

    id: UUID
    customer_id: UUID
    offer_id: UUID
    words: str
    asked_at: datetime
    due_at: datetime | None
    """By when a reply was promised."""
    reply: str | None
    replied_at: datetime | None
    replied_by: str | None


class NewReply(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a customer is told."""

    words: Annotated[str, msgspec.Meta(min_length=2, max_length=2000, pattern=LINES)]


class ReplyReceipt(msgspec.Struct, frozen=True):
    """That the question is replied to."""

    id: UUID


class ReplyToTell(msgspec.Struct, frozen=True):
    """A reply as its mail tells it."""

    question: str
    reply: str
    offer_id: UUID
    language: str
    link_id: UUID | None
    """The link of the offer's page, while it can be opened by whoever asked."""


class PastAct(msgspec.Struct, frozen=True):
    """Something that was said in the same matter; `entry_hash` is its place in the chain of the matter's acts."""

    id: UUID
    kind: str
    channel: str
    recorded_at: datetime
    added_minor: int
    revised_total_minor: int
    currency: str
    active: bool
    entry_hash: str
    approved: list[str]
    declined: list[str]


class History(msgspec.Struct, frozen=True):
    """What was said in a matter, the latest first, and the wording that an offer is compared with, where there is one."""

    acts: list[PastAct]
    before: str | None


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The customer's decision on each item; an item in neither list is silence, and silence is not consent."""

    approved: Annotated[list[UUID], msgspec.Meta(max_length=200)]
    offer_hash: Annotated[Hash | None, msgspec.Meta(extra_json_schema={DEMANDED: True})] = None
    """Of what was seen; an answer that doesn't say is refused by its own code."""
    declined: Annotated[list[UUID], msgspec.Meta(max_length=200)] = []
    code: Annotated[str, msgspec.Meta(pattern=whole("[0-9]{6}"), max_length=6)] | None = None
    """The one-time code that was mailed to the contact."""
    signature: Annotated[list[Stroke], msgspec.Meta(min_length=1, max_length=100)] | None = None
    """What was drawn, stroke by stroke, each point `[x, y]` on a grid of 1000 by 400."""
    begin_at_once: bool = False
    """The customer asks that the work begin before their time to withdraw is over, and knows that they then pay for what is done until they do."""
    prior_head: Hash | None = None
    """The head of the scope's acts that this one is built on, where the caller knows it."""
