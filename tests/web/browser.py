"""A real Chromium for the tests: the system's, else Debian's package, else Playwright's download; never none.

The one without a window to draw comes first: it takes a third of the time.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    *(("--no-sandbox",) if os.geteuid() == 0 else ()),  # Chromium's sandbox refuses root
)
DOWNLOAD = (sys.executable, "-m", "playwright", "install", "chromium")


class NoBrowser(Exception):
    """There is no browser; the message names the command that gets one."""


def chromium() -> Path:
    """Answers a Chromium that starts. Raises NoBrowser."""
    for name in NAMES:
        if (found := shutil.which(name)) and starts(found):
            return Path(found)
    if (downloaded := download_place()) and starts(downloaded):
        return Path(downloaded)
    raise NoBrowser("There is no Chromium here: run `.venv/bin/python -m tests.web.browser` (make test does).")


def starts(program: str) -> bool:
    """Whether it does: Ubuntu's `chromium-browser` may be an empty shell that only asks for a snap."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, check=False, timeout=60).returncode == 0
    except OSError:
        return False


def download_place() -> str | None:
    """Where Playwright puts its own."""
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=False).stdout.strip()
    return answer or None


def install() -> Path:
    """Gets one if there is none. Raises NoBrowser."""
    try:
        return chromium()
    except NoBrowser:
        pass
    debian = os.geteuid() == 0 and Path("/etc/debian_version").exists()
    for command in commands(apt=shutil.which("apt-get") if debian else None):
        print(f"  No Chromium yet: {' '.join(command)} …", flush=True)
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})
        try:
            return chromium()
        except NoBrowser:
            continue
    raise NoBrowser(
        "No Chromium could be installed: run `apt-get install chromium` as root, or `.venv/bin/playwright install chromium`, by hand."
    )


def commands(*, apt: str | None) -> list[tuple[str, ...]]:
    """What may bring one, in order; `apt` where it may install a package."""
    if apt is None:
        return [DOWNLOAD]
    install = (apt, "-qq", "install", "-y", "--no-install-recommends")
    return [(apt, "-qq", "update"), (*install, "chromium-headless-shell"), (*install, "chromium"), DOWNLOAD]


if __name__ == "__main__":
    try:
        print(f"  Browser: {install()}")
    except NoBrowser as none:
        sys.exit(str(none))
