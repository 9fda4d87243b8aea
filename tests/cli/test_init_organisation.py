"""`sayso init`: an organisation whose manager can sign in, from flags or from answers."""

import base64
import contextlib
import os
import re
import select
import subprocess
import sys

import asyncpg
import pytest
from click.testing import CliRunner

from service.cli import main
from service.settings import Settings
from tests.world import World

FLAGS = {"--phone": "+351 21 000 0000", "--email": "help@northwind.example", "--manager-name": "Ada Owner"}
PASSWORD = "correct horse battery"
COMMAND = [sys.executable, "-m", "service.cli", "init"]
AT_TERMINAL = "import os, sys; os.login_tty(int(sys.argv[1])); os.execv(sys.argv[2], sys.argv[2:])"


def place(settings: Settings) -> dict[str, str]:
    """The environment of a command that works on that database."""
    return os.environ | {
        "SAYSO_DATABASE_URL": settings.database_url,
        "SAYSO_SECRET": base64.b64encode(settings.secret).decode(),
        "SAYSO_SIGNING_KEY": settings.signing_key,
    }


def run(settings: Settings, flags: dict[str, str], *more: str) -> "subprocess.CompletedProcess[str]":
    """Without a terminal."""
    return subprocess.run([*COMMAND, *words(flags), *more], env=place(settings), input="", capture_output=True, text=True, check=False)


def complaint(flags: dict[str, str]) -> str:
    """What is said of flags that are refused before any place is opened: here, without a process of its own."""
    refused = CliRunner().invoke(main, ["init", *words(flags)])
    assert (refused.exit_code, type(refused.exception)) == (2, SystemExit), refused.output
    return refused.stderr


def words(flags: dict[str, str]) -> list[str]:
    return [part for flag in flags.items() for part in flag]


def talk(settings: Settings, flags: dict[str, str], conversation: list[tuple[str, str | None]]) -> tuple[int, str]:
    """At a terminal: what is typed once something stands there, None for nothing. The exit code, and all that stood there."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-c", AT_TERMINAL, str(theirs), *COMMAND, *words(flags)]
    process = subprocess.Popen(command, env=place(settings), pass_fds=(theirs,))
    os.close(theirs)
    shown, seen = "", 0
    with contextlib.suppress(OSError):  # Linux says so once the other side is closed
        for expected, typed in conversation:
            while (at := shown.find(expected, seen)) < 0:
                assert select.select([ours], [], [], 30)[0], f"nothing more after: {shown}"
                shown += os.read(ours, 4096).decode()
            seen = at + len(expected)
            if typed is not None:
                os.write(ours, f"{typed}\n".encode())
        while said := os.read(ours, 4096):
            shown += said.decode()
    os.close(ours)
    return process.wait(), shown


async def test_without_a_terminal_the_defaults_are_taken_and_the_first_manager_signs_in(world: World, settings: Settings) -> None:
    done = run(settings, FLAGS | {"--name": "First & Co", "--manager-email": "ada@init.example", "--manager-password": PASSWORD})
    assert done.returncode == 0, done.stderr
    assert PASSWORD not in done.stdout
    assert "No mail server is set (SAYSO_SMTP_URL): invitations wait for one" in done.stdout
    world.clock.forward(days=400)  # the founding is of the real today
    answer = await world.http.post("/v1/sign-in", json={"email": "ada@init.example", "password": PASSWORD})
    assert answer.json()["roles"] == ["manager"]
    token = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    founded = (await world.http.get("/v1/organisation", headers=token)).json()
    assert (founded["zone"], founded["currency"], founded["language"]) == ("Europe/Berlin", "EUR", "en")


def test_without_a_terminal_every_missing_flag_is_named_at_once() -> None:
    said = complaint({"--name": "Nobody & Co", "--zone": "Europe/Atlantis"})
    assert "--zone has to be the IANA name of a time zone, such as Europe/Berlin." in said
    assert "give --phone, --email, --manager-name, --manager-email, --manager-password." in said


async def test_at_a_terminal_each_answer_is_judged_as_it_is_given(settings: Settings, owner: asyncpg.Connection) -> None:
    code, shown = talk(
        settings,
        FLAGS,
        [
            ("The company's name: ", "Bea & Sons"),
            ("Its time zone [Europe/Berlin]: ", "Europe/Atlantis"),
            ("--zone has to be the IANA name of a time zone, such as Europe/Berlin.", None),
            ("Its time zone [Europe/Berlin]: ", "Europe/Lisbon"),
            ("never changes) [EUR]: ", "BTC"),
            ("--currency has to be one of AUD, ", None),
            ("never changes) [EUR]: ", ""),
            ("The language of its papers [en]: ", "de"),
            ("The address they sign in with: ", "bea"),
            ("--manager-email has to be an address of mail, such as ada@company.example.", None),
            ("The address they sign in with: ", "bea@init.example"),
            ("Their password: ", "short"),
            ("Repeat for confirmation: ", "short"),
            ("--manager-password has to be 12 to 128 characters.", None),
            ("Their password: ", PASSWORD),
            ("Repeat for confirmation: ", PASSWORD),
        ],
    )
    assert (code, "Bea & Sons is founded" in shown) == (0, True), shown
    assert PASSWORD not in shown
    founded = await owner.fetchrow("select zone, currency, language from identity.organisation where name = 'Bea & Sons'")
    assert tuple(founded or ()) == ("Europe/Lisbon", "EUR", "de")


@pytest.mark.parametrize(
    "flag, value, sentence",
    [
        ("--manager-password", "short", "--manager-password has to be 12 to 128 characters."),
        ("--manager-email", "cleo", "--manager-email has to be an address of mail, such as ada@company.example."),
        ("--email", "help", "--email has to be an address of mail, such as help@company.example."),
        ("--currency", "euro", "--currency has to be one of AUD, "),
        ("--language", "fr", "--language has to be en or de."),
        ("--name", " ", "--name has to be 1 to 200 characters."),
    ],
)
def test_what_cannot_be_is_said_in_the_words_of_the_flags(flag: str, value: str, sentence: str) -> None:
    flags = FLAGS | {"--name": "Cleo & Co", "--manager-email": "cleo@init.example", "--manager-password": PASSWORD}
    said = complaint(flags | {flag: value})
    assert sentence in said
    assert flag.removeprefix("--").replace("-", "_") + ":" not in said


def test_founding_what_is_here_already_is_refused_unless_it_is_meant(settings: Settings) -> None:
    flags = FLAGS | {"--name": "Dora Doorstep", "--manager-email": "dora@init.example", "--manager-password": PASSWORD}
    assert run(settings, flags).returncode == 0
    same_name = run(settings, flags | {"--name": "DORA  doorstep", "--manager-email": "other@init.example"})
    same_mail = run(settings, flags | {"--name": "Quite another", "--manager-email": "DORA@init.example"})
    assert (same_name.returncode, same_mail.returncode) == (1, 1)
    assert re.search(r"Dora Doorstep \(organisation [0-9a-f-]{36}\) is here already\. .*say so with --another\.", same_name.stderr)
    assert "is here already, and DORA@init.example signs in to it." in same_mail.stderr
    meant = run(settings, flags, "--another")
    assert (meant.returncode, "Dora Doorstep is founded" in meant.stdout) == (0, True), meant.stderr
