"""Reads a CSV file (RFC 4180, UTF-8 with or without a byte order mark) into rows that know their line, each judged cell by cell."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from service.kit.imports.cells import Column

MOST_ROWS = 200_000
MOST_BYTES = 256 * 1024 * 1024
FORMULAS = ("=", "@", "\t", "\r")
"""What a spreadsheet would run. A number may begin with + or -, and telephone numbers do."""


class RefusedLine(msgspec.Struct, frozen=True, order=True):
    """Why a line isn't taken; the cells themselves are never repeated."""

    line: int
    reason: str


class Row(msgspec.Struct, frozen=True):
    """One record: the line on which it begins, its cells by column and what they mean (empty ones are left out), and all that is wrong with it."""

    line: int
    cells: dict[str, str]
    values: dict[str, Any]
    complaints: list[str]


class FileRefused(Exception):
    """The file as such can't be read."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.refused = RefusedLine(line, reason)


def read_rows(content: bytes, *, columns: Sequence[Column], key: Sequence[str]) -> list[Row]:
    """The rows in order; raises FileRefused where nothing of the file can be read."""
    records = _records(_text(content))
    _, header = next(records, (1, []))
    _check_header(header, columns=columns)
    rows: list[Row] = []
    first_line: dict[tuple[str | None, ...], int] = {}
    for line, cells in records:
        if len(rows) >= MOST_ROWS:
            raise FileRefused(line, f"More than {MOST_ROWS:,} rows: split the file.")
        row = _judged(line, cells, header=header, columns=columns)
        identity = tuple(row.cells.get(name) for name in key)
        if None not in identity and first_line.setdefault(identity, line) != line:
            row.complaints.append(f"The same {' and '.join(key)} as on line {first_line[identity]}.")
        rows.append(row)
    return rows


def _text(content: bytes) -> str:
    if len(content) > MOST_BYTES:
        raise FileRefused(1, "The file is larger than 256 MiB: split it.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefused(line, "This isn't UTF-8: save the file as `CSV UTF-8`.") from None
    if (nul := text.find("\0")) >= 0:
        raise FileRefused(text.count("\n", 0, nul) + 1, "The file holds the character NUL: it isn't a text.")
    return text


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that isn't empty, with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise FileRefused(line, f"The quotes can't be right: {error}.") from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield line, [cell.strip(" ") for cell in cells]


def _check_header(header: list[str], *, columns: Sequence[Column]) -> None:
    names = [column.name for column in columns]
    expected = f"The columns are: {', '.join(f'{column.name}*' if column.required else column.name for column in columns)} (* needed)."
    if not header:
        raise FileRefused(1, f"The file is empty. {expected}")
    if len(header) == 1 and ";" in header[0]:
        raise FileRefused(1, f"The columns are separated by semicolons: save the file with commas. {expected}")
    if unknown := [name for name in header if name not in names]:
        raise FileRefused(1, f"There is no column {unknown[0][:40]!r}. {expected}")
    if len(set(header)) != len(header):
        raise FileRefused(1, "A column stands twice in the header.")
    if missing := [column.name for column in columns if column.required and column.name not in header]:
        raise FileRefused(1, f"The column {missing[0]!r} is missing. {expected}")


def _judged(line: int, cells: list[str], *, header: list[str], columns: Sequence[Column]) -> Row:
    if len(cells) != len(header):  # which cell is whose can't be known then
        return Row(line, {}, {}, [f"{len(cells)} cells where the header has {len(header)}."])
    written = dict(zip(header, cells, strict=True))
    row = Row(line, {name: _unguarded(cell) for name, cell in written.items() if cell}, {}, [])
    for column in columns:
        if column.name not in row.cells:
            if column.required:
                row.complaints.append(f"{column.name} is empty.")
        elif written[column.name].startswith(FORMULAS):
            row.complaints.append(f"{column.name} begins like a formula; put an apostrophe before it if it is meant.")
        else:
            value, complaint = column.judged(row.cells[column.name])
            if complaint is None:
                row.values[column.name] = value
            else:
                row.complaints.append(complaint)
    return row


def _unguarded(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running it, as our own exports write it."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r" else cell
