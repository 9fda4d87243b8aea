"""Routes of the live day."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.dispatch.live.changes import find_rest_of_day, foresee_hand_over, foresee_late, hand_over_visits, say_late
from service.dispatch.live.positions import tell_positions
from service.dispatch.records import Effect, HandedOver, HandOver, Late, Positions, PositionsKept, RestOfDay, SaidLate
from service.kit.http import Call, command, ids_in, question

MOST_NAMED = 50


@post("/v1/me/positions", **command(tell_positions, scope="visits:work", status=200))
async def tell_positions_route(data: JSONBody[Positions], call: NamedDependency[Call[Any]]) -> Response[PositionsKept]:
    return await call.perform(tell_positions, told=data)


@post("/v1/visits/{visit_id:uuid}/late", **command(say_late, scope="visits:delay", status=200))
async def say_late_route(visit_id: FromPath[UUID], data: JSONBody[Late], call: NamedDependency[Call[Any]]) -> Response[SaidLate]:
    return await call.perform(say_late, visit_id=visit_id, late=data)


@post("/v1/visits/hand-over", **command(hand_over_visits, scope="visits:write", status=200))
async def hand_over_visits_route(data: JSONBody[HandOver], call: NamedDependency[Call[Any]]) -> Response[HandedOver]:
    return await call.perform(hand_over_visits, hand_over=data)


@post("/v1/visits/{visit_id:uuid}/late/effect", **command(foresee_late, scope="visits:delay", status=200))
async def foresee_late_route(visit_id: FromPath[UUID], data: JSONBody[Late], call: NamedDependency[Call[Any]]) -> Response[Effect]:
    return await call.perform(foresee_late, visit_id=visit_id, late=data)


@post("/v1/visits/hand-over/effect", **command(foresee_hand_over, scope="visits:write", status=200))
async def foresee_hand_over_route(data: JSONBody[HandOver], call: NamedDependency[Call[Any]]) -> Response[Effect]:
    return await call.perform(foresee_hand_over, hand_over=data)


@get("/v1/technicians/{technician_id:uuid}/rest-of-day", **question(find_rest_of_day, scope="board:read"))
async def find_rest_of_day_route(
    technician_id: FromPath[UUID],
    call: NamedDependency[Call[Any]],
    on: FromQuery[date | None] = None,
    to: Annotated[str, QueryParameter(description="Ids of technicians, with commas between; all others where none is named.")] = "",
) -> Response[RestOfDay]:
    return await call.read(find_rest_of_day, technician_id=technician_id, on=on, to=ids_in(to, name="to", most=MOST_NAMED))


ROUTES = [
    tell_positions_route,
    say_late_route,
    foresee_late_route,
    hand_over_visits_route,
    foresee_hand_over_route,
    find_rest_of_day_route,
]
