"""Free slots, holds and bookings, as sent and received."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.dispatch.records.common import Crew, Instant, Reason, Via, VisitState, WallTime, Window


class SlotsAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which days (of the site's zone) to look at, today first where none is named."""

    from_on: date | None = None
    days: Annotated[int, msgspec.Meta(ge=1, le=31)] = 14
    technician_id: UUID | None = None
    most_a_day: Annotated[int, msgspec.Meta(ge=1, le=48)] = 12
    moves: UUID | None = None
    """The visit of this job that a place is sought for instead of its own, which counts as free."""


Why = Literal[
    "EARLIEST", "LEAST_DETOUR", "NEAR_OTHERS", "FIRST_OF_DAY", "SAME_TECHNICIAN", "PREFERRED_TECHNICIAN", "PLACE_UNKNOWN", "OVERTIME"
]
"""Nothing is sooner; nothing costs less way; the visit before or after it is near; nobody is out there on that day yet; who came to this job before;
whom the job or the customer prefers; it isn't known where the site is, or where the technician would come from; their
day would end after their shift, as far as their planning profile allows it, which counts at its price."""
NoneBecause = Literal["JOB_NOT_OPEN", "NO_SKILL", "TOO_FAR", "DAY_OVER", "BEFORE_PARTS", "NO_SHIFT", "NO_CREW", "FULL"]


class Offered(msgspec.Struct, frozen=True):
    """A place that a booking would get."""

    technician_id: UUID
    crew: list[UUID]
    """Who would go along."""
    from_: datetime = msgspec.field(name="from")
    until: datetime
    detour_seconds: int | None
    """How much longer the technician travels on that day; None where a place is unknown."""
    estimated: bool
    """Whether that is by a straight line, as no road engine told of each way of it."""
    metres: int | None
    """From the technician's home, as the crow flies; None where a place is unknown."""
    why: list[Why]
    """Why it ranks where it does."""


class Slot(Offered, frozen=True):
    """A place that a booking would get. It ranks by the detour, by overtime, by how many days off it is, and by who would come."""

    rank: int
    arrive: Window
    local_from: datetime


class SlotDay(msgspec.Struct, frozen=True):
    """The best slots of a day in order of time, or why there are none."""

    on: date
    slots: list[Slot]
    none_because: NoneBecause | None


class Slots(msgspec.Struct, frozen=True):
    """Where a job would fit, day by day."""

    job_id: UUID
    zone: str
    duration_minutes: int
    days: list[SlotDay]


class Sought(msgspec.Struct, frozen=True):
    """What a place is sought for."""

    job_id: UUID
    zone: str
    duration_minutes: int
    arrival_minutes: int
    crew_size: int
    latitude_e7: int | None
    longitude_e7: int | None
    open: bool
    from_at: datetime
    from_on: date
    begins: list[datetime]
    """Of each day where it is, and the end of the last."""
    preferred: UUID | None
    came: list[UUID]
    sites_moved: int
    by_road: bool
    """Whether a road engine told of any way from there."""
    parts_at: datetime | None
    """When the parts are there that it waits for."""


class Hand(msgspec.Struct, frozen=True):
    """Somebody who might go, their shifts and what stands in them: columns, each as PostgreSQL sends an array; None where it is empty."""

    technician_id: UUID
    able: bool
    near: bool
    metres: int | None
    speed_percent: int
    most_overtime_minutes: int
    hour_cost: int | None
    overtime_hour_cost: int | None
    km_cost: int | None
    start_latitude_e7: int | None
    start_longitude_e7: int | None
    end_latitude_e7: int | None
    end_longitude_e7: int | None
    shift_from: bytes | None
    shift_until: bytes | None
    rest_seconds: bytes | None
    rest_from: bytes | None
    rest_until: bytes | None
    taken_from: bytes | None
    taken_until: bytes | None
    taken_by: bytes | None


class VisitPlaces(msgspec.Struct, frozen=True):
    """Where visits are, as columns; None where there are none."""

    settled: bool
    latitudes: bytes | None
    longitudes: bytes | None


class LegsOfSite(msgspec.Struct, frozen=True):
    """Ways to and from a site, as columns; None where there are none."""

    latitudes: bytes | None
    longitudes: bytes | None
    from_site: bytes | None
    to_site: bytes | None


class LegsThrough(msgspec.Struct, frozen=True):
    """Ways, as a column."""

    seconds: bytes | None


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


class Bookings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Places to take for several visits of one job, all of them or none."""

    visits: Annotated[list[Booking], msgspec.Meta(min_length=1, max_length=31)]


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


class AllPlaced(msgspec.Struct, frozen=True):
    """Where the visits of a job now stand, in the order in which they were asked for."""

    job_id: UUID
    visits: list[Placed]
