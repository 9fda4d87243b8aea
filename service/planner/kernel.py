"""The exact test of an insertion in constant time, and what keeps it true.

For each stop two times from the front and two from the back: `leaves0` and `leaves1`, the earliest departure with the break due and with it taken;
`latest0` and `latest1`, the latest arrival from which the rest of the day still holds, with the break due and with it taken. A break on a leg may
begin before it, under way or at its end: who departs at d and drives for t is ready at max(d + t, earliest) + length, if d isn't past the latest start.
Waiting never helps later, so the earliest departure is the only one that matters (the same holds backwards), and the test is exact.

Plain Python that numba compiles: every function here gives the same without it.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.planner.compiled import compiled, inlined

NEVER = 1 << 40
Ints = NDArray[np.int64]
Small = NDArray[np.int32]


class Facts(NamedTuple):
    """What doesn't change in a search. Nodes: the visits, then each shift's start, then each shift's end."""

    travel: Small  # [place, place]
    back: Small  # the same turned round: what is read for one visit lies together
    place: Ints  # [node]
    window_of: Ints  # [visit + 1]: where its windows begin
    opens: Ints  # [window]
    closes: Ints  # [window]
    service: Ints  # [visit]
    points: Ints  # [visit]
    load: Ints  # [visit, kind]
    price: Small  # [visit, shift]; below zero: not allowed
    room: Ints  # [shift, kind]
    home: Ints  # [visit]: the shift that it would rather stay in; -1: none
    rate: Ints  # [shift]
    opening: Ints  # [shift]
    shift_from: Ints
    shift_until: Ints
    rest_from: Ints  # earliest start of the break; NEVER where there is none
    rest_until: Ints
    rest_length: Ints
    near_before: Ints  # [visit, k]: good predecessors, best first; -1 ends
    near_after: Ints
    near: Ints  # [visit, k]: the nearest visits, itself first
    near_shifts: Ints  # [visit, k]
    twin: Ints  # [shift]: shifts of one number are alike
    orders: Ints  # [order, visit]: keys to sort by when visits are put back


class Routes(NamedTuple):
    """A plan under work."""

    next: Ints  # [node]
    prev: Ints  # [node]
    leg: Ints  # [node]: seconds to the next
    route: Ints  # [node]: its shift; -1: left out; -2: fits nowhere
    leaves0: Ints  # [node]
    leaves1: Ints
    latest0: Ints
    latest1: Ints
    used: Ints  # [shift, kind]
    size: Ints  # [shift]


@inlined
def earliest_start(f: Facts, visit: int, at: int) -> int:
    """The first moment from `at` on that is in a window."""
    for w in range(f.window_of[visit], f.window_of[visit + 1]):
        if at <= f.closes[w]:
            return max(at, f.opens[w])
    return NEVER


@inlined
def latest_start(f: Facts, visit: int, at: int) -> int:
    """The last moment up to `at` that is in a window."""
    for w in range(f.window_of[visit + 1] - 1, f.window_of[visit] - 1, -1):
        if at >= f.opens[w]:
            return min(at, f.closes[w])
    return -NEVER


@inlined
def step_forward(f: Facts, s: Routes, node: int) -> bool:
    """The node's departures anew from its predecessor's; whether they changed."""
    before, r = s.prev[node], s.route[node]
    way = s.leg[before]
    due, taken = s.leaves0[before], s.leaves1[before]
    at1 = taken + way
    now0 = NEVER
    if due < NEVER:
        if due <= f.rest_until[r]:
            at1 = min(at1, max(due + way, f.rest_from[r]) + f.rest_length[r])
        now0 = min(earliest_start(f, node, due + way) + f.service[node], NEVER)
    now1 = min(earliest_start(f, node, at1) + f.service[node], NEVER)
    changed = now0 != s.leaves0[node] or now1 != s.leaves1[node]
    s.leaves0[node] = now0
    s.leaves1[node] = now1
    return changed


@inlined
def step_backward(f: Facts, s: Routes, node: int) -> bool:
    """The node's latest arrivals anew from its successor's; whether they changed."""
    after, r = s.next[node], s.route[node]
    way = s.leg[node]
    last1 = s.latest1[after]
    now1 = latest_start(f, node, last1 - way - f.service[node])
    now0 = -NEVER
    if f.rest_from[r] < NEVER:
        leave = s.latest0[after] - way
        if f.rest_from[r] + f.rest_length[r] <= last1:
            leave = max(leave, min(f.rest_until[r], last1 - f.rest_length[r] - way))
        now0 = latest_start(f, node, leave - f.service[node])
    changed = now0 != s.latest0[node] or now1 != s.latest1[node]
    s.latest0[node] = now0
    s.latest1[node] = now1
    return changed


@inlined
def fits(f: Facts, s: Routes, r: int, before: int, visit: int, after: int, way_to: int, way_on: int) -> bool:
    """Whether the day holds with `visit` between two neighbours; exact, in constant time."""
    due = s.leaves0[before]
    at1 = s.leaves1[before] + way_to
    if due < NEVER:
        at0 = due + way_to
        if due <= f.rest_until[r]:
            at1 = min(at1, max(at0, f.rest_from[r]) + f.rest_length[r])
        leave = earliest_start(f, visit, at0) + f.service[visit]
        if leave + way_on <= s.latest0[after]:
            return True
        if leave <= f.rest_until[r] and max(leave + way_on, f.rest_from[r]) + f.rest_length[r] <= s.latest1[after]:
            return True
    return earliest_start(f, visit, at1) + f.service[visit] + way_on <= s.latest1[after]


@inlined
def holds(f: Facts, s: Routes, r: int, visit: int) -> bool:
    """Whether the shift may serve the visit and has room for its load."""
    if f.price[visit, r] < 0:
        return False
    for kind in range(f.room.shape[1]):  # noqa: SIM110 — numba compiles a loop better than a generator
        if s.used[r, kind] + f.load[visit, kind] > f.room[r, kind]:
            return False
    return True


@inlined
def link(f: Facts, s: Routes, before: int, after: int) -> None:
    """The one follows the other."""
    s.next[before], s.prev[after] = after, before
    s.leg[before] = f.travel[f.place[before], f.place[after]]


@compiled
def open_shift(f: Facts, s: Routes, r: int) -> None:
    """An empty day: start and end, nothing between."""
    visits, shifts = f.service.shape[0], f.rate.shape[0]
    start, end = visits + r, visits + shifts + r
    link(f, s, start, end)
    s.route[start], s.route[end] = r, r
    rests = f.rest_from[r] < NEVER
    s.leaves0[start] = f.shift_from[r] if rests else NEVER
    s.leaves1[start] = NEVER if rests else f.shift_from[r]
    s.latest0[end] = -NEVER
    s.latest1[end] = f.shift_until[r]
    s.size[r] = 0
    for kind in range(f.room.shape[1]):
        s.used[r, kind] = 0


@compiled
def put_in(f: Facts, s: Routes, before: int, visit: int) -> None:
    """The visit after `before`, with all times of its route."""
    after, r = s.next[before], s.route[before]
    link(f, s, before, visit)
    link(f, s, visit, after)
    s.route[visit] = r
    s.size[r] += 1
    for kind in range(f.room.shape[1]):
        s.used[r, kind] += f.load[visit, kind]
    step_forward(f, s, visit)
    step_backward(f, s, visit)
    spread(f, s, before, after)


@compiled
def take_out(f: Facts, s: Routes, visit: int) -> None:
    """The visit out of its route."""
    before, after, r = s.prev[visit], s.next[visit], s.route[visit]
    link(f, s, before, after)
    s.route[visit] = -1
    s.size[r] -= 1
    for kind in range(f.room.shape[1]):
        s.used[r, kind] -= f.load[visit, kind]
    spread(f, s, before, after)


@compiled
def spread(f: Facts, s: Routes, before: int, after: int) -> None:
    """Carries a change to both ends, as far as it is felt."""
    visits = f.service.shape[0]
    while after < visits and step_forward(f, s, after):
        after = s.next[after]
    while before < visits and step_backward(f, s, before):
        before = s.prev[before]


@compiled
def refresh(f: Facts, s: Routes, r: int) -> None:
    """All times of a route anew."""
    visits, shifts = f.service.shape[0], f.rate.shape[0]
    node = s.next[visits + r]
    while node < visits:
        step_forward(f, s, node)
        node = s.next[node]
    node = s.prev[visits + shifts + r]
    while node < visits:
        step_backward(f, s, node)
        node = s.prev[node]
