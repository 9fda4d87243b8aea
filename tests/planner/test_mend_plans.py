"""A plan under way is mended: who fell ill is stood in for and what is urgent is put in, with few others moved."""

import json
from pathlib import Path

import msgspec
import pytest

from service.planner.case import read_case
from service.planner.records import Budget, Problem, Visit
from service.planner.solve import solve
from tests.planner.days import day
from tests.planner.eleven import EMERGENCIES, STAY, at_eleven, moved


def change(one: Visit, **changes: object) -> Visit:
    return msgspec.structs.replace(one, **changes)


@pytest.fixture
def whole_day(tmp_path: Path) -> Problem:
    (tmp_path / "day.json").write_text(json.dumps(day(2, 25, 200)))
    return read_case(tmp_path / "day.json")


@pytest.mark.parametrize("ill", ["T3", "T11", "T19"])
def test_an_illness_and_ten_emergencies_at_eleven_move_few_others(whole_day: Problem, ill: str) -> None:
    plan = solve(whole_day, budget=Budget(iterations=20_000))
    day_left = at_eleven(whole_day, plan, ill=ill, seed=1)
    assert day_left.to_place > EMERGENCIES
    mended = solve(day_left.problem, budget=Budget(iterations=20_000), start=day_left.start, stay_cost=STAY)
    assert mended.left_out == {}
    assert moved(day_left.start, mended) <= 9


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
