"""Places of a plan by number, and the ways between all of them."""

from fractions import Fraction
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.dispatch.travel import travel_between
from service.integrations.travel.records import Point
from service.kit.verbs import Work

STEP = 300
"""Plans keep to five minutes: ways are rounded up to them, and so is the present."""
UNKNOWN_WAY = 900
"""To or from a site whose place nobody knows."""


class Places:
    """Places by number; those that nobody knows have numbers of their own."""

    def __init__(self) -> None:
        self.points: list[Point | None] = [None]  # 0: anywhere, from where every way is free
        self.numbers: dict[Point, int] = {}

    def number(self, latitude_e7: int | None, longitude_e7: int | None) -> int:
        """Of a site; one that nobody knows where it is is far from all others."""
        if latitude_e7 is None or longitude_e7 is None:
            self.points.append(None)
            return len(self.points) - 1
        point = Point(latitude_e7, longitude_e7)
        if point not in self.numbers:
            self.numbers[point] = len(self.points)
            self.points.append(point)
        return self.numbers[point]

    async def ways(self, work: Work) -> "Between":
        """From each to each."""
        count = len(self.points)
        seconds = np.full((count, count), UNKNOWN_WAY, np.int64)
        metres = np.zeros((count, count), np.int64)
        estimated = np.ones((count, count), np.bool_)
        known = [number for number, point in enumerate(self.points) if point is not None]
        if known:
            points = [point for point in self.points if point is not None]
            told = await travel_between(work, sources=points, targets=points)
            seconds[np.ix_(known, known)] = told.seconds
            metres[np.ix_(known, known)] = told.metres
            estimated[np.ix_(known, known)] = told.estimated
        np.fill_diagonal(seconds, 0)
        seconds[0, :] = seconds[:, 0] = 0
        return Between(seconds, estimated, Fraction(int(metres.sum()), max(1, int(seconds[metres > 0].sum()))))


class Between(NamedTuple):
    """Seconds from each place to each, whether they are estimated, and how fast that is in the mean."""

    seconds: NDArray[np.int64]
    estimated: NDArray[np.bool_]
    metres_a_second: Fraction

    def at(self, percent: int) -> bytes:
        """In whole steps, as fast as somebody is."""
        return (-(-self.seconds * 100 // (percent * STEP)) * STEP).astype(np.int32).tobytes()
