"""How fast people travel where no road engine tells, as sent and received."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from service.dispatch.records.common import Place

Detour = Annotated[int, msgspec.Meta(ge=100, le=500, description="How much longer the road is than the straight line, in percent of it.")]
Speed = Annotated[int, msgspec.Meta(ge=1_000, le=300_000, description="Metres an hour, along the road.")]
LegSeconds = Annotated[
    int, msgspec.Meta(ge=0, le=3_600, description="What every leg takes besides, however short: to the van, to park, to the door.")
]


class Pace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a straight line is turned into."""

    detour_percent: Detour
    metres_an_hour: Speed
    leg_seconds: LegSeconds


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where another pace holds: for whoever sets out and arrives in it."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    around: Place
    within_metres: Annotated[int, msgspec.Meta(ge=100, le=1_000_000)]
    pace: Pace


class TravelSpeeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The pace everywhere, and that of areas; of two that a place is in the first counts."""

    pace: Pace
    areas: Annotated[list[Area], msgspec.Meta(max_length=50)] = []


class AreaFigures(msgspec.Struct, frozen=True):
    """What the pace of an area was computed from; of everywhere else, where it has no name."""

    name: str | None
    legs: int
    """How many legs of technicians it rests on."""
    error_before_percent: int | None
    """By how much the pace before was wrong about them, at the median."""
    error_after_percent: int | None
    changed: bool
    """Whether there were legs enough to go by."""


class TravelSpeedsFound(msgspec.Struct, frozen=True):
    """How fast people travel as it stands; version 0 is what holds until somebody says otherwise."""

    version: int
    pace: Pace
    areas: list[Area]
    figures: list[AreaFigures] | None
    """Where it was computed from legs of the past."""
    set_by: str | None
    set_at: datetime | None


class TravelSpeedsReceipt(msgspec.Struct, frozen=True):
    """That it holds from now on."""

    id: UUID
    version: int


class Calibrate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of how many days back the legs are taken."""

    days: Annotated[int, msgspec.Meta(ge=1, le=400)] = 90


class Calibrated(msgspec.Struct, frozen=True):
    """What the legs said, and the version that holds now."""

    version: int
    figures: list[AreaFigures]


class LegsFrom(msgspec.Struct, frozen=True):
    """All that a road engine told from one place of a list, counted from 1; None where there is no road."""

    source: int
    latitudes_e7: list[int]
    longitudes_e7: list[int]
    seconds: list[int | None]
    metres: list[int | None]


class LegOfPair(msgspec.Struct, frozen=True):
    """What a road engine told about one pair of a list, counted from 1."""

    pair: int
    seconds: int
    metres: int


class PastLeg(msgspec.Struct, frozen=True):
    """A technician went from one site to another."""

    from_latitude_e7: int
    from_longitude_e7: int
    to_latitude_e7: int
    to_longitude_e7: int
    seconds: int


class PlaceAhead(msgspec.Struct, frozen=True):
    """Where somebody will start, go to or end soon."""

    latitude_e7: int
    longitude_e7: int


class LegsKept(msgspec.Struct, frozen=True):
    """How many legs were kept, or dropped."""

    legs: int
