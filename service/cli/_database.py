"""The database of a process that serves, works or loads: opened without the application, which takes longer to put together than most commands run."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from typing import Any

import asyncpg

from db.migrate import MigrationRefused, pending
from service.kit.database import Database
from service.kit.paging import Cursors
from service.notices.template_faults import template_faults
from service.settings import NotServing, Settings, keys_of


@contextlib.asynccontextmanager
async def open_database(settings: Settings) -> AsyncIterator[Database]:
    """The pool as the service's role, on a database with the present schema; raises NotServing."""
    for file, fault in template_faults(settings.templates):
        raise NotServing(f"{file} in SAYSO_TEMPLATES {fault}.")
    options: dict[str, Any] = {"min_size": 1, "max_size": settings.pool_size, "reset": _no_reset, "timeout": 5, "command_timeout": 30}
    options["max_cacheable_statement_size"] = 0  # `apply` is longer than the 15 KB that asyncpg keeps prepared
    try:
        pool = await asyncpg.create_pool(settings.database_url, server_settings={"application_name": "sayso"}, **options)
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise NotServing(f"The database can't be reached: {type(error).__name__}: {error}.") from error
    try:
        await _require_schema(pool)
        if settings.settable_clock:
            await _require_test_database(pool)
        yield Database(pool, randomness=os.urandom, cursors=Cursors(settings.secret), keys=keys_of(settings))
    finally:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(5):
                await pool.close()
        pool.terminate()


async def _no_reset(_: object) -> None:
    """Transactions are closed where they are opened; a second ROLLBACK at release would cost a round trip."""


async def _require_schema(pool: Any) -> None:
    async with pool.acquire() as connection:
        if await connection.fetchval("select rolsuper or rolbypassrls from pg_roles where rolname = current_user"):
            raise NotServing("SAYSO_DATABASE_URL signs in as a role that row-level security doesn't hold: use sayso_service.")
        try:
            waiting = await pending(connection)
        except asyncpg.UndefinedTableError:
            raise NotServing("The database is empty: run `sayso upgrade` first.") from None
        except MigrationRefused as error:
            raise NotServing(str(error)) from error
        if waiting:
            raise NotServing(f"The database waits for {', '.join(one.name for one in waiting)}: run `sayso upgrade` first.")


async def _require_test_database(pool: Any) -> None:
    """A clock that any caller may set is for databases whose owner has said that they are for tests."""
    if "sayso.at" not in await pool.fetchval("select pg_get_functiondef('kit.recorded_now'::regproc)"):
        raise NotServing("SAYSO_SETTABLE_CLOCK is for test databases alone: unset it.")
