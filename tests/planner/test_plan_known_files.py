"""The files that others measure themselves by; collected where they are."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from service.cli.plan import command
from tests.planner.checker import case_faults, solomon_faults

SHARED = Path(__file__).parents[3] / "shared" / "routing"


def answer(option: str, path: Path) -> dict[str, Any]:
    result = CliRunner().invoke(command, [option, f"{path}", "--iterations", "3000", "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("path", sorted(SHARED.glob("*.txt")), ids=lambda path: path.stem)
def test_an_instance_is_planned_without_a_fault(path: Path) -> None:
    assert solomon_faults(path.read_text(), answer("--solomon", path)) == []


@pytest.mark.parametrize("path", sorted(SHARED.glob("field-*.json")), ids=lambda path: path.stem)
def test_a_day_is_planned_without_a_fault_and_nobody_is_left_out(path: Path) -> None:
    found = answer("--case", path)
    assert case_faults(json.loads(path.read_text()), found) == []
    assert found["left_out"] == []
