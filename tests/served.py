"""The service as a process of its own, as an operator starts it."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(folder: Path, *options: str, command: str = "serve", **settings: str) -> Iterator[tuple[str, float, subprocess.Popen[str]]]:
    """On the embedded database of a folder: address, seconds until it answered, process."""
    began = time.perf_counter()
    program = [sys.executable, "-m", "service.cli", command, "--folder", str(folder), "--port", "0", *options]
    process = subprocess.Popen(program, stdout=subprocess.PIPE, text=True, env=os.environ | settings)
    try:
        for line in process.stdout or ():
            if found := re.search(r"http://\S+", line):
                yield found[0], time.perf_counter() - began, process
                return
        raise SystemExit("the service didn't start")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
