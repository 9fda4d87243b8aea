"""Routes of the customers' contacts."""

from typing import Any
from uuid import UUID

from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.customers.contacts import add_contact, change_contact, find_contact, list_contacts
from service.customers.records import Contact, ContactChange, NewContact, Receipt
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/customers/{customer_id:uuid}/contacts", **command(add_contact, scope="customers:write"))
async def add_contact_route(customer_id: FromPath[UUID], data: JSONBody[NewContact], call: NamedDependency[Call[Any]]) -> Response[Receipt]:
    return await call.perform(add_contact, customer_id=customer_id, contact=data)


@patch(
    "/v1/customers/{customer_id:uuid}/contacts/{contact_id:uuid}",
    **command(change_contact, scope="customers:write", status=200, versioned=True),
)
async def change_contact_route(
    customer_id: FromPath[UUID], contact_id: FromPath[UUID], data: JSONBody[ContactChange], call: NamedDependency[Call[Any]]
) -> Response[Receipt]:
    return await call.perform(change_contact, customer_id=customer_id, contact_id=contact_id, version=call.expected_version, change=data)


@get("/v1/customers/{customer_id:uuid}/contacts/{contact_id:uuid}", **question(find_contact, scope="customers:read"))
async def find_contact_route(
    customer_id: FromPath[UUID], contact_id: FromPath[UUID], call: NamedDependency[Call[Any]]
) -> Response[Contact]:
    return await call.read(find_contact, customer_id=customer_id, contact_id=contact_id)


@get("/v1/customers/{customer_id:uuid}/contacts", **question(list_contacts, scope="customers:read"))
async def list_contacts_route(
    customer_id: FromPath[UUID],
    call: NamedDependency[Call[Any]],
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Contact]]:
    return await call.read(list_contacts, customer_id=customer_id, limit=limit, cursor=cursor)


ROUTES = [add_contact_route, change_contact_route, find_contact_route, list_contacts_route]
