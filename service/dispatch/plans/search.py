"""The search, in a process of its own: it may take all of a core for minutes, and nobody who asks anything meanwhile waits for it."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec

from service.kit.tasks.registry import TaskFailed
from service.planner.briefs import Brief, Found, Going

ROOT = Path(__file__).resolve().parents[3]
KEPT = ("PATH", "HOME", "TMPDIR", "NUMBA_CACHE_DIR", "LANG")
"""What it gets of the environment: no secret, since it needs none."""
MOST_LINE = 64 * 1024 * 1024


class SearchFailed(TaskFailed):
    """The process ended without a plan."""


class CalledOff(Exception):
    """Nobody wants the plan any more."""


async def search(brief: Brief, told: Callable[[int], Awaitable[bool]]) -> Found:
    """The plan; `told` hears how far the search is and answers whether to go on. Raises SearchFailed, CalledOff."""
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "service.planner.process",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=environment,
        cwd=ROOT,
        limit=MOST_LINE,
    )
    try:
        return await _heard(process, brief, told)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _heard(process: asyncio.subprocess.Process, brief: Brief, told: Callable[[int], Awaitable[bool]]) -> Found:
    if process.stdin is None or process.stdout is None:
        raise AssertionError("both are pipes")
    line = msgspec.json.Decoder(Going | Found)
    try:
        process.stdin.write(msgspec.json.encode(brief))
        await process.stdin.drain()
        process.stdin.close()
        while said := await process.stdout.readline():
            heard = line.decode(said)
            if isinstance(heard, Found):
                return heard
            if not await told(heard.percent):
                raise CalledOff
    except (OSError, ValueError, msgspec.DecodeError) as error:
        raise SearchFailed(type(error).__name__) from error
    raise SearchFailed(f"ended with {await process.wait()}")
