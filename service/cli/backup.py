"""`sayso backup`."""

from pathlib import Path

import click

from service.cli._dump import dump
from service.cli._place import folder_option, open_place


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@folder_option
def command(file: Path, folder: Path) -> None:
    """Write the whole database into FILE while it is in use: one snapshot. The secrets aren't in it; keep them with it."""
    if file.exists():
        raise click.ClickException(f"{file} exists; name another file.")
    with open_place(folder, migrated=False, founds=False) as place:
        dump(place.require_admin_url(), file)
        click.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB")
        if place.embedded is not None:
            click.echo(f"Keep {folder / 'secrets.json'} with it: what is signed and linked can't be checked or opened without.")
