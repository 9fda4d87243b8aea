"""`sayso demo`."""

import asyncio
import logging
import signal
from pathlib import Path
from time import perf_counter
from typing import Any

import click
import httpx
import msgspec

from service.app.serve import listen
from service.cli._place import run_async, sentences
from service.cli.demo.house import Ground, House, open_house, standing_ground
from service.cli.demo.mould import NAME, PASSWORD, SLUG
from service.cli.demo.passes import take_back, write_passes
from service.cli.demo.screen import Screen
from service.cli.demo.stories import STORIES
from service.cli.demo.stories.cast import Cast, gather
from service.cli.demo.teller import Step, StoryBroken, Teller
from service.integrations.mail_standin import KEPT
from service.kit import log
from service.settings import NotServing


class Ended(msgspec.Struct):
    """How the telling went."""

    steps: list[Step] = []

    @property
    def held(self) -> bool:
        """Whether every step of every story did."""
        return {step.story for step in self.steps} == STORIES.keys() and all(step.held for step in self.steps)


@click.command()
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--exit", "exits", is_flag=True, help="End when the stories are told: with 0 if, and only if, every step held.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(".sayso"),
    show_default=True,
    help="Where the demo's own database is kept, and demo.json while it stays up.",
)
@click.option("--share", type=click.IntRange(1, 20), default=1, help="Only every so many customers, for slow machines.")
def command(port: int, *, exits: bool, folder: Path, share: int) -> None:
    """Load a believable company, serve it, and tell three of its stories against the public API, before your eyes."""
    log.configure(level="ERROR")
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    screen = Screen()
    screen.console.print(f"[bold]Sayso[/bold] shows {NAME}, a company in Berlin and Lisbon that is made up.")
    screen.console.print("The stories happen in Berlin, and the times told are those of its clocks.\n")
    try:
        listen("127.0.0.1", port).close()  # nobody wants to hear it after the load
        with sentences(), screen, standing_ground(folder / "demo", told=screen.told, share=share) as ground:
            ended = tell(ground, folder=folder, port=port, exits=exits, screen=screen)
    except (NotServing, StoryBroken) as error:
        raise click.ClickException(str(error)) from error
    if not ended.held:
        raise SystemExit(1)


@run_async
async def tell(ground: Ground, *, folder: Path, port: int, exits: bool, screen: Screen) -> Ended:
    """Serves, tells the stories, and stays until told to stop."""
    stop, ended = asyncio.Event(), Ended()
    async with (
        open_house(ground, port=port, mails=folder / "demo" / "mail", told=screen.told, stop=stop) as house,
        httpx.AsyncClient(base_url=house.url, timeout=30, trust_env=False) as http,
    ):
        screen.progress.stop()
        for number in (signal.SIGTERM, signal.SIGINT):  # until here an interruption simply ends everything
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        cast = await gather(http, house.stripe, house.mailbox)
        await house.stripe.register(url=f"{house.url}/v1/organisations/{cast.organisation_id}/stripe-events", secret=house.webhook_secret)
        telling = asyncio.create_task(_tell(cast, ended, screen))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait([telling, stopped], return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            telling.cancel()
            await asyncio.gather(telling, return_exceptions=True)
            return ended
        telling.result()
        if not exits:  # whoever ends at once leaves no addresses: nothing would answer there, and demo.json may be another demo's
            passes = await write_passes(folder / "demo.json", cast=cast, url=house.url)
            try:
                _invite(house, cast, passes, folder, screen)
                await stopped
            finally:
                take_back(folder / "demo.json", passes)
        stopped.cancel()
    return ended


async def _tell(cast: Cast, ended: Ended, screen: Screen) -> None:
    began = perf_counter()
    for name, story in STORIES.items():
        teller = Teller(name, screen.step)
        try:
            await story(teller, cast)
        except StoryBroken as broken:
            teller.break_off(broken)
        ended.steps += teller.steps
    screen.table(ended.steps)
    claims = [held for step in ended.steps for held in step.claims.values()]
    verdict = "[green]All of it held.[/green]" if ended.held else "[bold red]Not all of it held.[/bold red]"
    screen.console.print(f"{verdict} {len(ended.steps)} requests, {sum(claims)} of {len(claims)} claims, {perf_counter() - began:.1f} s.")


def _invite(house: House, cast: Cast, passes: dict[str, Any], folder: Path, screen: Screen) -> None:
    """Where to go from here."""
    rows = [
        ("The API, by hand", f"{house.url}/docs"),
        ("An offer, as its customer sees it", passes["customer_link"]["page"]),
        ("What works, for everybody", f"{house.url}/o/{SLUG}/status"),
        ("A customer asks for their page", f"{house.url}/my/{cast.organisation_id}"),
        ("A technician's day", f"{house.url}/app/day  (sign in as {passes['technician']['email']})"),
        ("The board of the day", f"{house.url}/app/board  (sign in as {passes['dispatcher']['email']})"),
        ("The office", f"{house.url}/app/office  (sign in as {passes['manager']['email']})"),
        *((f"What happened to {name}", f"{house.url}/app/customers/{customer_id}") for name, customer_id in cast.met.items()),
        ("", "(as the office)"),
        ("The password of all of them", PASSWORD),
        ("A credential for every role", str(folder / "demo.json")),
        ("The mail that went out", f"{folder / 'demo' / 'mail'}  (the newest {KEPT})"),
        ("What must never be so, looked for", f"sayso doctor --folder {folder / 'demo'}"),
        ("To stop", "Ctrl-C; the next start goes on with what was done until then"),
    ]
    screen.console.print()
    for what, where in rows:
        screen.console.print(f"{what:<34} {where}")
    screen.console.print()
