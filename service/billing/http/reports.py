"""Routes of the reports; each is told page by page, and whole as a file for a spreadsheet or a program."""

from datetime import date
from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from service.billing.provider.attempts import export_refused_lines, report_refused_lines
from service.billing.records.attempts import RefusedLines, RefusedLinesReport
from service.billing.records.reports import AgedReceivable, IncomeLine, IncomeReport, ReceivablesReport
from service.billing.reports import export_receivables, report_income, report_receivables
from service.kit.http import Call, question
from service.kit.paging import LIMIT, Limit
from service.kit.sheets import Suffix, exported, sheet

AsOf = Annotated[
    date | None, QueryParameter(description="As it stood at the end of that day in the organisation's zone; today, where none is named.")
]
FromOn = Annotated[date | None, QueryParameter(description="The first day, in the organisation's zone.")]
UntilOn = Annotated[date | None, QueryParameter(description="The day after the last: it isn't in the report.")]


@get("/v1/reports/refused-lines", **question(report_refused_lines, scope="reports:read"))
async def report_refused_lines_route(
    call: NamedDependency[Call[Any]],
    from_on: FromOn = None,
    until_on: UntilOn = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[RefusedLinesReport]:
    return await call.read(report_refused_lines, from_on=from_on, until_on=until_on, limit=limit, cursor=cursor)


@get("/v1/reports/refused-lines.csv", **exported(export_refused_lines, "csv", scope="reports:read"))
async def export_refused_lines_csv_route(
    call: NamedDependency[Call[Any]], from_on: FromOn = None, until_on: UntilOn = None
) -> Response[str]:
    return await _refused_lines(call, from_on, until_on, "csv")


@get("/v1/reports/refused-lines.jsonl", **exported(export_refused_lines, "jsonl", scope="reports:read"))
async def export_refused_lines_jsonl_route(
    call: NamedDependency[Call[Any]], from_on: FromOn = None, until_on: UntilOn = None
) -> Response[str]:
    return await _refused_lines(call, from_on, until_on, "jsonl")


async def _refused_lines(call: Call[Any], from_on: date | None, until_on: date | None, suffix: Suffix) -> Response[str]:
    report = await call.ask(export_refused_lines, from_on=from_on, until_on=until_on)
    return sheet(report.items, RefusedLines, name=f"refused-lines-{report.from_on}-{report.until_on}", suffix=suffix)


@get("/v1/reports/receivables", **question(report_receivables, scope="reports:read"))
async def report_receivables_route(
    call: NamedDependency[Call[Any]], as_of: AsOf = None, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[ReceivablesReport]:
    return await call.read(report_receivables, as_of=as_of, limit=limit, cursor=cursor)


@get("/v1/reports/receivables.csv", **exported(export_receivables, "csv", scope="reports:read"))
async def export_receivables_csv_route(call: NamedDependency[Call[Any]], as_of: AsOf = None) -> Response[str]:
    return await _receivables(call, as_of, "csv")


@get("/v1/reports/receivables.jsonl", **exported(export_receivables, "jsonl", scope="reports:read"))
async def export_receivables_jsonl_route(call: NamedDependency[Call[Any]], as_of: AsOf = None) -> Response[str]:
    return await _receivables(call, as_of, "jsonl")


async def _receivables(call: Call[Any], as_of: date | None, suffix: Suffix) -> Response[str]:
    report = await call.ask(export_receivables, as_of=as_of)
    return sheet(report.items, AgedReceivable, name=f"receivables-{report.as_of}", suffix=suffix)


@get("/v1/reports/income", **question(report_income, scope="reports:read"))
async def report_income_route(call: NamedDependency[Call[Any]], from_on: FromOn = None, until_on: UntilOn = None) -> Response[IncomeReport]:
    return await call.read(report_income, from_on=from_on, until_on=until_on)


@get("/v1/reports/income.csv", **exported(report_income, "csv", scope="reports:read"))
async def export_income_csv_route(call: NamedDependency[Call[Any]], from_on: FromOn = None, until_on: UntilOn = None) -> Response[str]:
    return await _income(call, from_on, until_on, "csv")


@get("/v1/reports/income.jsonl", **exported(report_income, "jsonl", scope="reports:read"))
async def export_income_jsonl_route(call: NamedDependency[Call[Any]], from_on: FromOn = None, until_on: UntilOn = None) -> Response[str]:
    return await _income(call, from_on, until_on, "jsonl")


async def _income(call: Call[Any], from_on: date | None, until_on: date | None, suffix: Suffix) -> Response[str]:
    report = await call.ask(report_income, from_on=from_on, until_on=until_on)
    return sheet(report.items, IncomeLine, name=f"income-{report.from_on}-{report.until_on}", suffix=suffix)


ROUTES = [
    report_refused_lines_route,
    export_refused_lines_csv_route,
    export_refused_lines_jsonl_route,
    report_receivables_route,
    export_receivables_csv_route,
    export_receivables_jsonl_route,
    report_income_route,
    export_income_csv_route,
    export_income_jsonl_route,
]
