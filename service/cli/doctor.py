"""`sayso doctor`."""

import importlib
import pkgutil
from importlib import resources
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import click
import msgspec
from rich.console import Console

from service.cli import _checks
from service.cli._checks import Surroundings, look_around
from service.cli._place import Place, folder_option, open_place, read_whole, run_async
from service.cli._words import counted
from service.kit.embedded_postgres import on_database
from service.settings import Settings

SHOWN = 20
# What row hashes depend on, as the service's role has it; and past row-level security, for it looks at all organisations.
SESSION = "set timezone = 'UTC'; set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres'; set bytea_output = 'hex'; set extra_float_digits = 1; set row_security = off; set search_path = public"

DEMO = "select datname from pg_database where datname ~ '^demo_[0-9a-f]{12}_[0-9]+$' order by oid desc limit 1"


class Offence(msgspec.Struct, frozen=True):
    """One thing that contradicts a promise."""

    organisation_id: UUID | None
    id: str
    detail: str


class Finding(msgspec.Struct, frozen=True):
    """One check: what it promises and what it found, the first 20 of `count`."""

    check: str
    promise: str
    ok: bool
    count: int
    offences: list[Offence]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document instead of a list.")
@folder_option
def command(*, as_json: bool, folder: Path) -> None:
    """Check what must never be otherwise, in one snapshot of the database; exit code 1 where something is."""
    with open_place(folder, migrated=False, founds=False, checkpoint_file=folder / "checkpoints.jsonl") as place:
        findings = examine_place(place, folder)
    show(findings, as_json=as_json)
    if not all(finding.ok for finding in findings):
        raise SystemExit(1)


@run_async
async def examine_place(place: Place, folder: Path) -> list[Finding]:
    """Every check on the place's database."""
    async with read_whole(await _of_demo(place), folder) as connection:
        return await examine(connection, place.settings)


async def _of_demo(place: Place) -> Place:
    """The same, or the demo's own database where the folder is the demo's: it stands under another name, so that nothing else takes it for a company."""
    if place.embedded is None:
        return place
    connection = await asyncpg.connect(place.admin_url)
    try:
        name = await connection.fetchval(DEMO)
    finally:
        await connection.close()
    return place if name is None else msgspec.structs.replace(place, admin_url=on_database(place.admin_url, name))


async def examine(connection: Any, settings: Settings) -> list[Finding]:
    """Every check, in the order of their names, in one snapshot. The connection must see past row-level security."""
    await connection.execute(SESSION)
    surroundings, findings = look_around(settings), []
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        for name, promise, find in checks():
            offences = [Offence(*row) for row in await find(connection, surroundings)]
            findings.append(Finding(name, promise, not offences, len(offences), offences[:SHOWN]))
    return findings


def checks() -> list[tuple[str, str, Any]]:
    """(name, promise, how to find offences) of each file beside `_checks`."""
    found = [(name, *_sql_check(text)) for name, text in _sql_files()]
    for info in pkgutil.iter_modules(_checks.__path__):
        module = importlib.import_module(f"{_checks.__name__}.{info.name}")
        found.append((info.name, (module.__doc__ or "").strip(), module.find))
    return sorted(found, key=lambda one: one[0])


def _sql_files() -> list[tuple[str, str]]:
    files = [entry for entry in resources.files(_checks).iterdir() if entry.name.endswith(".sql")]
    return [(entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8")) for entry in files]


def _sql_check(text: str) -> tuple[str, Any]:
    promise, _, query = text.partition("\n")

    async def find(connection: Any, _: Surroundings) -> list[tuple[Any, str, str]]:
        return [(row[0], str(row[1]), str(row[2])) for row in await connection.fetch(query)]

    return promise.removeprefix("-- ").strip(), find


def show(findings: list[Finding], *, as_json: bool) -> None:
    """The findings for a program or a person."""
    if as_json:
        document = {"ok": all(finding.ok for finding in findings), "checks": findings}
        click.echo(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
        return
    console = Console(highlight=False)
    for finding in findings:
        console.print(
            "[green]holds[/]" if finding.ok else "[bold red]BROKEN[/]", finding.check, f"[dim]{finding.promise}[/]", soft_wrap=True
        )
        for offence in finding.offences:
            console.print(f"       {offence.organisation_id or ''} {offence.id}: {offence.detail}", soft_wrap=True, markup=False)
        if finding.count > len(finding.offences):
            console.print(f"       … and {finding.count - len(finding.offences)} more")
    broken = sum(not finding.ok for finding in findings)
    checks = counted(len(findings), "check")
    console.print(f"{checks}, {broken} broken." if broken else f"{checks}: all held.")
