"""`sayso mail-fetch`."""

import asyncio
import contextlib
from datetime import UTC, date, datetime
from pathlib import Path

import click

from service.app.serve import stop_on_signals
from service.cli._database import open_database
from service.cli._place import Place, folder_option, keep_running, open_place, run_async
from service.integrations.imap import MailboxMalformed, MailboxSilent, RemoteMailbox, read_mailbox
from service.kit.refusals import Refusal
from service.settings import NotServing
from service.worker.mail_fetch import NobodysMailbox, fetch_mail, keep_fetching


@click.command()
@click.option("--for", "address", required=True, help="The address of `POST /v1/mail-addresses` whose mail lies in the mailbox.")
@click.option("--every", default=60, show_default=True, type=click.IntRange(5, 86400), help="Seconds between two looks.")
@click.option("--once", is_flag=True, help="Take in what is there, and end.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="The first day whose mail is taken in, the first time; today without it.")
@folder_option
def command(address: str, every: int, *, once: bool, since: datetime | None, folder: Path) -> None:
    """Fetch mail for cases by IMAP from the mailbox SAYSO_IMAP_URL; nothing is changed in it."""
    with open_place(folder, founds=False, told=click.echo) as place:
        if not place.settings.imap_url:
            raise click.ClickException("Set SAYSO_IMAP_URL: imaps://user:password@host/INBOX.")
        try:
            fetch_at(place, read_mailbox(place.settings.imap_url), address, every, once=once, since=since.date() if since else None)
        except MailboxMalformed as error:
            raise click.ClickException(f"SAYSO_IMAP_URL isn't right: {error}") from error
        except (NotServing, NobodysMailbox, MailboxSilent) as error:
            raise click.ClickException(str(error)) from error
        except Refusal as refusal:
            raise click.ClickException(f"Not taken in: {refusal.code}. Run it again.") from refusal


@run_async
async def fetch_at(place: Place, mailbox: RemoteMailbox, address: str, every: int, *, once: bool, since: date | None) -> None:
    """Fetches until told to stop, or once."""
    stop = stop_on_signals()

    def clock() -> datetime:
        return datetime.now(UTC)

    async with contextlib.AsyncExitStack() as stack:
        if place.embedded is not None:
            guard = asyncio.create_task(keep_running(place.embedded))
            stack.callback(guard.cancel)
        database = await stack.enter_async_context(open_database(place.settings))
        if once:
            click.echo(f"{await fetch_mail(database, mailbox=mailbox, address=address, clock=clock, since=since)} mails taken in")
            return
        fetching = asyncio.create_task(
            keep_fetching(database, mailbox=mailbox, address=address, clock=clock, pause_seconds=every, since=since)
        )
        fetching.add_done_callback(lambda _: stop.set())
        stack.callback(fetching.cancel)
        click.echo(f"Sayso fetches mail from {mailbox.folder} at {mailbox.host}")
        await stop.wait()
        if fetching.done():  # by what it can't go on from
            fetching.result()
    click.echo("Sayso has stopped.")
