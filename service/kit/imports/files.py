"""Reads a CSV file (RFC 4180, UTF-8 with or without a byte order mark) into rows that know their line."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

import msgspec

MOST_ROWS = 200_000
MOST_BYTES = 256 * 1024 * 1024
FORMULAS = ("=", "@", "\t", "\r")
"""What a spreadsheet would run. A number may begin with + or -, and telephone numbers do."""


class RefusedLine(msgspec.Struct, frozen=True, order=True):
    """Why a line isn't taken; the cells themselves are never repeated."""

    line: int
    reason: str


class Row(msgspec.Struct, frozen=True):
    """One record: the line on which it begins, and its cells by column; empty ones are left out."""

    line: int
    cells: dict[str, str]


class FileRefused(Exception):
    """The file as such can't be read."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.refused = RefusedLine(line, reason)


def read_rows(
    content: bytes, *, columns: Sequence[str], required: Iterable[str], key: Sequence[str]
) -> tuple[list[Row], list[RefusedLine]]:
    """The rows in order, and the lines refused for their shape; raises FileRefused where nothing of it can be read."""
    records = _records(_text(content))
    _, header = next(records, (1, []))
    _check_header(header, columns=columns, required=set(required))
    rows: list[Row] = []
    refused: list[RefusedLine] = []
    first_line: dict[tuple[str | None, ...], int] = {}
    for line, cells in records:
        if len(rows) >= MOST_ROWS:
            raise FileRefused(line, f"More than {MOST_ROWS:,} rows: split the file.")
        row = Row(line, {name: cell for name, cell in zip(header, map(_unguarded, cells), strict=False) if cell})
        reason = _misshapen(row, cells, header=header, required=required)
        identity = tuple(row.cells.get(name) for name in key)
        if reason is None and identity in first_line:
            reason = f"The same {' and '.join(key)} as on line {first_line[identity]}."
        first_line.setdefault(identity, line)
        if reason is None:
            rows.append(row)
        else:
            refused.append(RefusedLine(line, reason))
    return rows, refused


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


def _check_header(header: list[str], *, columns: Sequence[str], required: set[str]) -> None:
    expected = f"The columns are: {', '.join(f'{name}*' if name in required else name for name in columns)} (* needed)."
    if not header:
        raise FileRefused(1, f"The file is empty. {expected}")
    if len(header) == 1 and ";" in header[0]:
        raise FileRefused(1, f"The columns are separated by semicolons: save the file with commas. {expected}")
    if unknown := [name for name in header if name not in columns]:
        raise FileRefused(1, f"There is no column {unknown[0][:40]!r}. {expected}")
    if len(set(header)) != len(header):
        raise FileRefused(1, "A column stands twice in the header.")
    if missing := [name for name in columns if name in required and name not in header]:
        raise FileRefused(1, f"The column {missing[0]!r} is missing. {expected}")


def _misshapen(row: Row, cells: list[str], *, header: list[str], required: Iterable[str]) -> str | None:
    if len(cells) != len(header):
        return f"{len(cells)} cells where the header has {len(header)}."
    if missing := [name for name in required if name not in row.cells]:
        return f"{missing[0]} is empty."
    if formulas := [name for name, cell in zip(header, cells, strict=True) if cell.startswith(FORMULAS)]:
        return f"{formulas[0]} begins like a formula; put an apostrophe before it if it is meant."
    return None


def _unguarded(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from running it, as our own exports write it."""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1] in "=+-@\t\r" else cell
