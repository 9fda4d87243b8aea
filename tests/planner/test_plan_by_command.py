"""`sayso plan` reads the two formats, answers as they say, and refuses what isn't one."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from service.cli.plan import command
from tests.planner.checker import case_faults, solomon_faults
from tests.planner.days import day, instance

ROOT = Path(__file__).parents[2]
SHORT = ("--iterations", "300", "--json")


def plan(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command, [f"{argument}" for argument in arguments])


def answer(*arguments: str | Path) -> dict[str, Any]:
    result = plan(*arguments, *SHORT)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "day.json"
    path.write_text(json.dumps(day(1, 6, 50)))
    return path


@pytest.mark.parametrize("seed,wide,horizon", [(1, 30, 300), (2, 400, 1200), (3, 5, 250)])
def test_an_instance_is_planned_without_a_fault(tmp_path: Path, seed: int, wide: int, horizon: int) -> None:
    text = instance(seed, 60, wide=wide, horizon=horizon)
    (tmp_path / "made.txt").write_text(text)
    found = answer("--solomon", tmp_path / "made.txt")
    assert found.keys() == {"routes", "distance", "seconds"}
    assert solomon_faults(text, found) == []


@pytest.mark.parametrize("technicians,visits", [(6, 50), (3, 60), (20, 20), (1, 1)])
def test_a_day_is_planned_without_a_fault(tmp_path: Path, technicians: int, visits: int) -> None:
    case = day(technicians, technicians, visits)
    (tmp_path / "day.json").write_text(json.dumps(case))
    found = answer("--case", tmp_path / "day.json")
    assert found.keys() == {"routes", "left_out", "travel_seconds"}
    assert case_faults(case, found) == []


def test_a_day_without_breaks_has_none(tmp_path: Path) -> None:
    case = day(4, 4, 20)
    for technician in case["technicians"]:
        del technician["break"]
    (tmp_path / "day.json").write_text(json.dumps(case))
    found = answer("--case", tmp_path / "day.json")
    assert case_faults(case, found) == []
    assert not any("BREAK" in route for route in found["routes"].values())


def test_iterations_and_a_seed_give_the_same_plan(written: Path) -> None:
    first, second, other = answer("--case", written), answer("--case", written), answer("--case", written, "--seed", "7")
    assert first == second
    assert first["routes"] != other["routes"]


def test_without_json_people_can_read_it(written: Path, tmp_path: Path) -> None:
    shown = plan("--case", written, "--iterations", "50").stdout
    assert "technician" in shown
    assert "h of travel" in shown
    (tmp_path / "made.txt").write_text(instance(1, 20))
    assert "distance" in plan("--solomon", tmp_path / "made.txt", "--iterations", "50").stdout


def test_names_are_shown_as_they_are_written(tmp_path: Path) -> None:
    case = day(1, 1, 1)
    case["technicians"][0]["id"] = case["visits"][0]["id"] = "[/b]"
    (tmp_path / "day.json").write_text(json.dumps(case))
    shown = plan("--case", tmp_path / "day.json", "--iterations", "50")
    assert (shown.exit_code, "[/b]" in shown.stdout) == (0, True)


def test_the_example_in_the_help_is_a_day_that_is_planned(tmp_path: Path) -> None:
    shown = plan("--help").stdout
    example = shown[shown.index("{") : shown.rindex("}") + 1]
    (tmp_path / "day.json").write_text(example)
    found = answer("--case", tmp_path / "day.json")
    assert case_faults(json.loads(example), found) == []
    assert sorted(name for route in found["routes"].values() for name in route) == ["BREAK", "bea", "carl"]


def test_seconds_are_cpu_seconds_of_the_search(tmp_path: Path) -> None:
    (tmp_path / "made.txt").write_text(instance(1, 30))
    found = json.loads(plan("--solomon", tmp_path / "made.txt", "--seconds", "0.3", "--json").stdout)
    assert 0.3 <= found["seconds"] < 0.6


def broken_day(**changes: Any) -> str:
    return json.dumps(day(1, 2, 3) | changes)


def visit(**changes: Any) -> list[dict[str, Any]]:
    return [day(1, 2, 3)["visits"][0] | changes]


BAD_DAYS = {
    "not JSON": ("{", "isn't a day to plan"),
    "not a day": ("[]", "Expected `object`"),
    "no technician": (broken_day(technicians=[]), "$.technicians"),
    "a visit without a window": (broken_day(visits=visit(windows=[])), "windows"),
    "a window that closes first": (broken_day(visits=visit(windows=[["10:00", "09:00"]])), "closes before it opens"),
    "no time of day": (broken_day(visits=visit(windows=[["10:00", "25:00"]])), "windows"),
    "a visit twice": (broken_day(visits=visit() * 2), "names visit V1 twice"),
    "a visit called like the break": (broken_day(visits=visit(id="BREAK")), "stands for the break"),
    "another way to travel": (broken_day(travel={"kind": "osrm"}), "$.travel"),
    "no speed": (broken_day(travel={"kind": "euclid", "detour": 1, "km_per_h": 0, "round": "nearest second"}), "km_per_h"),
    "hardly any speed": (broken_day(travel={"kind": "euclid", "detour": 1, "km_per_h": 5e-324, "round": "nearest second"}), "km_per_h"),
    "a name that acts on the screen": (broken_day(visits=visit(id="\x1b[2J")), "visits[0].id"),
    "a name in brackets, twice": (broken_day(visits=visit(id="[/b]") * 2), "names visit [/b] twice"),
    "places beyond reach": (
        broken_day(visits=visit(x=2e7), travel={"kind": "euclid", "detour": 1, "km_per_h": 0.1, "round": "nearest second"}),
        "too far",
    ),
}
BAD_INSTANCES = {
    "empty": ("", "isn't in Solomon's format"),
    "no customers": ("x\n\nVEHICLE\nNUMBER CAPACITY\n 5 100\n", "no rows of customers"),
    "a word for a number": (instance(1, 3).replace("    0     50 ", "    0  north "), "seven numbers"),
    "a number too few": (instance(1, 3) + "  4 5 6\n", "seven numbers"),
    "a customer too many": (instance(1, 3) + "  7 5 6 1 0 100 10\n", "customer 4 is expected"),
    "due before ready": (instance(1, 3) + "  4 5 6 1 100 50 10\n", "before the ready time"),
    "no vehicle": (instance(1, 3).replace("  3         200", "  0         200"), "0 vehicles"),
}


@pytest.mark.parametrize("name", BAD_DAYS)
def test_a_file_that_is_no_day_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    text, says = BAD_DAYS[name]
    (tmp_path / "day.json").write_text(text)
    result = plan("--case", tmp_path / "day.json", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


@pytest.mark.parametrize("name", BAD_INSTANCES)
def test_a_file_that_is_no_instance_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    text, says = BAD_INSTANCES[name]
    (tmp_path / "bad.txt").write_text(text)
    result = plan("--solomon", tmp_path / "bad.txt", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr


def test_a_file_that_isnt_there_or_isnt_one_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        for option in ("--case", "--solomon"):
            assert plan(option, path).exit_code == 2
    assert plan().exit_code == 2
    assert plan("--case", tmp_path / "a", "--solomon", tmp_path / "b").exit_code == 2


def test_without_a_compiler_the_plan_is_the_same(tmp_path: Path) -> None:
    case = day(5, 3, 15)
    (tmp_path / "day.json").write_text(json.dumps(case))
    call = [sys.executable, "-m", "service.cli", "plan", "--case", tmp_path / "day.json", "--iterations", "30", "--json"]
    plain = subprocess.run(call, env=os.environ | {"NUMBA_DISABLE_JIT": "1"}, capture_output=True, text=True, check=True, cwd=ROOT)
    assert json.loads(plain.stdout) == json.loads(plan("--case", tmp_path / "day.json", "--iterations", "30", "--json").stdout)
    assert plain.stderr == ""


def test_what_answers_requests_loads_no_compiler() -> None:
    asks = "import sys, service.app; print('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip() == "False"
