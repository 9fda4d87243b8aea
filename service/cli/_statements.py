"""`sayso import statements`: a bank's file taken in and its lines matched at once, with a bar on a terminal."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from service.billing.bank.files import file_of
from service.billing.bank.imports import import_statements
from service.billing.bank.looking import count_bank_lines, count_unjudged_lines, list_bank_accounts
from service.billing.bank.posting import match_next
from service.billing.records.bank import ImportedFile
from service.cli._bar import bar
from service.integrations.bank_statements import CsvMap, Encoding
from service.kit.database import Database
from service.kit.ids import uuid7
from service.kit.principals import Principal
from service.kit.refusals import Refusal


class StatementsTaken(msgspec.Struct, frozen=True):
    """What came of a file."""

    file: ImportedFile
    judged: int
    waiting: int


class StatementsRefused(Exception):
    """Nothing of the file was taken in; the message says why and what to do."""


async def import_file(
    database: Database,
    *,
    content: bytes,
    account: str | None,
    gap_reason: str | None,
    importer: Principal,
    encoding: Encoding | None = None,
) -> StatementsTaken:
    """Takes in one file and matches what waits unjudged; raises StatementsRefused."""
    at = datetime.now(UTC)

    async def ask(question: Any, **values: Any) -> Any:
        return await database.read(question, principal=importer, at=at, request_id=uuid7(at=at), values=values)

    async def do(rule: Any, **values: Any) -> Any:
        done = await database.perform(rule, principal=importer, at=at, request_id=uuid7(at=at), remember=None, values=values)
        return done.record

    try:
        file = await file_of(content, csv_map=await _csv_map(ask, account), encoding=encoding)
        told: ImportedFile = await do(import_statements, file=file, gap_reason=gap_reason)
    except Refusal as refusal:
        said = ", ".join(f"{name} {value}" for name, value in refusal.extras.items())
        raise StatementsRefused(f"{refusal.detail} {said and f'({said}) '}{refusal.remedy}") from refusal
    judged = await _match(ask, do)
    waiting: int = (await ask(count_bank_lines)).waiting
    return StatementsTaken(told, judged, waiting)


async def _csv_map(ask: Any, number: str | None) -> CsvMap | None:
    if number is None:
        return None
    found = [one for one in (await ask(list_bank_accounts)).items if one.number == number.replace(" ", "").upper()]
    if not found:
        raise StatementsRefused(f"There is no bank account {number}.")
    csv_map: CsvMap | None = found[0].csv_map
    return csv_map


async def _match(ask: Any, do: Any) -> int:
    """Matches everything that nothing has tried yet: how many lines were looked at."""
    looked_at, before = 0, await ask(count_unjudged_lines)
    with bar("matching", total=before) as told:
        while await match_next(ask, do):
            left = await ask(count_unjudged_lines)
            looked_at = max(looked_at, before - left)
            told(looked_at)
    return looked_at
