"""How fast people travel, learnt from the legs they went: robust, since some clocks are pressed late and some lunches lie on the way.

Floats throughout: metres and seconds are estimates here, and a pace is whole numbers again before it is kept.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec.structs import replace

from service.dispatch.records import AreaFigures, Pace, PastLeg, TravelSpeeds, TravelSpeedsFound
from service.dispatch.travel.straight import Reals, areas_of, straight_metres
from service.integrations.travel.records import Point

LEAST_LEGS: Final = 30
MOST_COMPARED: Final = 1_000
LEAST_METRES, FASTEST_METRES_A_SECOND = 200, 40
"""A shorter leg says nothing of speed, and a faster one was no leg."""
LEAST_APART_METRES: Final = 300
SLOWEST, FASTEST = 1_000, 300_000
LONGEST_LEG_SECONDS: Final = 900


def calibrated(legs: Sequence[PastLeg], *, now: TravelSpeedsFound) -> tuple[TravelSpeeds, list[AreaFigures]]:
    """The paces that the legs speak for, area by area, and how much better than the present ones; the detour stays what it is."""
    sources = [Point(leg.from_latitude_e7, leg.from_longitude_e7) for leg in legs]
    targets = [Point(leg.to_latitude_e7, leg.to_longitude_e7) for leg in legs]
    straight = _each(sources, targets)
    seconds = np.array([leg.seconds for leg in legs], dtype=np.float64)
    sound = (straight >= LEAST_METRES) & (straight <= seconds * FASTEST_METRES_A_SECOND)
    from_area, to_area = areas_of(sources, now.areas), areas_of(targets, now.areas)
    number = np.where(from_area == to_area, from_area, len(now.areas))

    def learnt(area: int, name: str | None, pace: Pace) -> tuple[Pace, AreaFigures]:
        these = sound & (number == area)
        return _learnt(straight[these], seconds[these], name=name, pace=pace)

    areas, figures = [], []
    for area, one in enumerate(now.areas):
        pace, figure = learnt(area, one.name, one.pace)
        areas.append(replace(one, pace=pace))
        figures.append(figure)
    pace, figure = learnt(len(now.areas), None, now.pace)
    return TravelSpeeds(pace, areas), [figure, *figures]


def _each(sources: Sequence[Point], targets: Sequence[Point]) -> Reals:
    """Along the great circle, pair by pair."""
    return np.array([straight_metres([source], [target])[0, 0] for source, target in zip(sources, targets, strict=True)], dtype=np.float64)


def _learnt(straight: Reals, seconds: Reals, *, name: str | None, pace: Pace) -> tuple[Pace, AreaFigures]:
    before = _error_percent(straight, seconds, pace)
    line = _line(straight, seconds) if len(straight) >= LEAST_LEGS else None
    if line is None:
        return pace, AreaFigures(name, len(straight), before, before, changed=False)
    seconds_a_metre, leg_seconds = line
    speed = round(pace.detour_percent / 100 * 3600 / seconds_a_metre)
    better = replace(pace, metres_an_hour=min(max(speed, SLOWEST), FASTEST), leg_seconds=round(leg_seconds))
    return better, AreaFigures(name, len(straight), before, _error_percent(straight, seconds, better), changed=better != pace)


def _line(straight: Reals, seconds: Reals) -> tuple[float, float] | None:
    """Seconds a metre of the straight line, and what each leg takes besides: the median of the slopes between any two legs (Theil 1950, Sen 1968)."""
    step = -(-len(straight) // MOST_COMPARED)
    metres, took = straight[::step], seconds[::step]
    apart, longer = metres[:, None] - metres, took[:, None] - took
    slopes = longer[apart >= LEAST_APART_METRES] / apart[apart >= LEAST_APART_METRES]
    if not len(slopes) or (slope := float(np.median(slopes))) <= 0:
        return None
    besides = min(max(float(np.median(seconds - slope * straight)), 0), LONGEST_LEG_SECONDS)
    return float(np.median((seconds - besides) / straight)) if besides in {0, LONGEST_LEG_SECONDS} else slope, besides


def _error_percent(straight: Reals, seconds: Reals, pace: Pace) -> int | None:
    """By how much a pace is wrong about those legs, at the median."""
    if not len(straight):
        return None
    told = straight * (pace.detour_percent / 100) * 3600 / pace.metres_an_hour + pace.leg_seconds
    return round(float(np.median(np.abs(told - seconds) / seconds)) * 100)
