"""When a route's visits are, as early as can be; plain Python, so that it can be read beside a plan anywhere."""

from collections.abc import Sequence
from typing import Any

from service.planner.records import Route, Shift, Stop, Visit


def schedule(shift: Shift, visits: Sequence[Visit], travel: Any) -> Route | None:
    """The route's times, or None where it can't be driven. Of the places for the break, the cheapest, of those the first that ends the day earliest."""
    if not visits:
        return Route(stops=(), rests_before=None, rests_at=None, ends=shift.from_, travel=0, late=0, overtime=0, cost=0)
    legs: Sequence[int | None] = [None] if shift.rest is None else range(len(visits) + 1)
    routes = [route for leg in legs if (route := _driven(shift, visits, travel, leg)) is not None]
    return min(routes, key=lambda route: (route.cost, route.ends), default=None)


def _driven(shift: Shift, visits: Sequence[Visit], travel: Any, rest_leg: int | None) -> Route | None:
    """The route with its break on one leg."""
    now, place, driven, late, cost = shift.from_, shift.start, 0, 0, 0
    rests_at: int | None = None
    stops = []
    for leg, visit in enumerate((*visits, None)):
        target = shift.end if visit is None else visit.place
        way = 0 if target is None else int(travel[place, target])
        ready = now + way
        if leg == rest_leg and shift.rest is not None:
            if now > shift.rest.latest:
                return None
            rests_at = max(now, shift.rest.earliest)
            ready = max(ready, shift.rest.earliest) + shift.rest.seconds
        driven += way
        if visit is None:
            now = ready
            break
        starts = earliest_in(visit.windows, ready)
        if starts is None:
            return None
        if visit.late_rate:
            late += max(0, starts - visit.late_after)
            cost += max(0, starts - visit.late_after) * visit.late_rate
        now, place = starts + visit.seconds, visit.place
        stops.append(Stop(visit=visit.id, arrives=ready, starts=starts, leaves=now))
    overtime = max(0, now - shift.until)
    if overtime > shift.overtime:
        return None
    cost += overtime * shift.overtime_rate
    return Route(
        stops=tuple(stops), rests_before=rest_leg, rests_at=rests_at, ends=now, travel=driven, late=late, overtime=overtime, cost=cost
    )


def earliest_in(windows: Sequence[tuple[int, int]], at: int) -> int | None:
    """The first moment from `at` on that lies in one of the windows."""
    return next((max(at, opens) for opens, closes in windows if at <= closes), None)
