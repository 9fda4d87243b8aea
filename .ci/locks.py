"""The locks: `python .ci/locks.py write` makes them anew with uv; `check` says whether they still fit pyproject.toml, without the network."""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"requirements.lock": ("--extra", "build"), "requirements-dev.lock": ("--all-extras",)}


def mark() -> str:
    """A line that changes with what pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [project["requires-python"], project["dependencies"], project["optional-dependencies"]]
    return "# made from dependencies sha256:" + hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def write() -> None:
    for name, extras in LOCKS.items():
        options = ("--quiet", "--universal", "--generate-hashes", "--no-header", "--no-annotate", "--python-version", "3.11", *extras)
        subprocess.run([Path(sys.executable).parent / "uv", "pip", "compile", *options, "pyproject.toml", "-o", name], cwd=ROOT, check=True)
        lock = ROOT / name
        lock.write_text(f"{mark()}\n{lock.read_text()}")


def check() -> str | None:
    """The first thing that is wrong with the locks."""
    for name in LOCKS:
        text = (ROOT / name).read_text()
        if text.split("\n", 1)[0] != mark():
            return f"{name} wasn't made from this pyproject.toml: run `make lock`."
        if "://" in text:
            return f"{name} names an address: a lock holds names, versions and hashes alone."
        pins = re.findall(r"^[\w.-]+==[^\n]*\\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", text, re.MULTILINE)
        if len(pins) != len(re.findall(r"^[\w.-]+", text, re.MULTILINE)):
            return f"{name} has a line without a hash."
    return None


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        write()
    sys.exit(check())
