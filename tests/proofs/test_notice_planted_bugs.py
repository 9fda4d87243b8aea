"""Every planted bug turns the tests named for it red, and without it they are green."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.proofs.planted import PLANTED, Bug, Change

LEFT_BEHIND = (".git", ".venv", ".sayso", "__pycache__", ".*_cache", ".hypothesis", "docs", "build", "dist")
WITHIN_S = 300


@pytest.fixture(scope="module")
def copy() -> Iterator[Path]:
    """The tree as it stands, in a place of its own; a socket's path has to be short."""
    place = Path(tempfile.mkdtemp(prefix="sayso-"))
    shutil.copytree(ROOT, place / "tree", ignore=shutil.ignore_patterns(*LEFT_BEHIND))
    yield place / "tree"
    shutil.rmtree(place, ignore_errors=True)


def planted(tree: Path, change: Change) -> None:
    """Makes the change; a text that has moved on must be planted anew."""
    file = tree / change.file
    text = file.read_text(encoding="utf-8")
    assert text.count(change.text) == 1, f"{change.file} has this {text.count(change.text)} times: {change.text}"
    file.write_text(text.replace(change.text, change.instead), encoding="utf-8")


def outcomes(tree: Path, nodes: list[str]) -> subprocess.CompletedProcess[str]:
    """What becomes of these tests in that tree."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SAYSO_", "PYTEST_"))}
    command = [sys.executable, "-B", "-m", "pytest", "-q", "--tb=line", "-p", "no:cacheprovider", "-m", "not soak", *nodes]
    return subprocess.run(
        command, cwd=tree, env=environment | {"PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True, timeout=WITHIN_S, check=False
    )


@pytest.mark.parametrize("bug", PLANTED, ids=lambda bug: bug.name)
def test_a_planted_bug_still_has_its_place(bug: Bug) -> None:
    for change in bug.changes:
        assert (ROOT / change.file).read_text(encoding="utf-8").count(change.text) == 1, f"{change.file} has moved on: {change.text}"
        assert change.text != change.instead
    for node in bug.red:
        file, *path = node.split("::")
        assert not path or f"def {path[-1]}(" in (ROOT / file).read_text(encoding="utf-8"), node


@pytest.mark.soak
def test_without_a_bug_they_are_green(copy: Path) -> None:
    result = outcomes(copy, sorted({node for bug in PLANTED for node in bug.red}))
    assert result.returncode == pytest.ExitCode.OK, result.stdout


@pytest.mark.soak
@pytest.mark.parametrize("bug", PLANTED, ids=lambda bug: bug.name)
def test_a_planted_bug_turns_its_tests_red(copy: Path, bug: Bug) -> None:
    before = {change.file: (copy / change.file).read_text(encoding="utf-8") for change in bug.changes}
    try:
        for change in bug.changes:
            planted(copy, change)
        result = outcomes(copy, bug.red)
    finally:
        for file, text in before.items():
            (copy / file).write_text(text, encoding="utf-8")
    failed = [line for line in result.stdout.splitlines() if line.startswith("FAILED ")]
    assert result.returncode == pytest.ExitCode.TESTS_FAILED, result.stdout + result.stderr
    for node in bug.red:
        assert any(line.startswith(f"FAILED {node}") for line in failed), (node, result.stdout)
