"""`sayso restore`."""

import asyncio
import contextlib
import os
import shutil
from pathlib import Path

import asyncpg
import click

from db.migrate import make_roles, migrate
from service.cli._dump import load, require_dump
from service.cli._place import folder_option, kept_secrets, open_place, sentences
from service.cli.doctor import Finding, examine_place, show
from service.kit.embedded_postgres import EmbeddedPostgres


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--secrets",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The secrets.json kept with the backup; for the embedded database in a new folder.",
)
@folder_option
def command(file: Path, secrets: Path | None, folder: Path) -> None:
    """Fill an empty database from FILE, bring it to this version, tell readers of the feed to begin anew, and check everything."""
    with sentences():
        require_dump(file)
    embedded = not os.environ.get("SAYSO_DATABASE_URL")
    with contextlib.ExitStack() as undoing:
        if secrets is not None:
            _bring(secrets, folder / "secrets.json", undoing)
        elif embedded and not (folder / "secrets.json").exists():
            raise click.ClickException(
                "Name the secrets.json kept with the backup with --secrets: what it signed can't be checked without."
            )
        if embedded and not (folder / "postgres").exists():
            undoing.callback(_remove_database, folder / "postgres")
        findings = _restored(file, folder, undoing)
    show(findings, as_json=False)
    if not all(finding.ok for finding in findings):
        raise SystemExit(1)


def _restored(file: Path, folder: Path, undoing: contextlib.ExitStack) -> list[Finding]:
    """What the doctor finds in the restored database; from the moment it is restored nothing is undone."""
    with open_place(folder, migrated=False, told=click.echo) as place, sentences():
        password = os.environ.get("SAYSO_SERVICE_PASSWORD", "")
        if place.embedded is not None:
            password = kept_secrets(folder / "secrets.json")["service_password"]
        if not password:
            raise click.ClickException("Set SAYSO_SERVICE_PASSWORD: what sayso_service is to sign in with.")
        admin_url = place.require_admin_url()
        asyncio.run(_require_empty(admin_url))
        asyncio.run(make_roles(admin_url, service_password=password))
        load(admin_url, file)
        asyncio.run(migrate(admin_url, service_password=password, told=lambda name: click.echo(f"migrated {name}")))
        epoch = asyncio.run(_begin_epoch(admin_url))
        undoing.pop_all()
        click.echo(f"restored; epoch {epoch} begins: cursors from before are told")
        return examine_place(place, folder)


def _bring(source: Path, target: Path, undoing: contextlib.ExitStack) -> None:
    """Copies the secrets to where the database will be. What is made on the way is undone with the rest, and nothing else is."""
    kept_secrets(source)
    for folder in reversed(target.parents):
        if not folder.exists():
            folder.mkdir(mode=0o700)
            undoing.callback(_remove_if_empty, folder)
    try:
        target.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        raise click.ClickException(f"{target} exists; restore into a new folder, with --folder.") from None
    undoing.callback(target.unlink)
    shutil.copyfile(source, target)


def _remove_if_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):  # somebody else has put something there: it is theirs
        folder.rmdir()


def _remove_database(folder: Path) -> None:
    """Removes a database that we began, unless another process has joined it meanwhile."""
    if folder.exists() and not EmbeddedPostgres(folder).runs:
        shutil.rmtree(folder)


async def _require_empty(admin_url: str) -> None:
    connection = await asyncpg.connect(admin_url)
    try:
        if await connection.fetchval("select exists (select from pg_namespace where nspname = 'kit')"):
            raise click.ClickException("This database isn't empty; restore into a new one: --folder names a new folder.")
    finally:
        await connection.close()


async def _begin_epoch(admin_url: str) -> int:
    """Transaction ids of this cluster have nothing to do with those of the copy."""
    connection = await asyncpg.connect(admin_url)
    try:
        async with connection.transaction():
            epoch: int = await connection.fetchval("insert into kit.epoch (epoch) select max(epoch) + 1 from kit.epoch returning epoch")
            await connection.execute("select kit.stamp_epoch()")
        return epoch
    finally:
        await connection.close()
