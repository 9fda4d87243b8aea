"""Reaching somebody by a person, and what was told of a message after it left."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from service.kit.patterns import LINES, whole
from service.notices.records import Kind, ReachState, State


class Contactable(msgspec.Struct, frozen=True):
    """A way to somebody, and whether it was tried."""

    id: UUID
    name: str
    channel: str
    address: str
    tried: bool


class Place(msgspec.Struct, frozen=True):
    """Where they can be found."""

    address: str
    access_notes: str


class Reach(msgspec.Struct, frozen=True):
    """Somebody to be reached by a person: every way that needs none has failed."""

    id: UUID
    """The notice's."""
    customer_id: UUID
    customer_name: str
    kind: Kind
    subject_kind: str
    subject_id: UUID
    due_at: datetime
    """By when it is too late."""
    late: bool
    opened_at: datetime
    state: State
    """How the last way ended."""
    reason: str | None
    zone: str
    contacts: list[Contactable]
    """Every way to them that we have, the telephone first."""
    sites: list[Place]


class ReachNoted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody tried: it is noted as a word to the customer, and one that reached them ends it."""

    channel: Literal["phone", "in_person", "email", "sms", "chat", "letter"]
    reached: bool
    words: Annotated[str, msgspec.Meta(min_length=2, max_length=2_000, pattern=LINES)]
    contact_id: UUID | None = None
    """Whom of their people, where it is one we have."""


class ReachDone(msgspec.Struct, frozen=True):
    """How it stands."""

    id: UUID
    state: ReachState | None


class ReachFound(msgspec.Struct, frozen=True):
    """Whom it is about."""

    id: UUID
    customer_id: UUID
    kind: Kind
    state: ReachState


class Opened(msgspec.Struct, frozen=True):
    """How many were opened: none where one was."""

    opened: int


class Judged(msgspec.Struct, frozen=True):
    """An open one, and the task that wanted its notice."""

    id: UUID
    task_kind: str
    subject_id: UUID
    body: dict[str, Any]


class Followed(msgspec.Struct, frozen=True):
    """How many facts were read, and what they have told."""

    read: int
    wanted: int


class Bounce(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What became of a message after it was handed over."""

    outcome: Literal["delivered", "bounced"]
    status: Annotated[str, msgspec.Meta(pattern=whole(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}"), max_length=9, description="RFC 3463.")]
    """A bounce with `5.1.…` marks the address: it isn't tried again until the contact is changed."""
    way: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1


class Bounced(msgspec.Struct, frozen=True):
    """How the notice stands, and whether that changed it."""

    id: UUID
    state: State
    changed: bool
