"""A real `sayso serve` in a process of its own on its own embedded PostgreSQL (fsync on unless it is `fast`), that a test may kill."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import msgspec
from litestar import Litestar

from service.app import build
from service.kit.database import Database
from service.kit.embedded_postgres import EmbeddedPostgres, on_database
from service.kit.paging import Cursors
from service.kit.signatures import Keys
from service.settings import Settings
from tests.conftest import stand_still
from tests.world import Clock, World

SECONDS = 60


class Served:
    """The folder, the process, and a world whose requests go there."""

    def __init__(self, *, fast: bool = False) -> None:
        # Not pytest's: a socket's path has to be short.
        self.folder = Path(tempfile.mkdtemp(prefix="sayso-"))
        self.process: subprocess.Popen[str] | None = None
        self.url = ""
        self.fast = fast
        self.embedded = EmbeddedPostgres(self.folder / "postgres", fast=fast)
        self.world: World
        self.pool: Any = None
        self.app: Litestar | None = None

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "service.cli", *arguments, "--folder", str(self.folder)]

    def environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if not name.startswith("SAYSO_")} | {"SAYSO_LOG_LEVEL": "ERROR"}

    async def start(self, *arguments: str) -> None:
        """Starts the process and waits until it answers; where nobody is killed a fast server is there already, for it to join."""
        if self.fast:
            await asyncio.to_thread(self.embedded.start)
        self.url = await asyncio.to_thread(self._started, arguments)

    def _started(self, arguments: tuple[str, ...]) -> str:
        with (self.folder / "stderr").open("ab") as errors:
            command = self.command("serve", "--port", "0", *arguments)
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=self.environment())
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if "answers at" in line:
                return line.split()[3]
        raise AssertionError((self.folder / "stderr").read_text())

    async def enter(self) -> World:
        """A fresh organisation there, and requests to it over HTTP."""
        await self.leave()
        kept = msgspec.json.decode((self.folder / "secrets.json").read_bytes(), type=dict[str, str])
        admin = self.embedded.start().url
        await stand_still(admin)  # builders tell of January
        url = on_database(admin, urlsplit(admin).path[1:], user="sayso_service", password=kept["service_password"])
        settings = Settings(database_url=url, secret=bytes(32), signing_key=kept["signing_key"])
        self.pool = await asyncpg.create_pool(url, min_size=1, max_size=4)
        database = Database(self.pool, randomness=os.urandom, cursors=Cursors(bytes(32)), keys=Keys(settings.signing_key))
        clock = Clock()
        clock.now = datetime.now(UTC)
        self.app = self.app or build(settings=settings, database=database, clock=clock)  # signs tokens; what is asked goes to the process
        self.world = World(app=self.app, database=database, clock=clock)
        await self.reconnect()
        await self.world.begin()
        return self.world

    async def reconnect(self) -> None:
        """Aims the world's client at the present process."""
        await self.world.http.aclose()
        self.world.http = httpx.AsyncClient(base_url=self.url, timeout=30)

    @property
    def postmaster(self) -> int:
        return int((self.folder / "postgres/data/postmaster.pid").read_text().split()[0])

    def kill(self) -> None:
        """As the power cord does."""
        assert self.process is not None
        self.process.kill()
        self._ended()

    async def terminate(self) -> int:
        """As an operator does; the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.to_thread(self._ended)

    def _ended(self) -> int:
        assert self.process is not None
        assert self.process.stdout is not None
        code = self.process.wait(SECONDS)
        self.process.stdout.close()
        return code

    async def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Another command on the same folder."""
        return await asyncio.to_thread(
            subprocess.run, self.command(*arguments), capture_output=True, text=True, env=self.environment(), check=False
        )

    async def leave(self) -> None:
        """Forgets the organisation."""
        if self.pool is not None:
            await self.world.end()
            self.pool.terminate()
            self.pool = None

    async def end(self) -> None:
        """Leaves nothing running and nothing lying about."""
        await self.leave()
        if self.process is not None and self.process.poll() is None:
            self.kill()
        self.embedded.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
