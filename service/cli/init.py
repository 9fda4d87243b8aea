"""`sayso init`."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import click
import msgspec

from service.app.serve import NotServing, open_database
from service.cli._place import Place, folder_option, open_place, run_async
from service.identity.organisations import found_organisation
from service.identity.records import Founded, Founding
from service.kit.ids import uuid7
from service.kit.principals import Principal
from service.kit.refusals import Refusal

FOUNDER = UUID(int=1)
"""How facts name the command line: `system:…0001`."""


@click.command()
@click.option("--name", prompt="The company's name")
@click.option("--zone", prompt="Its time zone (IANA)", default="Europe/Berlin", show_default=True)
@click.option("--currency", prompt="The currency it bills in (never changes)", default="EUR", show_default=True)
@click.option("--language", prompt="The language of its papers", type=click.Choice(["en", "de"]), default="en", show_default=True)
@click.option("--phone", prompt="The telephone number that customers reach a person by")
@click.option("--email", prompt="The address of mail that customers reach a person by")
@click.option("--manager-name", prompt="The first manager's name")
@click.option("--manager-email", prompt="The address they sign in with")
@click.password_option("--manager-password", envvar="SAYSO_MANAGER_PASSWORD", help="12 characters or more; asked for where it isn't given.")
@folder_option
def command(folder: Path, **answers: str) -> None:
    """Found an organisation with its first manager; asks for what isn't given."""
    try:
        with open_place(folder, told=click.echo) as place:
            founded = found_at(place, answers)
    except NotServing as error:
        raise click.ClickException(str(error)) from error
    except Refusal as refusal:
        raise click.ClickException(f"{refusal.detail} {refusal.remedy}") from refusal
    click.echo(f"{answers['name']} is founded: organisation {founded.organisation_id}.")
    click.echo(f"{answers['manager_email']} can sign in once `sayso serve` runs, and invite the others.")


@run_async
async def found_at(place: Place, answers: dict[str, str]) -> Founded:
    """Founds it in the place's database; raises Refusal, NotServing."""
    at = datetime.now(UTC)
    organisation_id, manager_id = uuid7(at=at, randomness=os.urandom), uuid7(at=at, randomness=os.urandom)
    founding = _founding({**answers, "organisation_id": organisation_id, "manager_id": manager_id})
    async with open_database(place.settings) as database:
        principal = Principal(organisation_id=organisation_id, kind="system", id=FOUNDER)
        done = await database.perform(
            found_organisation,
            principal=principal,
            at=at,
            request_id=uuid7(at=at, randomness=os.urandom),
            remember=None,
            values={"founding": founding},
        )
    founded: Founded = done.record
    return founded


def _founding(answers: dict[str, Any]) -> Founding:
    try:
        return msgspec.convert(answers, Founding, strict=True)
    except msgspec.ValidationError as error:
        raise click.ClickException(f"{error}.") from None
