"""Routes of the price book."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.catalogue.items import add_version, create_item, find_item, list_in_force, withdraw_item
from service.catalogue.records import Code, Item, ItemKind, ItemReceipt, ItemVersion, NewItem, Terms, Withdrawal
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page

Search = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


@post("/v1/catalogue/items", **command(create_item, scope="catalogue:write"))
async def create_item_route(data: JSONBody[NewItem], call: NamedDependency[Call[Any]]) -> Response[ItemReceipt]:
    return await call.perform(create_item, item=data)


@post("/v1/catalogue/items/{item_id:uuid}/versions", **command(add_version, scope="catalogue:write"))
async def add_version_route(item_id: FromPath[UUID], data: JSONBody[Terms], call: NamedDependency[Call[Any]]) -> Response[ItemReceipt]:
    return await call.perform(add_version, item_id=item_id, terms=data)


@post("/v1/catalogue/items/{item_id:uuid}/withdraw", **command(withdraw_item, scope="catalogue:write"))
async def withdraw_item_route(
    item_id: FromPath[UUID], data: JSONBody[Withdrawal], call: NamedDependency[Call[Any]]
) -> Response[ItemReceipt]:
    return await call.perform(withdraw_item, item_id=item_id, effective_on=data.effective_on)


@get("/v1/catalogue/items/{item_id:uuid}", **question(find_item, scope="catalogue:read"))
async def find_item_route(item_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Item]:
    return await call.read(find_item, item_id=item_id)


@get("/v1/catalogue", **question(list_in_force, scope="catalogue:read"))
async def list_in_force_route(
    call: NamedDependency[Call[Any]],
    on: FromQuery[date | None] = None,
    kind: FromQuery[ItemKind | None] = None,
    code: FromQuery[Code | None] = None,
    name: FromQuery[Search | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[ItemVersion]]:
    return await call.read(list_in_force, on=on, kind=kind, code=code, name=name, limit=limit, cursor=cursor)


ROUTES = [create_item_route, add_version_route, withdraw_item_route, find_item_route, list_in_force_route]
