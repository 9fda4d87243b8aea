"""Makes room for those who go together and are never free at one moment: what is booked and may go elsewhere makes way for them."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from msgspec.structs import replace

from service.planner.blocks import Days
from service.planner.briefs import Brief, Found
from service.planner.records import Shift, Visit
from service.planner.together import members_of, with_members


def push(brief: Brief, visit: Visit, size: int, travel: Sequence[Any], pinned: AbstractSet[str]) -> Brief | None:
    """The brief with those who go together where only what is pinned stands in their way, and what they push out in no route; None where there is no moment even so."""
    fixed = pinned | brief.pinned
    bare = replace(brief, now={shift: tuple(name for name in route if name in fixed) for shift, route in brief.now.items()})
    days = Days(bare, travel, fixed, without=bare.crews)
    found = members_of(days, visit, size)
    if isinstance(found, str):
        return None
    pushing = with_members(bare, days, visit, *found)
    for shift in brief.shifts:
        for name in brief.now.get(shift.id, ()):
            if name not in fixed:
                pushing = _beside(pushing, shift, name, travel, fixed)
    return pushing


def _beside(brief: Brief, shift: Shift, name: str, travel: Sequence[Any], fixed: AbstractSet[str]) -> Brief:
    """The brief with that visit where it stood, if it can still be driven."""
    route = tuple(sorted((*brief.now.get(shift.id, ()), name), key=brief.starts.__getitem__))
    tried = replace(brief, now={**brief.now, shift.id: route})
    alone = replace(tried, shifts=(shift,), visits=tuple(one for one in tried.visits if one.id in route))
    days = Days(alone, travel, fixed | brief.pinned)
    return tried if days.stands(days.problem.shifts[0]) else brief


def is_worth(asked: Brief, visit: Visit, before: Found, pushed: Found) -> bool:
    """Whether pushing loses nobody who had a place, leaves less out, and breaks no promise of what is worth as much as the visit."""
    standing = {name for route in asked.now.values() for name in route}
    if (pushed.left_out.keys() - before.left_out.keys()) & standing or pushed.points >= before.points + visit.points:
        return False
    broken = _broken(asked, pushed) - _broken(asked, before)
    return all(one.points < visit.points for one in asked.visits if one.id in broken)


def _broken(asked: Brief, found: Found) -> set[str]:
    """Bookings that begin outside of the windows that were told."""
    visits = {one.id: one for one in asked.visits if one.id in asked.wide}
    return {
        placed.visit
        for route in found.routes.values()
        for placed in route
        if placed.visit in visits and not any(opens <= placed.starts <= closes for opens, closes in visits[placed.visit].windows)
    }
