"""Puts visits into days that stand: what is pinned stays, what was promised keeps its window, and only what fits nowhere else leaves it."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Any

import numpy as np
from msgspec.structs import replace

from service.planner.blocks import Days
from service.planner.briefs import Brief, Found, Placed, Rest
from service.planner.push import is_worth, push
from service.planner.records import Budget, Plan, Shift
from service.planner.schedule import schedule
from service.planner.solve import solve
from service.planner.together import together

ROUNDS = 3
MOST_PUSHING = 3
"""Crews for which others make way in one plan: each is a search of its own."""
LATER_SHARE = 4
"""A search after the first begins where that ended and gets one part in so many of its budget: all eight take less than three budgets."""
Told = Callable[[float, int, int], bool]


def mend(brief: Brief, told: Told | None = None) -> Found:
    """The days with what could be put into them. What is booked stays in its window; only where that fits nowhere it takes one of its `wide` ones."""
    travel = [np.frombuffer(ways, np.int32).reshape(brief.places, brief.places) for ways in (brief.travel, *brief.paces)]
    pinned = set(brief.pinned)
    days = Days(brief, travel, pinned)
    for shift in days.problem.shifts:
        if not days.stands(shift):  # somebody booked closer than anybody drives: that day stays as it is
            pinned |= set(brief.now.get(shift.id, ()))
    asked = brief
    brief, alone = together(brief, travel, pinned)
    found = _mended(brief, travel, pinned | brief.pinned, told)
    crews = [one for one in asked.visits if alone.get(one.id) == "NO_CREW"]
    for visit in sorted(crews, key=lambda one: -one.points)[:MOST_PUSHING]:
        pushing = push(brief, visit, asked.crews[visit.id], travel, pinned)
        if pushing is not None:
            tried = _mended(replace(pushing, budget=_later(asked.budget)), travel, pinned | pushing.pinned, told)
            if is_worth(asked, visit, found, tried):
                brief, found = replace(pushing, budget=asked.budget), tried
                del alone[visit.id]
    points, places = {one.id: one.points for one in asked.visits}, {one.id: one.place for one in asked.visits}
    return replace(
        found,
        left_out={**found.left_out, **alone},
        points=found.points + sum(points[name] for name in alone),
        travel_now=sum(_driven(travel[one.pace], one, [places[name] for name in asked.now.get(one.id, ())]) for one in asked.shifts),
    )


def _mended(brief: Brief, travel: Sequence[Any], pinned: AbstractSet[str], told: Told | None) -> Found:
    """The days around what is pinned."""
    standing = {name for route in brief.now.values() for name in route}
    budget = brief.budget
    for _ in range(ROUNDS):
        days, plan = _placed(brief, budget, travel, pinned, told)
        moved_out = standing & plan.left_out.keys()
        if not moved_out:
            return _found(brief, travel, days, plan)
        pinned = pinned | moved_out  # it can go nowhere else, so it stays
        budget = _later(brief.budget)
    return _found(brief, travel, *_placed(brief, budget, travel, pinned | standing, told))


def _later(budget: Budget) -> Budget:
    return Budget(
        seconds=None if budget.seconds is None else budget.seconds / LATER_SHARE,
        iterations=None if budget.iterations is None else max(1, budget.iterations // LATER_SHARE),
    )


def _placed(brief: Brief, budget: Budget, travel: Sequence[Any], pinned: AbstractSet[str], told: Told | None) -> tuple[Days, Plan]:
    """A plan with promises kept, and where that leaves something out that can go elsewhere, one that breaks theirs alone."""
    days = Days(brief, travel, pinned)
    plan = solve(days.problem, budget=budget, seed=brief.seed, start=days.routes, stay_cost=brief.stay_cost, told=told)
    wide = plan.left_out.keys() & brief.wide.keys()
    if wide:
        days = Days(brief, travel, pinned, wide=wide)
        plan = solve(
            days.problem, budget=_later(brief.budget), seed=brief.seed, start=plan.routes, stay_cost=brief.stay_cost or 0, told=told
        )
    return days, plan


def _found(brief: Brief, travel: Sequence[Any], days: Days, plan: Plan) -> Found:
    """The plan in the brief's own visits and places."""
    visits = {visit.id: visit for visit in days.problem.visits}
    routes, rests, overtime = {}, {}, 0
    for shift in days.problem.shifts:
        names = plan.routes.get(shift.id, ())
        route = schedule(shift, [visits[name] for name in names], days.problem.ways(shift))
        if route is None:
            raise AssertionError(f"the route of {shift.id} can't be driven")
        stops = [
            (name, stop.starts if name == stop.visit else brief.starts[name])
            for stop in route.stops
            for name in days.blocks.get(stop.visit, (stop.visit,))
        ]
        places = [shift.start, *(days.known[name].place for name, _ in stops)]
        ways = travel[shift.pace]
        if stops:
            legs = zip(stops, pairwise(places), strict=True)
            routes[shift.id] = tuple(Placed(name, starts, int(ways[a, b]), a) for (name, starts), (a, b) in legs)
            overtime += route.overtime
        if stops and route.rests_at is not None and route.rests_before is not None:
            before = names[route.rests_before - 1] if route.rests_before else None
            rests[shift.id] = Rest(route.rests_at, before and days.blocks.get(before, (before,))[-1])
    ends = {shift.id: shift.end for shift in brief.shifts}
    return Found(
        routes=routes,
        rests=rests,
        left_out=plan.left_out,
        points=plan.points,
        travel_now=0,
        travel=sum(
            _driven(
                travel[shift.pace], replace(shift, end=ends[shift.id]), [days.known[one.visit].place for one in routes.get(shift.id, ())]
            )
            for shift in brief.shifts
        ),
        overtime=overtime,
        iterations=plan.iterations,
        seconds=plan.seconds,
    )


def _driven(travel: Any, shift: Shift, places: list[int]) -> int:
    stops = [shift.start, *places, *([] if shift.end is None else [shift.end])]
    return sum(int(travel[a, b]) for a, b in pairwise(stops)) if places else 0
