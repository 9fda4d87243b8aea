"""Plans, as asked for, read and shown."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.dispatch.records.common import JobKind, Skills, Via, VisitState, Window

PlanKind = Literal["mend", "improve", "emergency"]
PlanState = Literal["asked", "computing", "proposed", "published", "outdated", "withdrawn", "failed"]
PlanChange = Literal["added", "technician", "time", "technician_and_time"]
WhyLeftOut = Literal["NO_SKILL", "NO_SHIFT", "TOO_FAR", "FULL", "NO_CREW", "BEFORE_PARTS", "NOT_WAITING"]


class PlanAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which days (of the organisation's zone, today where none is named) to plan, and how.

    `mend` puts in what nobody goes to and changes as little as it can, `improve` shortens the ways too, `emergency` puts in the jobs that are named before anything else.
    """

    on: date | None = None
    days: Annotated[int, msgspec.Meta(ge=1, le=14)] = 1
    kind: PlanKind = "mend"
    job_ids: Annotated[list[UUID], msgspec.Meta(max_length=1000)] | None = None
    """What is to be put in; absent, every job that nobody goes to. Of an emergency its jobs."""
    absent: Annotated[list[UUID], msgspec.Meta(max_length=500)] = []
    """Technicians who don't come, from now on: their visits are given to others."""
    seconds: (
        Annotated[int, msgspec.Meta(ge=1, le=600, description="CPU time to search for; of an emergency 2 unless said, else 5.")] | None
    ) = None
    iterations: Annotated[int, msgspec.Meta(ge=1, le=100_000_000)] | None = None
    """Instead of `seconds`: so many steps, which give the same plan each time."""
    seed: Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)] = 0
    fairness_percent: Annotated[
        int, msgspec.Meta(ge=0, le=1000, description="How much it counts that all have alike to do, of what travel counts.")
    ] = 0
    id: UUID | None = None


class PlanReceipt(msgspec.Struct, frozen=True):
    """Where a plan stands."""

    id: UUID
    state: PlanState


class Publish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That it is to be so; how customers are told what is promised anew."""

    break_promises: bool = False
    """Whether the arrivals that the plan lists as broken may be: each is promised anew."""
    via: Via = "phone"


class PlanPublished(msgspec.Struct, frozen=True):
    """What publishing changed."""

    id: UUID
    state: PlanState
    added: int
    moved: int
    promises_broken: int


class PlanWas(msgspec.Struct, frozen=True):
    """Where a visit stood before."""

    technician_id: UUID
    from_: datetime = msgspec.field(name="from")


class PlanStop(msgspec.Struct, frozen=True):
    """A visit of a planned day."""

    visit_id: UUID
    """Of one that is added: the id that it will have."""
    job_id: UUID
    customer_id: UUID
    technician_id: UUID
    crew: list[UUID]
    """Who goes along, of one that is added and that several go to."""
    from_: datetime = msgspec.field(name="from")
    until: datetime
    arrive: Window
    fixed: bool
    """Sent out or held: it stays."""
    travel_seconds: int
    """The way to it from whatever is before."""
    travel_estimated: bool
    change: PlanChange | None
    was: PlanWas | None
    breaks_promise: bool
    """It would begin outside the window that its customer was told, or after its job was promised to be done."""


class PlanBreak(msgspec.Struct, frozen=True):
    """When a technician would rest, where their shift leaves it open; publishing writes it into their calendar."""

    technician_id: UUID
    from_: datetime = msgspec.field(name="from")
    until: datetime


class PlanLeftOut(msgspec.Struct, frozen=True):
    """A job that finds no place, or a visit that must leave its own and finds no other: that one stays where it stands.

    `NOT_WAITING` is a job that was named though somebody goes to it already, or nobody is to any more.
    """

    job_id: UUID
    visit_id: UUID | None
    reason: WhyLeftOut
    points: int
    """How much is lost by it: by priority and promise."""


class PlanFigures(msgspec.Struct, frozen=True):
    """What the plan costs, and what it took."""

    read_at: datetime
    travel_seconds_now: int
    travel_seconds: int
    points_left_out: int
    overtime_seconds: int
    iterations: int
    cpu_milliseconds: int


class Plan(msgspec.Struct, frozen=True):
    """A proposal for days: all visits of them in order, those that change marked."""

    id: UUID
    kind: PlanKind
    state: PlanState
    percent: int | None
    """How much of the budget is used, while it is computed."""
    reason: str | None
    from_: datetime = msgspec.field(name="from")
    until: datetime
    job_ids: list[UUID] | None
    absent: list[UUID]
    seconds: int | None
    iterations: int | None
    seed: int
    fairness_percent: int
    asked_by: str
    asked_at: datetime
    figures: PlanFigures | None
    stops: list[PlanStop]
    breaks: list[PlanBreak]
    left_out: list[PlanLeftOut]


class PlanLine(msgspec.Struct, frozen=True):
    """A plan in a list."""

    id: UUID
    kind: PlanKind
    state: PlanState
    from_: datetime = msgspec.field(name="from")
    until: datetime
    asked_by: str
    asked_at: datetime


class PlanShift(msgspec.Struct, frozen=True):
    """Working time, with the rest in it."""

    starts_at: datetime
    ends_at: datetime
    break_minutes: int | None
    break_earliest_at: datetime | None
    break_latest_at: datetime | None


class PlanTechnician(msgspec.Struct, frozen=True):
    """Whoever works on those days, and how their days stand."""

    id: UUID
    skills: Skills
    takes_cash: bool
    start_latitude_e7: int | None
    start_longitude_e7: int | None
    end_latitude_e7: int | None
    end_longitude_e7: int | None
    home_latitude_e7: int | None
    home_longitude_e7: int | None
    reach_metres: int
    hour_cost: int | None
    overtime_hour_cost: int | None
    km_cost: int | None
    most_overtime_minutes: int
    speed_percent: int
    capacity: dict[str, int]
    shifts: list[PlanShift]
    stood: str


class PlanTaken(msgspec.Struct, frozen=True):
    """Time of a technician that something takes; of a visit all that a plan goes by."""

    technician_id: UUID
    occupancy_id: UUID
    kind: Literal["visit", "hold", "break", "absence"]
    starts_at: datetime
    ends_at: datetime
    visit_id: UUID | None
    crew_size: int | None
    state: VisitState | None
    arrive_until: datetime | None
    arrival_minutes: int | None
    job_id: UUID | None
    customer_id: UUID | None
    priority: int | None
    job_kind: JobKind | None
    skills: Skills | None
    loads: dict[str, int] | None
    preferred_technician_id: UUID | None
    latitude_e7: int | None
    longitude_e7: int | None
    job_steps: int | None


class PlanWaiting(msgspec.Struct, frozen=True):
    """A job that nobody goes to."""

    job_id: UUID
    customer_id: UUID
    priority: int
    job_kind: JobKind
    skills: Skills
    loads: dict[str, int]
    preferred_technician_id: UUID | None
    crew_size: int
    duration_minutes: int
    arrival_minutes: int
    latitude_e7: int | None
    longitude_e7: int | None
    due_at: datetime | None
    parts_at: datetime | None
    """When the parts are there that it waits for."""
    job_steps: int
