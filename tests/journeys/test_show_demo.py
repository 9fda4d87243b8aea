"""`sayso demo`, as a stranger runs it: on a folder of its own, with a server of its own, twice."""

import contextlib
import json
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import httpx
import pytest

ROOT = Path(__file__).parents[2]


def told(folder: Path, port: int, *options: str) -> str:
    """What `sayso demo --exit` printed, all of which held."""
    command = [sys.executable, "-m", "service.cli", "demo", "--exit", "--port", str(port), "--folder", str(folder), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "All of it held." in done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all: the company is loaded once."""
    return tmp_path_factory.mktemp("place")


@contextlib.contextmanager
def standing(folder: Path, port: int, *options: str) -> Iterator[str]:
    """A demo that stays up, from when it says how to stop it until Ctrl-C: what it printed."""
    command = [sys.executable, "-u", "-m", "service.cli", "demo", "--port", str(port), "--folder", str(folder), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        shown = ""
        for line in process.stdout:
            shown += line
            if line.startswith("To stop"):
                break
        assert "Ctrl-C" in line, shown
        yield shown
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.wait(60) == 0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
        return port


def customers(passes: dict[str, Any]) -> list[str]:
    """Who is served."""
    headers = {"Authorization": f"Bearer {passes['manager']['access_token']}"}
    answer = httpx.get(f"{passes['base_url']}/v1/customers?limit=200", headers=headers).json()
    return sorted(one["name"] for one in answer["items"])


class Standing(NamedTuple):
    """A demo that stays up: what it printed, its passes, whom it served at first."""

    shown: str
    passes: dict[str, Any]
    served: list[str]


@pytest.fixture(scope="module")
def first(place: Path) -> Iterator[Standing]:
    """One that takes its passes back when it ends."""
    passes_file = place / "demo.json"
    with standing(place, free_port(), "--share", "10") as shown:
        passes: dict[str, Any] = json.loads(passes_file.read_text())
        yield Standing(shown, passes, customers(passes))
    assert not passes_file.exists()


@pytest.fixture(scope="module")
def again(place: Path, first: Standing) -> tuple[int, str]:
    """The port of another one beside it, and what that one told."""
    port = free_port()
    return port, told(place, port, "--share", "10")


def test_one_demo_stays_up_while_another_tells_the_stories_again_and_leaves_it_as_it_is(
    place: Path, first: Standing, again: tuple[int, str]
) -> None:
    passes_file, passes, (port, told_again) = place / "demo.json", first.passes, again
    assert "30 customers with sites and assets" in first.shown
    assert stat.S_IMODE(passes_file.stat().st_mode) == 0o600
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
    assert "customers with sites" not in told_again
    assert str(port) not in told_again
    assert "demo.json" not in told_again
    assert json.loads(passes_file.read_text()) == passes
    assert customers(passes) == first.served
    technician = {"Authorization": f"Bearer {passes['technician']['access_token']}"}
    day = httpx.get(f"{passes['base_url']}/v1/me/day", headers=technician).json()
    assert day["visits"]
    for visit in day["visits"]:
        assert visit["zone"] == day["zone"], "nobody is sent to another country"


def test_the_doctor_finds_nothing_wrong_with_it(place: Path, again: tuple[int, str]) -> None:
    command = [sys.executable, "-m", "service.cli", "doctor", "--folder", str(place / "demo")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, "all held" in done.stdout) == (0, True), done.stdout + done.stderr


def test_its_board_shows_what_a_board_is_for(first: Standing) -> None:
    dispatcher = {"Authorization": f"Bearer {first.passes['dispatcher']['access_token']}"}
    board = httpx.get(f"{first.passes['base_url']}/v1/board", headers=dispatcher).json()
    assert [one["priority"] for one in board["unassigned"]][:2] == [1, 2]
    visits = [visit for row in board["rows"] for visit in row["visits"]]
    assert visits
    for visit in visits:
        hour = datetime.fromisoformat(visit["from"]).astimezone(ZoneInfo(visit["zone"])).hour
        assert 6 <= hour < 21 or visit["kind"] != "inspection", "nobody looks at a router at night"
    for one in board["at_risk"]:
        assert one["why"] in {"late", "behind", "soon"}


def test_its_workshop_has_a_device_in_repair_whose_customer_has_a_loaner(first: Standing) -> None:
    office = {"Authorization": f"Bearer {first.passes['back_office']['access_token']}"}

    def listed(path: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = httpx.get(f"{first.passes['base_url']}{path}", headers=office).json()["items"]
        return items

    here = {one["state"]: one for one in listed("/v1/custodies")}
    out = [one for one in listed("/v1/loaners") if one["loan_id"]]
    assert here.keys() == {"repairing", "waiting_approval", "received"}
    assert [one["custody_id"] for one in out] == [here["repairing"]["id"]]
    assert [one["unit"] for one in listed("/v1/catalogue?kind=disposal&code=DISPOSAL-DEVICE")] == ["C62"]


def test_its_public_pages_are_where_it_says(first: Standing) -> None:
    for what, words in (("What works, for everybody", "Service status"), ("A customer asks for their page", "Send me my link")):
        [address] = re.findall(rf"{what} +(\S+)", first.shown)
        answer = httpx.get(address)
        assert answer.status_code == 200, address
        assert words in answer.text


BROKEN = """
from service.cli import main
from service.cli.demo.stories import STORIES
from service.cli.demo.teller import StoryBroken

(wrong, told), (cut_off, begun), *_ = STORIES.items()

async def tell_wrongly(teller, cast):
    await told(teller, cast)
    await teller.ask("Nobody is here", cast.office, "GET", "/v1/customers", claims=lambda page: {"nobody is a customer": not page["items"]})

async def break_off(teller, cast):
    await begun(teller, cast)
    raise StoryBroken("nobody writes on")

STORIES[wrong], STORIES[cut_off] = tell_wrongly, break_off
main()
"""


def test_where_a_step_does_not_hold_or_a_story_breaks_off_it_says_which_and_ends_with_1(place: Path, again: tuple[int, str]) -> None:
    command = [sys.executable, "-c", BROKEN, "demo", "--exit", "--port", str(free_port()), "--folder", str(place), "--share", "10"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert "All of it held." in again[1], "as it is, everything does"
    assert "NOT: nobody is a customer" in done.stdout
    assert "nobody writes on" in done.stdout
    assert done.stdout.count("NOT: ") == 2, done.stdout
    assert "Not all of it held." in done.stdout
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_every_time_that_a_story_tells_is_a_wall_clocks_at_the_site(again: tuple[int, str]) -> None:
    lines = [line for line in again[1].splitlines() if " → " in line]
    assert any(re.search(r"arrive by \w{3} \d\d \w{3}, \d\d:\d\d at the site", line) for line in lines)
    assert [line for line in lines if re.search(r":\d\d(\.\d+)?Z|[+]\d\d:\d\d", line)] == []


@pytest.mark.soak
@pytest.mark.clocked
def test_a_stranger_sees_the_whole_company_and_it_starts_again_within_five_seconds(tmp_path: Path) -> None:
    port = free_port()
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
