"""Incidents as sent and received."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.patterns import LINE, LINES, whole
from service.subscriptions.records.network import State

What = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=LINE)]
IncidentKind = Literal["fault", "maintenance"]
Tag = Annotated[
    str,
    msgspec.Meta(
        max_length=60, pattern=whole("[a-z0-9][a-z0-9._:/-]{0,59}"), description="A network node, a street cabinet, a product: `olt-7`."
    ),
]
Symptom = Annotated[str, msgspec.Meta(min_length=2, max_length=60, pattern=LINE)]
Explanation = Annotated[str, msgspec.Meta(min_length=1, max_length=4000, pattern=LINES)]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
LatitudeE7 = Annotated[int, msgspec.Meta(ge=-900_000_000, le=900_000_000)]
LongitudeE7 = Annotated[int, msgspec.Meta(ge=-1_800_000_000, le=1_800_000_000)]


class Corner(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A corner of an area, in ten-millionths of a degree north and east."""

    latitude_e7: LatitudeE7
    longitude_e7: LongitudeE7


class NewIncident(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What doesn't work and whom it reaches: every service at a site in the area, at a site that is named, with one of its tags, or named itself. It ends at `until_at` unless it is closed before."""

    what: What
    until_at: Instant
    begins_at: Instant | None = None
    """Now where none is named."""
    area: Annotated[list[Corner], msgspec.Meta(min_length=3, max_length=200)] | None = None
    """Corners of one area in order; it doesn't cross the date line."""
    site_ids: Annotated[list[UUID], msgspec.Meta(max_length=500)] = []
    subscription_ids: Annotated[list[UUID], msgspec.Meta(max_length=500)] = []
    kind: IncidentKind = "fault"
    """Maintenance is announced ahead: it begins at `begins_at`, and whoever it reaches hears of it at once."""
    tags: Annotated[list[Tag], msgspec.Meta(max_length=20)] = []
    """Every service that has one of them, also one that gets it while it lasts."""
    symptoms: Annotated[list[Symptom], msgspec.Meta(max_length=10)] = []
    """Words by which what customers report is known to be this: a repair visit in its reach whose symptom has one of them waits until it is over."""
    is_public: bool = True
    """Whether it stands on the public status page, without anybody's name or place."""
    id: UUID | None = None


class WiderIncident(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an incident reaches as well."""

    site_ids: Annotated[list[UUID], msgspec.Meta(max_length=500)] = []
    subscription_ids: Annotated[list[UUID], msgspec.Meta(max_length=500)] = []


class NewEstimate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Until when it takes at the longest after all, and why, in words that its customers read."""

    until_at: Instant
    reason: What


class NewExplanation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What it was and what is done about it, in words that customers read; said again it replaces what was said."""

    words: Explanation


class NewTags(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything that a service is tagged with from now on."""

    tags: Annotated[list[Tag], msgspec.Meta(max_length=50)]


class Tagged(msgspec.Struct, frozen=True):
    """What a service is tagged with now, and which version of it that is, 0 where nobody ever tagged it."""

    id: UUID
    tags: list[str]
    version: int


class IncidentReceipt(msgspec.Struct, frozen=True):
    """That it is declared, widened, moved, closed, or explained."""

    id: UUID


class Estimate(msgspec.Struct, frozen=True):
    """One time it was moved, and why."""

    until_before: datetime
    until_at: datetime
    reason: str
    moved_by: str
    moved_at: datetime


class Incident(msgspec.Struct, frozen=True):
    """An incident, what it reaches, and when it was closed."""

    id: UUID
    what: str
    kind: IncidentKind
    area: list[Corner] | None
    site_ids: list[UUID]
    subscription_ids: list[UUID]
    tags: list[str]
    symptoms: list[str]
    is_public: bool
    begins_at: datetime
    until_at: datetime
    """As it is expected now; `estimates` says what was expected before."""
    declared_by: str
    declared_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    estimates: list[Estimate]
    explanation: str | None
    """What it was, once that is known."""
    explained_at: datetime | None


class IncidentService(msgspec.Struct, frozen=True):
    """A service in an incident's reach, with whose it is: they are held while it lasts."""

    subscription_id: UUID
    customer_id: UUID
    customer_name: str
    reference: str | None
    address: str | None
    state: State


class KnownIncident(msgspec.Struct, frozen=True):
    """An incident under way that reaches a customer."""

    id: UUID
    what: str
    begins_at: datetime
    until_at: datetime


class CalledService(msgspec.Struct, frozen=True):
    """A service found by what it, or its customer, is called, and where it is."""

    name: str
    subscription_id: UUID
    latitude_e7: int | None
    longitude_e7: int | None


class IncidentToTell(msgspec.Struct, frozen=True):
    """An incident of which somebody may have to hear something, and until which transaction all that was written is over."""

    id: UUID
    estimate: int
    over: bool
    until_epoch: int
    until_transaction: str


class IncidentTold(msgspec.Struct, frozen=True):
    """How many are to hear of it, or that it is over, who weren't before."""

    told: int
