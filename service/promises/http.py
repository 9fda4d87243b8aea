"""Routes of the promises."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from service.kit.http import Call, question
from service.kit.paging import LIMIT, Limit, Page
from service.promises.promises import list_promises
from service.promises.records import Promise


@get("/v1/promises", **question(list_promises, scope="timeline:read"))
async def list_promises_route(
    call: NamedDependency[Call[Any]],
    open_only: Annotated[bool | None, QueryParameter(name="open")] = None,
    customer_id: FromQuery[UUID | None] = None,
    subject_id: FromQuery[UUID | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Promise]]:
    return await call.read(list_promises, open_only=open_only, customer_id=customer_id, subject_id=subject_id, limit=limit, cursor=cursor)


ROUTES = [list_promises_route]
