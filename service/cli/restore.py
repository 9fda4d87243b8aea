"""`sayso restore`."""

import asyncio
import os
import shutil
from pathlib import Path

import asyncpg
import click

from db.migrate import make_roles, migrate
from service.cli._dump import load
from service.cli._place import folder_option, kept_secrets, open_place, sentences
from service.cli.doctor import examine_place, show


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
    if secrets is not None:
        _bring(secrets, folder / "secrets.json")
    elif not os.environ.get("SAYSO_DATABASE_URL") and not (folder / "secrets.json").exists():
        raise click.ClickException("Name the secrets.json kept with the backup with --secrets: what it signed can't be checked without.")
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
        click.echo(f"restored; epoch {epoch} begins: cursors from before are told")
        findings = examine_place(place)
    show(findings, as_json=False)
    if not all(finding.ok for finding in findings):
        raise SystemExit(1)


def _bring(source: Path, target: Path) -> None:
    kept_secrets(source)
    if target.exists():
        raise click.ClickException(f"{target} exists; restore into a new folder, with --folder.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.touch(mode=0o600)
    shutil.copyfile(source, target)


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
        epoch: int = await connection.fetchval("insert into kit.epoch (epoch) select max(epoch) + 1 from kit.epoch returning epoch")
        return epoch
    finally:
        await connection.close()
