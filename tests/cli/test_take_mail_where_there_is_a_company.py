"""Where there is no database of Sayso's none is made to take mail in: it was another folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from service.kit.embedded_postgres import EmbeddedPostgres


@pytest.mark.parametrize("command", [["mail-door", "--port", "0"], ["mail-fetch", "--for", "help@x.example"]])
def test_a_folder_without_a_company_is_refused_in_a_sentence(tmp_path: Path, command: list[str]) -> None:
    asked = [sys.executable, "-m", "service.cli", *command, "--folder", str(tmp_path / "none")]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1
    assert "There is no database of Sayso's" in done.stderr
    assert not (tmp_path / "none").exists()


def test_what_the_demo_keeps_is_not_made_a_second_company_of(tmp_path: Path) -> None:
    with EmbeddedPostgres(tmp_path / "postgres"):
        asked = [sys.executable, "-m", "service.cli", "mail-door", "--port", "0", "--folder", str(tmp_path)]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 1
    assert "isn't one of Sayso's" in done.stderr
