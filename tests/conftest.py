"""One PostgreSQL server a worker, its migrated template, a fresh copy of it a run; the service is asked over its public API.

Workers share no server: the feed is read up to the oldest transaction that still runs, whichever database of a server it runs in.
"""

import gc
import hashlib
import ipaddress
import os
import secrets
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from litestar import Litestar

from db.migrate import migrate
from service.app import build
from service.identity.scopes import SCOPE_OF_SUBJECT
from service.kit.database import Database
from service.kit.embedded_postgres import EmbeddedPostgres, create_database, drop_database, on_database
from service.kit.facts.feed import Feed
from service.kit.paging import Cursors
from service.kit.rates import Limiter
from service.settings import Settings, keys_of
from tests.still_clock import stand_still
from tests.world import Clock, World

SERVICE_PASSWORD = "only-for-tests"
ROOT = Path(__file__).parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
LONG = ("journeys", "faults", "web", "security")
"""Folders of files that take long: begun last, the last of them would keep one worker while the others stand idle."""


TOLD_TOGETHER = "tests/journeys"
"""Its files ask one made-up company, which takes as long to make as any of them: one worker makes it and runs them all."""


def pytest_configure() -> None:
    """Closes the sockets of this process to the outside: whoever speaks to any other machine than this one fails."""
    sys.addaudithook(_speaks_to_this_machine)


def _speaks_to_this_machine(event: str, heard: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"} and isinstance(heard[1], tuple):
        host = str(heard[1][0])
        if host != "localhost" and not ipaddress.ip_address(host.partition("%")[0]).is_loopback:
            pytest.fail(f"a test speaks to {host}")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """A file is one worker's, and so is the folder of those that are told together."""
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 — there only where several workers are

    class ByWorld(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file: str = super()._split_scope(nodeid)
            return TOLD_TOGETHER if file.startswith(f"{TOLD_TOGETHER}/") and not file.endswith("/test_show_demo.py") else file

    return ByWorld(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with what takes long."""
    items.sort(key=lambda item: LONG.index(item.path.parent.name) if item.path.parent.name in LONG else len(LONG))


def pytest_collection_finish() -> None:
    """What is collected stays to the end: it isn't looked through for garbage any more."""
    gc.freeze()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of this worker's server, as its superuser."""
    with EmbeddedPostgres(ROOT / ".sayso" / f"test-postgres-{WORKER}", fast=True) as server:
        yield server.url


@pytest.fixture(scope="session")
async def owner_url(postgres: str) -> AsyncIterator[str]:
    """A migrated database of this worker's own, as the superuser."""
    name = f"test_{os.getpid()}"
    url = await create_database(postgres, name, template=await _template(postgres))
    yield url
    await drop_database(postgres, name)


async def _template(postgres: str) -> str:
    """A database with the present schema, kept while the migrations stay the same."""
    files = sorted((ROOT / "db").rglob("*.sql"))
    name = "template_" + hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]
    if not await _exists(postgres, name):
        await drop_database(postgres, f"{name}_new")
        url = await create_database(postgres, f"{name}_new")
        await migrate(url, service_password=SERVICE_PASSWORD)
        await stand_still(url)
        await _rename(postgres, f"{name}_new", name)
    return name


async def _exists(postgres: str, name: str) -> bool:
    connection = await asyncpg.connect(postgres)
    try:
        return bool(await connection.fetchval("select exists (select from pg_database where datname = $1)", name))
    finally:
        await connection.close()


async def _rename(postgres: str, name: str, to: str) -> None:
    connection = await asyncpg.connect(postgres)
    try:
        await connection.execute(f'alter database "{name}" rename to "{to}"')
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def settings(owner_url: str) -> Settings:
    """Settings as an operator would have them, with a settable clock."""
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return Settings(
        database_url=on_database(owner_url, urlsplit(owner_url).path[1:], user="sayso_service", password=SERVICE_PASSWORD),
        secret=secrets.token_bytes(32),
        signing_key=key,
        settable_clock=True,
    )


@pytest.fixture(scope="session")
async def database(settings: Settings) -> AsyncIterator[Database]:
    """The service's own pool, as the service's role."""
    async with asyncpg.create_pool(
        settings.database_url, min_size=2, max_size=settings.pool_size, reset=no_reset, max_cacheable_statement_size=0
    ) as pool:
        yield Database(pool, randomness=os.urandom, cursors=Cursors(settings.secret), keys=keys_of(settings))


async def no_reset(_: object) -> None:
    """Transactions are closed where they are opened; a second ROLLBACK at release would cost a round trip."""


@pytest.fixture(scope="session")
async def owners(owner_url: str) -> AsyncIterator[asyncpg.Pool]:
    """Connections as the superuser; what a test set or holds in one is undone before the next has it."""
    async with asyncpg.create_pool(owner_url, min_size=1) as pool:
        yield pool


@pytest.fixture
async def owner(owners: asyncpg.Pool) -> AsyncIterator[asyncpg.Connection]:
    """A connection as the superuser, past row-level security: for attacks and for looking."""
    async with owners.acquire() as connection:
        yield connection


@pytest.fixture(scope="session")
def app(settings: Settings, database: Database) -> Litestar:
    """One application a worker: putting all routes together takes a third of a second."""
    return build(settings=settings, database=database)


@pytest.fixture
async def world(app: Litestar, database: Database) -> AsyncIterator[World]:
    """A fresh organisation with one manager, its own clock and unspent rates; other tests' organisations are other tenants."""
    clock = app.state.clock = Clock()
    app.state.limiter = Limiter()
    app.state.feed = Feed(database, scope_of_subject=SCOPE_OF_SUBJECT)
    world = World(app=app, database=database, clock=clock)
    await world.begin()
    yield world
    await world.leave_nothing_due()
    await world.end()


@pytest.fixture
async def other_world(world: World) -> AsyncIterator[World]:
    """Another organisation in the same service, with the same clock."""
    other = World(app=world.app, database=world.database, clock=world.clock)
    await other.begin()
    yield other
    await other.leave_nothing_due()
    await other.end()
