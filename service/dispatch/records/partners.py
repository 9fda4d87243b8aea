"""What partners bring, as sent and received: times and how a visit stands, nobody's name and no price."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.customers.records import AccessNotes, ContactAddress, Language, LatitudeE7, LongitudeE7, Name, SiteAddress
from service.dispatch.records.common import Instant, JobKind, JobState, VisitState, Window, Zone
from service.kit.facts.records import Position

PartnersReference = Annotated[
    str, msgspec.Meta(min_length=1, max_length=60, description="What the partner calls it: a claim's or an order's number.")
]


BroughtFactKind = Literal[
    "job_brought",
    "job_in_progress",
    "job_work_done",
    "job_closed",
    "job_cancelled",
    "visit_held",
    "visit_booked",
    "visit_moved",
    "visit_dispatched",
    "visit_accepted",
    "visit_en_route",
    "visit_late",
    "visit_arrived",
    "visit_started",
    "visit_paused",
    "visit_resumed",
    "visit_completed",
    "visit_partly_completed",
    "visit_could_not_complete",
    "visit_no_access",
    "visit_cancelled",
]
"""What a partner may know: what their customer is told of the job and its visits."""


class BroughtCustomer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom the job is for, and how they are reached."""

    name: Name
    language: Language = "en"
    email: ContactAddress | None = None
    phone: ContactAddress | None = None


class BroughtSite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the job is."""

    address: SiteAddress
    zone: Zone
    access_notes: AccessNotes = ""
    latitude_e7: LatitudeE7 | None = None
    longitude_e7: LongitudeE7 | None = None


class NewBroughtJob(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A job that a partner brings: for a customer at a place, or again where an earlier one of theirs was."""

    reference: PartnersReference
    kind: Literal["repair", "install", "inspection"]
    customer: BroughtCustomer | None = None
    site: BroughtSite | None = None
    as_before: UUID | None = None
    """An earlier job of this partner's, at whose customer's place this one is too."""
    symptom: Annotated[str, msgspec.Meta(max_length=4000, description="What was reported, in their words.")] = ""
    duration_minutes: Annotated[int, msgspec.Meta(ge=5, le=480)] = 60
    arrival_minutes: Annotated[int, msgspec.Meta(ge=15, le=720, description="Length of the arrival window that the customer is told.")] = 60


class BroughtReceipt(msgspec.Struct, frozen=True):
    """That the job is open; `job_reference` is what we call it."""

    id: UUID
    reference: str
    job_reference: str


class BroughtBefore(msgspec.Struct, frozen=True):
    """A job that a partner brought before, and a hash of all that they said then."""

    job_id: UUID
    customer_id: UUID
    site_id: UUID
    asked_hash: bytes


class BroughtLine(msgspec.Struct, frozen=True):
    """A job that the caller brought, in a list."""

    id: UUID
    reference: str
    job_reference: str
    kind: JobKind
    state: JobState
    opened_at: datetime


class BroughtFactRow(Position, frozen=True):
    """A fact as it lies; the last that was looked through may be of no job of theirs."""

    nth: int
    kind: str
    job_id: UUID | None
    reference: str | None
    visit_id: UUID | None
    occurred_at: datetime


class BroughtFact(msgspec.Struct, frozen=True):
    """One thing that happened to a job that the caller brought: read the job for how it stands."""

    cursor: str
    """Send it as `after` to read on behind this."""
    kind: BroughtFactKind
    job_id: UUID
    reference: str
    visit_id: UUID | None
    """Of the job's visits, to which."""
    occurred_at: datetime


class BroughtFacts(msgspec.Struct, frozen=True):
    """What happened, in order, and where to read on: `next` is there even when no more has happened yet."""

    items: list[BroughtFact]
    next: str
    more: bool
    """Whether to read on right now, even where `items` are few or none."""


class VisitAsTold(msgspec.Struct, frozen=True):
    """A visit as its customer is told of it."""

    id: UUID
    state: VisitState
    arrive: Window
    local_from: datetime
    expires_at: datetime | None
    """Of a hold: until when it is sure."""


class BroughtFound(BroughtLine, frozen=True):
    """A job as its partner may know it."""

    zone: str
    visits: list[VisitAsTold]


class BroughtVisit(msgspec.Struct, frozen=True):
    """Where a visit stands."""

    id: UUID
    job_id: UUID
    state: VisitState
    arrive: Window
    local_from: datetime
    zone: str
    expires_at: datetime | None = None
    """Of a hold: until when it is sure."""


class ExpectedVisit(VisitAsTold, frozen=True, kw_only=True):
    """A visit as it stands; `expected_at` on its day, until somebody is there, while it is known."""

    expected_at: datetime | None


class BroughtJob(BroughtLine, frozen=True):
    """A job as its partner follows it, and what they may do by now."""

    zone: str
    visits: list[ExpectedVisit]
    may_move: bool
    may_cancel: bool


class BroughtTime(msgspec.Struct, frozen=True):
    """A time that is free; `rank` 1 is the one that suits best."""

    rank: int
    from_: datetime = msgspec.field(name="from")
    arrive: Window
    local_from: datetime


NoTime = Literal["FULL", "CHOICE_NOT_OPEN", "JOB_NOT_OPEN", "ALREADY_BOOKED", "CHOICE_TOO_LATE", "MOVES_USED_UP"]


class NoneBecause(msgspec.Struct, frozen=True):
    """Why there is no time to choose, and what to do: `FULL` where nobody is free within what may be chosen, else what a hold would be refused for."""

    code: NoTime
    remedy: str


class BroughtTimes(msgspec.Struct, frozen=True):
    """The times to choose from, in their order; of none, why."""

    job_id: UUID
    zone: str
    times: list[BroughtTime]
    none_because: NoneBecause | None


class PartnersHold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A time to keep for some minutes; who comes is ours to say."""

    from_: Instant = msgspec.field(name="from")
    minutes: Annotated[int, msgspec.Meta(ge=1, le=60)] = 10


class PartnersMove(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The time to move to."""

    from_: Instant = msgspec.field(name="from")
