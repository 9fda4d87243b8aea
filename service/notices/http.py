"""Routes of the notices."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from service.kit.http import Call, question
from service.kit.paging import LIMIT, Limit, Page
from service.notices.notices import list_notices
from service.notices.records import Notice


@get("/v1/notices", **question(list_notices, scope="customers:read"))
async def list_notices_route(
    customer_id: FromQuery[UUID], call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Notice]]:
    return await call.read(list_notices, customer_id=customer_id, limit=limit, cursor=cursor)


ROUTES: list[Any] = [list_notices_route]
