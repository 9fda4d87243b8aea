"""Routes of care."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.care.records import Entry
from service.care.timeline import list_timeline
from service.kit.http import Call, question
from service.kit.paging import LIMIT, Limit, Page


@get("/v1/customers/{customer_id:uuid}/timeline", **question(list_timeline, scope="timeline:read"))
async def list_timeline_route(
    customer_id: FromPath[UUID], call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Entry]]:
    return await call.read(list_timeline, customer_id=customer_id, limit=limit, cursor=cursor)


ROUTES = [list_timeline_route]
