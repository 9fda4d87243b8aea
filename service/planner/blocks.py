"""Days with what is pinned in them, as the search takes them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec.structs import replace

from service.planner.briefs import Brief
from service.planner.records import Problem, Shift, Visit
from service.planner.schedule import schedule

PIN = 1_000_000_000
"""Points of what is pinned."""
Routing = Mapping[str, tuple[str, ...]]


class Days:
    """A brief with more of it pinned than it says: what can be said to the search."""

    def __init__(
        self, brief: Brief, travel: Sequence[Any], pinned: Iterable[str], *, wide: Iterable[str] = (), without: Collection[str] = ()
    ) -> None:
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
            if visit.id not in self.pinned and visit.id not in without
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
        load = tuple(sum(kind) for kind in zip(*(self.known[name].load for name in group), strict=True))
        windows, only = ((begins, begins),), frozenset({shift.id})
        return Visit(id=first.id, place=place, seconds=ends - begins, windows=windows, points=PIN, load=load, only=only)

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
