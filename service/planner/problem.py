"""A problem as the arrays that the kernel works on."""

from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from service.planner.facts import (
    FROM,
    LOAD,
    NEVER,
    NORMAL,
    OPENING,
    OVERTIME,
    RATE,
    REST,
    REST_FROM,
    REST_UNTIL,
    ROW,
    TIMED,
    UNTIL,
    Facts,
    Ints,
    Routes,
    Small,
)
from service.planner.kernel import open_shift
from service.planner.prices import prices
from service.planner.records import Problem

NEAR, NEAR_SHIFTS, ADJACENT = 40, 10, 100
WAITING, WARP = 0.2, 1.0


def arrays(problem: Problem, *, homes: Mapping[str, str] | None = None, stay_cost: int = 0) -> Facts:
    """The problem as arrays. `homes` names the shift that a visit is in now; any other costs `stay_cost` more."""
    visits, shifts = problem.visits, problem.shifts
    counts = [len(visit.windows) for visit in visits]
    ways, ends = with_open_end(problem)
    travel = ways[0]
    place = np.array([v.place for v in visits] + [s.start for s in shifts] + ends, np.int64)
    opens = np.array([w[0] for v in visits for w in v.windows], np.int64)
    closes = np.array([w[1] for v in visits for w in v.windows], np.int64)
    window_of = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    service = np.array([v.seconds for v in visits], np.int64)
    points = np.array([v.points for v in visits], np.int64)
    kinds = max((len(s.room) for s in shifts), default=0)
    price = prices(problem)
    home = keep_home(problem, price, homes or {}, stay_cost)
    first, last = opens[window_of[:-1]], closes[window_of[1:] - 1]
    before, after, near = neighbours(travel[np.ix_(place[: len(visits)], place[: len(visits)])], first, last, service)
    return Facts(
        travel=(stacked := np.concatenate(ways)),
        back=stacked if all(np.array_equal(way, way.T) for way in ways) else np.concatenate([way.T for way in ways]),
        place=place,
        window_of=window_of,
        opens=opens,
        closes=closes,
        service=service,
        points=points,
        load=np.array([(*v.load, *(0,) * (kinds - len(v.load))) for v in visits], np.int64).reshape(len(visits), kinds),
        price=price,
        room=np.array([(*s.room, *(NEVER,) * (kinds - len(s.room))) for s in shifts], np.int64).reshape(len(shifts), kinds),
        day=days(problem, len(travel)),
        home=home,
        near_before=before,
        near_after=after,
        near=near,
        near_shifts=near_shifts(problem, travel, price, ends),
        twin=twins(problem, price),
        orders=orders(problem, price, first, last, service, points, travel),
        whether=np.zeros((1, 1) if rich(problem) else 1, np.int64),
        late=np.array([(v.late_after, v.late_rate) for v in visits], np.int64).reshape(len(visits), 2),
    )


def rich(problem: Problem) -> bool:
    """Whether anybody has a pace of their own, or times or load cost anything."""
    shifts = any(shift.pace or shift.load_rate or (shift.overtime and shift.overtime_rate) for shift in problem.shifts)
    return shifts or any(visit.late_rate for visit in problem.visits)


def days(problem: Problem, places: int) -> Ints:
    """What the kernel knows of each shift, by its names."""
    late = any(visit.late_rate for visit in problem.visits)
    found = np.zeros((len(problem.shifts), LOAD + 1), np.int64)
    for shift, row in zip(problem.shifts, found, strict=True):
        row[[FROM, UNTIL, NORMAL]] = shift.from_, shift.until + shift.overtime, shift.until
        row[[REST_FROM, REST_UNTIL, REST]] = (
            (shift.rest.earliest, shift.rest.latest, shift.rest.seconds) if shift.rest else (NEVER, -NEVER, 0)
        )
        row[[ROW, RATE, OPENING, OVERTIME]] = shift.pace * places, shift.rate, shift.opening, shift.overtime_rate
        row[LOAD] = max(1, 2 * (shift.until - shift.from_) // shift.load_rate) if shift.load_rate else 0
        row[TIMED] = late or row[LOAD] or (shift.overtime and shift.overtime_rate)
    return found


def with_open_end(problem: Problem) -> tuple[list[Small], list[int]]:
    """The matrix of each pace, with one more place that is near to all if some day ends anywhere; and the end of each shift."""
    ways = [np.ascontiguousarray(travel, np.int32) for travel in (problem.travel, *problem.paces)]
    if all(shift.end is not None for shift in problem.shifts):
        return ways, [shift.end for shift in problem.shifts if shift.end is not None]
    anywhere = len(ways[0])
    return [np.pad(travel, (0, 1)) for travel in ways], [anywhere if shift.end is None else shift.end for shift in problem.shifts]


def keep_home(problem: Problem, price: Small, homes: Mapping[str, str], stay_cost: int) -> Ints:
    """Lets every shift but the one it is in now cost a visit more; that shift of each visit, -1 where there is none."""
    number = {shift.id: r for r, shift in enumerate(problem.shifts)}
    found = np.full(len(problem.visits), -1, np.int64)
    for i, visit in enumerate(problem.visits):
        home = number.get(homes.get(visit.id, ""), -1)
        if home >= 0 and price[i, home] >= 0:
            others = price[i] >= 0
            others[home] = False
            price[i, others] += stay_cost
            found[i] = home
    return found


def neighbours(way: Small, first: Ints, last: Ints, service: Ints) -> tuple[Ints, Ints, Ints]:
    """For each visit its good predecessors, its good successors (by the way, 0.2 of the waiting, and only in an order that time allows), and its nearest."""
    count = len(way)
    arrives_first = (first + service)[:, None] + way
    arrives_last = (last + service)[:, None] + way
    cost = way + WAITING * np.maximum(0, first[None, :] - arrives_last) + WARP * np.maximum(0, arrives_first - last[None, :])
    cost[arrives_first > last[None, :]] = np.inf
    np.fill_diagonal(cost, np.inf)
    near = best_of(way.astype(np.float64), min(ADJACENT, count))
    return best_of(cost.T, NEAR), best_of(cost, NEAR), near


def best_of(cost: NDArray[np.float64], most: int) -> Ints:
    """The columns of the `most` least numbers of each row, in order; -1 for those that are infinite."""
    count = cost.shape[1]
    some = np.argpartition(cost, min(most, count - 1), axis=1)[:, :most] if most < count else np.tile(np.arange(count), (len(cost), 1))
    values = np.take_along_axis(cost, some, axis=1)
    order = np.argsort(values, axis=1, kind="stable")
    best = np.take_along_axis(some, order, axis=1)
    best[np.isinf(np.take_along_axis(values, order, axis=1))] = -1
    return np.ascontiguousarray(best)


def near_shifts(problem: Problem, travel: Small, price: Small, ends: list[int]) -> Ints:
    """For each visit the shifts that begin or end nearest, of those that may serve it."""
    places = np.array([visit.place for visit in problem.visits], np.int64)
    starts = np.array([shift.start for shift in problem.shifts], np.int64)
    if len({(shift.start, shift.end) for shift in problem.shifts}) == 1:
        return np.full((len(places), 1), -1, np.int64)
    out, home = travel[np.ix_(starts, places)].T, travel[np.ix_(places, np.array(ends))]
    cost = np.minimum(out, home).astype(np.float64)
    cost[price < 0] = np.inf
    return best_of(cost, NEAR_SHIFTS)


def twins(problem: Problem, price: Small) -> Ints:
    """A number for each shift; the same for those that are alike but for their name."""
    numbers: dict[object, int] = {}
    keys = [
        (msgspec.json.encode(msgspec.structs.replace(s, id="", skills={})), price[:, r].tobytes()) for r, s in enumerate(problem.shifts)
    ]
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int64)


def orders(problem: Problem, price: Small, first: Ints, last: Ints, service: Ints, points: Ints, travel: Small) -> Ints:
    """Keys by which visits are put back, least first: points, few who may, long or big, narrow, early, late, far, near."""
    places = np.array([visit.place for visit in problem.visits], np.int64)
    starts = np.array([shift.start for shift in problem.shifts], np.int64)
    far = travel[np.ix_(starts, places)].min(axis=0).astype(np.int64)
    wide = np.array([sum(b - a for a, b in visit.windows) for visit in problem.visits], np.int64)
    big = np.array([sum(visit.load) for visit in problem.visits], np.int64)
    who = (price >= 0).sum(axis=1).astype(np.int64)
    return np.stack([-points, who * 4096 + np.minimum(wide // 60, 4095), -service - big, wide, first, -last, -far, far]).astype(np.int64)


def empty(facts: Facts) -> Routes:
    """A plan with nobody in it."""
    visits, shifts, kinds = len(facts.service), len(facts.day), facts.room.shape[1]
    nodes = visits + 2 * shifts
    s = Routes(
        next=np.full(nodes, -1, np.int64),
        prev=np.full(nodes, -1, np.int64),
        leg=np.zeros(nodes, np.int64),
        route=np.full(nodes, -1, np.int64),
        leaves0=np.full(nodes, NEVER, np.int64),
        leaves1=np.full(nodes, NEVER, np.int64),
        latest0=np.full(nodes, -NEVER, np.int64),
        latest1=np.full(nodes, -NEVER, np.int64),
        used=np.zeros((shifts, kinds), np.int64),
        size=np.zeros(shifts, np.int64),
        lateness=np.zeros((nodes, 2), np.int64),
        costs=np.zeros((shifts, 2), np.int64),
    )
    for r in range(shifts):
        open_shift(facts, s, r)
    return s
