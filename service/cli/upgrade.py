"""`sayso upgrade`, also called `sayso migrate`."""

import asyncio
import os
from pathlib import Path

import click

from db.migrate import migrate
from service.cli._place import ADMIN_URL, folder_option, open_place, sentences
from service.cli._words import counted


@click.command()
@folder_option
def command(folder: Path) -> None:
    """Bring the database to this version's schema, under load: each change gives up soon rather than make others wait, and comes again."""
    admin_url, password = os.environ.get(ADMIN_URL), os.environ.get("SAYSO_SERVICE_PASSWORD")
    if admin_url and password:
        with sentences():
            done = asyncio.run(migrate(admin_url, service_password=password, told=lambda name: click.echo(f"migrated {name}")))
        click.echo(f"{counted(len(done), 'migration')} ran." if done else "The schema is this version's already.")
        return
    if os.environ.get("SAYSO_DATABASE_URL"):
        raise click.ClickException(
            f"Set {ADMIN_URL} (a superuser's address) and SAYSO_SERVICE_PASSWORD (what sayso_service signs in with)."
        )
    with open_place(folder, founds=False, told=click.echo):
        click.echo("The schema is this version's.")
