"""No plan ever breaks a hard rule, and the constant-time test says what a simulation says."""

import random
from itertools import count, pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.planner.facts import TIMES
from service.planner.kernel import fits, priced_with, put_in, row, take_out, timed
from service.planner.problem import arrays, empty
from service.planner.records import Break, Budget, Problem, Shift, Visit
from service.planner.schedule import schedule
from service.planner.solve import begin, routing, solve, work

LENGTH = 200
"""Times are small, so that a break can be tried at every moment."""


def drivable(shift: Shift, visits: list[Visit], travel: Any) -> bool:
    """Whether the route can be driven: every leg and every moment is tried for the break."""
    legs = range(len(visits) + 1) if shift.rest and visits else [None]
    return any(_ends(shift, visits, travel, leg) <= shift.until + shift.overtime for leg in legs)


def _ends(shift: Shift, visits: list[Visit], travel: Any, rest_leg: int | None) -> float:
    now: float = shift.from_
    places = [shift.start, *(visit.place for visit in visits), shift.end]
    for leg, (a, b) in enumerate(pairwise(places)):
        way = 0 if b is None else int(travel[a, b])
        ready: float = now + way
        if leg == rest_leg and shift.rest is not None:
            moments = [moment for moment in range(shift.rest.earliest, shift.rest.latest + 1) if moment >= now]
            rested = [
                max(moment, now + way) + shift.rest.seconds if moment >= now + way else ready + shift.rest.seconds for moment in moments
            ]
            ready = min(rested, default=float("inf"))
        now = ready
        if leg < len(visits):
            starts = [max(now, opens) for opens, closes in visits[leg].windows if max(now, opens) <= closes]
            now = min(starts, default=float("inf")) + visits[leg].seconds
    return now


@st.composite
def problems(draw: st.DrawFn, most: int = 7) -> Problem:
    """A small problem with all that a problem may have."""
    lots = random.Random(draw(st.integers(0, 10**9)))
    places = lots.randint(2, 6)
    points = [(lots.randrange(30), lots.randrange(30)) for _ in range(places)]
    travel = np.array([[round(((a - c) ** 2 + (b - d) ** 2) ** 0.5) for c, d in points] for a, b in points], np.int32)
    paces = tuple(travel * factor for factor in (2, 3)[: lots.choice((0, 0, 1, 2))])
    shifts = []
    for r in range(lots.randint(1, 3)):
        from_ = lots.randrange(60)
        earliest = lots.randrange(LENGTH)
        rest = Break(earliest, earliest + lots.randrange(50), lots.randint(1, 20)) if lots.random() < 0.7 else None
        end = lots.randrange(places) if lots.random() < 0.8 else None
        skills = {skill: lots.randint(1, 3) for skill in "ab" if lots.random() < 0.8}
        shifts.append(
            Shift(
                id=f"T{r}",
                start=lots.randrange(places),
                end=end,
                from_=from_,
                until=from_ + lots.randrange(40, LENGTH),
                rest=rest,
                skills=skills,
                room=(lots.randint(2, 8),),
                rate=lots.randint(1, 2),
                opening=lots.choice((0, 50)),
                pace=lots.randint(0, len(paces)),
                work_rate=lots.choice((0, 0, 1)),
                overtime=(overtime := lots.choice((0, 0, 30))),
                overtime_rate=lots.randint(0, 3) if overtime else 0,
                load_rate=lots.choice((0, 0, 2)),
            )
        )
    visits = []
    for i in range(lots.randint(1, most)):
        edges = sorted(lots.sample(range(LENGTH), lots.choice((2, 2, 4))))
        visits.append(
            Visit(
                id=f"V{i}", place=lots.randrange(places), seconds=lots.randrange(25), windows=tuple(zip(edges[::2], edges[1::2], strict=True)),
                skills={lots.choice("ab"): lots.randint(1, 3)} if lots.random() < 0.4 else {}, points=lots.choice((1, 10, 40)),
                load=(lots.randint(0, 3),), only=frozenset({"T0"}) if lots.random() < 0.15 else None,
                prices={"T0": 3} if lots.random() < 0.2 else {}, price=lots.choice((0, 5)),
                late_after=edges[0] + lots.randrange(20), late_rate=lots.choice((0, 0, 0, 4)),
            )
        )  # fmt: skip
    return Problem(shifts=tuple(shifts), visits=tuple(visits), travel=travel, paces=paces)


def may(shift: Shift, visits: list[Visit]) -> bool:
    """Whether the shift may serve them together, time aside."""
    return sum(visit.load[0] for visit in visits) <= shift.room[0] and all(
        all(shift.skills.get(name, 0) >= level for name, level in visit.skills.items()) and (visit.only is None or shift.id in visit.only)
        for visit in visits
    )


def faults(problem: Problem, routes: dict[str, tuple[str, ...]]) -> list[str]:
    """Rules that the routes break."""
    visits, shifts = {visit.id: visit for visit in problem.visits}, {shift.id: shift for shift in problem.shifts}
    rows = {name: [visits[visit] for visit in route] for name, route in routes.items()}
    twice = [] if len([v for row in routes.values() for v in row]) == len({v for row in routes.values() for v in row}) else ["twice"]
    return twice + [
        name for name, row in rows.items() if not (may(shifts[name], row) and drivable(shifts[name], row, problem.ways(shifts[name])))
    ]


@settings(max_examples=200, deadline=None)
@given(problem=problems(), seed=st.integers(0, 1000))
def test_no_plan_breaks_a_rule_and_each_says_who_is_left_out(problem: Problem, seed: int) -> None:
    plan = solve(problem, budget=Budget(iterations=60), seed=seed)
    assert faults(problem, plan.routes) == []
    served = {name for route in plan.routes.values() for name in route}
    assert served | plan.left_out.keys() == {visit.id for visit in problem.visits}
    assert served & plan.left_out.keys() == set()
    assert plan.points == sum(visit.points for visit in problem.visits if visit.id in plan.left_out)


@settings(max_examples=150, deadline=None)
@given(problem=problems(), seed=st.integers(0, 1000))
def test_the_test_of_an_insertion_says_what_a_simulation_says(problem: Problem, seed: int) -> None:
    lots = random.Random(seed)
    start = {shift.id: lots.sample([visit.id for visit in problem.visits], len(problem.visits)) for shift in problem.shifts}
    f = arrays(problem)
    s, w = empty(f), work(f, seed)
    begin(problem, f, s, w, start)
    routes = routing(problem, f, s)
    numbers = {visit.id: i for i, visit in enumerate(problem.visits)}
    for visit in problem.visits:
        if any(visit.id in route for route in routes.values()):
            continue
        for r, shift in enumerate(problem.shifts):
            visits = routes.get(shift.id, ())
            nodes = [len(numbers) + r, *(numbers[name] for name in visits), len(numbers) + len(problem.shifts) + r]
            for at, (before, after) in enumerate(pairwise(nodes)):
                with_it = [problem.visits[numbers[name]] for name in (*visits[:at], visit.id, *visits[at:])]
                to, on = (
                    f.travel[row(f, r) + f.place[a], f.place[b]] for a, b in ((before, numbers[visit.id]), (numbers[visit.id], after))
                )
                holds = drivable(shift, with_it, problem.ways(shift))
                assert fits(f, s, r, before, numbers[visit.id], after, to, on) == holds
                assert (schedule(shift, with_it, problem.ways(shift)) is not None) == holds


def cheapest(shift: Shift, visits: list[Visit], travel: Any) -> int:
    """What being late, overtime and load cost at the least: every leg is tried for the break, taken at once."""
    if not visits:
        return 0
    places = [shift.start, *(visit.place for visit in visits), shift.end]
    work = sum(0 if b is None else int(travel[a, b]) for a, b in pairwise(places)) + sum(visit.seconds for visit in visits)
    found = []
    for rest_leg in range(len(visits) + 1) if shift.rest else [None]:
        now, cost = shift.from_, 0
        for leg, (a, b) in enumerate(pairwise(places)):
            left, now = now, now + (0 if b is None else int(travel[a, b]))
            if leg == rest_leg and shift.rest is not None:
                now = max(now, shift.rest.earliest) + shift.rest.seconds if left <= shift.rest.latest else 10**9
            if leg < len(visits):
                starts = min((max(now, opens) for opens, closes in visits[leg].windows if now <= closes), default=10**9)
                cost += max(0, starts - visits[leg].late_after) * visits[leg].late_rate
                now = starts + visits[leg].seconds
        if now <= shift.until + shift.overtime:
            found.append(cost + max(0, now - shift.until) * shift.overtime_rate)
    return min(found) + (work * work // max(1, 2 * (shift.until - shift.from_) // shift.load_rate) if shift.load_rate else 0)


@settings(max_examples=200, deadline=None)
@given(problem=problems(), seed=st.integers(0, 1000))
def test_a_plan_costs_what_its_days_cost(problem: Problem, seed: int) -> None:
    plan = solve(problem, budget=Budget(iterations=60), seed=seed)
    visits = {visit.id: visit for visit in problem.visits}
    cost = 0
    for shift in problem.shifts:
        names, ways = plan.routes.get(shift.id, ()), problem.ways(shift)
        places = [shift.start, *(visits[name].place for name in names), *([] if shift.end is None else [shift.end])]
        cost += shift.rate * sum(int(ways[a, b]) for a, b in pairwise(places)) + shift.opening if names else 0
        cost += sum(visits[name].prices.get(shift.id, visits[name].price) + visits[name].seconds * shift.work_rate for name in names)
        cost += cheapest(shift, [visits[name] for name in names], ways)
    assert plan.cost == cost


@settings(max_examples=150, deadline=None)
@given(problem=problems(), seed=st.integers(0, 1000))
def test_what_an_insertion_would_cost_is_what_it_costs(problem: Problem, seed: int) -> None:
    lots = random.Random(seed)
    f = arrays(problem)
    s, w = empty(f), work(f, seed)
    begin(
        problem, f, s, w, {shift.id: lots.sample([visit.id for visit in problem.visits], len(problem.visits)) for shift in problem.shifts}
    )
    for visit in [i for i in range(len(problem.visits)) if s.route[i] == -1]:
        for r, shift in enumerate(problem.shifts):
            before = len(problem.visits) + r
            while before < len(problem.visits) + len(problem.shifts):
                after = s.next[before]
                to, on = (f.travel[row(f, r) + f.place[a], f.place[b]] for a, b in ((before, visit), (visit, after)))
                if timed(f, r) and fits(f, s, r, before, visit, after, to, on):
                    said, was = priced_with(f, s, before, visit, to, on), s.costs[r, TIMES]
                    put_in(f, s, before, visit)
                    names = routing(problem, f, s)[shift.id]
                    least = cheapest(shift, [v for name in names for v in problem.visits if v.id == name], problem.ways(shift))
                    assert said == s.costs[r, TIMES] >= least
                    assert shift.rest is not None or said == least
                    take_out(f, s, visit)
                    assert s.costs[r, TIMES] == was
                before = after


@settings(max_examples=60, deadline=None)
@given(problem=problems(), seed=st.integers(0, 1000))
def test_the_same_seed_and_iterations_give_the_same_plan(problem: Problem, seed: int) -> None:
    first, second = (solve(problem, budget=Budget(iterations=40), seed=seed) for _ in range(2))
    assert (first.routes, first.left_out, first.cost) == (second.routes, second.left_out, second.cost)


@settings(max_examples=100, deadline=None)
@given(problem=problems(), seed=st.integers(0, 1000), stay_cost=st.integers(0, 50))
def test_planning_again_with_nothing_changed_changes_nothing(problem: Problem, seed: int, stay_cost: int) -> None:
    plan = solve(problem, budget=Budget(iterations=200), seed=seed)
    again = solve(problem, budget=Budget(iterations=200), seed=seed + 1, start=plan.routes, stay_cost=stay_cost)
    if again.points == plan.points:  # a longer search may find room for somebody
        assert again.routes == plan.routes


@pytest.mark.parametrize(
    "visit,why",
    [
        (Visit(id="a", place=1, seconds=10, windows=((0, 100),), skills={"gas": 2}), "NO_SKILL"),
        (Visit(id="a", place=1, seconds=10, windows=((500, 600),)), "NO_SHIFT"),
        (Visit(id="a", place=1, seconds=10, windows=((0, 100),), only=frozenset({"somebody else"})), "NO_SHIFT"),
        (Visit(id="a", place=2, seconds=10, windows=((0, 100),)), "TOO_FAR"),
        (Visit(id="a", place=1, seconds=190, windows=((0, 100),), points=0), "FULL"),
    ],
)
def test_who_is_left_out_is_told_why(visit: Visit, why: str) -> None:
    travel = np.array([[0, 1, 150], [1, 0, 150], [150, 150, 0]], np.int32)
    shift = Shift(id="t", start=0, end=0, from_=0, until=200, skills={"gas": 1})
    other = Visit(id="b", place=1, seconds=10, windows=((0, 200),), points=9)
    plan = solve(Problem(shifts=(shift,), visits=(visit, other), travel=travel), budget=Budget(iterations=50))
    assert plan.left_out == {"a": why}
    assert plan.routes == {"t": ("b",)}


def test_a_search_tells_how_far_it_is_and_stops_when_asked() -> None:
    told: list[tuple[float, int, int]] = []

    def hear(share: float, points: int, cost: int) -> bool:
        told.append((share, points, cost))
        return len(told) < 3

    travel = np.array([[0, 10], [10, 0]], np.int32)
    shift = Shift(id="t", start=0, end=0, from_=0, until=200)
    problem = Problem(shifts=(shift,), visits=(Visit(id="a", place=1, seconds=5, windows=((0, 100),)),), travel=travel)
    plan = solve(problem, budget=Budget(iterations=100_000), told=hear)
    assert [share for share, _, _ in told] == [0.0, 0.01, 0.02]
    assert plan.routes == {"t": ("a",)}
    assert plan.travel == 20


@settings(max_examples=20, deadline=None)
@given(problem=problems(), seed=st.integers(0, 1000))
def test_a_budget_of_seconds_is_used_by_the_clock_that_is_given(problem: Problem, seed: int) -> None:
    first, second = (solve(problem, budget=Budget(seconds=0.5), seed=seed, cpu=count(step=0.1).__next__) for _ in range(2))
    assert (first.routes, first.iterations, first.seconds) == (second.routes, second.iterations, second.seconds)
    assert first.seconds >= 0.5 or not problem.visits or not problem.shifts


def test_there_may_be_nothing_to_plan() -> None:
    shift = Shift(id="t", start=0, end=0, from_=0, until=200)
    plan = solve(Problem(shifts=(shift,), visits=(), travel=np.zeros((1, 1), np.int32)), budget=Budget(iterations=10))
    assert (plan.routes, plan.left_out, plan.travel) == ({}, {}, 0)
