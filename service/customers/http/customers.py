"""Routes of the customers themselves."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.customers.customers import add_customer, change_customer, find_customer, list_customers
from service.customers.records import Customer, CustomerChange, NewCustomer, Receipt, Reference
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page

Search = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]


@post("/v1/customers", **command(add_customer, scope="customers:write"))
async def add_customer_route(data: JSONBody[NewCustomer], call: NamedDependency[Call[Any]]) -> Response[Receipt]:
    return await call.perform(add_customer, customer=data)


@patch("/v1/customers/{customer_id:uuid}", **command(change_customer, scope="customers:write", status=200, versioned=True))
async def change_customer_route(
    customer_id: FromPath[UUID], data: JSONBody[CustomerChange], call: NamedDependency[Call[Any]]
) -> Response[Receipt]:
    return await call.perform(change_customer, customer_id=customer_id, version=call.expected_version, change=data)


@get("/v1/customers/{customer_id:uuid}", **question(find_customer, scope="customers:read"))
async def find_customer_route(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Customer]:
    return await call.read(find_customer, customer_id=customer_id)


@get("/v1/customers", **question(list_customers, scope="customers:read"))
async def list_customers_route(
    call: NamedDependency[Call[Any]],
    name: FromQuery[Search | None] = None,
    reference: FromQuery[Reference | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Customer]]:
    return await call.read(list_customers, name=name, reference=reference, limit=limit, cursor=cursor)


ROUTES = [add_customer_route, change_customer_route, find_customer_route, list_customers_route]
