"""Whatever takes long shows how far it is: a bar on a terminal; elsewhere the demo says each part when it is done, and an import nothing."""

import io
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from service.cli.demo.screen import Screen

ROOT = Path(__file__).parents[2]
LONG = "from service.cli._bar import bar\nwith bar('customers', total=2) as told:\n    told(1)\n    told(2)"


def shown(terminal: int) -> str:
    """What stands on it, up to the last of two."""
    seen = b""
    while b"2/2" not in seen and select.select([terminal], [], [], 5)[0]:
        seen += os.read(terminal, 100_000)
    return seen.decode(errors="replace")


def test_the_demo_draws_a_bar_for_each_part_that_is_loaded() -> None:
    terminal, ours = pty.openpty()
    with os.fdopen(ours, "w") as written, Screen(Console(file=written, width=100)) as screen:
        done = screen.told("300 customers", 2)
        done()
        done()
        screen.progress.stop()
        seen = shown(terminal)
    assert "300 customers" in seen
    assert "2/2" in seen
    os.close(terminal)


def test_elsewhere_it_says_each_part_once_it_is_done() -> None:
    lines = io.StringIO()
    with Screen(Console(file=lines)) as screen:
        done = screen.told("300 customers", 2)
        done()
        assert lines.getvalue() == ""
        done()
    assert lines.getvalue().startswith("  300 customers: ")


@pytest.mark.parametrize("on_a_terminal", [True, False])
def test_an_import_draws_a_bar_on_a_terminal_alone(on_a_terminal: bool) -> None:
    terminal, ours = pty.openpty()
    told = {"stderr": ours} if on_a_terminal else {"stderr": subprocess.PIPE}
    done = subprocess.run([sys.executable, "-c", LONG], cwd=ROOT, check=True, timeout=60, env=os.environ | {"TERM": "xterm"}, **told)
    if on_a_terminal:
        seen = shown(terminal)
        assert "customers" in seen
        assert "2/2" in seen
    else:
        assert done.stderr == b""
    os.close(ours)
    os.close(terminal)
