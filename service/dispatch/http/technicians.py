"""Routes of the technicians and their days."""

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.dispatch.records import (
    ChangedTechnician,
    Day,
    NewShifts,
    NewTechnician,
    ShiftsReceipt,
    Technician,
    TechnicianReceipt,
)
from service.dispatch.technicians import (
    add_shifts,
    add_technician,
    change_technician,
    find_day,
    find_my_day,
    find_technician,
    list_technicians,
)
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/technicians", **command(add_technician, scope="technicians:write"))
async def add_technician_route(data: JSONBody[NewTechnician], call: NamedDependency[Call[Any]]) -> Response[TechnicianReceipt]:
    return await call.perform(add_technician, technician=data)


@put("/v1/technicians/{technician_id:uuid}", **command(change_technician, scope="technicians:write", status=200, versioned=True))
async def change_technician_route(
    technician_id: FromPath[UUID], data: JSONBody[ChangedTechnician], call: NamedDependency[Call[Any]]
) -> Response[TechnicianReceipt]:
    return await call.perform(change_technician, technician_id=technician_id, technician=data, version=call.expected_version)


@get("/v1/technicians/{technician_id:uuid}", **question(find_technician, scope="technicians:read"))
async def find_technician_route(technician_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Technician]:
    return await call.read(find_technician, technician_id=technician_id)


@get("/v1/technicians", **question(list_technicians, scope="technicians:read"))
async def list_technicians_route(
    call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Technician]]:
    return await call.read(list_technicians, limit=limit, cursor=cursor)


@post("/v1/technicians/{technician_id:uuid}/shifts", **command(add_shifts, scope="technicians:write"))
async def add_shifts_route(
    technician_id: FromPath[UUID], data: JSONBody[NewShifts], call: NamedDependency[Call[Any]]
) -> Response[ShiftsReceipt]:
    return await call.perform(add_shifts, technician_id=technician_id, shifts=data)


@get("/v1/technicians/{technician_id:uuid}/day", **question(find_day, scope="technicians:read"))
async def find_day_route(
    technician_id: FromPath[UUID], call: NamedDependency[Call[Any]], on: FromQuery[date | None] = None
) -> Response[Day]:
    return await call.read(find_day, technician_id=technician_id, on=on)


@get("/v1/me/day", **question(find_my_day, scope="me:read"))
async def find_my_day_route(call: NamedDependency[Call[Any]], on: FromQuery[date | None] = None) -> Response[Day]:
    return await call.read(find_my_day, on=on)


ROUTES = [
    add_technician_route,
    change_technician_route,
    find_technician_route,
    list_technicians_route,
    add_shifts_route,
    find_day_route,
    find_my_day_route,
]
