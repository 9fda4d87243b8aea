"""`sayso init`."""

import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click
import msgspec

from service.cli._answers import answer_options, answered
from service.cli._database import open_database
from service.cli._place import Place, folder_option, open_place, run_async
from service.cli._words import NO_MAIL_SERVER
from service.identity.organisations import find_lookalikes, found_organisation
from service.identity.records import Founded, Founding
from service.kit.database import Database
from service.kit.ids import uuid7
from service.kit.principals import Principal
from service.kit.refusals import Refusal
from service.settings import NotServing

FOUNDER = UUID(int=1)
"""How facts name the command line: `system:…0001`."""


@click.command()
@answer_options
@click.option("--another", is_flag=True, help="Found it although one of that name, or with a manager of that address, is here already.")
@folder_option
def command(folder: Path, *, another: bool, **given: str | None) -> None:
    """Found an organisation with its first manager.

    At a terminal it asks for what isn't given; elsewhere it takes the defaults, and names the flags that are missing.
    """
    answers = answered(given)
    try:
        with open_place(folder, told=click.echo) as place:
            founded, has_mail = found_at(place, answers, another=another), bool(place.settings.smtp_url)
    except NotServing as error:
        raise click.ClickException(str(error)) from error
    except Refusal as refusal:
        raise click.ClickException(f"{refusal.detail} {refusal.remedy}") from refusal
    click.echo(f"{answers['name']} is founded: organisation {founded.organisation_id}.")
    click.echo(f"{answers['manager_email']} can sign in once `sayso serve` runs, and invite the others.")
    if not has_mail:
        click.echo(NO_MAIL_SERVER)


@run_async
async def found_at(place: Place, answers: dict[str, str], *, another: bool) -> Founded:
    """Founds it in the place's database; raises Refusal, NotServing, and ClickException where it seems to be there."""
    at = datetime.now(UTC)
    organisation_id, manager_id = uuid7(at=at, randomness=os.urandom), uuid7(at=at, randomness=os.urandom)
    founding = msgspec.convert({**answers, "organisation_id": organisation_id, "manager_id": manager_id}, Founding, strict=True)
    async with open_database(place.settings) as database:
        if not another:
            await _refuse_twins(database, founding, at=at)
        done = await database.perform(
            found_organisation,
            principal=Principal(organisation_id=organisation_id, kind="system", id=FOUNDER),
            at=at,
            request_id=uuid7(at=at, randomness=os.urandom),
            remember=None,
            values={"founding": founding},
        )
    founded: Founded = done.record
    return founded


async def _refuse_twins(database: Database, founding: Founding, *, at: datetime) -> None:
    """A command that was run twice is no wish for two companies."""
    found = await find_lookalikes(database, name=founding.name, email=founding.manager_email, at=at, request_id=uuid7(at=at))
    told = [
        f"{known.name} (organisation {known.id}) is here already{f', and {founding.manager_email} signs in to it' if same_address else ''}."
        for known, same_address in found
    ]
    if told:
        raise click.ClickException(" ".join([*told, "Nothing was founded. If another one is meant, say so with --another."]))
