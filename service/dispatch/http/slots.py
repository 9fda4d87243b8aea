"""Routes of slots, holds and bookings."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.dispatch.records import AllPlaced, BookHold, Booking, Bookings, Hold, Move, Placed, Slots, SlotsAsked
from service.dispatch.slots import book_hold, book_visit, book_visits, find_slots, hold_slot, move_visit
from service.kit.http import Call, command, question


@post("/v1/jobs/{job_id:uuid}/slots", **question(find_slots, scope="visits:read", with_body=True))
async def find_slots_route(job_id: FromPath[UUID], data: JSONBody[SlotsAsked], call: NamedDependency[Call[Any]]) -> Response[Slots]:
    return await call.read(find_slots, job_id=job_id, asked=data)


@post("/v1/jobs/{job_id:uuid}/holds", **command(hold_slot, scope="visits:write"))
async def hold_slot_route(job_id: FromPath[UUID], data: JSONBody[Hold], call: NamedDependency[Call[Any]]) -> Response[Placed]:
    return await call.perform(hold_slot, job_id=job_id, hold=data)


@post("/v1/jobs/{job_id:uuid}/visits", **command(book_visit, scope="visits:write"))
async def book_visit_route(job_id: FromPath[UUID], data: JSONBody[Booking], call: NamedDependency[Call[Any]]) -> Response[Placed]:
    return await call.perform(book_visit, job_id=job_id, booking=data)


@post("/v1/jobs/{job_id:uuid}/bookings", **command(book_visits, scope="visits:write"))
async def book_visits_route(job_id: FromPath[UUID], data: JSONBody[Bookings], call: NamedDependency[Call[Any]]) -> Response[AllPlaced]:
    return await call.perform(book_visits, job_id=job_id, bookings=data)


@post("/v1/holds/{visit_id:uuid}/book", **command(book_hold, scope="visits:write"))
async def book_hold_route(visit_id: FromPath[UUID], data: JSONBody[BookHold], call: NamedDependency[Call[Any]]) -> Response[Placed]:
    return await call.perform(book_hold, visit_id=visit_id, via=data.via)


@post("/v1/visits/{visit_id:uuid}/move", **command(move_visit, scope="visits:write", status=200))
async def move_visit_route(visit_id: FromPath[UUID], data: JSONBody[Move], call: NamedDependency[Call[Any]]) -> Response[Placed]:
    return await call.perform(move_visit, visit_id=visit_id, move=data)


ROUTES = [find_slots_route, hold_slot_route, book_visit_route, book_visits_route, book_hold_route, move_visit_route]
