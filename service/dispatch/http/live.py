"""Routes of the live day."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.dispatch.live.changes import hand_over_visits, say_late
from service.dispatch.live.positions import tell_positions
from service.dispatch.records import HandedOver, HandOver, Late, Positions, PositionsKept, SaidLate
from service.kit.http import Call, command


@post("/v1/me/positions", **command(tell_positions, scope="visits:work", status=200))
async def tell_positions_route(data: JSONBody[Positions], call: NamedDependency[Call[Any]]) -> Response[PositionsKept]:
    return await call.perform(tell_positions, told=data)


@post("/v1/visits/{visit_id:uuid}/late", **command(say_late, scope="visits:delay", status=200))
async def say_late_route(visit_id: FromPath[UUID], data: JSONBody[Late], call: NamedDependency[Call[Any]]) -> Response[SaidLate]:
    return await call.perform(say_late, visit_id=visit_id, late=data)


@post("/v1/visits/hand-over", **command(hand_over_visits, scope="visits:write", status=200))
async def hand_over_visits_route(data: JSONBody[HandOver], call: NamedDependency[Call[Any]]) -> Response[HandedOver]:
    return await call.perform(hand_over_visits, hand_over=data)


ROUTES = [tell_positions_route, say_late_route, hand_over_visits_route]
