"""Makes `.venv` from a hashed lock: `python3 .ci/environment.py run|dev`. Needs nothing but Python 3.11, and is instant when nothing changed."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}


def main(kind: str) -> None:
    """Leaves a `.venv` with what `kind` needs, or says in one sentence why it can't."""
    if is_fresh(kind) and works():
        return
    if not works():
        make_environment()
    if not (kind == "run" and is_fresh("dev")):  # what `dev` installs holds all of `run`
        install(LOCKS[kind])
    say("Installing Sayso itself")
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    say("Compiling the planner")
    subprocess.run([PYTHON, "-m", "service.planner.warm"], cwd=ROOT, check=True)
    stamp(kind).write_text(fingerprint(kind))


def stamp(kind: str) -> Path:
    return VENV / f"sayso-{kind}"


def is_fresh(kind: str) -> bool:
    return stamp(kind).exists() and stamp(kind).read_text() == fingerprint(kind)


def fingerprint(kind: str) -> str:
    """Changes with whatever the environment is made from."""
    parts = (LOCKS[kind].read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def works() -> bool:
    """Whether `.venv` is whole: its Python may have gone with an upgrade, and a first run may have been interrupted."""
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        get_ensurepip()
    say(f"Making .venv with Python {sys.version.split()[0]}")
    venv.create(VENV, clear=True, symlinks=True)
    subprocess.run([PYTHON, "-m", "ensurepip", "--default-pip"], check=True, stdout=subprocess.DEVNULL)


def get_ensurepip() -> None:
    """Debian keeps it in a package of its own."""
    package = f"python3.{sys.version_info.minor}-venv"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(
            f"This Python can't make environments: install {package} (Debian, Ubuntu: `sudo apt-get install {package}`), then try again."
        )
    say(f"Installing Debian's {package}")
    for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "-y", "--no-install-recommends", package]):
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
            sys.exit(f"This Python can't make environments, and `{' '.join(command)}` failed: install {package} by hand, then try again.")


def install(lock: Path) -> None:
    total = len(re.findall(r"^\S+==", lock.read_text(), re.MULTILINE))
    say(f"Installing {total} libraries from {lock.name}")
    count = 0
    for line in pip_lines("install", "--require-hashes", "--requirement", str(lock)):
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            count += 1
            progress(f"{count} of {total} found")
        elif line.startswith("Installing collected"):
            progress("unpacking")


def pip(*arguments: str) -> None:
    for _ in pip_lines(*arguments):
        pass


def pip_lines(*arguments: str) -> Iterator[str]:
    """What pip prints, line by line; the last lines are shown when it fails."""
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or ():
            lines.append(line)
            yield line
    progress("")
    if process.returncode:
        sys.exit("".join(lines[-15:]) + f"pip couldn't install {arguments[-1]}; its last words are above.")


def progress(text: str) -> None:
    """One line that changes, where there is a terminal."""
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\033[K{'    ' + text if text else ''}")
        sys.stdout.flush()


def say(text: str) -> None:
    sys.stdout.write(f"  {text} …\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
