"""The timeline as read; messages as sent and read."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from service.customers.records import FoundCustomer
from service.kit.patterns import LINES

Direction = Literal["in", "out"]
Channel = Literal["phone", "in_person", "email", "sms", "chat", "web", "letter"]


class Entry(msgspec.Struct, frozen=True):
    """One fact about a customer: what happened, to what, by whom, when it happened and when we recorded it."""

    epoch: int
    transaction_id: int
    sequence: int
    kind: str
    subject_kind: str
    subject_id: UUID
    body: dict[str, Any]
    """Empty for who may not read facts about this kind of subject: that it happened is for all, what it came to isn't."""
    actor: str
    actor_name: str | None
    occurred_at: datetime
    recorded_at: datetime


class Found(msgspec.Struct, frozen=True):
    """Who may be meant, the likeliest first."""

    items: list[FoundCustomer]


class NewMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A word in or out, noted by whoever heard or said it."""

    direction: Direction
    channel: Channel
    words: Annotated[str, msgspec.Meta(min_length=2, max_length=10_000, pattern=LINES)]
    id: UUID | None = None
    contact_id: UUID | None = None
    reached: bool = True
    """False where nobody picked up: such a call keeps no promise."""
    promise_ids: Annotated[list[UUID], msgspec.Meta(max_length=50)] = msgspec.field(default_factory=list)
    """Which promises it is about; all open ones that were made by hand and that it can keep, where none is named."""


class MessageReceipt(msgspec.Struct, frozen=True):
    """The message, and the promises that it settled."""

    id: UUID
    settled: list[UUID]


class Message(msgspec.Struct, frozen=True):
    """A word in or out."""

    id: UUID
    customer_id: UUID
    contact_id: UUID | None
    direction: Direction
    channel: Channel
    reached: bool
    words: str
    noted_by: str
    noted_by_name: str | None
    noted_at: datetime


class Forgotten(msgspec.Struct, frozen=True):
    """How many messages went."""

    count: int
