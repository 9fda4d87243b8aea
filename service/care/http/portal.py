"""Routes of the customer's link to everything of theirs."""

from typing import Any
from uuid import UUID

from litestar import Response, delete, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.care.portal import end_portal_links, send_portal_link
from service.care.records.portal import NewPortalLink, PortalLink, PortalLinksEnded
from service.kit.http import Call, command


@post("/v1/customers/{customer_id:uuid}/portal-links", **command(send_portal_link, scope="messages:write"))
async def send_portal_link_route(
    customer_id: FromPath[UUID], data: JSONBody[NewPortalLink], call: NamedDependency[Call[Any]]
) -> Response[PortalLink]:
    return await call.perform(send_portal_link, customer_id=customer_id, to=data)


@delete("/v1/customers/{customer_id:uuid}/portal-links", **command(end_portal_links, scope="messages:write", status=200))
async def end_portal_links_route(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[PortalLinksEnded]:
    return await call.perform(end_portal_links, customer_id=customer_id)


ROUTES = [send_portal_link_route, end_portal_links_route]
