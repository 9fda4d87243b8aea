"""Routes of the doors for texts."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.care.records.texts import NewTextDoor, OpenTextDoor, TextDoor, TextDoorReceipt
from service.care.texts import add_text_door, list_text_doors, remove_text_door
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page

SET = "organisation:write"
Asked = NamedDependency[Call[Any]]


@post("/v1/text-doors", **command(add_text_door, scope=SET))
async def add_text_door_route(data: JSONBody[NewTextDoor], call: Asked) -> Response[OpenTextDoor]:
    return await call.perform(add_text_door, door=data)


@get("/v1/text-doors", **question(list_text_doors, scope="organisation:read"))
async def list_text_doors_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[TextDoor]]:
    return await call.read(list_text_doors, limit=limit, cursor=cursor)


@post("/v1/text-doors/{text_door_id:uuid}/remove", **command(remove_text_door, scope=SET, status=200))
async def remove_text_door_route(text_door_id: FromPath[UUID], call: Asked) -> Response[TextDoorReceipt]:
    return await call.perform(remove_text_door, text_door_id=text_door_id)


ROUTES = [add_text_door_route, list_text_doors_route, remove_text_door_route]
