"""Routes of credit notes."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.billing.credit_notes import credit_invoice
from service.billing.records.credit_notes import CreditNoteReceipt, NewCreditNote
from service.kit.http import Call, command


@post("/v1/invoices/{invoice_id:uuid}/credit-notes", **command(credit_invoice, scope="invoices:credit", money=True))
async def credit_invoice_route(
    invoice_id: FromPath[UUID], data: JSONBody[NewCreditNote], call: NamedDependency[Call[Any]]
) -> Response[CreditNoteReceipt]:
    return await call.perform(credit_invoice, invoice_id=invoice_id, credit=data)


ROUTES = [credit_invoice_route]
