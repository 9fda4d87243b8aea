"""Routes of the checkpoints."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from service.kit.http import Call, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.seals.checkpoints import list_checkpoints
from service.kit.seals.records import Checkpoint


@get("/v1/checkpoints", **question(list_checkpoints, scope="facts:read"))
async def list_checkpoints_route(
    call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Checkpoint]]:
    return await call.read(list_checkpoints, limit=limit, cursor=cursor)


ROUTES: list[Any] = [list_checkpoints_route]
