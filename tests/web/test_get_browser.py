"""`make test` finds a browser: the system's, else Debian's package, else Playwright's download; else it says what to do, and never goes on without."""

import os
import subprocess
import sys
from pathlib import Path

from tests.web.browser import NAMES, commands

ROOT = Path(__file__).parents[2]


def program(folder: Path, name: str, does: str) -> Path:
    """A program of that name in the folder."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{does}\n")
    file.chmod(0o755)
    return file


def got(folder: Path, tmp_path: Path, **told: str) -> subprocess.CompletedProcess[str]:
    """What `make test` asks for a browser, where only that folder has programs and nothing can be downloaded."""
    nowhere = {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "downloads"), "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9"}
    asked = [sys.executable, "-m", "tests.web.browser"]
    return subprocess.run(
        asked, cwd=ROOT, env={"PATH": str(folder), **nowhere, **told}, capture_output=True, text=True, check=False, timeout=300
    )


def test_the_systems_own_that_starts_is_taken_in_the_order_of_how_fast_they_are(tmp_path: Path) -> None:
    for name in reversed(NAMES):
        program(tmp_path, name, "exit 0")
        assert got(tmp_path, tmp_path).stdout == f"  Browser: {tmp_path / name}\n"


def test_one_that_only_asks_for_a_snap_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path, NAMES[0], "echo 'install the snap' >&2; exit 1")
    kept = program(tmp_path, NAMES[1], "exit 0")
    assert got(tmp_path, tmp_path).stdout == f"  Browser: {kept}\n"


def test_debians_package_is_tried_where_it_may_be_and_playwrights_download_after_it(tmp_path: Path) -> None:
    apt = program(tmp_path, "apt-get", "exit 0")
    package, download = [" ".join(one) for one in commands(apt=str(apt))[1:-1]], commands(apt=None)
    assert [one.split()[-1] for one in package] == ["chromium-headless-shell", "chromium"]
    assert [one[1:] for one in download] == [("-m", "playwright", "install", "chromium")]
    assert commands(apt=str(apt))[-1:] == download


def test_what_a_command_brought_is_taken_and_none_is_asked_after_it(tmp_path: Path) -> None:
    brought = tmp_path / "downloads"
    answer = subprocess.run(
        [sys.executable, "-c", "from tests.web.browser import download_place; print(download_place())"],
        cwd=ROOT, env={"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(brought)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    place = Path(answer.stdout.strip())
    assert place.is_relative_to(brought)
    place.parent.mkdir(parents=True)
    program(place.parent, place.name, "exit 0")
    assert got(tmp_path, tmp_path).stdout == f"  Browser: {place}\n"


def test_without_any_it_ends_with_what_to_do_by_hand(tmp_path: Path) -> None:
    none = got(tmp_path, tmp_path)
    assert none.returncode == 1
    assert "playwright install chromium" in none.stdout
    assert "No Chromium could be installed: run `apt-get install chromium` as root" in none.stderr
    assert os.linesep in none.stderr
