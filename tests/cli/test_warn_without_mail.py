"""Whoever serves without a mail server is told what waits and what isn't sent; whoever founds is told too: test_init_organisation.py."""

import subprocess
import sys

import pytest

from service.settings import Settings
from tests.cli.test_init_organisation import place

WARNING = "No mail server is set (SAYSO_SMTP_URL): invitations wait for one"


@pytest.mark.parametrize("command", ["serve", "worker"])
@pytest.mark.parametrize("server, told", [("", True), ("smtp://127.0.0.1:2525", False)])
def test_serving_without_a_mail_server_says_what_that_means(settings: Settings, command: str, server: str, *, told: bool) -> None:
    environment = place(settings) | {"SAYSO_SMTP_URL": server}
    started = [sys.executable, "-m", "service.cli", command, "--port", "0"]
    with subprocess.Popen(started, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        process.terminate()
        said += process.stdout.read()
    assert ("health/live answers" in said or "Sayso answers at" in said, WARNING in said) == (True, told), said
