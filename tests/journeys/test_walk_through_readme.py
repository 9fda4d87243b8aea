"""The README's walk through the API, as it stands there: from signing in to the cash that pays the bill."""

import asyncio
import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from service.cli.demo.house import House
from service.cli.demo.mould import PASSWORD
from service.cli.demo.passes import ROLES

README = Path(__file__).parents[2] / "README.md"
CURL = f"""#!{sys.executable}
import sys, urllib.request
url, sent = next(one for one in sys.argv[1:] if one.startswith("http")), list(zip(sys.argv[1:], sys.argv[2:]))
headers = dict(value.split(": ", 1) for option, value in sent if option == "-H")
body = next((value.encode() for option, value in sent if option == "-d"), None)
print(urllib.request.urlopen(urllib.request.Request(url, body, headers)).read().decode())
"""
"""What the walk wants of curl, for a machine without it; what is refused ends it."""


async def test_the_walk_goes_through_on_the_demo(house: House, tmp_path: Path) -> None:
    walk = "".join(
        re.findall(
            r"^\$ (.*\n)",
            "".join(re.findall(r"```console\n(\$ (?:call\(\)|CONTACT=).*?)```", README.read_text("utf-8"), re.DOTALL)),
            re.MULTILINE,
        )
    )
    today = datetime.now(UTC).date()
    monday = today + timedelta(days=7 - today.weekday())
    for told, here in {
        "http://127.0.0.1:8000": house.url, "2027-01-04": str(monday), "2027-04-01": str(monday + timedelta(days=90)),
        "ada@company.example": ROLES["manager"], "correct horse battery": PASSWORD,
    }.items():  # fmt: skip
        assert told in walk
        walk = walk.replace(told, here)
    (tmp_path / "curl").write_text(CURL)
    (tmp_path / "curl").chmod(0o700)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    walked = await asyncio.to_thread(
        subprocess.run,
        ["bash", "-e", "-o", "pipefail", "-c", walk],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert walked.returncode == 0, walked.stderr
    paid = json.loads(walked.stdout.splitlines()[-1])
    assert (paid["state"], paid["amount"], len(paid["paid"])) == ("recorded", {"amount": 10_710, "currency": "EUR"}, 1)
