"""Visits and a technician's day, as sent and received."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.dispatch.records.common import AwaitedIncident, CrewMember, Instant, JobKind, Reason, VisitState, Window
from service.dispatch.records.live import Expected


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


class VisitFound(msgspec.Struct, frozen=True):
    """A visit as it stands, with its history and what may be worked on."""

    id: UUID
    job_id: UUID
    customer_id: UUID
    kind: JobKind
    state: VisitState
    technician_id: UUID
    technician_name: str
    crew: list[CrewMember]
    """Who goes along with the technician, who leads."""
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
    waits_for: list[AwaitedIncident]
    """Why nobody sets out: known incidents that explain it. Empty where nothing holds it."""


class Visit(VisitFound, frozen=True, kw_only=True):
    """The same, with when somebody is expected."""

    expected: Expected | None
    """While it is of the technician's present day and isn't over."""


class VisitListed(msgspec.Struct, frozen=True):
    """A visit as it stands, in a list of them: who goes where, when, and whether they are late."""

    id: UUID
    job_id: UUID
    customer_id: UUID
    customer_name: str
    kind: JobKind
    state: VisitState
    technician_id: UUID
    technician_name: str
    technician_at_work: bool
    """False once the technician works here no more: somebody else has to go."""
    crew: list[CrewMember]
    """Who goes along with the technician, who leads."""
    from_: datetime = msgspec.field(name="from")
    until: datetime
    arrive: Window
    """What the customer was promised; nothing yet, while it is only held."""
    late: bool
    """Whether the promised window is over and nobody has arrived, on a visit that is still to come."""
    local_from: datetime
    zone: str
    site_id: UUID
    address: str
    waits_for: list[AwaitedIncident]
    """Why nobody sets out: known incidents that explain it. Empty where nothing holds it."""


class VisitLine(VisitListed, frozen=True, kw_only=True):
    """The same, with when somebody is expected."""

    expected: Expected | None
    """While it is of the technician's present day and isn't over."""


class BreakOfShift(msgspec.Struct, frozen=True):
    """A rest of so many minutes that begins between two instants; where they are one it is fixed, and stands in `away` too."""

    minutes: int
    earliest: datetime
    latest: datetime

    @property
    def until(self) -> datetime:
        """When it is over at the latest."""
        return self.latest + timedelta(minutes=self.minutes)


class ShiftOfDay(msgspec.Struct, frozen=True):
    """Working time, as instants and on the technician's wall."""

    from_: datetime = msgspec.field(name="from")
    until: datetime
    local_from: datetime
    local_until: datetime
    break_: BreakOfShift | None = msgspec.field(name="break")


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
