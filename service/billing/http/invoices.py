"""Routes of invoices."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.billing.invoices import find_invoice, list_invoices, post_invoice
from service.billing.records.invoices import Invoice, InvoiceReceipt, InvoiceSummary, NewInvoice
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
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[InvoiceSummary]]:
    return await call.read(list_invoices, customer_id=customer_id, limit=limit, cursor=cursor)


ROUTES = [post_invoice_route, find_invoice_route, list_invoices_route]
