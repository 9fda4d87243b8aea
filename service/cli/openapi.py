"""`sayso openapi`."""

from pathlib import Path

import click

from service.app.document import texts


@click.command()
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Into this file instead of to the screen.")
def command(write: Path | None) -> None:
    """The OpenAPI document of this version; asks no database."""
    text = texts()["openapi.json"]
    if write is None:
        click.echo(text, nl=False)
    else:
        write.write_text(text, encoding="utf-8")
