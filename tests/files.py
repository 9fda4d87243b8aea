"""Lists that leave whole: what a list says, its files say."""

import csv
import io
import json
import re
from datetime import datetime
from typing import Any

from tests.world import World

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)")


async def leaves_whole(world: World, path: str, *, rows_in: str = "items", files_at: str = "", **options: Any) -> list[dict[str, Any]]:
    """The rows of the list at this path, which its `.csv` and its `.jsonl` tell alike; they are behind its path, with `files_at` between."""
    path, _, query = path.partition("?")
    items: list[dict[str, Any]] = (await world.done("GET", f"{path}?{query}", **options))[rows_in]
    lines = await world.get(f"{path}{files_at}.jsonl?{query}", **options)
    assert lines.headers["content-type"].startswith("application/jsonl"), lines.text
    assert [json.loads(line) for line in lines.text.splitlines()] == items
    sheet = await world.get(f"{path}{files_at}.csv?{query}", **options)
    assert sheet.headers["content-type"].startswith("text/csv"), sheet.text
    rows = list(csv.DictReader(io.StringIO(sheet.text, newline="")))
    assert rows == [_as_cells(one, row) for one, row in zip(items, rows, strict=True)]
    return items


def _as_cells(item: dict[str, Any], row: dict[str, str]) -> dict[str, str]:
    """What JSON says as this row of CSV has it: money in two columns, a list as JSON, what begins like a formula behind an apostrophe."""
    cells: dict[str, str] = {}
    for name, value in item.items():
        if f"{name}_currency" in row and name not in row:
            amount, currency = (value["amount"], value["currency"]) if value else ("", "")
            cells |= {f"{name}_minor": str(amount), f"{name}_currency": currency}
        else:
            cells[name] = _as_cell(value)
    return cells


def _as_cell(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if not isinstance(value, str):
        return "" if value is None else str(value)
    if _MOMENT.fullmatch(value):
        return datetime.fromisoformat(value).isoformat()
    return f"'{value}" if value.startswith(("=", "+", "-", "@")) else value
