"""Straight lines along the great circle, turned into roads by a detour and a pace, for many pairs at once."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.dispatch.records import Area, Pace, TravelSpeedsFound
from service.integrations.travel.records import Point

EARTH_METRES: Final = 6_371_008.8
"""Mean radius (IUGG), as `dispatch.metres` has it."""
USUAL: Final = TravelSpeedsFound(
    version=0, pace=Pace(detour_percent=130, metres_an_hour=36_000, leg_seconds=120), areas=[], figures=None, set_by=None, set_at=None
)
"""What holds until somebody says otherwise or legs of the past do."""
Ints = NDArray[np.int64]
Reals = NDArray[np.float64]
Places = Sequence[Point] | NDArray[np.int64]
"""A row of latitude and longitude each, in ten millionths of a degree."""


class Turned(NamedTuple):
    """Places as angles, with what is asked of each for many ways."""

    latitude: Reals
    longitude: Reals
    cosine: Reals
    """Of the latitude."""
    area: Ints

    def at(self, rows: Ints) -> "Turned":
        """Those of these numbers."""
        return Turned(self.latitude[rows], self.longitude[rows], self.cosine[rows], self.area[rows])


def turned_of(places: Places, *, speeds: TravelSpeedsFound) -> Turned:
    """Those places; their areas as the speeds have them."""
    latitude, longitude = _radians(places)
    return Turned(latitude, longitude, np.cos(latitude), areas_of(places, speeds.areas))


def straight_metres(sources: Places, targets: Places) -> Reals:
    """Along the great circle, a row for each source."""
    south, west = _radians(sources)
    north, east = _radians(targets)
    return _metres(south[:, None], west[:, None], np.cos(south)[:, None], north, east, np.cos(north))


def _metres(south: Reals, west: Reals, south_cosine: Reals, north: Reals, east: Reals, north_cosine: Reals) -> Reals:
    half = np.sin((north - south) / 2) ** 2 + south_cosine * north_cosine * np.sin((east - west) / 2) ** 2
    metres: Reals = 2 * EARTH_METRES * np.arcsin(np.sqrt(np.minimum(half, 1)))
    return metres


def areas_of(places: Places, areas: Sequence[Area]) -> Ints:
    """The first area that each place is in, by its number; of none, the number after the last."""
    numbers = np.full(len(places), len(areas), dtype=np.int64)
    for number in reversed(range(len(areas))):
        middle = Point(areas[number].around.latitude_e7, areas[number].around.longitude_e7)
        numbers[straight_metres(places, [middle])[:, 0] <= areas[number].within_metres] = number
    return numbers


def straight_travel(sources: Places, targets: Places, *, speeds: TravelSpeedsFound) -> tuple[Ints, Ints]:
    """Seconds and metres; a pair within one area goes at its pace, and nobody needs any time to stay where they are."""
    from_area, to_area = areas_of(sources, speeds.areas), areas_of(targets, speeds.areas)
    return _by_road(straight_metres(sources, targets), from_area[:, None], to_area, speeds)


def straight_ways(sources: Turned, targets: Turned, *, speeds: TravelSpeedsFound) -> Ints:
    """Seconds from each place to the one that stands beside it, or to the only one."""
    return _by_road(_metres(*sources[:3], *targets[:3]), sources.area, targets.area, speeds)[0]


def _by_road(straight: Reals, from_area: Ints, to_area: Ints, speeds: TravelSpeedsFound) -> tuple[Ints, Ints]:
    number = np.where(from_area == to_area, from_area, len(speeds.areas))
    paces = [*(area.pace for area in speeds.areas), speeds.pace]
    metres = straight * (np.array([pace.detour_percent for pace in paces]) / 100)[number]
    seconds = (
        metres * 3600 / np.array([pace.metres_an_hour for pace in paces])[number] + np.array([pace.leg_seconds for pace in paces])[number]
    )
    return np.rint(np.where(straight < 1, 0, seconds)).astype(np.int64), np.rint(metres).astype(np.int64)


def _radians(places: Places) -> tuple[Reals, Reals]:
    degrees = np.array(places, dtype=np.float64).reshape(-1, 2) / 1e7
    return np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
