"""`sayso init`: an organisation whose manager can sign in, from flags or from answers."""

import base64
import os
import subprocess
import sys

from service.settings import Settings
from tests.world import World

FLAGS = {
    "--name": "Northwind Doorstep",
    "--zone": "Europe/Lisbon",
    "--currency": "EUR",
    "--language": "en",
    "--phone": "+351 21 000 0000",
    "--email": "help@northwind.example",
    "--manager-name": "Ada Owner",
}
PASSWORD = "correct horse battery"


def run(settings: Settings, flags: dict[str, str], *, answers: str = "") -> "subprocess.CompletedProcess[str]":
    environment = {
        "SAYSO_DATABASE_URL": settings.database_url,
        "SAYSO_SECRET": base64.b64encode(settings.secret).decode(),
        "SAYSO_SIGNING_KEY": settings.signing_key,
    }
    arguments = [part for flag in flags.items() for part in flag]
    return subprocess.run(
        [sys.executable, "-m", "service.cli", "init", *arguments],
        env={**os.environ, **environment},
        input=answers,
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_first_manager_signs_in_with_what_was_given(world: World, settings: Settings) -> None:
    done = run(settings, FLAGS | {"--manager-email": "ada@init.example", "--manager-password": PASSWORD})
    assert done.returncode == 0, done.stderr
    assert PASSWORD not in done.stdout
    world.clock.forward(days=400)  # the founding is of the real today
    answer = await world.http.post("/v1/sign-in", json={"email": "ada@init.example", "password": PASSWORD})
    assert answer.json()["roles"] == ["manager"]


async def test_it_asks_for_what_is_not_given(settings: Settings) -> None:
    flags = {name: value for name, value in FLAGS.items() if name not in {"--name", "--zone"}}
    done = run(settings, flags | {"--manager-email": "bea@init.example", "--manager-password": PASSWORD}, answers="Bea & Sons\n\n")
    assert (done.returncode, "Bea & Sons is founded" in done.stdout) == (0, True)


async def test_what_cannot_be_is_said_in_one_sentence(settings: Settings) -> None:
    short = run(settings, FLAGS | {"--manager-email": "cleo@init.example", "--manager-password": "short"})
    zone = run(settings, FLAGS | {"--zone": "Europe/Atlantis", "--manager-email": "dora@init.example", "--manager-password": PASSWORD})
    assert (short.returncode, zone.returncode) == (1, 1)
    assert "manager_password" in short.stderr
    assert "There is no such time zone." in zone.stderr
    assert "Traceback" not in short.stderr + zone.stderr
