"""Routes of the customers' assets."""

from typing import Any
from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.customers.assets import add_asset, asset_history, change_asset, find_asset, list_assets
from service.customers.records import Asset, AssetChange, AssetStep, NewAsset, Receipt, Serial
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/customers/{customer_id:uuid}/assets", **command(add_asset, scope="customers:write"))
async def add_asset_route(customer_id: FromPath[UUID], data: JSONBody[NewAsset], call: NamedDependency[Call[Any]]) -> Response[Receipt]:
    return await call.perform(add_asset, customer_id=customer_id, asset=data)


@patch(
    "/v1/customers/{customer_id:uuid}/assets/{asset_id:uuid}", **command(change_asset, scope="customers:write", status=200, versioned=True)
)
async def change_asset_route(
    customer_id: FromPath[UUID], asset_id: FromPath[UUID], data: JSONBody[AssetChange], call: NamedDependency[Call[Any]]
) -> Response[Receipt]:
    return await call.perform(change_asset, customer_id=customer_id, asset_id=asset_id, version=call.expected_version, change=data)


@get("/v1/customers/{customer_id:uuid}/assets/{asset_id:uuid}", **question(find_asset, scope="customers:read"))
async def find_asset_route(customer_id: FromPath[UUID], asset_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Asset]:
    return await call.read(find_asset, customer_id=customer_id, asset_id=asset_id)


@get("/v1/customers/{customer_id:uuid}/assets", **question(list_assets, scope="customers:read"))
async def list_assets_route(
    customer_id: FromPath[UUID],
    call: NamedDependency[Call[Any]],
    site_id: FromQuery[UUID | None] = None,
    serial: FromQuery[Serial | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Asset]]:
    return await call.read(list_assets, customer_id=customer_id, site_id=site_id, serial=serial, limit=limit, cursor=cursor)


@get("/v1/customers/{customer_id:uuid}/assets/{asset_id:uuid}/history", **question(asset_history, scope="customers:read"))
async def asset_history_route(
    customer_id: FromPath[UUID],
    asset_id: FromPath[UUID],
    call: NamedDependency[Call[Any]],
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[AssetStep]]:
    return await call.read(asset_history, customer_id=customer_id, asset_id=asset_id, limit=limit, cursor=cursor)


ROUTES = [add_asset_route, change_asset_route, find_asset_route, list_assets_route, asset_history_route]
