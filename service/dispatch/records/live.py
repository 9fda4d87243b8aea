"""The live day, as sent and received."""

from datetime import datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.dispatch.records.common import Instant, Place
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
