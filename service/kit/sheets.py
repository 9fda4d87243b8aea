"""Tables that leave the house whole: CSV (RFC 4180) for a spreadsheet, JSON Lines (jsonlines.org) for a program."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec
from litestar import Response

Suffix = Literal["csv", "jsonl"]
MEDIA_TYPES: dict[Suffix, str] = {"csv": "text/csv", "jsonl": "application/jsonl"}


def sheet(rows: Sequence[msgspec.Struct], record: type[msgspec.Struct], *, name: str, suffix: Suffix) -> Response[str]:
    """The rows as a file to keep, `name.suffix`; as CSV with a line of the record's field names, also where there is no row."""
    text = _comma_separated(rows, record) if suffix == "csv" else "".join(f"{msgspec.json.encode(row).decode()}\n" for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{suffix}"', "Cache-Control": "private, no-store"}
    return Response(text, media_type=MEDIA_TYPES[suffix], headers=headers)


def _comma_separated(rows: Sequence[msgspec.Struct], record: type[msgspec.Struct]) -> str:
    names = record.__struct_fields__
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(names)
    writer.writerows([_cell(getattr(row, name)) for name in names] for row in rows)
    return file.getvalue()


def _cell(value: Any) -> Any:
    """A spreadsheet runs what begins like a formula; an apostrophe before it makes it words."""
    if isinstance(value, datetime):
        return value.isoformat()
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
