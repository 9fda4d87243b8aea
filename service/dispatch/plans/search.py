"""The search, in a process of its own: it may take all of a core for minutes, and nobody who asks anything meanwhile waits for it."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec

from service.kit.tasks.registry import TaskFailed
from service.planner.briefs import IDLE_SECONDS, Brief, Found, Going

ROOT = Path(__file__).resolve().parents[3]
KEPT = ("PATH", "HOME", "TMPDIR", "NUMBA_CACHE_DIR", "LANG")
"""What it gets of the environment: no secret, since it needs none."""
MOST_LINE = 64 * 1024 * 1024


class SearchFailed(TaskFailed):
    """The process ended without a plan."""


class CalledOff(Exception):
    """Nobody wants the plan any more."""


class Planner:
    """A process that plans one brief after another; it ends with the process that started it."""

    def __init__(self) -> None:
        self.line, theirs = socket.socketpair()
        with theirs:
            environment = {name: os.environ[name] for name in KEPT if name in os.environ}
            command = [sys.executable, "-m", "service.planner.process"]
            self.process = subprocess.Popen(  # noqa: S603 — our own program
                command, stdin=theirs.fileno(), stdout=theirs.fileno(), stderr=subprocess.DEVNULL, env=environment, cwd=ROOT
            )
        self.free_since = 0.0

    @property
    def waits(self) -> bool:
        """Whether it will still be there for another brief."""
        return time.monotonic() - self.free_since < IDLE_SECONDS / 2 and self.process.poll() is None

    async def end(self) -> None:
        """Ends it, whatever it does."""
        self.line.close()
        self.process.kill()
        await asyncio.to_thread(self.process.wait)


waiting: list[Planner] = []
"""The one that planned last: starting one takes longer than most plans."""


async def search(brief: Brief, told: Callable[[int], Awaitable[bool]]) -> Found:
    """The plan; `told` hears how far the search is and answers whether to go on. Raises SearchFailed, CalledOff."""
    planner = waiting.pop() if waiting else None
    if planner is not None and not planner.waits:
        await planner.end()
        planner = None
    planner = planner or Planner()
    try:
        found = await _heard(planner, brief, told)
    except BaseException:
        await planner.end()
        raise
    if waiting:
        await planner.end()
    else:
        planner.free_since = time.monotonic()
        waiting.append(planner)
    return found


async def _heard(planner: Planner, brief: Brief, told: Callable[[int], Awaitable[bool]]) -> Found:
    line = msgspec.json.Decoder(Going | Found)
    reader, writer = await asyncio.open_unix_connection(sock=planner.line.dup(), limit=MOST_LINE)
    try:
        writer.write(msgspec.json.encode(brief) + b"\n")
        await writer.drain()
        while said := await reader.readline():
            heard = line.decode(said)
            if isinstance(heard, Found):
                return heard
            if not await told(heard.percent):
                raise CalledOff
    except (OSError, ValueError, msgspec.DecodeError) as error:
        raise SearchFailed(type(error).__name__) from error
    finally:
        writer.close()
    raise SearchFailed(f"ended with {await asyncio.to_thread(planner.process.wait)}")
