"""What technicians cost and how fast they are, as rates of the planner: a hundred is what a second of driving costs the mean of them."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from service.dispatch.records import PlanTechnician

MEAN = 100
LEAST, MOST = 10, 1000
OVERTIME_PERCENT = 150
"""Of an hour, where nothing is said."""


class Rates(NamedTuple):
    """Of one technician, a second."""

    driving: int
    work: int
    """At a visit, beyond what the cheapest costs."""
    overtime: int


def rates_of(technicians: Sequence[PlanTechnician], *, metres_a_second: Fraction) -> dict[UUID, Rates]:
    """Whoever has no price of an hour costs as much as the others in the mean. A kilometre is taken at the pace of all ways between the days' places."""
    said = [one.hour_cost for one in technicians if one.hour_cost is not None]
    mean = Fraction(sum(said), max(1, len(said)))
    hours = {one.id: mean if one.hour_cost is None else Fraction(one.hour_cost) for one in technicians}
    driving = {
        one.id: hours[one.id] + (one.km_cost or 0) * metres_a_second * Fraction(3600, 1000) * one.speed_percent / 100 for one in technicians
    }
    usual, cheapest = sum(driving.values()) / max(1, len(driving)), min(hours.values(), default=0)
    if usual <= 0:
        return {one.id: Rates(MEAN, 0, OVERTIME_PERCENT) for one in technicians}

    def rate(cost: Fraction | int) -> int:
        return min(MOST, round(MEAN * cost / usual))

    return {
        one.id: Rates(
            max(LEAST, rate(driving[one.id])),
            rate(hours[one.id] - cheapest),
            rate(hours[one.id] * OVERTIME_PERCENT / 100 if one.overtime_hour_cost is None else one.overtime_hour_cost),
        )
        for one in technicians
    }
