"""Routes of the live day."""

from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from service.dispatch.live.positions import tell_positions
from service.dispatch.records import Positions, PositionsKept
from service.kit.http import Call, command


@post("/v1/me/positions", **command(tell_positions, scope="visits:work", status=200))
async def tell_positions_route(data: JSONBody[Positions], call: NamedDependency[Call[Any]]) -> Response[PositionsKept]:
    return await call.perform(tell_positions, told=data)


ROUTES = [tell_positions_route]
