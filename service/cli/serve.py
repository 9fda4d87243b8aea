"""`sayso serve`."""

import asyncio
import contextlib
from pathlib import Path
from time import perf_counter

import click

from service.app.serve import serve, stop_on_signals
from service.cli._database import open_database
from service.cli._place import Place, folder_option, keep_running, open_place, run_async
from service.cli._words import NO_MAIL_SERVER
from service.settings import NotServing
from service.worker import working


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, envvar="PORT", help="0 takes a free one.")
@click.option("--worker/--no-worker", default=True, show_default=True, help="Whether background work runs in this process too.")
@folder_option
def command(host: str, port: int, *, worker: bool, folder: Path) -> None:
    """Serve the API; without SAYSO_DATABASE_URL on an embedded PostgreSQL that is started and migrated first."""
    began = perf_counter()
    with open_place(folder, told=click.echo, public_url=f"http://{host}:{port}", checkpoint_file=folder / "checkpoints.jsonl") as place:
        try:
            serve_place(place, host=host, port=port, worker=worker, began=began)
        except NotServing as error:
            raise click.ClickException(str(error)) from error


@run_async
async def serve_place(place: Place, *, host: str, port: int, worker: bool, began: float) -> None:
    """Everything of one process, from the pool to the last answer."""
    stop = stop_on_signals()
    async with contextlib.AsyncExitStack() as stack:
        if place.embedded is not None:
            guard = asyncio.create_task(keep_running(place.embedded))
            stack.callback(guard.cancel)
        database = await stack.enter_async_context(open_database(place.settings))
        if worker:
            await stack.enter_async_context(working(settings=place.settings, database=database))

        def announce(address: str) -> None:
            click.echo(f"Sayso answers at {address} (after {perf_counter() - began:.1f} s)")
            if not place.settings.smtp_url:
                click.echo(NO_MAIL_SERVER)

        await serve(settings=place.settings, database=database, host=host, port=port, stop=stop, announce=announce)
    click.echo("Sayso has stopped.")
