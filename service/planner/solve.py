"""From a problem to a plan, within a budget."""

import time
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from service.planner.facts import TIMED, Facts, Routes
from service.planner.kernel import load
from service.planner.places import FAR, find_empty
from service.planner.problem import arrays, empty
from service.planner.reasons import reason
from service.planner.records import Budget, Plan, Problem
from service.planner.schedule import schedule
from service.planner.search import anneal, append, fill, keep_best, restore_best
from service.planner.work import BEST_COST, BEST_POINTS, COST, LEFT_OUT, POINTS, Work, leave_out, take_in

ASIDE = -2  # the route of a visit that fits nowhere
HOT, COLD = 0.3, 0.01  # temperatures, of the mean leg
POINT = 1.5  # what a point left out weighs while searching, of the mean leg; the best plan is judged by points first
CHUNK_S, CHUNK = 0.05, 1000
WEIGHTS = (0.0, 0.0, 4.0, 2.0, 2.0, 2.0, 2.0, 1.0, 4.0)  # how often each order is taken; the last is random

Routing = Mapping[str, Sequence[str]]
"""Visits in order, by shift."""
Cpu = Callable[[], float]
"""The seconds of CPU used so far: what a budget of seconds goes by, and nothing else."""
Told = Callable[[float, int, int], bool]
"""Hears what share of the budget is used, the points left out and the cost of the best plan so far; answers whether to go on."""


def solve(
    problem: Problem,
    *,
    budget: Budget,
    seed: int = 0,
    start: Routing | None = None,
    stay_cost: int | None = None,
    told: Told | None = None,
    cpu: Cpu = time.thread_time,
) -> Plan:
    """The best plan found. The same problem, seed and iterations give the same plan.

    `start` is a plan to begin with; what of it doesn't hold any more is planned anew. With `stay_cost`, what it costs to serve a visit in another
    shift than in `start`, a plan is mended, not polished: where nothing is to be put in or nothing can be, it stays as it is.
    """
    began = cpu()
    start = start or {}
    if not problem.visits or not problem.shifts:
        left_out = {visit.id: reason(problem, visit, fits_alone=False) for visit in problem.visits}
        return Plan(routes={}, left_out=left_out, points=sum(visit.points for visit in problem.visits), travel=0, cost=0)
    homes = {visit: shift for shift, visits in start.items() for visit in visits} if stay_cost is not None else None
    f = arrays(problem, homes=homes, stay_cost=stay_cost or 0)
    s, w = empty(f), work(f, seed)
    begin(problem, f, s, w, start)
    waiting = w.sums[LEFT_OUT]
    fill(f, s, w)
    keep_best(s, w)
    filled, points, helped = routing(problem, f, s), w.sums[POINTS], w.sums[LEFT_OUT] < waiting
    if stay_cost is not None and waiting == 0:
        return plan_of(problem, f, filled, steps=0, seconds=cpu() - began)
    steps = search(f, s, w, stay_cost=stay_cost or 0, budget=budget, began=began, told=told, cpu=cpu)
    restore_best(f, s, w)
    fill(f, s, w)
    found = routing(problem, f, s)
    if stay_cost is not None:
        found = in_their_order(found, filled) if helped or w.sums[POINTS] < points else filled
    return plan_of(problem, f, found, steps=steps, seconds=cpu() - began)


def search(f: Facts, s: Routes, w: Work, *, stay_cost: int, budget: Budget, began: float, told: Told | None, cpu: Cpu) -> int:
    """Anneals until the budget is used; the steps made. With iterations, nothing depends on how fast the machine is."""
    served = len(f.service) - w.sums[LEFT_OUT]
    leg = max(1.0, w.sums[COST] / (served + (s.size > 0).sum() + 1))
    hot, cold, weight = HOT * leg, COLD * leg, POINT * (leg + stay_cost / 2)
    done, chunk, share, allowed = 0, CHUNK, 0.0, budget.seconds or 0.0
    while share < 1 and (told is None or told(share, int(w.sums[BEST_POINTS]), int(w.sums[BEST_COST]))):
        entered = cpu()
        if budget.iterations is not None:
            chunk = min(CHUNK, budget.iterations - done)
            ahead = (done + chunk) / budget.iterations
        else:
            ahead = min(1.0, share + CHUNK_S / allowed)
        anneal(f, s, w, chunk, hot * (cold / hot) ** share, hot * (cold / hot) ** ahead, weight)
        done += chunk
        if budget.iterations is not None:
            share = ahead
        else:
            now = cpu()
            share = (now - began) / allowed
            chunk = max(10, int(chunk * min(2.0, CHUNK_S / max(1e-6, now - entered))))
    return done


def work(f: Facts, seed: int) -> Work:
    """What a search remembers, with every visit left out."""
    visits, shifts = len(f.service), len(f.day)
    weights = np.cumsum(np.array(WEIGHTS)) / sum(WEIGHTS)
    weights[-1] = 1.0
    w = Work(
        random=np.array([(0x9E3779B97F4A7C15 ^ ((seed + 1) * 0xBF58476D1CE4E5B9)) & (2**64 - 1) or 1], np.uint64),
        sums=np.zeros(10, np.int64),
        left_out=np.zeros(visits + 1, np.int64),
        place_out=np.full(visits, -1, np.int64),
        left_before=np.zeros(visits + 1, np.int64),
        taken=np.zeros(visits + 1, np.int64),
        keys=np.zeros(visits + 1, np.int64),
        touched=np.zeros(shifts + 1, np.int64),
        touched_at=np.full(shifts, -1, np.int64),
        saved=np.zeros(visits + 1, np.int64),
        saved_from=np.zeros(shifts + 2, np.int64),
        best_next=np.zeros(visits + 2 * shifts, np.int64),
        best_route=np.zeros(visits + 2 * shifts, np.int64),
        weights=weights,
        twins=np.zeros(shifts + 1, np.int64),
    )
    for visit in np.lexsort((f.orders[4], f.orders[1], -f.points)):
        leave_out(f, w, visit)
    return w


def begin(problem: Problem, f: Facts, s: Routes, w: Work, start: Routing) -> None:
    """Sets aside who fits nowhere even in an empty plan, then drives `start` as far as it holds."""
    for visit in range(len(f.service)):
        if find_empty(f, s, w, visit, FAR)[0] < 0:
            take_in(f, w, visit)
            s.route[visit] = ASIDE
    number = {visit.id: i for i, visit in enumerate(problem.visits)}
    for r, shift in enumerate(problem.shifts):
        for name in start.get(shift.id, ()):
            visit = number.get(name, -1)
            if visit >= 0 and w.place_out[visit] >= 0:
                append(f, s, w, visit, r)


def routing(problem: Problem, f: Facts, s: Routes) -> dict[str, tuple[str, ...]]:
    """The routes that have visits, by name."""
    found = {}
    for r, shift in enumerate(problem.shifts):
        names, node = [], s.next[len(f.service) + r]
        while node < len(f.service):
            names.append(problem.visits[node].id)
            node = s.next[node]
        if names:
            found[shift.id] = tuple(names)
    return found


def in_their_order(found: dict[str, tuple[str, ...]], before: Routing) -> dict[str, tuple[str, ...]]:
    """The routes, those with the same visits as before in the order that they had."""
    return {shift: tuple(before[shift]) if set(before.get(shift, ())) == set(visits) else visits for shift, visits in found.items()}


def plan_of(problem: Problem, f: Facts, routes: dict[str, tuple[str, ...]], *, steps: int, seconds: float) -> Plan:
    """The plan with its figures, added up from the problem itself."""
    visits = {visit.id: visit for visit in problem.visits}
    served = {name for names in routes.values() for name in names}
    travel = cost = 0
    for r, shift in enumerate(problem.shifts):
        names = routes.get(shift.id, ())
        places = [shift.start, *(visits[name].place for name in names), *([] if shift.end is None else [shift.end])]
        ways = problem.ways(shift)
        driven = sum(int(ways[a, b]) for a, b in pairwise(places)) if names else 0
        travel += driven
        cost += driven * shift.rate + (shift.opening if names else 0)
        cost += sum(visits[name].prices.get(shift.id, visits[name].price) + visits[name].seconds * shift.work_rate for name in names)
        if names and f.day[r, TIMED]:
            route = schedule(shift, [visits[name] for name in names], ways)
            cost += 0 if route is None else route.cost
            cost += int(load(f, r, driven + sum(visits[name].seconds for name in names)))
    alone, w = empty(f), work(f, 0)
    left_out = {
        visit.id: reason(problem, visit, fits_alone=find_empty(f, alone, w, i, FAR)[0] >= 0)
        for i, visit in enumerate(problem.visits)
        if visit.id not in served
    }
    points = sum(visits[name].points for name in left_out)
    return Plan(routes=routes, left_out=left_out, points=points, travel=travel, cost=cost, iterations=steps, seconds=seconds)
