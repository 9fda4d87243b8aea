"""A plan under way is mended: who fell ill is stood in for and what is urgent is put in, with few others moved."""

import json
from pathlib import Path

import msgspec
import pytest

from service.planner.case import read_case
from service.planner.records import Budget, Problem, Visit
from service.planner.schedule import schedule
from service.planner.solve import solve
from tests.planner.days import day

NOON = 11 * 3600


def change(one: Visit, **changes: object) -> Visit:
    return msgspec.structs.replace(one, **changes)


@pytest.fixture
def whole_day(tmp_path: Path) -> Problem:
    (tmp_path / "day.json").write_text(json.dumps(day(2, 25, 200)))
    return read_case(tmp_path / "day.json")


def test_an_illness_and_emergencies_at_eleven_move_few_others(whole_day: Problem) -> None:
    plan = solve(whole_day, budget=Budget(iterations=20_000))
    visits = {visit.id: visit for visit in whole_day.visits}
    rest, shifts = {}, []
    for shift in whole_day.shifts:  # each begins anew where and when they are free; T3 is ill
        route = schedule(shift, [visits[name] for name in plan.routes.get(shift.id, ())], whole_day.travel)
        assert route is not None
        begun = [stop for i, stop in enumerate(route.stops) if (route.stops[i - 1].leaves if i else shift.from_) <= NOON]
        rest[shift.id] = plan.routes.get(shift.id, ())[len(begun) :]
        free = {"start": visits[begun[-1].visit].place, "from_": begun[-1].leaves} if begun else {}
        rested = {"rest": None} if route.rests_before is not None and route.rests_before < len(begun) else {}
        shifts.append(msgspec.structs.replace(shift, **free, **rested))
    ill = rest.pop("T3")
    urgent = [
        change(visits[f"V{i}"], id=f"E{i}", windows=((NOON, NOON + 4 * 3600),), points=1000, skills={f"{i % 5}": 1}) for i in range(1, 6)
    ]
    open_ = [visits[name] for names in (*rest.values(), ill) for name in names]
    problem = Problem(shifts=tuple(s for s in shifts if s.id != "T3"), visits=(*open_, *urgent), travel=whole_day.travel)
    mended = solve(problem, budget=Budget(iterations=20_000), start=rest, stay_cost=1200)
    home = {name: shift for shift, names in rest.items() for name in names}
    moved = [name for shift, names in mended.routes.items() for name in names if name in home and home[name] != shift]
    assert ill
    assert mended.left_out == {}
    assert len(moved) <= 9


def test_what_is_pinned_stays_and_is_served_first(whole_day: Problem) -> None:
    plan = solve(whole_day, budget=Budget(iterations=5_000))
    shift, names = next(iter(plan.routes.items()))
    pinned = tuple(
        change(visit, only=frozenset({shift}), points=100_000) if visit.id in names else visit for visit in whole_day.visits
    )  # fmt: skip
    crowded = (*pinned, *(change(visit, id=f"more {visit.id}") for visit in whole_day.visits))
    again = solve(msgspec.structs.replace(whole_day, visits=crowded), budget=Budget(iterations=5_000), start=plan.routes)
    assert set(names) <= set(again.routes[shift])
    assert again.left_out


def test_a_dearer_technician_is_asked_last(whole_day: Problem) -> None:
    dear = tuple(change(visit, prices={"T1": 50_000}) for visit in whole_day.visits)
    plan = solve(msgspec.structs.replace(whole_day, visits=dear), budget=Budget(iterations=5_000))
    assert "T1" not in plan.routes
    assert plan.left_out == {}
