"""Routes of the lists over all customers, each page by page and whole as a file."""

from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter

from service.billing.http.invoices import list_invoices_route
from service.billing.http.ledger import FromOn, UntilOn
from service.billing.money_lists import list_all_payments, list_all_refunds, list_credit_notes
from service.billing.records.invoices import InvoiceSummary
from service.billing.records.money_lists import CreditNoteLine, PaymentLine, RefundLine
from service.billing.records.refunds import RefundState
from service.kit.http import Call, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of

StateAsked = Annotated[
    RefundState | None, QueryParameter(name="state", description="Those on their way, paid, failed or called off; all, if left out.")
]


@get("/v1/payments", **question(list_all_payments, scope="payments:read"))
async def list_all_payments_route(
    call: NamedDependency[Call[Any]],
    from_on: FromOn = None,
    until_on: UntilOn = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[PaymentLine]]:
    return await call.read(list_all_payments, from_on=from_on, until_on=until_on, limit=limit, cursor=cursor)


@get("/v1/refunds", **question(list_all_refunds, scope="payments:read"))
async def list_all_refunds_route(
    call: NamedDependency[Call[Any]],
    from_on: FromOn = None,
    until_on: UntilOn = None,
    how: StateAsked = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[RefundLine]]:
    return await call.read(list_all_refunds, from_on=from_on, until_on=until_on, state=how, limit=limit, cursor=cursor)


@get("/v1/credit-notes", **question(list_credit_notes, scope="invoices:read"))
async def list_credit_notes_route(
    call: NamedDependency[Call[Any]],
    from_on: FromOn = None,
    until_on: UntilOn = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[CreditNoteLine]]:
    return await call.read(list_credit_notes, from_on=from_on, until_on=until_on, limit=limit, cursor=cursor)


ROUTES = [
    list_all_payments_route, list_all_refunds_route, list_credit_notes_route, *files_of(list_invoices_route, InvoiceSummary),
    *files_of(list_all_payments_route, PaymentLine), *files_of(list_all_refunds_route, RefundLine), *files_of(list_credit_notes_route, CreditNoteLine),
]  # fmt: skip
