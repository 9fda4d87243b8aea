"""Brings a database to the present schema: forward only, a file a transaction, one migrator at a time.

`migrations/*.sql` run in the order of their names as `sayso_owner`; `public.migration` says which ran, with the SHA-256 of each.
"""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import asyncpg

from db.statements import split

MIGRATIONS: Final = Path(__file__).parent / "migrations"
ROLES: Final = Path(__file__).parent / "roles.sql"
ONE_MIGRATOR: Final = 0x5A150
# A migration that waits for a table makes everybody queue behind it: it gives up soon, lets them pass, and comes again.
LOCK_TIMEOUT_MS: Final = 500
ATTEMPTS: Final = 60
LONGEST_PAUSE_SECONDS: Final = 5.0

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"


class MigrationRefused(Exception):
    """The database can't be brought to this schema; the message is one sentence for the operator."""


class Migration(NamedTuple):
    """A file of the migrations' folder."""

    name: str
    checksum: str
    text: str


async def migrate(
    admin_url: str,
    *,
    service_password: str,
    folder: Path = MIGRATIONS,
    told: Callable[[str], None] = lambda _: None,
    attempts: int = ATTEMPTS,
) -> tuple[str, ...]:
    """Makes the roles, runs what hasn't run yet, and answers its names; `told` hears each when it is done.

    `admin_url` is a superuser's. Raises MigrationRefused; what was run before stays, and the next call goes on from there.
    """
    connection: Connection = await asyncpg.connect(admin_url, server_settings={"lock_timeout": f"{LOCK_TIMEOUT_MS}ms", "timezone": "UTC"})
    try:
        await connection.execute("set lock_timeout = 0")
        await connection.execute(f"select pg_advisory_lock({ONE_MIGRATOR})")
        await connection.execute(f"set lock_timeout = {LOCK_TIMEOUT_MS}")
        await _make_roles(connection, service_password)
        waiting = await pending(connection, folder)
        for migration in waiting:
            await _apply_patiently(connection, migration, attempts)
            told(migration.name)
        return tuple(migration.name for migration in waiting)
    finally:
        await connection.close()


async def make_roles(admin_url: str, *, service_password: str) -> None:
    """Makes the roles alone, in a database that is to be restored into."""
    connection: Connection = await asyncpg.connect(admin_url)
    try:
        await _make_roles(connection, service_password)
    finally:
        await connection.close()


async def pending(connection: Connection, folder: Path = MIGRATIONS) -> Sequence[Migration]:
    """What hasn't run yet, in order. Raises MigrationRefused where files and database contradict each other."""
    files = _read(folder)
    applied = {row["name"]: row["checksum"] for row in await connection.fetch("select name, checksum from public.migration")}
    if unknown := sorted(applied.keys() - files.keys()):
        raise MigrationRefused(
            f"The database is newer than this program: it has run {', '.join(unknown)}; run the program that knows them."
        )
    for name, checksum in sorted(applied.items()):
        if files[name].checksum != checksum:
            raise MigrationRefused(f"{name} was changed after it had run here: put it back, and write what should change into a new file.")
    waiting = [migration for name, migration in files.items() if name not in applied]
    if waiting and applied and waiting[0].name < max(applied):
        raise MigrationRefused(f"{waiting[0].name} comes before {max(applied)}, which has run here already: give it a later number.")
    return waiting


def _read(folder: Path) -> dict[str, Migration]:
    files = {path.name: path.read_bytes().replace(b"\r\n", b"\n") for path in sorted(folder.glob("*.sql"))}
    numbers = [name.split("_")[0] for name in files]
    if twice := {number for number in numbers if numbers.count(number) > 1}:
        raise MigrationRefused(f"Two migrations have the number {min(twice)}.")
    return {name: Migration(name, hashlib.sha256(data).hexdigest(), data.decode()) for name, data in files.items()}


async def _make_roles(connection: Connection, service_password: str) -> None:
    async with connection.transaction():
        # Roles belong to all databases of a server, and two migrators may work in two of them.
        await connection.execute("set local lock_timeout = '60s'")
        await connection.execute("lock table pg_catalog.pg_authid in share row exclusive mode")
        await _run(connection, ROLES.name, ROLES.read_text())
        await connection.execute("set local log_min_error_statement = 'panic'")  # the next statement holds a secret
        await connection.execute(
            await connection.fetchval("select format('alter role sayso_service password %L', $1::text)", service_password)
        )
        await connection.execute("set local role sayso_owner")
        await _run(connection, "public.migration", LEDGER)


async def _apply_patiently(connection: Connection, migration: Migration, attempts: int) -> None:
    for attempt in range(attempts):
        try:
            async with connection.transaction():
                await connection.execute("set local role sayso_owner")
                await _run(connection, migration.name, migration.text)
                await connection.execute(
                    "insert into public.migration (name, checksum) values ($1, $2)", migration.name, migration.checksum
                )
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            await asyncio.sleep(min(LONGEST_PAUSE_SECONDS, 0.1 * 2**attempt))
        else:
            return
    raise MigrationRefused(
        f"{migration.name} needs a table that somebody has kept busy all the time: look for a long transaction, then try again."
    )


async def _run(connection: Connection, name: str, text: str) -> None:
    for line, sql in split(text):
        try:
            await connection.execute(sql)
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            raise
        except asyncpg.PostgresError as error:
            raise MigrationRefused(f"{name}, line {line}: {error}") from error


LEDGER: Final = """
create table if not exists public.migration (
  name text constraint one_run_a_migration primary key constraint migration_name_has_a_length check (length(name) between 1 and 200),
  checksum text not null constraint migration_checksum_is_sha256 check (checksum ~ '^[0-9a-f]{64}$'),
  applied_at timestamptz not null default clock_timestamp());
grant select on public.migration to sayso_service;
"""
