"""`sayso check-einvoice`."""

from pathlib import Path

import click

from service.documents.einvoice.checks import RULES, check_einvoice
from service.documents.einvoice.xml import MOST_BYTES, MalformedXml


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(*, file: Path) -> None:
    """Check an e-invoice (CII or UBL) by the rules of EN 16931; exit code 0 where all hold, 1 where one doesn't or the file can't be read."""
    with file.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
    try:
        broken = check_einvoice(content)
    except MalformedXml as error:
        click.echo(str(error))
        raise SystemExit(1) from None
    for one in broken:
        click.echo(f"{one.rule}: doesn't hold: {one.says}")
    if broken:
        raise SystemExit(1)
    click.echo(f"{len(RULES)} rules of EN 16931 hold.")
