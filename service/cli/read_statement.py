"""`sayso read-statement`."""

from pathlib import Path

import click
import msgspec

from service.cli._words import counted
from service.integrations.bank_statements import ENCODINGS, CsvMap, Entry, Statement, StatementUnreadable, decimal_text, read_statements

PATH = click.Path(exists=True, dir_okay=False, path_type=Path)
WIDE = 60


@click.command()
@click.argument("file", type=PATH)
@click.option("--map", "map_file", type=PATH, help="A CSV's column map as JSON; which members it has stands in docs/bank-statements.md.")
@click.option("--encoding", type=click.Choice(ENCODINGS), help="What an MT940, MT942 or BAI2 file is written in, where that isn't UTF-8.")
@click.option("--json", "as_json", is_flag=True, help="Everything that was read, one statement a line (JSON Lines).")
def command(*, file: Path, map_file: Path | None, encoding: str | None, as_json: bool) -> None:
    """Tell what a bank's statement file holds, or the line and the reason why it can't be taken in. Nothing is imported.

    CAMT.052, .053 and .054, MT940, MT942, BAI2, and CSV with --map. Exit code 0 where it was read, 1 where it is refused, 2 where the map can't be used.
    """
    csv_map = None if map_file is None else _map_of(map_file)
    try:
        with file.open("rb") as opened:
            statements = read_statements(opened, csv_map=csv_map, encoding=encoding)
    except StatementUnreadable as refusal:
        click.echo(f"{file.name}:{refusal.line}: {refusal.code}: {refusal.reason}", err=True)
        raise SystemExit(1) from None
    for statement in statements:
        if as_json:
            click.echo(msgspec.json.encode(statement).decode())
        else:
            _show(statement)


def _map_of(file: Path) -> CsvMap:
    try:
        csv_map = msgspec.json.decode(file.read_bytes(), type=CsvMap)
    except msgspec.MsgspecError as error:
        raise click.UsageError(f"{file}: {error}.") from error
    if (complaint := csv_map.complaint()) is not None:
        raise click.UsageError(f"{file}: {complaint}")
    return csv_map


def _show(statement: Statement) -> None:
    account = statement.account
    number = f" {statement.statement_id}" if statement.statement_id else ""
    balances = [
        f"{word} {decimal_text(balance.amount_minor, account.currency)}{f' on {balance.on}' if balance.on else ''}"
        for word, balance in (("opens with", statement.opening), ("closes with", statement.closing))
        if balance is not None
    ]
    proof = "the entries come to it" if statement.continuity == "proved" else "no balances prove that these are all"
    click.echo(f"line {statement.line}: {statement.format} {statement.kind}{number} of {account.number} in {account.currency}")
    click.echo(f"  {counted(len(statement.entries), 'booking')}; {', '.join([*balances, proof])}")
    for entry in statement.entries:
        _show_entry(entry)


def _show_entry(entry: Entry) -> None:
    other = entry.counterparty
    told = " · ".join(
        part
        for part in (other.name, other.account, entry.end_to_end_id, *entry.creditor_references, entry.remittance.replace("\n", " "))
        if part
    )
    state = "" if entry.status == "booked" else f" ({entry.status})"
    amount = f"{decimal_text(entry.amount_minor, entry.currency)} {entry.currency}"
    click.echo(f"  line {entry.line}: {entry.day or 'no day'} {amount:>16}{state}  {told[:WIDE]}{'…' if len(told) > WIDE else ''}")
    if entry.details:
        sums = {
            "equal": "which come to it",
            "differ": "which do not come to it",
            "untold": "not all with an amount in its currency",
        }
        click.echo(f"    {counted(len(entry.details), 'payment')}, {sums[entry.details_sum]}")
