"""Loads the rows of a file in one transaction: all of them, or none with the reason of each that was refused."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, TypeVar

import asyncpg
import msgspec

from service.kit.database import refusal_of
from service.kit.imports.cells import Column
from service.kit.imports.files import RefusedLine, Row
from service.kit.malformed import in_words
from service.kit.refusals import Refusal
from service.kit.verbs import Kept, Work, verb

T = TypeVar("T")
TOGETHER = 250
"""Rows that share a savepoint; only where one of them is refused are they taken one by one."""
MOST_REFUSED = 1000

Known = dict[Any, Any]
"""What a kind looked up once for all rows."""


def nothing_more(row: Row, known: Known) -> list[str]:  # noqa: ARG001 — the shape of ImportKind.judge
    """For rows that are judged cell by cell alone."""
    return []


class ImportKind(msgspec.Struct, frozen=True):
    """A kind of file: what a row of it is, its columns, what names a row, what is looked up before, and the rule for one row (True: it was new).

    `judge` says what is wrong with a row beyond its single cells; it hears also of rows some of whose cells can't be taken.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    look_up: Callable[[Work, Sequence[Row]], Awaitable[Known]]
    add: Callable[[Work, Row, Known], Awaitable[bool]]
    judge: Callable[[Row, Known], list[str]] = nothing_more


class Loaded(msgspec.Struct, frozen=True):
    """How many rows are new, and how many were there already, just so."""

    added: int
    present: int


class NotLoaded(Exception):
    """Nothing of the file was taken, because of these lines (at most 1,000 are told) or because it was a rehearsal."""

    def __init__(self, refused: list[RefusedLine], loaded: Loaded) -> None:
        super().__init__("nothing was loaded")
        self.refused = refused
        self.loaded = loaded


@verb()
async def load_rows(work: Work, *, kind: ImportKind, rows: Sequence[Row], rehearsal: bool, told: Callable[[int], None]) -> Loaded:
    """Takes every row by its rule, or none; raises NotLoaded."""
    lines: list[RefusedLine] = []
    counts = [0, 0]
    known = await kind.look_up(work, rows)
    for number, together in enumerate(_in_parts(rows)):
        complaints = {row.line: [*row.complaints, *kind.judge(row, known)] for row in together}
        lines += [RefusedLine(line, reason) for line, reasons in complaints.items() for reason in reasons]
        done, refused = await _add_together(work, kind, [row for row in together if not complaints[row.line]], known)
        lines += refused
        counts[0] += sum(done)
        counts[1] += len(done) - sum(done)
        told(min((number + 1) * TOGETHER, len(rows)))
        if len(lines) >= MOST_REFUSED:
            break
    loaded = Loaded(*counts)
    if lines or rehearsal:
        raise NotLoaded(sorted(lines, key=lambda refused: refused.line)[:MOST_REFUSED], loaded)
    return loaded


async def _add_together(work: Work, kind: ImportKind, rows: Sequence[Row], known: Known) -> tuple[list[bool], list[RefusedLine]]:
    try:
        async with work.undoable():
            return [await _add(work, kind, row, known) for row in rows], []
    except _LineRefused:
        pass
    done: list[bool] = []
    refused = []
    for row in rows:
        try:
            async with work.undoable():
                done.append(await _add(work, kind, row, known))
        except _LineRefused as one:
            refused.append(RefusedLine(row.line, one.reason))
    return done, refused


class _LineRefused(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def _add(work: Work, kind: ImportKind, row: Row, known: Known) -> bool:
    try:
        return await kind.add(work, row, known)
    except msgspec.ValidationError as error:
        what, _, where = in_words(error).partition(" - at `$.")
        raise _LineRefused(f"{where.rstrip('`') + ': ' if where else ''}{what}.") from None
    except ValueError as error:
        raise _LineRefused(str(error)) from None
    except Kept as kept:
        raise _LineRefused(f"{kept.refusal.detail} ({kept.refusal.code})") from None
    except Refusal as refusal:
        raise _LineRefused(f"{refusal.detail} ({refusal.code})") from None
    except asyncpg.PostgresError as error:
        said = refusal_of(error)
        raise _LineRefused(f"{said.detail} ({said.code})") from None


def decoded(record: type[T], /, **fields: Any) -> T:
    """A row as the record a request would carry, with the same limits; texts become the numbers and days they are."""
    return msgspec.convert({name: value for name, value in fields.items() if value is not None}, record, strict=False)


async def added(rule: Callable[..., Awaitable[Any]], work: Work, **values: Any) -> bool:
    """Runs a rule as part of the load; whether it made something new."""
    part = work.part()
    await rule(part, **values)
    return part.status == 201


def _in_parts(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for begin in range(0, len(rows), TOGETHER):
        yield rows[begin : begin + TOGETHER]
