"""What the commands are made from: hashed locks that fit, a wheel that holds every file, a Makefile that says what it runs."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The files that make an environment, to be spoiled."""
    (tmp_path / ".ci").mkdir()
    for name in (".ci/locks.py", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def locks(root: Path) -> str:
    """What is wrong with the locks in `root`; nothing if nothing."""
    return subprocess.run([sys.executable, root / ".ci/locks.py", "check"], capture_output=True, text=True, check=False).stderr.strip()


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_the_locks_fit_the_project_and_name_no_address() -> None:
    assert locks(ROOT) == ""


@pytest.mark.parametrize(
    "name, old, new, sentence",
    [
        ("pyproject.toml", '"msgspec>=0.22"', '"msgspec>=99"', "requirements.lock wasn't made from this pyproject.toml: run `make lock`."),
        ("requirements.lock", "\nclick==", "\n--index-url https://a.b\nclick==", "requirements.lock names an address"),
        ("requirements-dev.lock", "\nclick==", "\nunhashed==1.0\nclick==", "requirements-dev.lock has a line without a hash"),
    ],
)
def test_a_lock_that_does_not_fit_is_found(copy: Path, name: str, old: str, new: str, sentence: str) -> None:
    replaced(copy / name, old, new)
    assert locks(copy).startswith(sentence)


def test_the_wheel_holds_every_file_of_the_service_and_its_database(tmp_path: Path) -> None:
    build = "import sys, hatchling.build as build; print(build.build_wheel(sys.argv[1]))"
    built = subprocess.run([sys.executable, "-c", build, tmp_path], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    held = set(zipfile.ZipFile(tmp_path / built.splitlines()[-1]).namelist())
    tracked = subprocess.run(["git", "ls-files", "service", "db"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert "db/roles.sql" in tracked
    assert set(tracked) <= held


@pytest.mark.parametrize(
    "asked, runs",
    [
        (["demo"], "exec .venv/bin/sayso demo"),
        (["demo", "PORT=8123", "ARGS=--exit"], "exec .venv/bin/sayso demo --port 8123 --exit"),
        (["serve", "PORT=8123"], "exec .venv/bin/sayso serve --port 8123"),
        (["test", "ARGS=tests/kit"], ".venv/bin/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder tests/kit"),
        (["soak"], '.venv/bin/python -m pytest -m "soak and clocked"'),
        (["soak", "ARGS=tests/kit"], '.venv/bin/python -m pytest -m "soak" tests/kit'),
    ],
)
def test_a_command_of_the_makefile_runs_this(asked: list[str], runs: str) -> None:
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name not in {"ARGS", "PORT", "WORKERS"}}
    plan = subprocess.run(["make", "--dry-run", *asked], cwd=ROOT, env=alone, capture_output=True, text=True, check=True).stdout
    assert " ".join(plan.splitlines()[-1].split()) == runs


def test_a_machine_without_python_is_told_so(tmp_path: Path) -> None:
    for name in ("sh", "make", "test", "echo"):
        (tmp_path / name).symlink_to(shutil.which(name) or name)
    answer = subprocess.run(["make", "demo"], cwd=ROOT, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert answer.returncode != 0
    assert "Sayso needs Python 3.11 or newer" in answer.stdout


def test_ci_runs_what_people_run() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)
    commands = [line.strip() for line in (ROOT / ".ci/run").read_text().splitlines()]
    assert commands.index("make check") < commands.index("make test")
    assert any("[soak]" in line and line.endswith("make soak ;;") for line in commands)
