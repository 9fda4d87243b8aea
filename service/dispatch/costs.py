"""What technicians cost and how fast they are, as rates of the planner and of slots: a hundred is what a second of driving costs the mean of them."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple, Protocol

MEAN = 100
LEAST, MOST = 10, 1000
OVERTIME_PERCENT = 150
"""Of an hour, where nothing is said."""


class Costing(Protocol):
    """Whoever costs something."""

    @property
    def hour_cost(self) -> int | None: ...
    @property
    def overtime_hour_cost(self) -> int | None: ...
    @property
    def km_cost(self) -> int | None: ...
    @property
    def speed_percent(self) -> int: ...


class Rates(NamedTuple):
    """Of one technician, a second."""

    driving: int
    work: int
    """At a visit, beyond what the cheapest costs."""
    overtime: int


def rates_of(technicians: Sequence[Costing], *, metres_a_second: Fraction) -> list[Rates]:
    """Of each, in their order. Whoever has no price of an hour costs as much as the others in the mean. A kilometre is taken at the pace of all ways between the days' places."""
    said = [one.hour_cost for one in technicians if one.hour_cost is not None]
    mean = Fraction(sum(said), max(1, len(said)))
    hours = [mean if one.hour_cost is None else Fraction(one.hour_cost) for one in technicians]
    driving = [
        hour + (one.km_cost or 0) * metres_a_second * Fraction(3600, 1000) * one.speed_percent / 100
        for one, hour in zip(technicians, hours, strict=True)
    ]
    usual, cheapest = sum(driving) / max(1, len(driving)), min(hours, default=0)
    if usual <= 0:
        return [Rates(MEAN, 0, OVERTIME_PERCENT) for _ in technicians]

    def rate(cost: Fraction | int) -> int:
        return min(MOST, round(MEAN * cost / usual))

    return [
        Rates(
            max(LEAST, rate(way)),
            rate(hour - cheapest),
            rate(hour * OVERTIME_PERCENT / 100 if one.overtime_hour_cost is None else one.overtime_hour_cost),
        )
        for one, hour, way in zip(technicians, hours, driving, strict=True)
    ]
