"""Routes of the customers."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.customers.customers import add_customer, find_customer, list_customers
from service.customers.records import Customer, CustomerReceipt, NewCustomer
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/customers", **command(add_customer, scope="customers:write"))
async def add_customer_route(data: JSONBody[NewCustomer], call: NamedDependency[Call[Any]]) -> Response[CustomerReceipt]:
    return await call.perform(add_customer, customer=data)


@get("/v1/customers/{customer_id:uuid}", **question(find_customer, scope="customers:read"))
async def find_customer_route(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Customer]:
    return await call.read(find_customer, customer_id=customer_id)


@get("/v1/customers", **question(list_customers, scope="customers:read"))
async def list_customers_route(
    call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Customer]]:
    return await call.read(list_customers, limit=limit, cursor=cursor)


ROUTES = [add_customer_route, find_customer_route, list_customers_route]
