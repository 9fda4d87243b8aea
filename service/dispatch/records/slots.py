"""Free slots, holds and bookings, as sent and received."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.dispatch.records.common import Crew, Instant, Reason, Via, VisitState, WallTime, Window


class SlotsAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which days (of the site's zone) to look at, today first where none is named."""

    from_on: date | None = None
    days: Annotated[int, msgspec.Meta(ge=1, le=31)] = 7
    technician_id: UUID | None = None
    most_a_day: Annotated[int, msgspec.Meta(ge=1, le=48)] = 12


class Slot(msgspec.Struct, frozen=True):
    """A place a booking would get; the soonest ranks first, and of several technicians at one time the nearest is named."""

    rank: int
    technician_id: UUID
    crew: list[UUID]
    """Who would go along."""
    from_: datetime = msgspec.field(name="from")
    until: datetime
    arrive: Window
    local_from: datetime
    metres: int | None
    """From the technician's home, as the crow flies; None where a place is unknown."""


class SlotDay(msgspec.Struct, frozen=True):
    """The free slots of a day, or why there are none."""

    on: date
    slots: list[Slot]
    none_because: Literal["NO_SKILL", "TOO_FAR", "NO_SHIFT", "NO_CREW", "FULL"] | None


class Slots(msgspec.Struct, frozen=True):
    """Where a job would fit, day by day."""

    job_id: UUID
    zone: str
    duration_minutes: int
    days: list[SlotDay]


class Hold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place to keep for some minutes; `from` as an instant or `local_from` as wall time at the site."""

    technician_id: UUID
    from_: Instant | None = msgspec.field(name="from", default=None)
    local_from: WallTime | None = None
    crew: Crew = []
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60)] = 10
    id: UUID | None = None


class Booking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place to take; `from` as an instant or `local_from` as wall time at the site."""

    technician_id: UUID
    from_: Instant | None = msgspec.field(name="from", default=None)
    local_from: WallTime | None = None
    crew: Crew = []
    via: Via = "phone"
    """How the customer is told the window."""
    id: UUID | None = None


class BookHold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the customer is told the window."""

    via: Via = "phone"


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a visit goes instead, and at whose wish: `customer_asked` releases the promise, any other reason breaks it."""

    technician_id: UUID
    reason: Reason
    from_: Instant | None = msgspec.field(name="from", default=None)
    local_from: WallTime | None = None
    crew: Crew | None = None
    """Absent, the same others go along."""
    via: Via = "phone"


class Placed(msgspec.Struct, frozen=True):
    """Where a visit now stands."""

    id: UUID
    job_id: UUID
    state: VisitState
    technician_id: UUID
    crew: list[UUID]
    from_: datetime = msgspec.field(name="from")
    until: datetime
    arrive: Window
    local_from: datetime
    zone: str
    expires_at: datetime | None = None
    """Of a hold: until when it is sure."""
