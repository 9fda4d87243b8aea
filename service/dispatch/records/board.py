"""The board of a day, as sent."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

from service.dispatch.records.common import AwaitedIncident, JobKind, VisitState, Window
from service.dispatch.records.live import Expected, LastPosition, LateReason


class BoardDay(msgspec.Struct, frozen=True):
    """A day of the organisation's zone, and the instants that it has."""

    zone: str
    on: date
    from_: datetime = msgspec.field(name="from")
    until: datetime


class Taken(msgspec.Struct, frozen=True):
    """Time of a technician that no visit takes: a break, an absence."""

    kind: str
    from_: datetime = msgspec.field(name="from")
    until: datetime
    reason: str | None


class BoardTechnician(msgspec.Struct, frozen=True):
    """Whose row it is, and when they work that day."""

    id: UUID
    name: str
    zone: str
    at_work: bool
    """False once they work here no more: what stands in the row goes to somebody else."""
    home_latitude_e7: int | None
    home_longitude_e7: int | None
    shifts: list[Window]
    taken: list[Taken]
    position: LastPosition | None
    """Where they were last, in the shift that is running."""


class PlacedVisit(msgspec.Struct, frozen=True):
    """A visit or a hold where it takes somebody's time."""

    id: UUID
    job_id: UUID
    customer_id: UUID
    customer_name: str
    technician_id: UUID
    kind: JobKind
    priority: int
    state: VisitState
    from_: datetime = msgspec.field(name="from")
    until: datetime
    arrive: Window | None
    """What the customer was told; nothing yet, while it is only held."""
    expires_at: datetime | None
    """Of a hold: until when it is sure."""
    zone: str
    """Of the site."""
    site_id: UUID
    address: str
    latitude_e7: int | None
    longitude_e7: int | None
    leads: bool
    """Whether whose row it is leads the crew; true where one goes alone."""
    misplaced: str | None
    """Why it couldn't be placed there any more, as `move_visit` would refuse it: a skill or a shift that is gone. None while it fits, and once it began."""
    waits_for: list[AwaitedIncident]
    """Why nobody sets out: known incidents that explain it. Empty where nothing holds it."""


class BoardVisit(PlacedVisit, frozen=True, kw_only=True):
    """The same, with when somebody is expected."""

    expected: Expected | None
    """While it is of the technician's present day and isn't over."""


class Row(BoardTechnician, frozen=True, kw_only=True):
    """A technician's row: shifts, what else takes their time, and visits in the order of the day."""

    visits: list[BoardVisit]


class DelaySaid(msgspec.Struct, frozen=True):
    """By how much a visit begins later than planned, or ends later once somebody is there, and why, as it was said last."""

    minutes: int
    reason: LateReason
    told_at: datetime


class UnfinishedVisit(msgspec.Struct, frozen=True):
    """A visit that isn't over, of somebody's day."""

    technician_id: UUID
    technician_name: str
    visit_id: UUID
    customer_id: UUID
    customer_name: str
    state: VisitState
    from_: datetime = msgspec.field(name="from")
    until: datetime
    arrive: Window
    zone: str
    said: DelaySaid | None


class VisitBefore(msgspec.Struct, frozen=True):
    """A visit of the same technician that is expected to last into another's time."""

    visit_id: UUID
    customer_id: UUID
    customer_name: str
    until: datetime
    said: DelaySaid | None


class AtRisk(UnfinishedVisit, frozen=True, kw_only=True):
    """A promised window that isn't kept as things stand: `late`, it is over and nobody is there; `behind`, whoever is to come has more to do before than is left; `soon`, it ends within half an hour and nobody has set out."""

    why: Literal["late", "behind", "soon"]
    expected_at: datetime
    """When somebody is expected there as the day goes; of another day than the present one when they can be there if all before takes as long as planned."""
    after: VisitBefore | None
    """What keeps whoever is to come, where it is a visit before."""


class Unheard(msgspec.Struct, frozen=True):
    """Somebody who should have been at a visit by now, and of whom nothing was heard since: nobody knows, so ask them. Their customers are told nothing that isn't known."""

    technician_id: UUID
    technician_name: str
    heard_at: datetime | None
    """When something was heard of them last, on that day."""
    visit_id: UUID
    customer_id: UUID
    customer_name: str
    due_at: datetime
    """When they should have been there."""
    zone: str


class WaitingJob(msgspec.Struct, frozen=True):
    """A job whose work isn't done, with fewer visits to come than it still needs."""

    id: UUID
    reference: str
    customer_id: UUID
    customer_name: str
    kind: JobKind
    priority: int
    duration_minutes: int
    opened_at: datetime
    due_at: datetime | None
    """The earliest thing that was promised about it and is still open."""
    last_visit: VisitState | None
    """How its last visit ended, where it had one."""
    lacks: int
    """How many visits it still needs beside those that are to come."""
    zone: str
    site_id: UUID
    address: str
    latitude_e7: int | None
    longitude_e7: int | None


class BoardLists(msgspec.Struct, frozen=True):
    """What needs somebody: who isn't heard of, promises at risk, and jobs that nobody has a place for."""

    unheard: list[Unheard]
    at_risk: list[AtRisk]
    unassigned: list[WaitingJob]
    more_at_risk: bool
    more_unassigned: bool


class Board(BoardDay, frozen=True, kw_only=True):
    """A day: a row a technician, by name, and what needs somebody."""

    at: datetime
    """The moment that it is true of."""
    rows: list[Row]
    more_rows: bool
    unheard: list[Unheard]
    at_risk: list[AtRisk]
    unassigned: list[WaitingJob]
    more_at_risk: bool
    more_unassigned: bool


class PlaceJudged(msgspec.Struct, frozen=True):
    """Starts that get one answer: where `code` is null, every start from `from` to `until` fits, both included; else none between them does, and `code` is the refusal."""

    from_: datetime = msgspec.field(name="from")
    until: datetime
    code: str | None


class PlacesOfTechnician(msgspec.Struct, frozen=True):
    """The day at one technician."""

    technician_id: UUID
    places: list[PlaceJudged]


class Places(msgspec.Struct, frozen=True):
    """Where a job, or a visit of it, could begin on a day, and why not elsewhere; of a crew by who leads it, with the others that its visit has, or of a job with as many as are free then."""

    job_id: UUID
    visit_id: UUID | None
    zone: str
    duration_minutes: int
    arrival_minutes: int
    crew_size: int
    refused: Literal["VISIT_NOT_IN_STATE"] | None
    """Why the visit can't be moved at all."""
    technicians: list[PlacesOfTechnician]


class PlacesFound(Places, frozen=True):
    """The same as it was read: of a job for several with nobody named, who leads is judged alone."""

    free: list[Window]
    """When anybody could go along, each by themselves."""


class FreeHand(msgspec.Struct, frozen=True):
    """Somebody who could go along."""

    id: UUID
    name: str
