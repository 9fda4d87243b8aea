"""A day that began: at eleven one technician falls ill and ten emergencies come in."""

import random
from typing import NamedTuple

from msgspec.structs import replace

from service.dispatch.costs import MEAN
from service.dispatch.plans.days import STAY_PUT
from service.planner.records import Plan, Problem
from service.planner.schedule import schedule

ELEVEN, THREE = 11 * 3600, 15 * 3600
EMERGENCIES = 10
STAY = STAY_PUT // MEAN
"""What giving a visit to somebody else costs in an emergency's plan, in seconds of travel."""


class Eleven(NamedTuple):
    """What is left of the day, with the emergencies; how it stands; and how many have no place in it."""

    problem: Problem
    start: dict[str, tuple[str, ...]]
    to_place: int


def at_eleven(whole: Problem, plan: Plan, *, ill: str, seed: int) -> Eleven:
    """The rest of the day: what was served, is under way or driven to is no part of it, and each shift begins anew where and when its technician is free."""
    lots, visits = random.Random(seed), {visit.id: visit for visit in whole.visits}
    begun: set[str] = set()
    start, shifts = {}, []
    for shift in whole.shifts:
        names = plan.routes.get(shift.id, ())
        route = schedule(shift, [visits[name] for name in names], whole.ways(shift))
        if route is None:
            raise AssertionError(f"the route of {shift.id} can't be driven")
        if shift.id == ill:
            begun |= {stop.visit for stop in route.stops if stop.starts < ELEVEN}
            continue
        done = [stop for nth, stop in enumerate(route.stops) if (route.stops[nth - 1].leaves if nth else shift.from_) <= ELEVEN]
        begun |= {stop.visit for stop in done}
        start[shift.id] = names[len(done) :]
        rested = route.rests_before is not None and route.rests_before < len(done)
        now = replace(shift, rest=None) if rested else shift
        shifts.append(replace(now, start=visits[done[-1].visit].place, from_=done[-1].leaves) if done else now)
    urgent = [
        replace(lots.choice(whole.visits), id=f"E{nth}", place=lots.randrange(len(visits)), windows=((ELEVEN, THREE),), points=1000)
        for nth in range(EMERGENCIES)
    ]
    left = [visit for visit in whole.visits if visit.id not in begun]
    standing = {name for names in start.values() for name in names}
    problem = replace(whole, shifts=tuple(shifts), visits=(*left, *urgent))
    return Eleven(problem, start, len([visit for visit in problem.visits if visit.id not in standing]))


def moved(before: dict[str, tuple[str, ...]], plan: Plan) -> int:
    """How many are served by somebody else than before."""
    home = {name: shift for shift, names in before.items() for name in names}
    return sum(home.get(name, shift) != shift for shift, names in plan.routes.items() for name in names)
