"""Routes of refunds."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.billing.records.refunds import NewRefund, Refund, RefundReceipt
from service.billing.refunds import find_refund, list_refunds, pay_refund, propose_refund
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/customers/{customer_id:uuid}/refunds", **command(propose_refund, scope="refunds:write", money=True))
async def propose_refund_route(
    customer_id: FromPath[UUID], data: JSONBody[NewRefund], call: NamedDependency[Call[Any]]
) -> Response[RefundReceipt]:
    return await call.perform(propose_refund, customer_id=customer_id, refund=data)


@post("/v1/refunds/{refund_id:uuid}/pay", **command(pay_refund, scope="refunds:write", status=200, money=True))
async def pay_refund_route(refund_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[RefundReceipt]:
    return await call.perform(pay_refund, refund_id=refund_id, paid_by=call.principal.id)


@get("/v1/refunds/{refund_id:uuid}", **question(find_refund, scope="payments:read"))
async def find_refund_route(refund_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Refund]:
    return await call.read(find_refund, refund_id=refund_id)


@get("/v1/customers/{customer_id:uuid}/refunds", **question(list_refunds, scope="payments:read"))
async def list_refunds_route(
    customer_id: FromPath[UUID], call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Refund]]:
    return await call.read(list_refunds, customer_id=customer_id, limit=limit, cursor=cursor)


ROUTES = [propose_refund_route, pay_refund_route, find_refund_route, list_refunds_route]
