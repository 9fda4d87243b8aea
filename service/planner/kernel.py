"""The exact test of an insertion in constant time, and what keeps it true.

For each stop two times from the front and two from the back: `leaves0` and `leaves1`, the earliest departure with the break due and with it taken;
`latest0` and `latest1`, the latest arrival from which the rest of the day still holds, with the break due and with it taken. A break on a leg may
begin before it, under way or at its end: who departs at d and drives for t is ready at max(d + t, earliest) + length, if d isn't past the latest start.
Waiting never helps later, so the earliest departure is the only one that matters (the same holds backwards), and the test is exact.

Plain Python that numba compiles: every function here gives the same without it.
"""

from service.planner.compiled import compiled, inlined
from service.planner.facts import (
    FROM,
    LOAD,
    NEVER,
    NORMAL,
    OVERTIME,
    REST,
    REST_FROM,
    REST_UNTIL,
    ROW,
    TIMED,
    TIMES,
    UNTIL,
    WORK,
    Facts,
    Routes,
)


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
        if due <= f.day[r, REST_UNTIL]:
            at1 = min(at1, max(due + way, f.day[r, REST_FROM]) + f.day[r, REST])
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
    if f.day[r, REST_FROM] < NEVER:
        leave = s.latest0[after] - way
        if f.day[r, REST_FROM] + f.day[r, REST] <= last1:
            leave = max(leave, min(f.day[r, REST_UNTIL], last1 - f.day[r, REST] - way))
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
        if due <= f.day[r, REST_UNTIL]:
            at1 = min(at1, max(at0, f.day[r, REST_FROM]) + f.day[r, REST])
        leave = earliest_start(f, visit, at0) + f.service[visit]
        if leave + way_on <= s.latest0[after]:
            return True
        if leave <= f.day[r, REST_UNTIL] and max(leave + way_on, f.day[r, REST_FROM]) + f.day[r, REST] <= s.latest1[after]:
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
def row(f: Facts, r: int) -> int:
    """Where the shift's ways begin."""
    return f.day[r, ROW] if f.whether.ndim > 1 else 0


@inlined
def timed(f: Facts, r: int) -> bool:
    """Whether the times of its visits, or its load, cost anything."""
    return f.whether.ndim > 1 and f.day[r, TIMED] > 0


@inlined
def link(f: Facts, s: Routes, r: int, before: int, after: int) -> None:
    """The one follows the other in that shift."""
    s.next[before], s.prev[after] = after, before
    s.leg[before] = f.travel[row(f, r) + f.place[before], f.place[after]]


@inlined
def lateness(f: Facts, visit: int, start: int) -> int:
    """What starting then costs."""
    return max(0, start - f.late[visit, 0]) * f.late[visit, 1] if start < NEVER else 0


@inlined
def load(f: Facts, r: int, work: int) -> int:
    """What so many seconds of work in a shift cost: convex, so that it is dearer to give more to whoever has much."""
    return work * work // f.day[r, LOAD] if f.day[r, LOAD] > 0 else 0


@compiled
def price(f: Facts, s: Routes, r: int) -> None:
    """What the route's times and its load cost, anew."""
    visits = f.service.shape[0]
    node, work = visits + r, 0
    s.lateness[node, 0] = s.lateness[node, 1] = 0
    while node < visits + f.day.shape[0]:
        before, node = node, s.next[node]
        way = s.leg[before]
        due, taken = s.leaves0[before], s.leaves1[before] + way
        cost = s.lateness[before, 1]
        if due < NEVER and due <= f.day[r, REST_UNTIL]:
            rested = max(due + way, f.day[r, REST_FROM]) + f.day[r, REST]
            if rested < taken or (rested == taken and s.lateness[before, 0] < cost):
                taken, cost = rested, s.lateness[before, 0]
        work += way
        if node >= visits:
            s.costs[r, TIMES] = cost + max(0, taken - f.day[r, NORMAL]) * f.day[r, OVERTIME] + load(f, r, work) if s.size[r] > 0 else 0
            s.costs[r, WORK] = work
            return
        work += f.service[node]
        s.lateness[node, 0] = s.lateness[before, 0] + (lateness(f, node, earliest_start(f, node, due + way)) if due < NEVER else 0)
        s.lateness[node, 1] = cost + lateness(f, node, earliest_start(f, node, taken))


@compiled
def priced_with(f: Facts, s: Routes, before: int, visit: int, way_to: int, way_on: int) -> int:
    """What the route's times and its load would cost with `visit` after `before`; it is known to hold."""
    visits, r = f.service.shape[0], s.route[before]
    due, taken, cost0, cost1 = s.leaves0[before], s.leaves1[before], s.lateness[before, 0], s.lateness[before, 1]
    node, way = visit, way_to
    while True:
        taken += way
        if due < NEVER:
            if due <= f.day[r, REST_UNTIL]:
                rested = max(due + way, f.day[r, REST_FROM]) + f.day[r, REST]
                if rested < taken or (rested == taken and cost0 < cost1):
                    taken, cost1 = rested, cost0
            due += way
        if node >= visits:
            break
        if due < NEVER:
            start = earliest_start(f, node, due)
            cost0 += lateness(f, node, start)
            due = min(start + f.service[node], NEVER)
        start = earliest_start(f, node, taken)
        cost1 += lateness(f, node, start)
        taken = min(start + f.service[node], NEVER)
        if node == visit:
            node, way = s.next[before], way_on
        else:
            way, node = s.leg[node], s.next[node]
    work = s.costs[r, WORK] + way_to + way_on - s.leg[before] + f.service[visit]
    return cost1 + max(0, taken - f.day[r, NORMAL]) * f.day[r, OVERTIME] + load(f, r, work)


@compiled
def open_shift(f: Facts, s: Routes, r: int) -> None:
    """An empty day: start and end, nothing between."""
    visits, shifts = f.service.shape[0], f.day.shape[0]
    start, end = visits + r, visits + shifts + r
    link(f, s, r, start, end)
    s.route[start], s.route[end] = r, r
    rests = f.day[r, REST_FROM] < NEVER
    s.leaves0[start] = f.day[r, FROM] if rests else NEVER
    s.leaves1[start] = NEVER if rests else f.day[r, FROM]
    s.latest0[end] = -NEVER
    s.latest1[end] = f.day[r, UNTIL]
    s.size[r] = 0
    if timed(f, r):
        s.costs[r, TIMES], s.costs[r, WORK] = 0, s.leg[start]
    for kind in range(f.room.shape[1]):
        s.used[r, kind] = 0


@compiled
def put_in(f: Facts, s: Routes, before: int, visit: int) -> None:
    """The visit after `before`, with all times of its route."""
    after, r = s.next[before], s.route[before]
    link(f, s, r, before, visit)
    link(f, s, r, visit, after)
    s.route[visit] = r
    s.size[r] += 1
    for kind in range(f.room.shape[1]):
        s.used[r, kind] += f.load[visit, kind]
    step_forward(f, s, visit)
    step_backward(f, s, visit)
    spread(f, s, before, after)
    if timed(f, r):
        price(f, s, r)


@compiled
def take_out(f: Facts, s: Routes, visit: int) -> None:
    """The visit out of its route."""
    before, after, r = s.prev[visit], s.next[visit], s.route[visit]
    link(f, s, r, before, after)
    s.route[visit] = -1
    s.size[r] -= 1
    for kind in range(f.room.shape[1]):
        s.used[r, kind] -= f.load[visit, kind]
    spread(f, s, before, after)
    if timed(f, r):
        price(f, s, r)


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
    visits, shifts = f.service.shape[0], f.day.shape[0]
    node = s.next[visits + r]
    while node < visits:
        step_forward(f, s, node)
        node = s.next[node]
    node = s.prev[visits + shifts + r]
    while node < visits:
        step_backward(f, s, node)
        node = s.prev[node]
    if timed(f, r):
        price(f, s, r)
