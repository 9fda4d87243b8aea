"""`sayso backup`."""

from pathlib import Path

import click

from service.cli._dump import dump
from service.cli._place import Place, folder_option, open_place, read_whole, run_async


@run_async
async def require_ours(place: Place, folder: Path) -> None:
    """A database of somebody else's would make a backup of nothing."""
    async with read_whole(place, folder):
        pass


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@folder_option
def command(file: Path, folder: Path) -> None:
    """Write the whole database into FILE while it is in use: one snapshot. The secrets aren't in it; keep them with it."""
    try:
        taken = file.exists()
    except OSError as error:  # a folder that mustn't be looked into
        raise click.ClickException(f"{file} can't be written: {error.strerror}.") from None
    if taken:
        raise click.ClickException(f"{file} exists; name another file.")
    with open_place(folder, migrated=False, founds=False) as place:
        require_ours(place, folder)
        dump(place.require_admin_url(), file)
        click.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB")
        if place.embedded is not None:
            click.echo(f"Keep {folder / 'secrets.json'} with it: what is signed and linked can't be checked or opened without.")
