"""Slack induction by string removals (Christiaens and Vanden Berghe, 2020), annealed: strings of nearby visits are taken out of a few routes and
put back one by one at the cheapest place that holds. All of it is compiled; random numbers are our own, so a seed and a number of iterations give
one plan everywhere.
"""

import math

from service.planner.compiled import compiled
from service.planner.facts import OPENING, RATE, TIMES, Facts, Routes
from service.planner.kernel import link, open_shift, put_in, refresh, row, take_out, timed
from service.planner.places import FAR, cheaper, find_anywhere, find_around, find_empty, find_in, find_near, find_touched
from service.planner.work import (
    BEST_COST,
    BEST_POINTS,
    COST,
    LEFT_OUT,
    NOW,
    POINTS,
    SAVED,
    TAKEN,
    TOUCHED,
    Work,
    below,
    draw,
    leave_out,
    take_in,
    touch,
)

MEAN_REMOVED, LONGEST_STRING, SPLIT, STRETCH, BLINK = 10.0, 10.0, 0.5, 0.01, 0.01
LEFT_OUT_TRIED = 12  # of those left out, at each step


@compiled
def remove(f: Facts, s: Routes, w: Work, visit: int) -> None:
    """The visit out of its route, its cost off the sum."""
    r, before, after = s.route[visit], s.prev[visit], s.next[visit]
    saved = (s.leg[before] + s.leg[visit] - f.travel[row(f, r) + f.place[before], f.place[after]]) * f.day[r, RATE] + f.price[visit, r]
    if s.size[r] == 1:
        saved += f.day[r, OPENING]
    w.sums[COST] -= saved
    if timed(f, r):
        w.sums[COST] -= s.costs[r, TIMES]
        take_out(f, s, visit)
        w.sums[COST] += s.costs[r, TIMES]
    else:
        take_out(f, s, visit)


@compiled
def ruin(f: Facts, s: Routes, w: Work) -> None:
    """Takes strings out of the routes around one visit."""
    visits = f.service.shape[0]
    served = visits - w.sums[LEFT_OUT]
    at_random = w.sums[LEFT_OUT] == 0 or draw(w) < 0.5
    seed = below(w, visits) if at_random else w.left_out[below(w, w.sums[LEFT_OUT])]
    used = 0
    for r in range(f.day.shape[0]):
        used += s.size[r] > 0
    longest = min(LONGEST_STRING, served / max(used, 1))
    strings = int(1 + draw(w) * (4 * MEAN_REMOVED / (1 + longest) - 1))
    for k in range(f.near.shape[1]):
        other = f.near[seed, k]
        if strings <= 0 or other < 0:
            break
        r = s.route[other]
        if r < 0 or w.touched_at[r] == w.sums[NOW]:
            continue
        touch(f, s, w, r)
        length = int(1 + draw(w) * min(s.size[r], longest))
        take_string(f, s, w, other, min(length, s.size[r]))
        strings -= 1


@compiled
def take_string(f: Facts, s: Routes, w: Work, visit: int, length: int) -> None:
    """A string of `length` visits that holds `visit`; half of the time with a part in its middle kept."""
    visits, r = f.service.shape[0], s.route[visit]
    kept = 0
    if length > 1 and length < s.size[r] and draw(w) < SPLIT:
        kept = 1
        while length + kept < s.size[r] and draw(w) < STRETCH:
            kept += 1
    whole = length + kept
    ahead, behind = 0, 0
    node = s.prev[visit]
    while node < visits and behind < whole - 1:
        behind += 1
        node = s.prev[node]
    node = s.next[visit]
    while node < visits and ahead < whole - 1:
        ahead += 1
        node = s.next[node]
    least = max(0, whole - 1 - ahead)
    node = visit
    for _ in range(least + below(w, behind - least + 1)):
        node = s.prev[node]
    keep_from = 1 + below(w, length - 1) if kept > 0 else whole
    for i in range(whole):
        after = s.next[node]
        if i < keep_from or i >= keep_from + kept:
            remove(f, s, w, node)
            w.taken[w.sums[TAKEN]] = node
            w.sums[TAKEN] += 1
        node = after


@compiled
def arrange(f: Facts, w: Work) -> None:
    """Sorts what is to be put back by one of the orders, or at random."""
    which, order = draw(w), 0
    while w.weights[order] <= which:
        order += 1
    count = w.sums[TAKEN]
    for i in range(count):
        visit = w.taken[i]
        key = f.orders[order, visit] if order < f.orders.shape[0] else below(w, 1 << 30)
        at = i
        while at > 0 and w.keys[at - 1] > key:
            w.keys[at] = w.keys[at - 1]
            w.taken[at] = w.taken[at - 1]
            at -= 1
        w.keys[at] = key
        w.taken[at] = visit


@compiled
def recreate(f: Facts, s: Routes, w: Work, blink: float) -> None:
    """Puts back, each at its cheapest place, what was taken out, and some of those left out if there is room now."""
    for _ in range(min(LEFT_OUT_TRIED, w.sums[LEFT_OUT])):
        visit = w.left_out[below(w, w.sums[LEFT_OUT])]
        take_in(f, w, visit)
        w.taken[w.sums[TAKEN]] = visit
        w.sums[TAKEN] += 1
        w.place_out[visit] = -2
    arrange(f, w)
    for i in range(w.sums[TAKEN]):
        visit = w.taken[i]
        if w.place_out[visit] == -2:
            place, cost = find_touched(f, s, w, visit, blink)
        else:
            place, cost = find_near(f, s, w, visit, blink)
            found, less = find_empty(f, s, w, visit, cost)
            if found >= 0:
                place, cost = found, less
            if f.home[visit] >= 0:
                found, less = find_in(f, s, w, visit, f.home[visit], cost, blink)
                if found >= 0:
                    place, cost = found, less
            if place < 0:
                place, cost = find_around(f, s, w, visit)
        w.place_out[visit] = -1
        if place < 0:
            leave_out(f, w, visit)
        else:
            touch(f, s, w, s.route[place])
            put_in(f, s, place, visit)
            w.sums[COST] += cost


@compiled
def undo(f: Facts, s: Routes, w: Work, left_out: int) -> None:
    """The plan as it was before this step."""
    visits, shifts = f.service.shape[0], f.day.shape[0]
    for i in range(w.sums[LEFT_OUT]):
        w.place_out[w.left_out[i]] = -1
    for k in range(w.sums[TOUCHED]):
        r = w.touched[k]
        node = s.next[visits + r]
        while node < visits:
            s.route[node] = -1
            node = s.next[node]
    for k in range(w.sums[TOUCHED]):
        r = w.touched[k]
        open_shift(f, s, r)
        before = visits + r
        for i in range(w.saved_from[k], w.saved_from[k + 1]):
            visit = w.saved[i]
            link(f, s, r, before, visit)
            s.route[visit] = r
            for kind in range(f.room.shape[1]):
                s.used[r, kind] += f.load[visit, kind]
            s.size[r] += 1
            before = visit
        link(f, s, r, before, visits + shifts + r)
        refresh(f, s, r)
    for i in range(left_out):
        w.left_out[i] = w.left_before[i]
        w.place_out[w.left_out[i]] = i
    w.sums[LEFT_OUT] = left_out


@compiled
def keep_best(s: Routes, w: Work) -> None:
    w.sums[BEST_COST], w.sums[BEST_POINTS] = w.sums[COST], w.sums[POINTS]
    for node in range(s.next.shape[0]):
        w.best_next[node] = s.next[node]
        w.best_route[node] = s.route[node]


@compiled
def anneal(f: Facts, s: Routes, w: Work, steps: int, hot: float, cold: float, weight: float) -> None:
    """`steps` steps while the temperature falls from `hot` to `cold`; a point left out weighs `weight`."""
    heat = hot
    cooling = math.exp(math.log(cold / hot) / steps)
    for _ in range(steps):
        heat *= cooling
        w.sums[NOW] += 1
        w.sums[TAKEN] = w.sums[TOUCHED] = w.sums[SAVED] = 0
        cost, points, left_out = w.sums[COST], w.sums[POINTS], w.sums[LEFT_OUT]
        for i in range(left_out):
            w.left_before[i] = w.left_out[i]
        ruin(f, s, w)
        recreate(f, s, w, BLINK)
        limit = cost + points * weight - heat * math.log(1.0 - draw(w))
        if w.sums[COST] + w.sums[POINTS] * weight < limit:
            if w.sums[POINTS] < w.sums[BEST_POINTS] or (w.sums[POINTS] == w.sums[BEST_POINTS] and w.sums[COST] < w.sums[BEST_COST]):
                keep_best(s, w)
        else:
            w.sums[COST], w.sums[POINTS] = cost, points
            undo(f, s, w, left_out)


@compiled
def fill(f: Facts, s: Routes, w: Work) -> None:
    """Puts in whoever is left out and fits anywhere, in the order of `left_out`."""
    count = w.sums[LEFT_OUT]
    for i in range(count):
        w.left_before[i] = w.left_out[i]
    for i in range(count):
        visit = w.left_before[i]
        place, cost = find_anywhere(f, s, w, visit)
        if place >= 0:
            take_in(f, w, visit)
            put_in(f, s, place, visit)
            w.sums[COST] += cost


@compiled
def append(f: Facts, s: Routes, w: Work, visit: int, r: int) -> bool:
    """Puts a visit that is left out at the end of a route, if it holds there."""
    last = s.prev[f.service.shape[0] + f.day.shape[0] + r]
    cost = cheaper(f, s, w, visit, last, FAR, 0.0)
    if cost == FAR:
        return False
    take_in(f, w, visit)
    put_in(f, s, last, visit)
    w.sums[COST] += cost
    return True


@compiled
def restore_best(f: Facts, s: Routes, w: Work) -> None:
    """The plan as it was at its best."""
    visits, shifts = f.service.shape[0], f.day.shape[0]
    while w.sums[LEFT_OUT] > 0:
        take_in(f, w, w.left_out[0])
    for visit in range(visits):
        s.route[visit] = min(-1, w.best_route[visit])
        if w.best_route[visit] == -1:
            leave_out(f, w, visit)
    for r in range(shifts):
        open_shift(f, s, r)
        node, before = w.best_next[visits + r], visits + r
        while node < visits:
            put_in(f, s, before, node)
            before, node = node, w.best_next[node]
    w.sums[COST], w.sums[POINTS] = w.sums[BEST_COST], w.sums[BEST_POINTS]
