"""Tables that leave the house whole: CSV (RFC 4180) for a spreadsheet, JSON Lines (jsonlines.org) for a program."""

import csv
import io
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial, wraps
from inspect import signature
from operator import attrgetter
from typing import Any, Literal, get_args

import msgspec
from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from service.kit.http import Call, question
from service.kit.money import Money
from service.kit.streams import PatientStream

Suffix = Literal["csv", "jsonl"]
MEDIA_TYPES: dict[Suffix, str] = {"csv": "text/csv", "jsonl": "application/jsonl"}
ROWS_AT_ONCE = 1_000
"""What a file holds in memory, however long it is."""


def sheet(rows: Sequence[msgspec.Struct], record: type[msgspec.Struct], *, name: str, suffix: Suffix) -> Response[str]:
    """The rows as a file to keep, `name.suffix`; as CSV with a line of the record's field names, also where there is no row."""
    text = _written(rows, record, suffix, headed=True)
    return Response(text, media_type=MEDIA_TYPES[suffix], headers=_headers(name, suffix))


def exported(rule: Callable[..., Any], suffix: Suffix, *, scope: str) -> dict[str, Any]:
    """What a route declares that answers a report as one sheet."""
    name = rule.__name__.split("_", 1)[1]
    return question(rule, scope=scope) | {"operation_id": f"export_{name}_{suffix}", "media_type": MEDIA_TYPES[suffix]}


def files_of(
    route: HTTPRouteHandler, record: type[msgspec.Struct], *, name: str | None = None, rows: str = "items"
) -> list[HTTPRouteHandler]:
    """The same list whole, as two files: `.csv` and `.jsonl` behind its path, asked by the same conditions. A file is written while it is read, page by page.

    It is kept under `name`, or else under its path's last word; `rows` is the field that its rows stand in.
    """
    (path,) = route.paths
    return [_file_of(route, record, name or path.rsplit("/", 1)[-1], rows, suffix) for suffix in get_args(Suffix)]


def _file_of(route: HTTPRouteHandler, record: type[msgspec.Struct], name: str, rows: str, suffix: Suffix) -> HTTPRouteHandler:
    (path,) = route.paths
    listed = signature(route.fn)

    @wraps(route.fn)
    async def whole(**asked: Any) -> Response[str]:
        paged = {"limit": ROWS_AT_ONCE, "cursor": None} if "cursor" in listed.parameters else {}
        answer: Response[str] = await route.fn(**asked | {"call": Whole(asked["call"], record, name, suffix, rows=rows)} | paged)
        return answer

    kept = [one for one in listed.parameters.values() if one.name not in {"limit", "cursor"}]
    whole.__signature__ = listed.replace(parameters=kept, return_annotation=Response[str])  # type: ignore[attr-defined]
    whole.__annotations__ = {one.name: one.annotation for one in kept} | {"return": Response[str]}
    return get(
        f"{path}.{suffix}",
        operation_id=f"export_{str(route.operation_id).removeprefix('list_').removeprefix('read_')}_{suffix}",
        summary=route.summary,
        description=route.description,
        media_type=MEDIA_TYPES[suffix],
        opt=route.opt,
    )(whole)


class Whole(Call[Any]):
    """A call that answers a list whole, as a file, instead of by its first page."""

    def __init__(self, call: Call[Any], record: type[msgspec.Struct], name: str, suffix: Suffix, *, rows: str = "items") -> None:
        super().__init__(call.request, b"")
        self._record, self._name, self._rows, self._suffix = record, name, attrgetter(rows), suffix

    async def read(self, rule: Callable[..., Coroutine[Any, Any, Any]], **values: Any) -> Any:
        """The file; its first rows are read before it begins, so that a refusal is answered as one."""
        first = await self.ask(rule, **values)
        return PatientStream(
            self._parts(rule, values, first), media_type=MEDIA_TYPES[self._suffix], headers=_headers(self._name, self._suffix)
        )

    async def _parts(self, rule: Callable[..., Coroutine[Any, Any, Any]], values: dict[str, Any], page: Any) -> AsyncGenerator[bytes]:
        yield _written(self._rows(page), self._record, self._suffix, headed=True).encode()
        while (cursor := getattr(page, "next", None)) is not None:
            page = await self.ask(rule, **values | {"cursor": cursor})
            yield _written(self._rows(page), self._record, self._suffix, headed=False).encode()


def _headers(name: str, suffix: Suffix) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}.{suffix}"', "Cache-Control": "private, no-store"}


def _written(rows: Iterable[msgspec.Struct], record: type[msgspec.Struct], suffix: Suffix, *, headed: bool) -> str:
    if suffix == "jsonl":
        return "".join(f"{msgspec.json.encode(row).decode()}\n" for row in rows)
    columns = list(_columns(record))
    file = io.StringIO()
    writer = csv.writer(file)
    if headed:
        writer.writerow(name for name, _ in columns)
    writer.writerows([_cell(value(row)) for _, value in columns] for row in rows)
    return file.getvalue()


def _columns(record: type[msgspec.Struct]) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """The record's fields; money is two columns, its whole minor units and its currency."""
    for field in msgspec.structs.fields(record):
        if field.type in (Money, Money | None):
            yield f"{field.name}_minor", partial(_of_money, field.name, "amount")
            yield f"{field.name}_currency", partial(_of_money, field.name, "currency")
        else:
            yield field.name, attrgetter(field.name)


def _of_money(name: str, part: str, row: msgspec.Struct) -> Any:
    money = getattr(row, name)
    return None if money is None else getattr(money, part)


def _cell(value: Any) -> Any:
    """A spreadsheet runs what begins like a formula; an apostrophe before it makes it words. What is a list stands as JSON."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, msgspec.Struct | list | dict):
        return msgspec.json.encode(value).decode()
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
