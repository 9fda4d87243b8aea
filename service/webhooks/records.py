"""Webhooks as sent and received, and as the worker sees them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.facts.records import Position
from service.kit.patterns import LINE, or_none, whole

State = Literal["active", "paused", "ended"]
Because = Literal["by_hand", "failing", "gone"]
DeliveryState = Literal["waiting", "delivered", "failed"]
Outcome = Literal["delivered", "refused", "unavailable", "unknown"]

Url = Annotated[str, msgspec.Meta(min_length=8, max_length=2000, description="`https://…`, on the public Internet.")]
Description = Annotated[str, msgspec.Meta(max_length=200, pattern=or_none(LINE))]
FactKind = Annotated[str, msgspec.Meta(pattern=whole(r"[a-z][a-z_]{1,59}"))]
Kinds = Annotated[list[FactKind], msgspec.Meta(max_length=100, description="Kinds of facts, as `GET /v1/facts` tells them; none: all.")]
Scopes = Annotated[list[Annotated[str, msgspec.Meta(max_length=60)]], msgspec.Meta(min_length=1, max_length=100)]


class NewWebhook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A program to be told, and of what."""

    url: Url
    kinds: Kinds = []
    scopes: Scopes | None = None
    """It hears of what these may read in the feed; left out, of what you may. They never change."""
    description: Description = ""
    id: UUID | None = None


class WebhookChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What of it changes, as a whole."""

    url: Url
    kinds: Kinds
    description: Description


class NewSecret(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That another secret is wanted, and how long the present one still signs too."""

    former_hours: Annotated[int, msgspec.Meta(ge=0, le=168)] = 24
    """0 where the present one is known to somebody else."""
    number: Annotated[int, msgspec.Meta(ge=2, le=100_000)] | None = None
    """The number of the new one, so that the same request again makes no further one; left out, whichever is next."""


class ResendFailed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Since when what was given up is sent again."""

    failed_since: Annotated[datetime, msgspec.Meta(tz=True)]


class SecretReceipt(msgspec.Struct, frozen=True):
    """That it has a secret of that number."""

    id: UUID
    number: int
    former_until: datetime | None = None


class MadeSecret(msgspec.Struct, frozen=True):
    """A secret, shown here alone."""

    id: UUID
    number: int
    secret: str
    """`whsec_…`, as Standard Webhooks writes it."""
    former_until: datetime | None
    """Until when the one before it signs too."""


class WebhookChanged(msgspec.Struct, frozen=True):
    """The version it has now."""

    id: UUID
    version: int


class WebhookMoved(msgspec.Struct, frozen=True):
    """How it stands now."""

    id: UUID
    state: State


class Resent(msgspec.Struct, frozen=True):
    """How many are sent again, and whether more were given up since then: ask again."""

    resent: int
    more: bool


class Webhook(msgspec.Struct, frozen=True):
    """One of them as it stands, without its secrets."""

    id: UUID
    url: str
    description: str
    kinds: list[str]
    scopes: list[str]
    state: State
    because: Because | None
    """Why it is paused: by somebody, after days in which nothing got through, or since the other side said that it is gone (410)."""
    since: datetime
    """Since when it stands so."""
    failing_since: datetime | None
    """Since when nothing got through; None where the last thing tried did."""
    waiting: int
    """How many messages are being tried; 1,000 means as many or more."""
    failed: int
    """How many were given up and are still in the log."""
    secret_number: int
    former_secret_until: datetime | None
    made_by: str
    made_at: datetime
    version: int


class Attempt(msgspec.Struct, frozen=True):
    """One time that a message was sent, and what came of it."""

    at: datetime
    took_ms: int
    outcome: Outcome
    """`refused`: the other side said no. `unavailable`: it couldn't be reached, or can't now. `unknown`: sent, and no answer came in time."""
    status: int | None
    said: str
    """The beginning of what was answered."""


class Delivery(msgspec.Struct, frozen=True):
    """A fact for one of them, and how far that is."""

    id: UUID
    """The `webhook-id` of its message, each time the same."""
    kind: str
    subject_kind: str
    subject_id: UUID
    occurred_at: datetime
    state: DeliveryState
    attempts: int
    """How often it was tried since it was last sent anew."""
    due_at: datetime
    """While it waits: when it is tried next, if nothing earlier about the same subject waits."""
    ended_at: datetime | None
    log: list[Attempt]
    """The last thirty, the latest first."""


class DeliveryRow(msgspec.Struct, frozen=True):
    """A delivery as it lies."""

    epoch: int
    transaction_id: int
    sequence: int
    id: UUID
    kind: str
    subject_kind: str
    subject_id: UUID
    occurred_at: datetime
    state: DeliveryState
    attempts: int
    due_at: datetime
    ended_at: datetime | None
    log: list[Attempt]

    @property
    def position(self) -> Position:
        """Where it stands in the list."""
        return Position(self.epoch, self.transaction_id, self.sequence)


class Standing(msgspec.Struct, frozen=True):
    """How one stands, for who serves it."""

    state: State
    url: str
    scopes: list[str]
    secret_number: int
    former_is_live: bool | None
    silent_rounds: int
    more_happened: bool


class Served(msgspec.Struct, frozen=True):
    """What serving one of them needs."""

    state: State
    url: str
    subjects: list[str] | None
    """The kinds of subject that it hears of; None is all."""
    secrets: tuple[str, ...]
    """The live ones, the newest first."""
    silent_rounds: int
    more_happened: bool

    def __repr__(self) -> str:
        return f"Served(state={self.state!r})"


class MessageRow(msgspec.Struct, frozen=True):
    """A fact that is due for somebody."""

    delivery_id: UUID
    attempts: int
    tried_since: datetime | None
    epoch: int
    transaction_id: int
    sequence: int
    kind: str
    customer_id: UUID | None
    subject_kind: str
    subject_id: UUID
    body: dict[str, object]
    actor: str
    request_id: UUID
    occurred_at: datetime


class Message(msgspec.Struct, frozen=True):
    """A message that is due, as it is sent."""

    delivery_id: UUID
    attempts: int
    tried_since: datetime | None
    body: bytes


class Tried(msgspec.Struct, frozen=True):
    """How sending a message ended."""

    message: Message
    at: datetime
    took_ms: int
    outcome: Outcome
    status: int | None
    said: str


class Noted(msgspec.Struct, frozen=True):
    """How many attempts were written down."""

    tried: int


class ReadOn(msgspec.Struct, frozen=True):
    """How many facts were read."""

    read: int


class Forgotten(msgspec.Struct, frozen=True):
    """How much of the log is gone."""

    deliveries: int
    attempts: int
