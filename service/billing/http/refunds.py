"""Routes of refunds."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.billing.records.refunds import DoublePayment, NewRefund, Refund, RefundReceipt
from service.billing.refunds import (
    cancel_refund,
    find_refund,
    list_double_payments,
    list_refunds,
    pay_refund,
    propose_refund,
    refund_double_payment,
)
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of


@post("/v1/customers/{customer_id:uuid}/refunds", **command(propose_refund, scope="refunds:write", money=True))
async def propose_refund_route(
    customer_id: FromPath[UUID], data: JSONBody[NewRefund], call: NamedDependency[Call[Any]]
) -> Response[RefundReceipt]:
    return await call.perform(propose_refund, customer_id=customer_id, refund=data)


@post("/v1/refunds/{refund_id:uuid}/pay", **command(pay_refund, scope="refunds:write", status=200, money=True))
async def pay_refund_route(refund_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[RefundReceipt]:
    return await call.perform(pay_refund, refund_id=refund_id, paid_by=call.principal.id)


@post("/v1/refunds/{refund_id:uuid}/cancel", **command(cancel_refund, scope="refunds:write", status=200, money=True))
async def cancel_refund_route(refund_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[RefundReceipt]:
    return await call.perform(cancel_refund, refund_id=refund_id)


@get("/v1/refunds/{refund_id:uuid}", **question(find_refund, scope="payments:read"))
async def find_refund_route(refund_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Refund]:
    return await call.read(find_refund, refund_id=refund_id)


@get("/v1/customers/{customer_id:uuid}/refunds", **question(list_refunds, scope="payments:read"))
async def list_refunds_route(
    customer_id: FromPath[UUID], call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Refund]]:
    return await call.read(list_refunds, customer_id=customer_id, limit=limit, cursor=cursor)


@get("/v1/double-payments", **question(list_double_payments, scope="payments:read"))
async def list_double_payments_route(
    call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[DoublePayment]]:
    return await call.read(list_double_payments, limit=limit, cursor=cursor)


@post("/v1/double-payments/{payment_id:uuid}/refund", **command(refund_double_payment, scope="refunds:write", money=True))
async def refund_double_payment_route(payment_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[RefundReceipt]:
    return await call.perform(refund_double_payment, payment_id=payment_id)


ROUTES = [
    list_double_payments_route,
    refund_double_payment_route,
    propose_refund_route,
    pay_refund_route,
    cancel_refund_route,
    find_refund_route,
    list_refunds_route,
    *files_of(list_refunds_route, Refund),
    *files_of(list_double_payments_route, DoublePayment),
]
