"""Routes of the customers' sites."""

from typing import Any
from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.customers.records import NewSite, Receipt, Site, SiteChange
from service.customers.sites import add_site, change_site, find_site, list_sites
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/customers/{customer_id:uuid}/sites", **command(add_site, scope="customers:write"))
async def add_site_route(customer_id: FromPath[UUID], data: JSONBody[NewSite], call: NamedDependency[Call[Any]]) -> Response[Receipt]:
    return await call.perform(add_site, customer_id=customer_id, site=data)


@patch("/v1/customers/{customer_id:uuid}/sites/{site_id:uuid}", **command(change_site, scope="customers:write", status=200, versioned=True))
async def change_site_route(
    customer_id: FromPath[UUID], site_id: FromPath[UUID], data: JSONBody[SiteChange], call: NamedDependency[Call[Any]]
) -> Response[Receipt]:
    return await call.perform(change_site, customer_id=customer_id, site_id=site_id, version=call.expected_version, change=data)


@get("/v1/customers/{customer_id:uuid}/sites/{site_id:uuid}", **question(find_site, scope="customers:read"))
async def find_site_route(customer_id: FromPath[UUID], site_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Site]:
    return await call.read(find_site, customer_id=customer_id, site_id=site_id)


@get("/v1/customers/{customer_id:uuid}/sites", **question(list_sites, scope="customers:read"))
async def list_sites_route(
    customer_id: FromPath[UUID],
    call: NamedDependency[Call[Any]],
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Site]]:
    return await call.read(list_sites, customer_id=customer_id, limit=limit, cursor=cursor)


ROUTES = [add_site_route, change_site_route, find_site_route, list_sites_route]
