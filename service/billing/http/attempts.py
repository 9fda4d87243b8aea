"""Routes of the attempts to post."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from service.billing.provider.attempts import find_posting_attempt, list_attempts
from service.billing.records.attempts import Attempt, AttemptSummary, AttemptVerdict, Code, Instant
from service.kit.http import Call, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of


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


ROUTES = [find_posting_attempt_route, list_attempts_route, *files_of(list_attempts_route, AttemptSummary)]
