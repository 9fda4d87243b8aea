"""Routes of invoices."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.billing.invoices import find_invoice, list_invoices, post_invoice
from service.billing.records.invoices import Invoice, InvoiceReceipt, InvoicesAsked, InvoiceSummary, NewInvoice
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/invoices", **command(post_invoice, scope="invoices:post", money=True))
async def post_invoice_route(data: JSONBody[NewInvoice], call: NamedDependency[Call[Any]]) -> Response[InvoiceReceipt]:
    return await call.perform(post_invoice, invoice=data)


@get("/v1/invoices/{invoice_id:uuid}", **question(find_invoice, scope="invoices:read"))
async def find_invoice_route(invoice_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Invoice]:
    return await call.read(find_invoice, invoice_id=invoice_id)


@get("/v1/invoices", **question(list_invoices, scope="invoices:read"))
async def list_invoices_route(
    call: NamedDependency[Call[Any]],
    customer_id: FromQuery[UUID | None] = None,
    is_open: Annotated[bool | None, QueryParameter(name="open", description="Whether something of it is still to be paid.")] = None,
    is_overdue: Annotated[
        bool | None, QueryParameter(name="overdue", description="Whether it is open and its day due has passed where the customer is.")
    ] = None,
    issued_from: Annotated[date | None, QueryParameter(description="The first day of issue.")] = None,
    issued_until: Annotated[date | None, QueryParameter(description="The day after the last day of issue.")] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[InvoiceSummary]]:
    asked = InvoicesAsked(customer_id, is_open, is_overdue, issued_from, issued_until)
    return await call.read(list_invoices, asked=asked, limit=limit, cursor=cursor)


ROUTES = [post_invoice_route, find_invoice_route, list_invoices_route]
