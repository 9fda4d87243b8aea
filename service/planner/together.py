"""Puts those who go together into days that stand: all at one moment, or nobody."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from msgspec.structs import replace

from service.planner.blocks import PIN, Days
from service.planner.briefs import Brief
from service.planner.facts import RATE, Ints
from service.planner.places import FAR, find_each
from service.planner.problem import arrays, empty
from service.planner.records import Reason, Visit
from service.planner.solve import begin, work

STEP = 900
"""Every how many seconds a moment is tried."""
DAY_LATER = 300
"""Seconds of travel that waiting a day weighs as much as."""


def together(brief: Brief, travel: Sequence[Any], pinned: Iterable[str]) -> tuple[Brief, dict[str, Reason]]:
    """The brief with a pinned visit for each member of each crew, the dearest to leave out first; and which found no place, and why."""
    left_out: dict[str, Reason] = {}
    fixed = set(pinned)
    for visit in sorted((one for one in brief.visits if one.id in brief.crews), key=lambda one: -one.points):
        rest = replace(brief, visits=tuple(one for one in brief.visits if one.id != visit.id))
        days = Days(rest, travel, fixed | rest.pinned, without=rest.crews)
        found = members_of(days, visit, brief.crews[visit.id])
        if isinstance(found, str):
            brief, left_out[visit.id] = rest, found
        else:
            brief = with_members(rest, days, visit, *found)
    return brief, left_out


def members_of(days: Days, visit: Visit, size: int) -> tuple[int, list[tuple[int, int]]] | Reason:
    """When they begin, and of each the shift and behind which visit there (-1: first), who leads first: where that costs least; or why there is none."""
    count, (opens, closes) = len(days.problem.visits), visit.windows[0]
    other = replace(visit, id=f"{visit.id} other", skills={}, only=None, prices={}, price=0)
    f = arrays(replace(days.problem, visits=(*days.problem.visits, visit, other)))
    if not (f.price[count] >= 0).any():
        return "NO_SKILL"
    s, w = empty(f), work(f, 0)
    begin(days.problem, f, s, w, days.routes)
    shifts = len(days.problem.shifts)
    places, costs = np.full((2, shifts), -1, np.int64), np.full((2, shifts), FAR, np.int64)
    waiting = int(f.day[:, RATE].mean()) * DAY_LATER
    best, found = FAR, None
    for at in range(opens + -opens % STEP, closes + 1, STEP):
        for row in range(2):
            f.opens[f.window_of[count + row]] = f.closes[f.window_of[count + row]] = at
            find_each(f, s, w, count + row, places[row], costs[row])
        chosen = _cheapest(costs, size)
        if chosen is not None and chosen[0] + waiting * (at - opens) // 86_400 < best:
            best = chosen[0] + waiting * (at - opens) // 86_400
            found = at, [(r, int(places[min(nth, 1), r])) for nth, r in enumerate(chosen[1])]
    if found is None:
        return "NO_CREW"
    return found[0], [(r, place if place < count else -1) for r, place in found[1]]


def _cheapest(costs: Ints, size: int) -> tuple[int, list[int]] | None:
    """Who leads and who goes along, and what that costs."""
    others = [int(r) for r in np.argsort(costs[1], kind="stable")[:size] if costs[1, r] < FAR]
    best = None
    for lead in np.flatnonzero(costs[0] < FAR):
        along = [r for r in others if r != lead][: size - 1]
        cost = int(costs[0, lead]) + sum(int(costs[1, r]) for r in along)
        if len(along) == size - 1 and (best is None or cost < best[0]):
            best = cost, [int(lead), *along]
    return best


def with_members(brief: Brief, days: Days, visit: Visit, at: int, members: list[tuple[int, int]]) -> Brief:
    """The brief with a pinned visit in the shift of each of them."""
    visits, now, starts = list(brief.visits), dict(brief.now), dict(brief.starts)
    for nth, (r, before) in enumerate(members, start=1):
        shift, name = brief.shifts[r].id, f"{visit.id} {nth}"
        route = list(now.get(shift, ()))
        behind = days.problem.visits[before].id if before >= 0 else None
        where = 1 + route.index(days.blocks.get(behind, (behind,))[-1]) if behind is not None else 0
        now[shift] = (*route[:where], name, *route[where:])
        starts[name] = at
        visits.append(replace(visit, id=name, windows=((at, at),), points=PIN, only=frozenset({shift})))
    names = frozenset(f"{visit.id} {nth}" for nth in range(1, len(members) + 1))
    return replace(brief, visits=tuple(visits), now=now, starts=starts, pinned=brief.pinned | names)
