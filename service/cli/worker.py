"""`sayso worker`."""

import asyncio
import contextlib
from pathlib import Path

import click

from service.app.serve import listen, stop_on_signals
from service.cli._database import open_database
from service.cli._place import Place, folder_option, keep_running, open_place, run_async
from service.cli._words import NO_MAIL_SERVER
from service.settings import NotServing
from service.worker import working


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8001, show_default=True, help="Where `GET /health/live` answers.")
@folder_option
def command(host: str, port: int, folder: Path) -> None:
    """Run background work in a process of its own (`sayso serve --no-worker` serves without it)."""
    with open_place(folder, told=click.echo) as place:
        try:
            work_at(place, host=host, port=port)
        except NotServing as error:
            raise click.ClickException(str(error)) from error


@run_async
async def work_at(place: Place, *, host: str, port: int) -> None:
    """Works until told to stop, then finishes what was begun."""
    stop = stop_on_signals()
    async with contextlib.AsyncExitStack() as stack:
        if place.embedded is not None:
            guard = asyncio.create_task(keep_running(place.embedded))
            stack.callback(guard.cancel)
        database = await stack.enter_async_context(open_database(place.settings))
        await stack.enter_async_context(working(settings=place.settings, database=database))
        listening = listen(host, port)
        live = await asyncio.start_server(_say_live, sock=listening)
        stack.callback(live.close)
        click.echo(f"Sayso works in the background; http://{host}:{listening.getsockname()[1]}/health/live answers")
        if not place.settings.smtp_url:
            click.echo(NO_MAIL_SERVER)
        await stop.wait()
    click.echo("Sayso has stopped.")


async def _say_live(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """The one question this process answers."""
    with contextlib.suppress(TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        async with asyncio.timeout(5):
            head = await reader.readuntil(b"\r\n\r\n")
        found = head.startswith(b"GET /health/live ")
        status, body = (b"200 OK", b'{"status":"ok"}') if found else (b"404 Not Found", b"{}")
        answer = b"HTTP/1.1 %b\r\ncontent-type: application/json\r\ncontent-length: %d\r\nconnection: close\r\n\r\n%b"
        writer.write(answer % (status, len(body), body))
        await writer.drain()
    writer.close()
