"""Routes of the board."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.dispatch.board import find_places_for_job, find_places_for_visit, show_board
from service.dispatch.records import Board, Places
from service.kit.http import Call, question


@get("/v1/board", **question(show_board, scope="board:read"))
async def show_board_route(call: NamedDependency[Call[Any]], on: FromQuery[date | None] = None) -> Response[Board]:
    return await call.read(show_board, on=on)


@get("/v1/jobs/{job_id:uuid}/places", **question(find_places_for_job, scope="board:read"))
async def find_places_for_job_route(
    job_id: FromPath[UUID],
    call: NamedDependency[Call[Any]],
    on: FromQuery[date | None] = None,
    technician_id: FromQuery[UUID | None] = None,
) -> Response[Places]:
    return await call.read(find_places_for_job, job_id=job_id, on=on, technician_id=technician_id)


@get("/v1/visits/{visit_id:uuid}/places", **question(find_places_for_visit, scope="board:read"))
async def find_places_for_visit_route(
    visit_id: FromPath[UUID],
    call: NamedDependency[Call[Any]],
    on: FromQuery[date | None] = None,
    technician_id: FromQuery[UUID | None] = None,
) -> Response[Places]:
    return await call.read(find_places_for_visit, visit_id=visit_id, on=on, technician_id=technician_id)


ROUTES = [show_board_route, find_places_for_job_route, find_places_for_visit_route]
