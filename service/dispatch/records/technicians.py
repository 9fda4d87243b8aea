"""Technicians, their shifts and breaks, as sent and received."""

from datetime import date, time
from typing import Annotated
from uuid import UUID

import msgspec

from service.dispatch.records.common import Place, Reach, Skills, TimeOfDay, Zone


class NewTechnician(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A member of staff who goes to doors."""

    staff_id: UUID
    zone: Zone
    skills: Annotated[Skills, msgspec.Meta(max_length=50)] = {}
    may_take_cash: bool = False
    home: Place | None = None
    reach_metres: Reach = 100_000
    """How far from home, as the crow flies; counts where both places are known."""


class ChangedTechnician(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A technician as they shall be from now on."""

    zone: Zone
    skills: Annotated[Skills, msgspec.Meta(max_length=50)]
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
    skills: dict[str, int]
    may_take_cash: bool
    home_latitude_e7: int | None
    home_longitude_e7: int | None
    reach_metres: int
    active: bool
    version: int


BreakMinutes = Annotated[int, msgspec.Meta(ge=5, le=480)]


class Break(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rest inside the shift: always from `starts` until `ends`, or `minutes` that begin at a time between `earliest` and `latest` which a plan chooses."""

    starts: TimeOfDay | None = None
    ends: TimeOfDay | None = None
    minutes: BreakMinutes | None = None
    earliest: TimeOfDay | None = None
    latest: TimeOfDay | None = None


Weekdays = Annotated[list[Annotated[int, msgspec.Meta(ge=1, le=7)]], msgspec.Meta(min_length=1, max_length=7)]
"""1 Monday to 7 Sunday."""


class NewShifts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Working time on those weekdays (1 Monday to 7 Sunday) from one day until before another; an end not after the start is on the next day."""

    from_on: date
    until_on: date
    starts: TimeOfDay
    ends: TimeOfDay
    weekdays: Weekdays = msgspec.field(default_factory=lambda: [1, 2, 3, 4, 5, 6, 7])
    break_: Break | None = msgspec.field(name="break", default=None)
    zone: Zone | None = None
    """The technician's own, unless they work elsewhere."""


class ShiftDay(msgspec.Struct, frozen=True):
    """One shift that is there, by the clocks on the wall."""

    technician_id: UUID
    on_day: date
    starts: time
    ends: time


class ShiftsReceipt(msgspec.Struct, frozen=True):
    """How many shifts were added."""

    technician_id: UUID
    shifts: int
