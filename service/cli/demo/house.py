"""Everything the demo runs on: the embedded PostgreSQL with the loaded company, the outside's stand-ins, the API and its background work."""

import asyncio
import contextlib
import fcntl
import hashlib
import secrets
from base64 import b64decode
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import msgspec

from db.migrate import migrate
from service.app.serve import serve
from service.cli._database import open_database
from service.cli._place import KeptSecrets, kept_secrets
from service.cli.demo.company import found, load
from service.cli.demo.office import Told, open_office, unheard
from service.integrations.mail_standin import Mailbox, running_mailbox
from service.integrations.outside import open_outside
from service.integrations.provisioning_standin import DEFAULT_SECRET, Network, running_network
from service.integrations.stripe.standin.remote import Standin
from service.integrations.stripe.standin.server import running_standin
from service.kit.database import Database
from service.kit.embedded_postgres import EmbeddedPostgres, create_database, drop_database, on_database
from service.kit.ids import uuid7
from service.kit.tasks.runner import Runner
from service.settings import Settings
from service.worker import working
from service.worker.rooms import kinds

SOURCES = Path(__file__).parents[3] / "db"
OTHER_EMAIL = "manager@hudson-doorstep.example"
STANDING = "coalesce(nullif(current_setting('sayso.at', true), '')::timestamptz, clock_timestamp())"


@dataclass
class House:
    """What answers, and where."""

    url: str
    stripe: Standin
    webhook_secret: str
    network: Network
    mailbox: Mailbox


@dataclass
class Ground:
    """The database with the company in it, and the settings that fit."""

    settings: Settings
    fresh: bool


def fingerprint() -> str:
    """Of what the company is made from: another schema or other data is another database."""
    files = sorted(path for path in SOURCES.rglob("*") if path.suffix in {".sql", ".csv"} and path.name != "schema.sql")
    files += [
        Path(__file__).with_name(f"{name}.py")
        for name in ("bench", "company", "mould", "news", "office", "snapshot", "subscribers", "week")
    ]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]


@contextlib.contextmanager
def standing_ground(folder: Path, *, told: Told, share: int = 1) -> Iterator[Ground]:
    """The embedded PostgreSQL, with the company loaded whole or not at all; stopped at the end of the block."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = kept_secrets(folder / "secrets.json")
    done = told("PostgreSQL", 1)
    with EmbeddedPostgres(folder / "postgres") as server, (folder / "lock").open("ab") as lock:
        done()
        fcntl.flock(lock, fcntl.LOCK_EX)
        name = f"demo_{fingerprint()}_{share}"
        fresh = not asyncio.run(_exists(server.url, name))
        if fresh:
            asyncio.run(prepare(server.url, name, kept=kept, told=told, share=share))
        fcntl.flock(lock, fcntl.LOCK_UN)
        yield Ground(settings_for(on_database(server.url, name), kept), fresh)


def settings_for(admin_url: str, kept: KeptSecrets) -> Settings:
    """The service's own, on that database."""
    url = on_database(admin_url, urlsplit(admin_url).path[1:], user="sayso_service", password=kept["service_password"])
    retired = tuple(kept.get("retired_keys", []))
    return Settings(database_url=url, secret=b64decode(kept["secret"]), signing_key=kept["signing_key"], retired_keys=retired)


async def _exists(admin_url: str, name: str) -> bool:
    connection = await asyncpg.connect(admin_url)
    try:
        return bool(await connection.fetchval("select exists (select from pg_database where datname = $1)", name))
    finally:
        await connection.close()


async def prepare(admin_url: str, name: str, *, kept: KeptSecrets, told: Told = unheard, share: int = 1) -> None:
    """Migrates and loads beside, and gives the database its name when all is in it; then drops those of earlier versions."""
    await drop_database(admin_url, f"{name}_new")
    url = await create_database(admin_url, f"{name}_new")
    done = told("the schema", 1)
    await migrate(url, service_password=kept["service_password"])
    done()
    # The past is made up, and recorded as of then: only a database's owner can let its clock stand, and it goes on before anybody is served.
    await _set_clock(url, STANDING)
    now = datetime.now(UTC)
    settings = settings_for(url, kept)
    async with open_office(settings, uuid7(at=now, randomness=secrets.token_bytes)) as office:
        await load(office, now=now, told=told, share=share)
    async with open_office(settings, uuid7(at=now, randomness=secrets.token_bytes)) as other:
        await found(
            other, name="Hudson Doorstep", email=OTHER_EMAIL, manager="Grace Whitfield", currency="USD", zone="America/New_York", at=now
        )
    await _set_clock(url, "clock_timestamp()")
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute(f'alter database "{name}_new" rename to "{name}"')
        earlier = await connection.fetch("select datname from pg_database where datname like 'demo\\_%' and datname <> $1", name)
    finally:
        await connection.close()
    for row in earlier:
        await drop_database(admin_url, row["datname"])


async def _set_clock(url: str, to: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f"create or replace function kit.recorded_now() returns timestamptz language sql volatile return {to}")
    finally:
        await connection.close()


@contextlib.asynccontextmanager
async def open_house(ground: Ground, *, port: int, mails: Path, stop: asyncio.Event, told: Told = unheard) -> AsyncIterator[House]:
    """The stand-ins, the API on that port and its background work, until `stop` or the end of the block. Raises NotServing."""
    secret = f"whsec_{secrets.token_urlsafe(24)}"
    async with contextlib.AsyncExitStack() as stack:
        network = await stack.enter_async_context(running_network())
        mailbox = await stack.enter_async_context(running_mailbox(folder=mails))
        stripe = await stack.enter_async_context(running_standin())
        settings = msgspec.structs.replace(
            ground.settings,
            public_url=f"http://127.0.0.1:{port}",
            log_level="ERROR",
            smtp_url=mailbox.url,
            mail_from="hello@tejo-spree.example",
            stripe_api_base=stripe.url,
            stripe_api_key=stripe.api_key,
            stripe_webhook_secrets=(secret,),
            provisioning_url=network.url,
            provisioning_secret=DEFAULT_SECRET,
            inside_targets=(network.authority,),
        )
        database = await stack.enter_async_context(open_database(settings))
        if ground.fresh:
            await _catch_up(settings, database, told)
        await stack.enter_async_context(working(settings=settings, database=database))
        url = await stack.enter_async_context(_serving(settings, database, port, stop))
        yield House(url=url, stripe=stripe, webhook_secret=secret, network=network.network, mailbox=mailbox.mailbox)


async def _catch_up(settings: Settings, database: Database, told: Told) -> None:
    """Does what the made-up past left to do, so that the stories don't wait for it."""
    left = await database.pool.fetchval("select count(*) from kit.due where due_at <= now()")
    done = told(f"{left} mails and orders to the network that all this left to do", left)
    async with open_outside(settings) as outside:
        runner = Runner(database, kinds=kinds(), outside=outside, at_once=16)
        while claimed := await runner.claim_due():
            await runner.settle_running()
            for _ in range(claimed):
                done()


@contextlib.asynccontextmanager
async def _serving(settings: Settings, database: Database, port: int, stop: asyncio.Event) -> AsyncIterator[str]:
    """The API's address, as long as the block lasts."""
    answering: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(
        serve(settings=settings, database=database, host="127.0.0.1", port=port, stop=stop, announce=answering.set_result)
    )
    await asyncio.wait({serving, asyncio.ensure_future(answering)}, return_when=asyncio.FIRST_COMPLETED)  # type: ignore[type-var]
    if not answering.done():
        await serving
    try:
        yield answering.result()
    finally:
        stop.set()
        await serving
