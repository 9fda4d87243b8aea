"""What a card payment's dispute is answered with, in the fields that Stripe names."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from service.kit.money import Money

TextName = Literal["customer_name", "product_description", "service_date", "access_activity_log", "uncategorized_text"]
FileName = Literal["receipt", "service_documentation", "customer_signature"]

AnswerState = Literal["none", "asked", "submitted", "by_others", "too_late"]


class TextField(msgspec.Struct, frozen=True, tag_field="type", tag="text"):
    """A field that is told in words."""

    name: TextName
    value: str


class FileField(msgspec.Struct, frozen=True, tag_field="type", tag="file"):
    """A field that is a file: fetch it at `source`, upload it with `purpose`, and send the id that Stripe gives."""

    name: FileName
    source: str
    media_type: Literal["application/pdf", "image/png"]
    purpose: Literal["dispute_evidence"]


class SignedAct(msgspec.Struct, frozen=True):
    """An act that was confirmed by a signature on glass, and its strokes as sealed."""

    authorisation_id: str
    strokes: str


class DisputeEvidence(msgspec.Struct, frozen=True):
    """The evidence, staged: with `submit` false Stripe shows it to a person, who sends it or doesn't."""

    scope_id: UUID
    submit: Literal[False]
    characters: int
    fields: list[TextField | FileField]


About = Literal["inquiry", "chargeback"]
"""A bank that only asks is answered, and again once it takes the money."""


class NewDisputeAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which matter's proof a dispute is answered with; none: that of the disputed invoice."""

    scope_id: UUID | None = None


class AnswerReceipt(msgspec.Struct, frozen=True):
    """That the evidence is on its way, and of which matter."""

    dispute_id: UUID
    scope_id: UUID


class DisputeNoted(msgspec.Struct, frozen=True):
    """That something of a dispute's answer was kept."""

    dispute_id: UUID


class FieldSent(msgspec.Struct, frozen=True):
    """A field as it was sent: the hash of its bytes, and its words where they name nobody."""

    name: str
    type: Literal["text", "file"]
    sha256: str
    bytes: int
    value: str | None = None


class DisputeSending(msgspec.Struct, frozen=True):
    """What was written down before it was sent; `submitted` where the bank has it."""

    evidence_hash: str
    written_at: datetime
    submitted: bool
    about: About
    fields: list[FieldSent]


class DisputeAnswer(msgspec.Struct, frozen=True):
    """A dispute with its answer: `asked` while it is on its way, then how it ended."""

    dispute_id: UUID
    provider_dispute_id: str
    customer_id: UUID
    amount: Money
    reason: str
    status: str
    about: About
    due_by: datetime | None
    opened_at: datetime
    answer: AnswerState
    scope_id: UUID | None
    asked_by: str | None
    asked_at: datetime | None
    ended_at: datetime | None
    sendings: list[DisputeSending]
