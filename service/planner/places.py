"""Where a visit costs least."""

from service.planner.compiled import compiled
from service.planner.facts import OPENING, RATE, TIMES, Facts, Ints, Routes
from service.planner.kernel import fits, holds, priced_with, row, timed
from service.planner.work import SCAN, TOUCHED, Work, draw

FAR = 1 << 60


@compiled
def cheaper(f: Facts, s: Routes, w: Work, visit: int, before: int, best: int, blink: float) -> int:
    """What the visit costs after `before`, if that is less than `best` and holds; else `best`."""
    r, after = s.route[before], s.next[before]
    price = f.price[visit, r]
    if price < 0:
        return best
    at = row(f, r) + f.place[visit]
    way_to, way_on = f.back[at, f.place[before]], f.travel[at, f.place[after]]
    cost = (way_to + way_on - s.leg[before]) * f.day[r, RATE] + price
    if s.size[r] == 0:
        cost += f.day[r, OPENING]
    if cost >= best or not holds(f, s, r, visit) or not fits(f, s, r, before, visit, after, way_to, way_on):
        return best
    if timed(f, r):
        cost += priced_with(f, s, before, visit, way_to, way_on) - s.costs[r, TIMES]
        if cost >= best:
            return best
    if blink > 0 and draw(w) < blink:
        return best
    return cost


@compiled
def find_near(f: Facts, s: Routes, w: Work, visit: int, blink: float) -> tuple[int, int]:
    """The cheapest place beside good neighbours and at the ends of near shifts: its predecessor, or -1, and the cost."""
    place, best = -1, FAR
    for k in range(f.near_before.shape[1]):
        other = f.near_before[visit, k]
        if other < 0:
            break
        if s.route[other] >= 0:
            cost = cheaper(f, s, w, visit, other, best, blink)
            if cost < best:
                place, best = other, cost
    for k in range(f.near_after.shape[1]):
        other = f.near_after[visit, k]
        if other < 0:
            break
        if s.route[other] >= 0:
            cost = cheaper(f, s, w, visit, s.prev[other], best, blink)
            if cost < best:
                place, best = s.prev[other], cost
    found, less = find_ends(f, s, w, visit, best, blink)
    return (found, less) if found >= 0 else (place, best)


@compiled
def find_ends(f: Facts, s: Routes, w: Work, visit: int, best: int, blink: float) -> tuple[int, int]:
    """The cheapest place at the ends of near shifts that is below `best`: its predecessor, or -1, and the cost."""
    place, visits = -1, f.service.shape[0]
    for k in range(f.near_shifts.shape[1]):
        r = f.near_shifts[visit, k]
        if r < 0:
            break
        for end in range(2):
            before = s.prev[visits + f.day.shape[0] + r] if end else visits + r
            cost = cheaper(f, s, w, visit, before, best, blink)
            if cost < best:
                place, best = before, cost
    return place, best


@compiled
def find_in(f: Facts, s: Routes, w: Work, visit: int, r: int, best: int, blink: float) -> tuple[int, int]:
    """The cheapest place in one route that is below `best`: its predecessor, or -1, and the cost."""
    visits, place = f.service.shape[0], -1
    node = visits + r
    if not holds(f, s, r, visit):
        return place, best
    while node < visits + f.day.shape[0]:
        cost = cheaper(f, s, w, visit, node, best, blink)
        if cost < best:
            place, best = node, cost
        node = s.next[node]
    return place, best


@compiled
def find_each(f: Facts, s: Routes, w: Work, visit: int, places: Ints, costs: Ints) -> None:
    """The cheapest place in each route, and the cost; -1 and `FAR` where there is none."""
    for r in range(f.day.shape[0]):
        places[r], costs[r] = find_in(f, s, w, visit, r, FAR, 0.0)


@compiled
def find_empty(f: Facts, s: Routes, w: Work, visit: int, best: int) -> tuple[int, int]:
    """The cheapest empty day, one of each kind tried."""
    place = -1
    w.sums[SCAN] += 1
    for r in range(f.day.shape[0]):
        if s.size[r] == 0 and w.twins[f.twin[r]] != w.sums[SCAN]:
            w.twins[f.twin[r]] = w.sums[SCAN]
            cost = cheaper(f, s, w, visit, f.service.shape[0] + r, best, 0.0)
            if cost < best:
                place, best = f.service.shape[0] + r, cost
    return place, best


@compiled
def find_anywhere(f: Facts, s: Routes, w: Work, visit: int) -> tuple[int, int]:
    """The cheapest place in the whole plan."""
    place, best = find_empty(f, s, w, visit, FAR)
    for r in range(f.day.shape[0]):
        if s.size[r] > 0:
            found, cost = find_in(f, s, w, visit, r, best, 0.0)
            if found >= 0:
                place, best = found, cost
    return place, best


@compiled
def find_around(f: Facts, s: Routes, w: Work, visit: int) -> tuple[int, int]:
    """The cheapest place in the shifts that begin or end near, or in all of one kind."""
    if f.near_shifts[visit, 0] < 0:
        return find_anywhere(f, s, w, visit)
    place, best = -1, FAR
    for k in range(f.near_shifts.shape[1]):
        r = f.near_shifts[visit, k]
        if r < 0:
            break
        found, cost = find_in(f, s, w, visit, r, best, 0.0)
        if found >= 0:
            place, best = found, cost
    return place, best


@compiled
def find_touched(f: Facts, s: Routes, w: Work, visit: int, blink: float) -> tuple[int, int]:
    """The cheapest place in the routes that this step changed: elsewhere there was none before either."""
    place, best = -1, FAR
    for k in range(w.sums[TOUCHED]):
        found, cost = find_in(f, s, w, visit, w.touched[k], best, blink)
        if found >= 0:
            place, best = found, cost
    return place, best
