"""Puts visits into days that stand: what is pinned stays, what was promised keeps its window, and only what fits nowhere else leaves it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from msgspec.structs import replace

from service.planner.briefs import Brief, Found, Placed, Rest
from service.planner.records import Budget, Plan, Problem, Shift, Visit
from service.planner.schedule import schedule
from service.planner.solve import solve

PIN = 1_000_000_000
"""Points of what is pinned."""
ROUNDS = 3
LATER_SHARE = 4
"""A search after the first begins where that ended and gets one part in so many of its budget: all seven take less than three budgets."""
Told = Callable[[float, int, int], bool]
Routing = Mapping[str, tuple[str, ...]]


class Days:
    """A brief with more of it pinned than it says: what can be said to the search."""

    def __init__(self, brief: Brief, travel: Sequence[Any], pinned: Iterable[str], *, wide: Iterable[str] = ()) -> None:
        self.known = {visit.id: visit for visit in brief.visits}
        self.starts = brief.starts
        self.pinned = frozenset(pinned)
        self.travel = travel
        self.blocks: dict[str, tuple[str, ...]] = {}
        self.entries: list[int] = list(range(brief.places))
        self.exits: list[int] = list(range(brief.places))
        shifts, visits, routes = [], [], {}
        for shift in brief.shifts:
            route = brief.now.get(shift.id, ())
            blocks = [self._block(shift, group) for group in self._groups(route, travel[shift.pace])]
            visits += blocks
            shifts.append(self._around(shift, blocks))
            routes[shift.id] = self._in_order(route, blocks)
        wider = set(wide)
        visits += [
            replace(visit, windows=brief.wide[visit.id], late_after=visit.windows[-1][1], late_rate=brief.late_rate)
            if visit.id in wider
            else visit
            for visit in brief.visits
            if visit.id not in self.pinned
        ]
        self.routes: Routing = routes
        usual, *paces = (ways[np.ix_(self.exits, self.entries)] for ways in travel)
        self.problem = Problem(shifts=tuple(shifts), visits=tuple(visits), travel=usual, paces=tuple(paces))

    def _groups(self, route: tuple[str, ...], ways: Any) -> list[tuple[str, ...]]:
        """What is pinned, in order; those that follow each other faster than anybody drives stand together."""
        groups: list[tuple[str, ...]] = []
        for name in sorted((name for name in route if name in self.pinned), key=self.starts.__getitem__):
            before = self.known[groups[-1][-1]] if groups else None
            if (
                before is not None
                and self.starts[before.id] + before.seconds + ways[before.place, self.known[name].place] > self.starts[name]
            ):
                groups[-1] += (name,)
            else:
                groups.append((name,))
        return groups

    def _block(self, shift: Shift, group: tuple[str, ...]) -> Visit:
        """One visit that stands for a group: entered where its first is, left where its last is."""
        first, last = self.known[group[0]], self.known[group[-1]]
        begins, ends = self.starts[first.id], max(self.starts[name] + self.known[name].seconds for name in group)
        place = first.place
        if last.place != first.place:
            place = len(self.entries)
            self.entries.append(first.place)
            self.exits.append(last.place)
        self.blocks[first.id] = group
        return Visit(id=first.id, place=place, seconds=ends - begins, windows=((begins, begins),), points=PIN, only=frozenset({shift.id}))

    def _around(self, shift: Shift, blocks: list[Visit]) -> Shift:
        """The shift, begun or ended at what is pinned where nobody gets there from its start, or back to its end."""
        if not blocks:
            return shift
        first, last, ways = blocks[0], blocks[-1], Ways(self, shift)
        begins, ends = first.windows[0][0], last.windows[0][0] + last.seconds
        if shift.from_ + ways[shift.start, first.place] > begins:
            shift = replace(shift, start=self.entries[first.place], from_=begins)
        if shift.end is not None and ends + ways[last.place, shift.end] > shift.until + shift.overtime:
            shift = replace(shift, end=None, until=max(shift.until, ends - shift.overtime))
        if schedule(shift, blocks, ways) is None:
            shift = replace(shift, rest=None)
        return shift

    def _in_order(self, route: tuple[str, ...], blocks: list[Visit]) -> tuple[str, ...]:
        """The route with a name for each block."""
        heads = {block.id for block in blocks}
        return tuple(name for name in route if name in heads or name not in self.pinned)

    def stands(self, shift: Shift) -> bool:
        """Whether the route can be driven as it stands."""
        visits = {visit.id: visit for visit in self.problem.visits}
        return schedule(shift, [visits[name] for name in self.routes[shift.id]], self.problem.ways(shift)) is not None


class Ways:
    """A shift's matrix with the blocks in it, before there is one."""

    def __init__(self, days: Days, shift: Shift) -> None:
        self.days, self.travel = days, days.travel[shift.pace]

    def __getitem__(self, ends: tuple[int, int]) -> int:
        return int(self.travel[self.days.exits[ends[0]], self.days.entries[ends[1]]])


def mend(brief: Brief, told: Told | None = None) -> Found:
    """The days with what could be put into them. What is booked stays in its window; only where that fits nowhere it takes one of its `wide` ones."""
    travel = [np.frombuffer(ways, np.int32).reshape(brief.places, brief.places) for ways in (brief.travel, *brief.paces)]
    pinned = set(brief.pinned)
    days = Days(brief, travel, pinned)
    for shift in days.problem.shifts:
        if not days.stands(shift):  # somebody booked closer than anybody drives: that day stays as it is
            pinned |= set(brief.now.get(shift.id, ()))
    standing = {name for route in brief.now.values() for name in route}
    budget = brief.budget
    for _ in range(ROUNDS):
        days, plan = _placed(brief, budget, travel, pinned, told)
        moved_out = standing & plan.left_out.keys()
        if not moved_out:
            return _found(brief, travel, days, plan)
        pinned |= moved_out  # it can go nowhere else, so it stays
        budget = _later(brief.budget)
    return _found(brief, travel, *_placed(brief, budget, travel, pinned | standing, told))


def _later(budget: Budget) -> Budget:
    return Budget(
        seconds=None if budget.seconds is None else budget.seconds / LATER_SHARE,
        iterations=None if budget.iterations is None else max(1, budget.iterations // LATER_SHARE),
    )


def _placed(brief: Brief, budget: Budget, travel: Sequence[Any], pinned: set[str], told: Told | None) -> tuple[Days, Plan]:
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
        travel_now=sum(
            _driven(travel[shift.pace], shift, [days.known[name].place for name in brief.now.get(shift.id, ())]) for shift in brief.shifts
        ),
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
