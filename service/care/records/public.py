"""What everybody may read of: events and ideas."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.patterns import LINE, LINES, or_none

IdeaState = Literal["open", "planned", "started", "done", "declined"]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class NewEvent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An event as it is from now on."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=LINE)]
    starts_at: Instant
    ends_at: Instant
    words: Annotated[str, msgspec.Meta(max_length=4000, pattern=or_none(LINES))] = ""
    place: Annotated[str, msgspec.Meta(max_length=300, pattern=or_none(LINE))] = ""
    cancelled: bool = False
    id: UUID | None = None
    """Of a new one."""


class EventPut(msgspec.Struct, frozen=True):
    """The event, and which version of it that is."""

    id: UUID
    version: int


class Event(msgspec.Struct, frozen=True):
    """What everybody is invited to, or should know of."""

    id: UUID
    title: str
    words: str
    place: str
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    version: int
    changed_at: datetime


class NewIdea(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a customer wishes for, in words that everybody may read once it is answered."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=120, pattern=LINE)]
    words: Annotated[str, msgspec.Meta(max_length=2000, pattern=or_none(LINES))] = ""
    id: UUID | None = None


class NewIdeaAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How it stands with an idea, and why; from the first answer on everybody may read of it."""

    state: IdeaState
    words: Annotated[str, msgspec.Meta(min_length=1, max_length=2000, pattern=LINES)]


class IdeaReceipt(msgspec.Struct, frozen=True):
    """The idea that was opened, voted for, or answered."""

    id: UUID


class Idea(msgspec.Struct, frozen=True):
    """An idea, how it stands, and how many wish for it."""

    id: UUID
    title: str
    words: str
    opened_at: datetime
    state: IdeaState
    answer: str | None
    answered_at: datetime | None
    votes: int
    voted: bool
    """By the customer who asks."""
    own: bool
    is_public: bool
