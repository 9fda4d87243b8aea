"""What a search remembers beside the plan."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.planner.compiled import compiled, inlined
from service.planner.facts import Facts, Ints, Routes

COST, POINTS, BEST_COST, BEST_POINTS, LEFT_OUT, TAKEN, TOUCHED, SAVED, NOW, SCAN = range(10)


class Work(NamedTuple):
    """What a search remembers beside the plan."""

    random: NDArray[np.uint64]
    sums: Ints  # by the names above
    left_out: Ints  # the first `LEFT_OUT` of them
    place_out: Ints  # [visit]: where it stands in `left_out`
    left_before: Ints
    taken: Ints  # to be put back
    keys: Ints
    touched: Ints  # routes of this step
    touched_at: Ints  # [shift]: the last step that touched it
    saved: Ints  # their visits before it
    saved_from: Ints
    best_next: Ints
    best_route: Ints
    weights: NDArray[np.float64]  # of each order, cumulative
    twins: Ints  # [twin]: the last scan that tried an empty one


@inlined
def draw(w: Work) -> float:
    """A number in [0, 1): xorshift64."""
    x = w.random[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    w.random[0] = x
    return float(x >> np.uint64(11)) * 1.1102230246251565e-16


@inlined
def below(w: Work, count: int) -> int:
    """A whole number in [0, count)."""
    return int(draw(w) * count)


@compiled
def touch(f: Facts, s: Routes, w: Work, r: int) -> None:
    """Remembers a route before its first change in this step."""
    if w.touched_at[r] == w.sums[NOW]:
        return
    w.touched_at[r] = w.sums[NOW]
    k, at, visits = w.sums[TOUCHED], w.sums[SAVED], f.service.shape[0]
    w.touched[k] = r
    node = s.next[visits + r]
    while node < visits:
        w.saved[at] = node
        at += 1
        node = s.next[node]
    w.saved_from[k + 1] = at
    w.sums[TOUCHED] = k + 1
    w.sums[SAVED] = at


@compiled
def leave_out(f: Facts, w: Work, visit: int) -> None:
    w.place_out[visit] = w.sums[LEFT_OUT]
    w.left_out[w.sums[LEFT_OUT]] = visit
    w.sums[LEFT_OUT] += 1
    w.sums[POINTS] += f.points[visit]


@compiled
def take_in(f: Facts, w: Work, visit: int) -> None:
    w.sums[LEFT_OUT] -= 1
    last = w.left_out[w.sums[LEFT_OUT]]
    at = w.place_out[visit]
    w.left_out[at] = last
    w.place_out[last] = at
    w.place_out[visit] = -1
    w.sums[POINTS] -= f.points[visit]
