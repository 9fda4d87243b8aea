"""Routes of payments, receipts and customers' accounts."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.billing.credit import use_credit
from service.billing.payments import (
    correct_cash,
    find_payment,
    find_receipt,
    list_payments,
    read_customer_account,
    record_bank_transfer,
    reverse_payment,
    take_cash,
)
from service.billing.records.payments import (
    Correction,
    CreditUsed,
    CustomerAccount,
    NewBankTransfer,
    NewCash,
    Payment,
    PaymentOutcome,
    Receipt,
    Reversal,
    ReversalReceipt,
    UseCredit,
)
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of


@post("/v1/payments/cash", **command(take_cash, scope="payments:cash", money=True))
async def take_cash_route(data: JSONBody[NewCash], call: NamedDependency[Call[Any]]) -> Response[PaymentOutcome]:
    return await call.perform(take_cash, cash=data, caller=call.principal.id)


@post("/v1/payments/bank-transfers", **command(record_bank_transfer, scope="payments:correct", money=True))
async def record_bank_transfer_route(data: JSONBody[NewBankTransfer], call: NamedDependency[Call[Any]]) -> Response[PaymentOutcome]:
    return await call.perform(record_bank_transfer, transfer=data)


@post("/v1/payments/{payment_id:uuid}/correct", **command(correct_cash, scope="payments:correct", money=True))
async def correct_cash_route(
    payment_id: FromPath[UUID], data: JSONBody[Correction], call: NamedDependency[Call[Any]]
) -> Response[PaymentOutcome]:
    return await call.perform(correct_cash, payment_id=payment_id, correction=data)


@post("/v1/payments/{payment_id:uuid}/reverse", **command(reverse_payment, scope="payments:correct", money=True))
async def reverse_payment_route(
    payment_id: FromPath[UUID], data: JSONBody[Reversal], call: NamedDependency[Call[Any]]
) -> Response[ReversalReceipt]:
    return await call.perform(reverse_payment, payment_id=payment_id, reason=data.reason, cause=data.cause)


@get("/v1/payments/{payment_id:uuid}", **question(find_payment, scope="payments:read"))
async def find_payment_route(payment_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Payment]:
    return await call.read(find_payment, payment_id=payment_id)


@get("/v1/payments/{payment_id:uuid}/receipt", **question(find_receipt, scope="payments:read"))
async def find_receipt_route(payment_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Receipt]:
    return await call.read(find_receipt, payment_id=payment_id)


@get("/v1/customers/{customer_id:uuid}/payments", **question(list_payments, scope="payments:read"))
async def list_payments_route(
    customer_id: FromPath[UUID], call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Payment]]:
    return await call.read(list_payments, customer_id=customer_id, limit=limit, cursor=cursor)


@get("/v1/customers/{customer_id:uuid}/account", **question(read_customer_account, scope="payments:read"))
async def read_customer_account_route(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[CustomerAccount]:
    return await call.read(read_customer_account, customer_id=customer_id)


@post("/v1/customers/{customer_id:uuid}/use-credit", **command(use_credit, scope="payments:correct", status=200, money=True))
async def use_credit_route(
    customer_id: FromPath[UUID], data: JSONBody[UseCredit], call: NamedDependency[Call[Any]]
) -> Response[CreditUsed]:
    return await call.perform(use_credit, customer_id=customer_id, currency=data.currency)


ROUTES = [
    take_cash_route, record_bank_transfer_route, correct_cash_route, reverse_payment_route, find_payment_route, find_receipt_route, list_payments_route,
    read_customer_account_route, use_credit_route,
    *files_of(list_payments_route, Payment),
]  # fmt: skip
