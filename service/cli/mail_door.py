"""`sayso mail-door`."""

import asyncio
import contextlib
import ssl
from pathlib import Path

import click

from service.app.serve import stop_on_signals
from service.cli._database import open_database
from service.cli._place import Place, folder_option, keep_running, open_place, run_async
from service.settings import NotServing
from service.worker.mail_door import open_mail_door


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8025, show_default=True, help="0 takes a free one.")
@click.option("--certificate", type=click.Path(exists=True, dir_okay=False), help="A chain in PEM, for STARTTLS.")
@click.option("--key", type=click.Path(exists=True, dir_okay=False), help="Its private key.")
@folder_option
def command(host: str, port: int, certificate: str | None, key: str | None, folder: Path) -> None:
    """Take in mail for cases by SMTP, at the addresses of `POST /v1/mail-addresses`."""
    tls = None
    if certificate is not None:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(certificate, key)
    with open_place(folder, founds=False, told=click.echo) as place:
        try:
            open_at(place, host=host, port=port, tls=tls)
        except (NotServing, OSError) as error:
            raise click.ClickException(str(error)) from error


@run_async
async def open_at(place: Place, *, host: str, port: int, tls: ssl.SSLContext | None) -> None:
    """Takes mail in until told to stop."""
    stop = stop_on_signals()
    async with contextlib.AsyncExitStack() as stack:
        if place.embedded is not None:
            guard = asyncio.create_task(keep_running(place.embedded))
            stack.callback(guard.cancel)
        database = await stack.enter_async_context(open_database(place.settings))
        at = await stack.enter_async_context(open_mail_door(database, host=host, port=port, tls=tls))
        click.echo(f"Sayso takes mail in at {host}:{at}")
        await stop.wait()
    click.echo("Sayso has stopped.")
