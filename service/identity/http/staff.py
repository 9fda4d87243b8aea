"""Routes of the staff."""

from typing import Any
from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.identity.records import Changed, Invitation, Invited, StaffChange, StaffMember
from service.identity.staff import change_staff, find_staff, invite_again, invite_staff, list_staff
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/staff", **command(invite_staff, scope="staff:write"))
async def invite_staff_route(data: JSONBody[Invitation], call: NamedDependency[Call[Any]]) -> Response[Invited]:
    return await call.perform(invite_staff, invitation=data)


@post("/v1/staff/{staff_id:uuid}/invite-again", **command(invite_again, scope="staff:write"))
async def invite_again_route(staff_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Invited]:
    return await call.perform(invite_again, staff_id=staff_id)


@get("/v1/staff/{staff_id:uuid}", **question(find_staff, scope="staff:read"))
async def find_staff_route(staff_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[StaffMember]:
    return await call.read(find_staff, staff_id=staff_id)


@patch("/v1/staff/{staff_id:uuid}", **command(change_staff, scope="staff:write", status=200, versioned=True))
async def change_staff_route(staff_id: FromPath[UUID], data: JSONBody[StaffChange], call: NamedDependency[Call[Any]]) -> Response[Changed]:
    return await call.perform(change_staff, staff_id=staff_id, version=call.expected_version, change=data)


@get("/v1/staff", **question(list_staff, scope="staff:read"))
async def list_staff_route(
    call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[StaffMember]]:
    return await call.read(list_staff, limit=limit, cursor=cursor)


ROUTES = [invite_staff_route, invite_again_route, find_staff_route, change_staff_route, list_staff_route]
