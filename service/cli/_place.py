"""Where a command works: the database the settings name, or the embedded one in a folder of our own with secrets that are kept there."""

import asyncio
import base64
import contextlib
import json
import os
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, NotRequired, ParamSpec, TypedDict, TypeVar
from urllib.parse import urlsplit

import asyncpg
import click
import msgspec
import structlog
import uvloop
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from db.migrate import MigrationRefused, migrate
from service.integrations.mail import MailServerMalformed
from service.kit import log
from service.kit.embedded_postgres import EmbeddedPostgres, on_database
from service.kit.postgres_programs import PostgresUnavailable
from service.settings import Settings, SettingsWrong, read

P = ParamSpec("P")
T = TypeVar("T")
ADMIN_URL = "SAYSO_ADMIN_DATABASE_URL"
LOG = structlog.get_logger("place")


class Place(msgspec.Struct, frozen=True):
    """What a command works on. `admin_url` is a superuser's, empty where the operator named none."""

    settings: Settings
    admin_url: str
    embedded: EmbeddedPostgres | None = None

    def require_admin_url(self) -> str:
        """The superuser's address; a sentence for the operator where there is none."""
        if not self.admin_url:
            raise click.ClickException(f"This needs a superuser's address of the database: set {ADMIN_URL}.")
        return self.admin_url


@contextlib.asynccontextmanager
async def read_whole(place: Place, folder: Path) -> AsyncIterator[Any]:
    """A superuser's connection to a database of ours; one that isn't, or can't be reached, is told in a sentence."""
    try:
        connection = await asyncpg.connect(place.require_admin_url())
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise click.ClickException(f"The database can't be reached: {error}.") from error
    try:
        if await connection.fetchval("select to_regclass('kit.fact') is null"):
            where = f"in {folder}" if place.embedded is not None else f"at {ADMIN_URL}"
            raise click.ClickException(f"The database {where} isn't one of Sayso's: name another with --folder.")
        yield connection
    finally:
        await connection.close()


class KeptSecrets(TypedDict):
    """What `secrets.json` holds."""

    secret: str
    signing_key: str
    service_password: str
    retired_keys: NotRequired[list[str]]
    """Public keys that signed before `signing_key`."""


folder_option = click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".sayso"),
    show_default=True,
    help="Where the embedded database and its secrets are kept, when SAYSO_DATABASE_URL names no other.",
)


@contextlib.contextmanager
def open_place(
    folder: Path, *, migrated: bool = True, founds: bool = True, told: Callable[[str], None] = lambda _: None, **defaults: Any
) -> Iterator[Place]:
    """The database of the settings, or the embedded one, started, migrated and left running for whoever else uses it.

    Unless the command `founds`, a folder without a database is refused: it was mistyped. `defaults` are settings for the embedded case that the
    environment may override.
    """
    with sentences():
        if os.environ.get("SAYSO_DATABASE_URL"):
            settings = read(os.environ)
            log.configure(level=settings.log_level)
            yield Place(settings, os.environ.get(ADMIN_URL, ""))
            return
        if not founds and not (folder / "postgres" / "data").exists():
            raise click.ClickException(f"There is no database of Sayso's in {folder}: name its folder with --folder.")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = kept_secrets(folder / "secrets.json")
        embedded = EmbeddedPostgres(folder / "postgres")
        told("starting PostgreSQL")
        with embedded as server:
            if migrated and not founds and not asyncio.run(_is_ours(server.url)):
                raise click.ClickException(
                    f"The database in {folder} isn't one of Sayso's: name another with --folder. What `sayso demo` keeps is for the demo alone."
                )
            if migrated:
                asyncio.run(migrate(server.url, service_password=kept["service_password"], told=lambda name: told(f"migrated {name}")))
            settings = _local_settings(server.url, kept, defaults)
            log.configure(level=settings.log_level)
            yield Place(settings, server.url, embedded)


async def _is_ours(url: str) -> bool:
    connection = await asyncpg.connect(url)
    try:
        return bool(await connection.fetchval("select to_regclass('kit.fact') is not null"))
    finally:
        await connection.close()


def _local_settings(admin_url: str, kept: KeptSecrets, defaults: dict[str, Any]) -> Settings:
    name = urlsplit(admin_url).path[1:]
    environment = {
        "SAYSO_DATABASE_URL": on_database(admin_url, name, user="sayso_service", password=kept["service_password"]),
        "SAYSO_SECRET": kept["secret"],
        "SAYSO_SIGNING_KEY": kept["signing_key"],
        "SAYSO_RETIRED_KEYS": ",".join(kept.get("retired_keys", [])),
        **{f"SAYSO_{name.upper()}": str(value) for name, value in defaults.items()},
        **{name: value for name, value in os.environ.items() if name.startswith("SAYSO_")},
    }
    return read(environment)


def kept_secrets(path: Path) -> KeptSecrets:
    """Random secrets, made once, for this user's eyes alone."""
    if not path.exists():
        made = {
            "secret": base64.b64encode(secrets.token_bytes(32)).decode(),
            "signing_key": new_signing_key(),
            "service_password": secrets.token_urlsafe(32),
        }
        new = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(made, file)
        with contextlib.suppress(FileExistsError):  # another process was first: its secrets hold
            os.link(new, path)
        new.unlink()
    try:
        return msgspec.json.decode(path.read_bytes(), type=KeptSecrets)
    except msgspec.DecodeError:
        raise click.ClickException(f"{path} doesn't hold the secrets of a database of Sayso's.") from None


def new_signing_key() -> str:
    """A fresh Ed25519 private key in PEM."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def replace_secrets(path: Path, kept: KeptSecrets) -> None:
    """Puts these in the place of those that are there, whole or not at all."""
    new = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(kept, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


@contextlib.contextmanager
def sentences() -> Iterator[None]:
    """What an operator can mend is said in one sentence, without a traceback."""
    try:
        yield
    except (SettingsWrong, PostgresUnavailable, MigrationRefused) as error:
        raise click.ClickException(str(error)) from error
    except MailServerMalformed as error:
        raise click.ClickException(f"SAYSO_SMTP_URL isn't right: {error}") from error


def run_async(function: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, T]:
    """The function on an event loop of its own (uvloop)."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(function(*args, **kwargs))

    return run


async def keep_running(embedded: EmbeddedPostgres) -> None:
    """Starts the embedded server again whenever it is gone: after kill -9 the service answers 503 until it is back."""
    while True:
        await asyncio.sleep(0.5)
        if not embedded.runs:
            LOG.error("postgres_gone")
            try:
                await asyncio.to_thread(embedded.start)
            except PostgresUnavailable as error:
                LOG.error("postgres_unavailable", reason=str(error))  # noqa: TRY400 — a sentence for the operator
            else:
                LOG.info("postgres_back")
