"""`sayso demo`, as a stranger runs it: on a folder of its own, with a server of its own, twice."""

import json
import re
import socket
import stat
import subprocess
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def told(folder: Path, port: int, *options: str) -> str:
    """What `sayso demo --exit` printed, all of which held."""
    command = [sys.executable, "-m", "service.cli", "demo", "--exit", "--port", str(port), "--folder", str(folder), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All of it held." in done.stdout
    return done.stdout


def test_it_tells_both_stories_twice_and_loads_the_company_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    first = told(tmp_path, port, "--share", "10")
    assert "30 customers with sites and assets" in first
    second = told(tmp_path, port, "--share", "10")
    assert "customers with sites" not in second
    passes: dict[str, Any] = json.loads((tmp_path / "demo.json").read_text())
    assert stat.S_IMODE((tmp_path / "demo.json").stat().st_mode) == 0o600
    assert passes.keys() >= {
        "base_url",
        "dispatcher",
        "technician",
        "agent",
        "back_office",
        "manager",
        "api_key",
        "customer_link",
        "other_organisation",
    }


@pytest.mark.soak
def test_a_stranger_sees_the_whole_company_and_it_starts_again_within_five_seconds(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert "300 customers with sites and assets" in told(tmp_path, port)
    began = perf_counter()
    again = told(tmp_path, port)
    stories = float(re.search(r"claims, ([0-9.]+) s", again)[1])  # type: ignore[index]
    assert perf_counter() - began - stories < 5


def test_a_port_that_is_taken_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "service.cli", "demo", "--exit", "--port", str(port), "--folder", str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 1
    assert f"127.0.0.1:{port} can't be listened on" in done.stderr
    assert "Traceback" not in done.stderr
