"""Series of visits as sent and received."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.dispatch.records.common import Crew, JobState, Via, WallTime
from service.dispatch.records.jobs import NewJob

SeriesState = Literal["active", "paused", "ended"]


class NewSeries(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Work that comes again: a job for each occurrence of a rule, opened some days ahead, at the same time on the wall of its site whatever the clocks do."""

    job: NewJob
    """As each is opened; it names neither an id nor a policy, a preferred technician or invoices."""
    local_from: WallTime
    """The first occurrence; the rule has to fall on it."""
    rule: Annotated[str, msgspec.Meta(min_length=10, max_length=500)]
    """RFC 5545: `FREQ` (`DAILY`, `WEEKLY`, `MONTHLY`, `YEARLY`) with `INTERVAL`, `BYMONTH`, `BYDAY`, `BYMONTHDAY`, `BYSETPOS` and `COUNT` or `UNTIL`: `FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1` is the last working day of each month."""
    local_left_out: Annotated[list[WallTime], msgspec.Meta(max_length=400)] = []
    """Occurrences that aren't to be (`EXDATE`); they count for `COUNT`."""
    local_added: Annotated[list[WallTime], msgspec.Meta(max_length=400)] = []
    """Occurrences besides the rule's (`RDATE`), after the first; they don't count for `COUNT`, and no `UNTIL` ends them."""
    horizon_days: Annotated[int, msgspec.Meta(ge=1, le=400, description="How many days ahead an occurrence is opened.")] = 56
    technician_id: UUID | None = None
    """With whom each visit is booked if they can go then; without one, or if they can't, its job waits for a dispatcher."""
    crew: Crew = []
    via: Via = "phone"
    id: UUID | None = None


class OpenOccurrence(msgspec.Struct, frozen=True):
    """A job that was opened ahead and isn't done."""

    local_from: datetime
    job_id: UUID


class SeriesReceipt(msgspec.Struct, frozen=True):
    """How a series stands, and the jobs that it had opened and that aren't done: they stay until somebody cancels them."""

    id: UUID
    state: SeriesState
    open: list[OpenOccurrence]


class Series(msgspec.Struct, frozen=True):
    """A series as it stands; all its times are on the wall of its zone."""

    id: UUID
    customer_id: UUID
    site_id: UUID
    state: SeriesState
    rule: str
    local_from: datetime
    local_left_out: list[datetime]
    local_added: list[datetime]
    zone: str
    horizon_days: int
    technician_id: UUID | None
    crew: list[UUID]
    via: Via
    job: NewJob
    made_at: datetime


class KnownOccurrence(msgspec.Struct, frozen=True):
    """What became of an occurrence; without a job it was skipped."""

    local_from: datetime
    job_id: UUID | None
    job_state: JobState | None
    visit_id: UUID | None


class Resolved(msgspec.Struct, frozen=True):
    """A time on the wall, and the instant that it means."""

    wall: datetime
    at: datetime


class Occurrence(msgspec.Struct, frozen=True):
    """One time of a series: on the wall, and the instant that it means."""

    local_from: datetime
    from_: datetime = msgspec.field(name="from")
    state: Literal["to_come", "opened", "skipped"]
    job_id: UUID | None = None
    job_state: JobState | None = None
    visit_id: UUID | None = None
    """The visit that is booked for it, or was."""


class Occurrences(msgspec.Struct, frozen=True):
    """The occurrences of a series in some days, in order."""

    series_id: UUID
    zone: str
    items: list[Occurrence]


class Skip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which occurrence isn't to be."""

    local_from: WallTime


class Skipped(msgspec.Struct, frozen=True):
    """That it won't be."""

    series_id: UUID
    local_from: datetime


class Opened(msgspec.Struct, frozen=True):
    """The job of an occurrence."""

    job_id: UUID


class Booker(msgspec.Struct, frozen=True):
    """With whom the visit of an occurrence is booked, and when."""

    local_from: datetime
    technician_id: UUID
    crew: list[UUID]
    via: Via
