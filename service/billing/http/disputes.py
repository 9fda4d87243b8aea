"""Routes of disputes."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from service.billing.provider.disputes import list_disputes
from service.billing.records.events import DisputeNow
from service.kit.http import Call, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of


@get("/v1/disputes", **question(list_disputes, scope="payments:read"))
async def list_disputes_route(
    call: NamedDependency[Call[Any]],
    decided: FromQuery[bool] = False,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[DisputeNow]]:
    return await call.read(list_disputes, decided=decided, limit=limit, cursor=cursor)


ROUTES = [list_disputes_route, *files_of(list_disputes_route, DisputeNow)]
