"""`sayso import`."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
import click

import service.app.rooms  # noqa: F401 — with the refusal that each constraint stands for, whatever room a row meets it in
from service.catalogue.imports import PRICE_BOOK
from service.cli._bar import bar
from service.cli._database import open_database
from service.cli._place import Place, folder_option, open_place, run_async
from service.cli._statements import StatementsRefused, StatementsTaken, import_file
from service.cli._words import counted
from service.customers.imports import ASSETS, CUSTOMERS, SITES
from service.dispatch.imports import SHIFTS, TECHNICIANS
from service.integrations.bank_statements import ENCODINGS, Encoding
from service.kit.database import Database
from service.kit.ids import uuid7
from service.kit.imports.files import FileRefused, RefusedLine, Row, read_rows
from service.kit.imports.loading import ImportKind, Loaded, NotLoaded, load_rows
from service.kit.principals import Principal
from service.settings import NotServing
from service.subscriptions.imports import SUBSCRIPTIONS

KINDS = {kind.name: kind for kind in (CUSTOMERS, SITES, ASSETS, PRICE_BOOK, SUBSCRIPTIONS, TECHNICIANS, SHIFTS)}
STATEMENTS = "statements"
IMPORTER = UUID(int=2)
"""How facts name what came from a file: `system:…0002`."""
SHOWN = 100


def described(kind: ImportKind) -> str:
    """A kind of file for the help: its columns with what they hold, and an example of a file."""
    widest = max(len(column.name) for column in kind.columns) + 2
    lines = [
        f"  {column.name + ('*' if column.required else ''):<{widest}}{column.wanted}{column.note and f'; {column.note}'}"
        for column in kind.columns
    ]
    return "\n".join(["\b", f"{kind.name}: {kind.about}", *lines, *(f"    {line}" for line in example(kind).splitlines())])


def example(kind: ImportKind) -> str:
    """A file of that kind with one row."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        zip(*((column.name, "" if column.instead_of_others else column.example) for column in kind.columns), strict=True)
    )
    return text.getvalue()


OF_STATEMENTS = (
    "statements: what a bank sends (CAMT, MT940, MT942, BAI2; a CSV with the --account whose column map reads it)."
    " Lines that name their invoice are paid at once; a file that was imported before changes nothing."
)
HELP = "\n\n".join(
    [
        "Each kind with its columns (* needed; the others may be empty or left out) and an example:",
        *map(described, KINDS.values()),
        OF_STATEMENTS,
    ]
)


@click.command(epilog=HELP)
@click.argument("kind", type=click.Choice([*KINDS, STATEMENTS]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Judge every line as if it were loaded, and load nothing.")
@click.option("--account", help="Of statements as CSV: the number of the bank account whose column map reads them.")
@click.option("--gap-reason", help="Of statements: why one may begin elsewhere than the last one ended.")
@click.option(
    "--encoding", type=click.Choice(ENCODINGS), help="Of statements: what the bank writes MT940, MT942, BAI2 or CSV in; UTF-8 unless told."
)
@click.option("--organisation", type=click.UUID, help="Whose rows they are; needed only where there are several.")
@folder_option
def command(
    kind: str,
    file: Path,
    *,
    dry_run: bool,
    account: str | None,
    gap_reason: str | None,
    encoding: Encoding | None,
    organisation: UUID | None,
    folder: Path,
) -> None:
    """Load a CSV file (UTF-8, commas, one header line) or a bank's statements, whole or not at all; what is there already, just so, is left alone.

    Exit code 1 where a line was refused; nothing is loaded then.
    """
    if kind == STATEMENTS:
        if dry_run:
            raise click.UsageError(
                "Statements have no --dry-run: one that can't be right is refused whole, and a second import changes nothing."
            )
        _take_statements(file, account=account, gap_reason=gap_reason, encoding=encoding, organisation=organisation, folder=folder)
        return
    try:
        with open_place(folder) as place:
            loaded = import_at(place, kind=KINDS[kind], content=file.read_bytes(), rehearsal=dry_run, organisation_id=organisation)
    except NotServing as error:
        raise click.ClickException(str(error)) from error
    except FileRefused as error:
        _tell(file, [error.refused])
        raise SystemExit(1) from None
    except NotLoaded as error:
        if error.refused:
            _tell(file, error.refused)
            raise SystemExit(1) from None
        click.echo(f"{_said(error.loaded)} would be loaded from {file.name}; this was a dry run, nothing was changed.")
        return
    click.echo(f"{_said(loaded)} loaded from {file.name}.")


def _take_statements(
    file: Path, *, account: str | None, gap_reason: str | None, encoding: Encoding | None, organisation: UUID | None, folder: Path
) -> None:
    try:
        with open_place(folder) as place:
            taken = import_statements_at(
                place, content=file.read_bytes(), account=account, gap_reason=gap_reason, encoding=encoding, organisation_id=organisation
            )
    except NotServing as error:
        raise click.ClickException(str(error)) from error
    except StatementsRefused as error:
        click.echo(f"{file.name}: {error}\nNothing was imported.", err=True)
        raise SystemExit(1) from None
    if taken.file.already_imported:
        click.echo(f"{file.name} was imported already; nothing was changed.")
        return
    click.echo(f"{counted(taken.file.lines, 'line')} imported from {file.name}; {counted(taken.waiting, 'line')} waiting for a person.")


@run_async
async def import_statements_at(
    place: Place, *, content: bytes, account: str | None, gap_reason: str | None, encoding: Encoding | None, organisation_id: UUID | None
) -> StatementsTaken:
    """Takes in a bank's file for one organisation and matches its lines; raises StatementsRefused."""
    importer = Principal(organisation_id=organisation_id or await _only_organisation(place), kind="system", id=IMPORTER)
    async with open_database(place.settings) as database:
        return await import_file(database, content=content, account=account, gap_reason=gap_reason, importer=importer, encoding=encoding)


@run_async
async def import_at(place: Place, *, kind: ImportKind, content: bytes, rehearsal: bool, organisation_id: UUID | None) -> Loaded:
    """Loads the file's content for one organisation; raises FileRefused, NotLoaded."""
    rows = read_rows(content, columns=kind.columns, key=kind.key)
    owner = organisation_id or await _only_organisation(place)
    async with open_database(place.settings) as database:
        return await import_rows(database, kind=kind, rows=rows, rehearsal=rehearsal, organisation_id=owner)


async def import_rows(database: Database, *, kind: ImportKind, rows: list[Row], rehearsal: bool, organisation_id: UUID) -> Loaded:
    """Loads rows in one transaction, with a bar on a terminal; raises NotLoaded."""
    at = datetime.now(UTC)
    with bar(kind.name, total=len(rows)) as told:
        done = await database.perform(
            load_rows,
            principal=Principal(organisation_id=organisation_id, kind="system", id=IMPORTER),
            at=at,
            request_id=uuid7(at=at),
            remember=None,
            values={"kind": kind, "rows": rows, "rehearsal": rehearsal, "told": told},
        )
    loaded: Loaded = done.record
    return loaded


async def _only_organisation(place: Place) -> UUID:
    connection = await asyncpg.connect(place.require_admin_url())
    try:
        rows = await connection.fetch("select organisation_id, name from identity.organisation order by created_at limit 20")
    finally:
        await connection.close()
    if len(rows) == 1:
        only: UUID = rows[0]["organisation_id"]
        return only
    if not rows:
        raise click.ClickException("There is no organisation yet: `sayso init` makes one.")
    names = "".join(f"\n  {row['organisation_id']}  {row['name']}" for row in rows)
    raise click.ClickException(f"Whose rows are they? Name one with --organisation:{names}")


def _tell(file: Path, refused: list[RefusedLine]) -> None:
    for one in refused[:SHOWN]:
        click.echo(f"{file.name}:{one.line}: {one.reason}", err=True)
    if len(refused) > SHOWN:
        click.echo(f"… and {len(refused) - SHOWN} more.", err=True)
    lines = len({one.line for one in refused})
    click.echo(f"Nothing was loaded: {lines} {'line was' if lines == 1 else 'lines were'} refused.", err=True)


def _said(loaded: Loaded) -> str:
    present = f" ({loaded.present:,} were there already)" if loaded.present else ""
    return f"{counted(loaded.added, 'row')}{present}"
