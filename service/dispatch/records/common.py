"""What the records of dispatch share."""

from datetime import datetime, time
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.patterns import whole

Instant = Annotated[datetime, msgspec.Meta(tz=True, description="RFC 3339 with an offset.")]
WallTime = Annotated[
    datetime,
    msgspec.Meta(
        tz=False,
        description="Local wall time at the site, `2026-03-29T02:30:00`; a skipped hour moves forward, a repeated one is the first.",
    ),
]
TimeOfDay = Annotated[time, msgspec.Meta(tz=False, description="Local wall time, `08:00:00`.")]
Zone = Annotated[str, msgspec.Meta(min_length=1, max_length=60, description="An IANA time zone, `Europe/Berlin`.")]
Skill = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=whole("[a-z][a-z0-9_]*"))]
Level = Annotated[int, msgspec.Meta(ge=1, le=10)]
Skills = dict[Skill, Level]
"""What somebody can do, or what a job asks for, and how well at least: `{"fibre": 3, "drains": 1}`."""
Load = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=whole("[a-z][a-z0-9_]*"))]
Loads = dict[Load, Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)]]
"""How much of what has to be carried, or can be: `{"boxes": 12}`. What isn't named in a capacity isn't limited."""
Reach = Annotated[int, msgspec.Meta(ge=1, le=20_100_000)]
Reason = Annotated[
    str, msgspec.Meta(min_length=2, max_length=60, pattern=whole("[a-z][a-z_]+"), description="A code; words belong in a note.")
]
CrewSize = Annotated[int, msgspec.Meta(ge=1, le=6)]
Crew = Annotated[list[UUID], msgspec.Meta(max_length=5)]
"""Who goes along with whom the visit is led by."""
Via = Literal["phone", "link", "email", "sms", "in_person", "api"]
JobKind = Literal["repair", "install", "collection", "inspection"]
JobState = Literal["open", "in_progress", "work_done", "closed", "cancelled"]
VisitState = Literal[
    "held", "booked", "dispatched", "accepted", "en_route", "on_site", "working", "paused",
    "completed", "partly_completed", "could_not_complete", "no_access", "cancelled",
]  # fmt: skip


class AwaitedIncident(msgspec.Struct, frozen=True):
    """An incident that explains what a visit is for: nobody sets out before it is over."""

    incident_id: UUID
    what: str
    until_at: datetime
    """When it is expected to be over."""


TO_COME: frozenset[VisitState] = frozenset({"booked", "dispatched", "accepted", "en_route"})
"""Of a visit that somebody is still to arrive at."""


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A point on earth in ten-millionths of a degree (WGS 84)."""

    latitude_e7: Annotated[int, msgspec.Meta(ge=-900_000_000, le=900_000_000)]
    longitude_e7: Annotated[int, msgspec.Meta(ge=-1_800_000_000, le=1_800_000_000)]


class CrewMember(msgspec.Struct, frozen=True):
    """Somebody who goes along."""

    id: UUID
    name: str


class Window(msgspec.Struct, frozen=True):
    """A half-open span of time."""

    from_: datetime = msgspec.field(name="from")
    until: datetime
