"""Technicians, jobs, slots and visits as sent and received."""

from datetime import date, datetime, time
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.authorisations.records import PriceForm, Trade

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
Skill = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern="^[a-z][a-z0-9_]*$")]
Reach = Annotated[int, msgspec.Meta(ge=1, le=20_100_000)]
Reason = Annotated[str, msgspec.Meta(min_length=2, max_length=60, pattern="^[a-z][a-z_]+$", description="A code; words belong in a note.")]
Via = Literal["phone", "link", "email", "sms", "in_person", "api"]
JobKind = Literal["repair", "install", "collection", "inspection"]
JobState = Literal["open", "in_progress", "work_done", "closed", "cancelled"]
VisitState = Literal[
    "held", "booked", "dispatched", "accepted", "en_route", "on_site", "working", "paused",
    "completed", "partly_completed", "could_not_complete", "no_access", "cancelled",
]  # fmt: skip


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A point on earth in ten-millionths of a degree (WGS 84)."""

    latitude_e7: Annotated[int, msgspec.Meta(ge=-900_000_000, le=900_000_000)]
    longitude_e7: Annotated[int, msgspec.Meta(ge=-1_800_000_000, le=1_800_000_000)]


class Window(msgspec.Struct, frozen=True):
    """A half-open span of time."""

    from_: datetime = msgspec.field(name="from")
    until: datetime


# ── Technicians ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
class NewTechnician(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member of staff who goes to doors."""

    staff_id: UUID
    zone: Zone
    skills: Annotated[list[Skill], msgspec.Meta(max_length=50)] = []
    may_take_cash: bool = False
    home: Place | None = None
    reach_metres: Reach = 100_000
    """How far from home, as the crow flies; counts where both places are known."""


class ChangedTechnician(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A technician as they shall be from now on."""

    zone: Zone
    skills: Annotated[list[Skill], msgspec.Meta(max_length=50)]
    may_take_cash: bool
    home: Place | None
    reach_metres: Reach
    active: bool


class TechnicianReceipt(msgspec.Struct, frozen=True):
    """That the technician exists."""

    id: UUID
    version: int


class Technician(msgspec.Struct, frozen=True):
    """A technician as they stand."""

    id: UUID
    name: str
    zone: str
    skills: list[str]
    may_take_cash: bool
    home_latitude_e7: int | None
    home_longitude_e7: int | None
    reach_metres: int
    active: bool
    version: int


class Break(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rest inside the shift, at the same wall time every day."""

    starts: TimeOfDay
    ends: TimeOfDay


class NewShifts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Working time on those weekdays (1 Monday to 7 Sunday) from one day until before another; an end not after the start is on the next day."""

    from_on: date
    until_on: date
    starts: TimeOfDay
    ends: TimeOfDay
    weekdays: Annotated[list[Annotated[int, msgspec.Meta(ge=1, le=7)]], msgspec.Meta(min_length=1, max_length=7)] = msgspec.field(
        default_factory=lambda: [1, 2, 3, 4, 5, 6, 7]
    )
    break_: Break | None = msgspec.field(name="break", default=None)
    zone: Zone | None = None
    """The technician's own, unless they work elsewhere."""


class ShiftsReceipt(msgspec.Struct, frozen=True):
    """How many shifts were added."""

    technician_id: UUID
    shifts: int


class NewAbsence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a technician isn't there."""

    from_: Instant = msgspec.field(name="from")
    until: Instant
    reason: Reason
    id: UUID | None = None


class AbsenceReceipt(msgspec.Struct, frozen=True):
    """That the absence stands."""

    id: UUID
    technician_id: UUID


# ── Jobs ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
class NewJob(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of field work for a customer; the id may be the caller's own (UUIDv7)."""

    customer_id: UUID
    site_id: UUID
    kind: JobKind
    asset_id: UUID | None = None
    priority: Annotated[int, msgspec.Meta(ge=1, le=5, description="1 is the most urgent.")] = 3
    skills: Annotated[list[Skill], msgspec.Meta(max_length=20)] = []
    duration_minutes: Annotated[int, msgspec.Meta(ge=5, le=1440)] = 60
    arrival_minutes: Annotated[int, msgspec.Meta(ge=15, le=720, description="Length of the arrival window that the customer is told.")] = 60
    collects_invoice_ids: Annotated[list[UUID], msgspec.Meta(max_length=50)] = []
    symptom: Annotated[str, msgspec.Meta(max_length=4000, description="What the customer reported, in their words.")] = ""
    currency: Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$")] | None = None
    """ISO 4217; the organisation's own where none is named."""
    policy_name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)] | None = None
    """The tolerance policy of its scope; absent: the policy published for the site's jurisdiction, the trade and the price form, else no tolerance."""
    trade: Trade = "any"
    price_form: PriceForm = "any"
    """How the price is agreed, where the law asks: a limit may bind harder than an estimate."""
    id: UUID | None = None


class JobReceipt(msgspec.Struct, frozen=True):
    """That the job is open, and the scope it charges in."""

    id: UUID
    scope_id: UUID
    state: JobState


class JobEnded(msgspec.Struct, frozen=True):
    """How a job stands now."""

    id: UUID
    state: JobState


class Matter(msgspec.Struct, frozen=True):
    """What a job charges in, and its state."""

    scope_id: UUID
    state: JobState


class VisitOfJob(msgspec.Struct, frozen=True):
    """A visit in short."""

    id: UUID
    state: VisitState
    technician_id: UUID
    from_: datetime = msgspec.field(name="from")
    until: datetime


class Job(msgspec.Struct, frozen=True):
    """A job as it stands, with its visits."""

    id: UUID
    customer_id: UUID
    site_id: UUID
    asset_id: UUID | None
    scope_id: UUID
    currency: str
    kind: JobKind
    state: JobState
    priority: int
    skills: list[str]
    duration_minutes: int
    arrival_minutes: int
    collects_invoice_ids: list[UUID]
    symptom: str
    opened_at: datetime
    visits: list[VisitOfJob]


class JobLine(msgspec.Struct, frozen=True):
    """A job in a list."""

    id: UUID
    customer_id: UUID
    site_id: UUID
    asset_id: UUID | None
    scope_id: UUID
    kind: JobKind
    state: JobState
    priority: int
    opened_at: datetime


# ── Slots and booking ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
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
    none_because: Literal["NO_SKILL", "TOO_FAR", "NO_SHIFT", "FULL"] | None


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
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60)] = 10
    id: UUID | None = None


class Booking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place to take; `from` as an instant or `local_from` as wall time at the site."""

    technician_id: UUID
    from_: Instant | None = msgspec.field(name="from", default=None)
    local_from: WallTime | None = None
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
    via: Via = "phone"


class Placed(msgspec.Struct, frozen=True):
    """Where a visit now stands."""

    id: UUID
    job_id: UUID
    state: VisitState
    technician_id: UUID
    from_: datetime = msgspec.field(name="from")
    until: datetime
    arrive: Window
    local_from: datetime
    zone: str
    expires_at: datetime | None = None
    """Of a hold: until when it is sure."""


# ── Visits ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
class Act(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When it happened, by the device that saw it; now, where it isn't said."""

    captured_at: Instant | None = None


class Start(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The authorised items that work begins on; only an inspection or a collection may begin without any."""

    item_ids: Annotated[list[UUID], msgspec.Meta(max_length=100)] = []
    captured_at: Instant | None = None


class ActWithReason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why, as a code, and when."""

    reason: Reason
    captured_at: Instant | None = None


class Cancel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why, as a code."""

    reason: Reason


class Stepped(msgspec.Struct, frozen=True):
    """The visit's state after the step of that number."""

    id: UUID
    job_id: UUID
    state: VisitState
    step: int


class SiteOfVisit(msgspec.Struct, frozen=True):
    """Where the visit is."""

    id: UUID
    address: str
    zone: str
    access_notes: str
    latitude_e7: int | None
    longitude_e7: int | None


class VisitStep(msgspec.Struct, frozen=True):
    """One move: from what to what, by whom, when it happened and when we heard."""

    step: int
    from_state: str
    to_state: VisitState
    technician_id: UUID
    from_: datetime = msgspec.field(name="from")
    reason: str | None
    actor: str
    captured_at: datetime
    recorded_at: datetime


class AuthorisedItem(msgspec.Struct, frozen=True):
    """What the customer approved and hasn't revoked."""

    item_id: UUID
    kind: str
    description: str
    quantity: str
    unit: str
    started: bool


class Visit(msgspec.Struct, frozen=True):
    """A visit as it stands, with its history and what may be worked on."""

    id: UUID
    job_id: UUID
    customer_id: UUID
    kind: JobKind
    state: VisitState
    technician_id: UUID
    from_: datetime = msgspec.field(name="from")
    until: datetime
    arrive: Window
    local_from: datetime
    zone: str
    site: SiteOfVisit
    customer_name: str
    symptom: str
    scope_id: UUID
    steps: list[VisitStep]
    authorised_items: list[AuthorisedItem]


class ShiftOfDay(msgspec.Struct, frozen=True):
    """Working time, as instants and on the technician's wall."""

    from_: datetime = msgspec.field(name="from")
    until: datetime
    local_from: datetime
    local_until: datetime


class Away(msgspec.Struct, frozen=True):
    """A break or an absence."""

    kind: Literal["break", "absence"]
    from_: datetime = msgspec.field(name="from")
    until: datetime
    reason: str | None


class DayRow(msgspec.Struct, frozen=True):
    """A technician's day without its visits."""

    technician_id: UUID
    on: date
    zone: str
    shifts: list[ShiftOfDay]
    away: list[Away]
    visit_ids: list[UUID]


class Day(msgspec.Struct, frozen=True):
    """A technician's day in their own zone: shifts, breaks and visits in order."""

    technician_id: UUID
    on: date
    zone: str
    shifts: list[ShiftOfDay]
    away: list[Away]
    visits: list[Visit]


class StaffAddress(msgspec.Struct, frozen=True):
    """Whose address it is."""

    email: str
    id: UUID
