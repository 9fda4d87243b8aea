"""The live day, as sent and received."""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.dispatch.records.common import Instant, JobKind, Place, Reason, VisitState, Window
from service.integrations.travel.records import Point


class Position(Place, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a phone was, when it measured that, and within how many metres it is sure of it."""

    measured_at: Instant
    accuracy_metres: Annotated[int, msgspec.Meta(ge=0, le=100_000)] | None = None


class Positions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a phone measured since it last had signal, in any order."""

    positions: Annotated[list[Position], msgspec.Meta(min_length=1, max_length=200)]


class PositionDropped(msgspec.Struct, frozen=True):
    """A position that isn't kept: measured more than a day ago, outside of every shift, or while nobody waited for a visit of theirs."""

    measured_at: datetime
    code: Literal["TOO_OLD", "OFF_SHIFT", "NOT_NEEDED"]


class PositionsKept(msgspec.Struct, frozen=True):
    """How many are kept by this, how many were before, and what isn't."""

    kept: int
    known: int
    dropped: list[PositionDropped]


class PositionsForgotten(msgspec.Struct, frozen=True):
    """How many are gone."""

    positions: int


class LastPosition(Place, frozen=True, kw_only=True):
    """Where a technician was last, in the shift that is running, and how long ago that was."""

    accuracy_metres: int | None
    measured_at: datetime
    seconds_ago: int


class Expected(msgspec.Struct, frozen=True):
    """When somebody is expected at a visit of today, or arrived, and when it is expected to be over."""

    arrives_at: datetime
    until: datetime
    out_of_window: bool
    """Whether that is after the window that the customer was told."""
    heard_at: datetime | None
    """When something was heard last of whoever comes, on that day: a step, or where they were."""
    unheard: bool
    """Whether somebody should have set out by now and nothing says that they did: then this is the plan and the clock, nothing that anybody knows, and no customer is told it."""


class RestNow(msgspec.Struct, frozen=True):
    """Time of a day in which nobody goes anywhere, and between when it begins; an absence is a long one."""

    earliest: datetime
    latest: datetime
    seconds: int

    @property
    def lasts(self) -> timedelta:
        """How long."""
        return timedelta(seconds=self.seconds)


class StopNow(msgspec.Struct, frozen=True):
    """A visit of a day, how it was planned and how far it got."""

    visit_id: UUID
    starts_at: datetime
    ends_at: datetime
    arrive_until: datetime
    latitude_e7: int | None
    longitude_e7: int | None
    set_out_at: datetime | None
    arrived_at: datetime | None
    ended_at: datetime | None
    late_at: datetime | None
    """Before when nobody comes, as was said."""
    over_at: datetime | None
    """Before when it isn't over, as was said."""

    @property
    def place(self) -> Point | None:
        """Where it is, if anybody knows."""
        return None if self.latitude_e7 is None or self.longitude_e7 is None else Point(self.latitude_e7, self.longitude_e7)

    @property
    def takes(self) -> timedelta:
        """How long it was planned to take."""
        return self.ends_at - self.starts_at


class SeenAt(Place, frozen=True):
    """Where somebody was at a moment."""

    measured_at: datetime


class DayNow(msgspec.Struct, frozen=True):
    """A technician's day as it stands."""

    technician_id: UUID
    speed_percent: int
    begins_at: datetime
    start: Place | None
    seen: SeenAt | None
    rests: list[RestNow]
    stops: list[StopNow]


class ArrivalsTold(msgspec.Struct, frozen=True):
    """Of how many visits customers are told."""

    told: int


class ToldArrival(msgspec.Struct, frozen=True):
    """What a customer was told last of a visit's window: that it is left, that this moved, that it is kept after all."""

    since_step: int
    """Of the visit, that gave it the window."""
    nth: int
    kind: Literal["left", "moved", "back"]
    expected_at: datetime
    told_at: datetime


class SeenRoughly(SeenAt, frozen=True):
    """Where somebody was, to about a kilometre."""


class FoundByCustomer(msgspec.Struct, frozen=True):
    """A visit as its customer may see it."""

    id: UUID
    kind: JobKind
    state: VisitState
    starts_at: datetime
    arrive_until: datetime
    zone: str
    address: str
    technician_name: str
    reference: str
    latitude_e7: int | None
    longitude_e7: int | None
    seen: SeenRoughly | None
    """Of who is on the way there."""


class VisitToCustomer(FoundByCustomer, frozen=True, kw_only=True):
    """The same, with when somebody is expected."""

    expected: Expected | None


LateReason = Literal["traffic", "visit_before", "more_to_do", "part_missing", "vehicle", "something_else"]


class Late(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By how many minutes a visit begins later than planned, or ends later once somebody is there, and why; 0 takes back what was said."""

    minutes: Annotated[int, msgspec.Meta(ge=0, le=720)]
    reason: LateReason


class SaidLate(msgspec.Struct, frozen=True):
    """What nobody expects before then: the `arrival`, or the `end`; `booked_until` is when somebody's time for it ends, which goes no further than to what comes next."""

    id: UUID
    about: Literal["arrival", "end"]
    not_before: datetime
    booked_until: datetime


class Handing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A visit, and who goes there instead."""

    visit_id: UUID
    technician_id: UUID


class HandOver(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Visits that others go to: one, the rest of somebody's day, or two that change places; all of them or none."""

    visits: Annotated[list[Handing], msgspec.Meta(min_length=1, max_length=50)]
    reason: Reason


class VisitHandedOver(msgspec.Struct, frozen=True):
    """Who goes there now; sent out to them where it had been sent out before."""

    id: UUID
    technician_id: UUID
    state: VisitState
    step: int


class HandedOver(msgspec.Struct, frozen=True):
    """Every visit that was named."""

    visits: list[VisitHandedOver]


class WindowThen(msgspec.Struct, frozen=True):
    """A window that would be left, or kept again, otherwise than is expected now."""

    visit_id: UUID
    arrives_at: datetime
    kept: bool


class HandingRefused(Handing, frozen=True, kw_only=True):
    """Why they can't go there."""

    code: str


class Effect(msgspec.Struct, frozen=True):
    """What would come of it: nothing, where something is refused."""

    refused: list[HandingRefused]
    windows: list[WindowThen]
    """Of the present day."""


class HandFor(msgspec.Struct, frozen=True):
    """Somebody who could go there instead, or why they can't; `metres` from the nearest of where they begin and where they are that day anyhow."""

    technician_id: UUID
    name: str
    code: str | None
    metres: int | None


class VisitLeft(msgspec.Struct, frozen=True):
    """A visit that nobody has set out for, and who else could go there: whoever can first, the nearest of them before."""

    visit_id: UUID
    customer_id: UUID
    customer_name: str
    state: VisitState
    from_: datetime = msgspec.field(name="from")
    until: datetime
    arrive: Window
    zone: str
    hands: list[HandFor]


class RestFound(msgspec.Struct, frozen=True):
    """What is left of somebody's day."""

    technician_id: UUID
    name: str
    on: date
    visits: list[VisitLeft]


class RestOfDay(RestFound, frozen=True, kw_only=True):
    """The same, and by whom it can be done: send `hand_over` as `visits` to have it so."""

    hand_over: list[Handing]
    """Each visit to the nearest of those who can."""
    nobody: list[UUID]
    """Visits that none of them can go to: a plan with whoever doesn't come as `absent` may find room."""


class Overrun(msgspec.Struct, frozen=True):
    """How many visits take more of somebody's time now."""

    visits: int
