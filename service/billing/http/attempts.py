"""Routes of the attempts to post, and of the report of what was refused."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from service.billing.attempts import export_refused_lines, find_posting_attempt, list_attempts, report_refused_lines
from service.billing.records.attempts import Attempt, AttemptSummary, AttemptVerdict, Code, Instant, RefusedLinesReport
from service.kit.http import Call, question
from service.kit.paging import LIMIT, Limit, Page

CSV = "text/csv"


@get("/v1/posting-attempts/{attempt_id:uuid}", **question(find_posting_attempt, scope="invoices:read"))
async def find_posting_attempt_route(attempt_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Attempt]:
    return await call.read(find_posting_attempt, attempt_id=attempt_id)


@get("/v1/posting-attempts", **question(list_attempts, scope="invoices:read"))
async def list_attempts_route(
    call: NamedDependency[Call[Any]],
    customer_id: FromQuery[UUID | None] = None,
    verdict: FromQuery[AttemptVerdict | None] = None,
    code: FromQuery[Code | None] = None,
    from_at: Annotated[Instant | None, QueryParameter(name="from")] = None,
    until_at: Annotated[Instant | None, QueryParameter(name="until")] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[AttemptSummary]]:
    asked = {"customer_id": customer_id, "verdict": verdict, "code": code, "from_at": from_at, "until_at": until_at}
    return await call.read(list_attempts, **asked, limit=limit, cursor=cursor)


@get("/v1/reports/refused-lines", **question(report_refused_lines, scope="reports:read"))
async def report_refused_lines_route(
    call: NamedDependency[Call[Any]],
    from_on: Annotated[date | None, QueryParameter(description="The first day, in the organisation's zone.")] = None,
    until_on: Annotated[date | None, QueryParameter(description="The day after the last: it isn't in the report.")] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[RefusedLinesReport]:
    return await call.read(report_refused_lines, from_on=from_on, until_on=until_on, limit=limit, cursor=cursor)


@get("/v1/reports/refused-lines.csv", **question(export_refused_lines, scope="reports:read"), media_type=CSV)
async def export_refused_lines_route(
    call: NamedDependency[Call[Any]], from_on: FromQuery[date | None] = None, until_on: FromQuery[date | None] = None
) -> Response[str]:
    sheet = (await call.read(export_refused_lines, from_on=from_on, until_on=until_on)).content
    headers = {
        "Content-Disposition": f'attachment; filename="refused-lines-{sheet.from_on}-{sheet.until_on}.csv"',
        "Cache-Control": "private, no-store",
    }
    return Response(sheet.text, media_type=CSV, headers=headers)


ROUTES = [find_posting_attempt_route, list_attempts_route, report_refused_lines_route, export_refused_lines_route]
