"""Routes of limits, of who holds cash, and of statements; the two reports also as files."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.billing.cash.custody import read_cash_statement, report_cash_held
from service.billing.cash.limits import list_cash_limits, set_cash_limit
from service.billing.records.custody import CashHeld, CashHeldReport, CashLimit, CashStatement, LimitReceipt, NewCashLimit, StatementLine
from service.kit.http import Call, command, question
from service.kit.money import Currency
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import Suffix, exported, files_of, sheet

Asked = NamedDependency[Call[Any]]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Until = Annotated[Instant | None, QueryParameter(description="As it stood at that instant; now, where none is named.")]
SinceAt = Annotated[Instant | None, QueryParameter(description="From this instant on; thirty days before the end, where none is named.")]
UntilAt = Annotated[Instant | None, QueryParameter(description="Until before this instant; until now, where none is named.")]


@post("/v1/cash/limits", **command(set_cash_limit, scope="cash:limit"))
async def set_cash_limit_route(data: JSONBody[NewCashLimit], call: Asked) -> Response[LimitReceipt]:
    return await call.perform(set_cash_limit, limit=data)


@get("/v1/cash/limits", **question(list_cash_limits, scope="cash:accept"))
async def list_cash_limits_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[CashLimit]]:
    return await call.read(list_cash_limits, limit=limit, cursor=cursor)


@get("/v1/reports/cash-held", **question(report_cash_held, scope="reports:read"))
async def report_cash_held_route(call: Asked, until: Until = None) -> Response[CashHeldReport]:
    return await call.read(report_cash_held, until=until)


@get("/v1/reports/cash-held.csv", **exported(report_cash_held, "csv", scope="reports:read"))
async def export_cash_held_csv_route(call: Asked, until: Until = None) -> Response[str]:
    return await _held(call, until, "csv")


@get("/v1/reports/cash-held.jsonl", **exported(report_cash_held, "jsonl", scope="reports:read"))
async def export_cash_held_jsonl_route(call: Asked, until: Until = None) -> Response[str]:
    return await _held(call, until, "jsonl")


async def _held(call: Call[Any], until: datetime | None, suffix: Suffix) -> Response[str]:
    report = await call.ask(report_cash_held, until=until)
    return sheet(report.items, CashHeld, name=f"cash-held-{report.until:%Y-%m-%d}", suffix=suffix)


@get("/v1/cash/statements/{staff_id:uuid}", **question(read_cash_statement, scope="cash:read"))
async def read_cash_statement_route(
    staff_id: FromPath[UUID], call: Asked, currency: FromQuery[Currency], from_at: SinceAt = None, until_at: UntilAt = None
) -> Response[CashStatement]:
    return await call.read(read_cash_statement, staff_id=staff_id, currency=currency, from_at=from_at, until_at=until_at)


@get("/v1/cash/statements/{staff_id:uuid}/statement.csv", **exported(read_cash_statement, "csv", scope="cash:read"))
async def export_cash_statement_csv_route(
    staff_id: FromPath[UUID], call: Asked, currency: FromQuery[Currency], from_at: SinceAt = None, until_at: UntilAt = None
) -> Response[str]:
    return await _statement(call, "csv", staff_id=staff_id, currency=currency, from_at=from_at, until_at=until_at)


@get("/v1/cash/statements/{staff_id:uuid}/statement.jsonl", **exported(read_cash_statement, "jsonl", scope="cash:read"))
async def export_cash_statement_jsonl_route(
    staff_id: FromPath[UUID], call: Asked, currency: FromQuery[Currency], from_at: SinceAt = None, until_at: UntilAt = None
) -> Response[str]:
    return await _statement(call, "jsonl", staff_id=staff_id, currency=currency, from_at=from_at, until_at=until_at)


async def _statement(call: Call[Any], suffix: Suffix, **asked: Any) -> Response[str]:
    statement = await call.ask(read_cash_statement, **asked)
    return sheet(statement.lines, StatementLine, name=f"cash-{statement.currency}-{statement.from_at:%Y-%m-%d}", suffix=suffix)


ROUTES = [
    set_cash_limit_route, list_cash_limits_route, report_cash_held_route, export_cash_held_csv_route, export_cash_held_jsonl_route, read_cash_statement_route,
    export_cash_statement_csv_route, export_cash_statement_jsonl_route,
    *files_of(list_cash_limits_route, CashLimit, name="cash-limits"),
]  # fmt: skip
