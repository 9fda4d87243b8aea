"""The slot engine: where a visit could go in a plan as it stands, over many days at once. The kernel's test, written for numpy: no compiler is
loaded, so it can be asked within a request.

`Board(problem, plan)` is made once for a state of the plan, `board.insertions(...)` for each question. A plan of a fortnight is one problem whose
shifts are technician-days. `problem.travel` may be anything that answers `travel[a, b]` for arrays of places: no matrix is needed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from service.planner.prices import prices
from service.planner.records import Problem, Visit

NEVER = 1 << 40
NOWHERE = 1 << 62  # as cost and leg in one number: costs below 2^38, legs below 2^24
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Insertion(msgspec.Struct, frozen=True):
    """The visit between two stops of a shift: `position` stops are before it."""

    window: int  # the number of the window asked for
    shift: str
    position: int
    starts: int  # as early as can be
    detour: int  # seconds
    cost: int  # the detour at the shift's rate, what opening the shift and this visit there costs


class Board:
    """A plan as one row of numbers a leg."""

    def __init__(self, problem: Problem, routes: Mapping[str, Sequence[str]]) -> None:
        """The plan's times. Raises ValueError where a route can't be driven."""
        self.problem = problem
        visits = {visit.id: visit for visit in problem.visits}
        rows = [[visits[name] for name in routes.get(shift.id, ())] for shift in problem.shifts]
        self.size = np.array([len(row) for row in rows], np.int64)
        self.first = np.concatenate(([0], np.cumsum(self.size + 1)))[:-1]  # each row's first leg
        self.row = np.repeat(np.arange(len(rows)), self.size + 1)
        self.position = np.arange(len(self.row)) - self.first[self.row]
        self.used = [np.sum([v.load for v in row if v.load], axis=0, dtype=np.int64) if row else 0 for row in rows]
        shifts = problem.shifts
        self.from_ = np.array([s.from_ for s in shifts], np.int64)
        self.until = np.array([s.until for s in shifts], np.int64)
        self.rate = np.array([s.rate for s in shifts], np.int64)
        self.opening = np.where(self.size == 0, np.array([s.opening for s in shifts], np.int64), 0)
        self.rests = np.array([s.rest is not None for s in shifts])
        self.rest_from = np.array([s.rest.earliest if s.rest else NEVER for s in shifts], np.int64)
        self.rest_until = np.array([s.rest.latest if s.rest else -NEVER for s in shifts], np.int64)
        self.rest_length = np.array([s.rest.seconds if s.rest else 0 for s in shifts], np.int64)
        self._lay_out(rows)

    def _lay_out(self, rows: list[list[Visit]]) -> None:
        """Times of every leg, all routes at once, a stop after the other."""
        count, longest = len(rows), int(self.size.max(initial=0))
        shifts = self.problem.shifts
        place = np.zeros((count, longest + 2), np.int64)
        service = np.zeros((count, longest + 2), np.int64)
        most = max((len(v.windows) for row in rows for v in row), default=1)
        opens = np.full((count, longest + 2, most), NEVER, np.int64)
        closes = np.full((count, longest + 2, most), -NEVER, np.int64)
        open_end = np.array([s.end is None for s in shifts])
        for r, row in enumerate(rows):
            place[r, 0] = shifts[r].start
            for i, visit in enumerate(row, 1):
                place[r, i], service[r, i] = visit.place, visit.seconds
                for w, (a, b) in enumerate(visit.windows):
                    opens[r, i, w], closes[r, i, w] = a, b
            end = shifts[r].end
            place[r, len(row) + 1 :] = place[r, len(row)] if end is None else end
        way = np.asarray(self.problem.travel[place[:, :-1], place[:, 1:]], np.int64)
        way[np.arange(count), self.size] *= ~open_end
        forward = self._forward(way, service, opens, closes, longest)
        backward = self._backward(way, service, opens, closes, longest)
        legs = (self.row, self.position)
        self.before, self.after, self.way = place[:, :-1][legs], place[:, 1:][legs], way[legs]
        self.onward = ~(open_end[self.row] & (self.position == self.size[self.row]))
        self.due, self.taken = forward[0][legs], forward[1][legs]
        self.latest0, self.latest1 = backward[0][legs], backward[1][legs]
        with_visits = self.size > 0
        first = self.first[with_visits]
        if not _meets(self, first, self.due[first], self.taken[first], self.way[first]).all():
            raise ValueError("a route of the plan can't be driven")

    def _forward(self, way: Ints, service: Ints, opens: Ints, closes: Ints, longest: int) -> tuple[Ints, Ints]:
        due = np.full((len(way), longest + 1), NEVER, np.int64)
        taken = due.copy()
        due[:, 0] = np.where(self.rests, self.from_, NEVER)
        taken[:, 0] = np.where(self.rests, NEVER, self.from_)
        for i in range(longest):
            at0, at1 = due[:, i] + way[:, i], taken[:, i] + way[:, i]
            rested = np.maximum(at0, self.rest_from) + self.rest_length
            at1 = np.where(due[:, i] <= self.rest_until, np.minimum(at1, rested), at1)
            due[:, i + 1] = np.minimum(_earliest(opens[:, i + 1], closes[:, i + 1], at0) + service[:, i + 1], NEVER)
            taken[:, i + 1] = np.minimum(_earliest(opens[:, i + 1], closes[:, i + 1], at1) + service[:, i + 1], NEVER)
        return due, taken

    def _backward(self, way: Ints, service: Ints, opens: Ints, closes: Ints, longest: int) -> tuple[Ints, Ints]:
        """Of each leg the latest arrival at its end."""
        latest0 = np.full((len(way), longest + 1), -NEVER, np.int64)
        latest1 = latest0.copy()
        rows = np.arange(len(way))
        latest1[rows, self.size] = self.until
        for i in range(longest - 1, -1, -1):
            inside = i < self.size
            last1 = latest1[:, i + 1]
            leave = latest0[:, i + 1] - way[:, i + 1]
            rested = np.minimum(self.rest_until, last1 - self.rest_length - way[:, i + 1])
            may = self.rests & (self.rest_from + self.rest_length <= last1)
            leave = np.where(may, np.maximum(leave, rested), leave)
            now0 = _latest(opens[:, i + 1], closes[:, i + 1], leave - service[:, i + 1])
            now1 = _latest(opens[:, i + 1], closes[:, i + 1], last1 - way[:, i + 1] - service[:, i + 1])
            latest0[:, i] = np.where(inside, now0, latest0[:, i])
            latest1[:, i] = np.where(inside, now1, latest1[:, i])
        return latest0, latest1

    def insertions(
        self, visit: Visit, windows: Sequence[tuple[int, int]] | None = None, *, most: int = 3, ways: tuple[Any, Any] | None = None
    ) -> list[Insertion]:
        """For each window (the visit's own where none are given) the `most` cheapest shifts that can take the visit there, cheapest first.

        `ways` are the seconds from each place to the visit and from it to each place, where `problem.travel` doesn't know its place.
        """
        asked = np.array(visit.windows if windows is None else windows, np.int64).reshape(-1, 2)
        price = prices(Problem(shifts=self.problem.shifts, visits=(visit,), travel=None))[0].astype(np.int64)
        price = np.where(self._has_room(visit), price, -1)
        reach = (self.from_ <= asked[:, 1:]) & (self.until - visit.seconds >= asked[:, :1]) & (price >= 0)
        window, row = np.nonzero(reach)
        if not len(window):
            return []
        counts = self.size[row] + 1
        starts = np.concatenate(([0], np.cumsum(counts)))[:-1]
        leg = np.repeat(self.first[row] - starts, counts) + np.arange(int(counts.sum()))
        pair = np.repeat(np.arange(len(row)), counts)
        way_to, way_on = self._ways(visit, ways)
        detour = way_to + way_on - self.way
        cost = detour * self.rate[self.row] + (self.opening + price)[self.row]
        begins, holds = self._test(visit.seconds, asked[window], pair, leg, way_to, way_on)
        ranked = np.where(holds, (cost[leg] << 24) + np.arange(len(leg)), NOWHERE)
        best = np.minimum.reduceat(ranked, starts)
        best = best[best < NOWHERE]
        best = best[np.lexsort((best, window[pair[best & 0xFFFFFF]]))] & 0xFFFFFF
        of = window[pair[best]]
        rank = np.arange(len(of)) - np.searchsorted(of, of)
        return [
            Insertion(
                window=int(window[pair[at]]),
                shift=self.problem.shifts[self.row[leg[at]]].id,
                position=int(self.position[leg[at]]),
                starts=int(begins[at]),
                detour=int(detour[leg[at]]),
                cost=int(cost[leg[at]]),
            )
            for at in best[rank < most]
        ]

    def _has_room(self, visit: Visit) -> Flags:
        if not visit.load:
            return np.ones(len(self.size), np.bool_)
        return np.array(
            [
                all(
                    have + more <= room
                    for have, more, room in zip(np.broadcast_to(used, len(visit.load)), visit.load, shift.room, strict=False)
                )
                for used, shift in zip(self.used, self.problem.shifts, strict=True)
            ]
        )

    def _ways(self, visit: Visit, ways: tuple[Any, Any] | None) -> tuple[Ints, Ints]:
        """To the visit and on, for each leg."""
        if ways is None:
            here = np.full(len(self.before), visit.place)
            way_to, way_on = self.problem.travel[self.before, here], self.problem.travel[here, self.after]
        else:
            way_to, way_on = np.asarray(ways[0])[self.before], np.asarray(ways[1])[self.after]
        return np.asarray(way_to, np.int64), np.asarray(way_on, np.int64) * self.onward

    def _test(self, seconds: int, windows: Ints, pair: Ints, leg: Ints, way_to: Ints, way_on: Ints) -> tuple[Ints, Flags]:
        """When the visit would begin, and whether the day holds, for each pair of a window and a leg."""
        due, to, on, row = self.due[leg], way_to[leg], way_on[leg], self.row[leg]
        opens, closes = windows[pair, 0], windows[pair, 1]
        at0 = due + to
        rested = np.where(due <= self.rest_until[row], np.maximum(at0, self.rest_from[row]) + self.rest_length[row], NEVER)
        begin0 = np.maximum(at0, opens)
        begin1 = np.maximum(np.minimum(self.taken[leg] + to, rested), opens)
        holds0 = (begin0 <= closes) & _meets(self, leg, begin0 + seconds, np.full(len(leg), NEVER), on)
        holds1 = (begin1 <= closes) & (begin1 + seconds + on <= self.latest1[leg])
        return np.where(holds0, begin0, begin1), holds0 | holds1


def _meets(board: Board, leg: Ints, due: Ints, taken: Ints, way: Ints) -> Flags:
    """Whether who leaves then with the break due, or with it taken, is at the end of the leg in time."""
    row = board.row[leg]
    rested = np.maximum(due + way, board.rest_from[row]) + board.rest_length[row]
    rests = (due <= board.rest_until[row]) & (rested <= board.latest1[leg])
    return (due + way <= board.latest0[leg]) | rests | (taken + way <= board.latest1[leg])


def _earliest(opens: Ints, closes: Ints, at: Ints) -> Ints:
    """The first moment from `at` on in one of the windows."""
    starts = np.maximum(opens, at[:, None])
    return np.where(starts <= closes, starts, NEVER).min(axis=1)


def _latest(opens: Ints, closes: Ints, at: Ints) -> Ints:
    """The last moment up to `at` in one of the windows."""
    starts = np.minimum(closes, at[:, None])
    return np.where(starts >= opens, starts, -NEVER).max(axis=1)
