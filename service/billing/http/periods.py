"""Routes of the periods of the books."""

from datetime import date
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.billing.periods import close_period, list_closed_periods, list_unexplained, read_closed_period
from service.billing.records.periods import (
    ClosedPeriod,
    LastOn,
    NewPeriod,
    PeriodAccount,
    PeriodBooks,
    PeriodReceipt,
    Unexplained,
    UnexplainedList,
)
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import Suffix, exported, files_of, sheet


@post("/v1/ledger/periods", **command(close_period, scope="ledger:close", money=True))
async def close_period_route(data: JSONBody[NewPeriod], call: NamedDependency[Call[Any]]) -> Response[PeriodReceipt]:
    return await call.perform(close_period, last_on=data.last_on)


@get("/v1/ledger/periods", **question(list_closed_periods, scope="ledger:read"))
async def list_periods_route(
    call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[ClosedPeriod]]:
    return await call.read(list_closed_periods, limit=limit, cursor=cursor)


@get("/v1/ledger/periods/{last_on:str}", **question(read_closed_period, scope="ledger:read"))
async def read_period_route(last_on: FromPath[LastOn], call: NamedDependency[Call[Any]]) -> Response[PeriodBooks]:
    return await call.read(read_closed_period, last_on=last_on)


@get("/v1/ledger/periods/{last_on:str}/accounts.csv", **exported(read_closed_period, "csv", scope="ledger:read"))
async def export_closed_period_csv_route(last_on: FromPath[LastOn], call: NamedDependency[Call[Any]]) -> Response[str]:
    return await _accounts(call, last_on, "csv")


@get("/v1/ledger/periods/{last_on:str}/accounts.jsonl", **exported(read_closed_period, "jsonl", scope="ledger:read"))
async def export_closed_period_jsonl_route(last_on: FromPath[LastOn], call: NamedDependency[Call[Any]]) -> Response[str]:
    return await _accounts(call, last_on, "jsonl")


async def _accounts(call: Call[Any], last_on: date, suffix: Suffix) -> Response[str]:
    books = await call.ask(read_closed_period, last_on=last_on)
    return sheet(books.accounts, PeriodAccount, name=f"period-{books.period.last_on}", suffix=suffix)


@get("/v1/ledger/unexplained", **question(list_unexplained, scope="ledger:read"))
async def list_unexplained_route(
    call: NamedDependency[Call[Any]],
    last_on: Annotated[
        LastOn | None, QueryParameter(description="The last day of what would be closed; yesterday, if none is named.")
    ] = None,
) -> Response[UnexplainedList]:
    return await call.read(list_unexplained, last_on=last_on)


ROUTES = [
    close_period_route, list_periods_route, read_period_route, export_closed_period_csv_route, export_closed_period_jsonl_route, list_unexplained_route,
    *files_of(list_periods_route, ClosedPeriod), *files_of(list_unexplained_route, Unexplained),
]  # fmt: skip
