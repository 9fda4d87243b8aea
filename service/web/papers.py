"""Receipts and invoices as PDF for whoever is signed in to the pages: the API's own addresses take no cookie."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.billing.payments import find_payment
from service.billing.provider.pay_links import card_home
from service.documents.credit_notes import read_credit_note_sheet
from service.documents.einvoices import XML, Syntax, read_invoice_xml
from service.documents.http import PDF, sent, shown
from service.documents.invoices import read_invoice_sheet
from service.documents.receipts import read_receipt_sheet
from service.documents.setting import Sheet
from service.kit.http import Call
from service.kit.refusals import NotFound
from service.kit.verbs import Work


@get("/app/visits/{visit_id:uuid}/receipts/{payment_id:uuid}", opt={"scope": "payments:cash"}, include_in_schema=False, media_type=PDF)
async def show_receipt(visit_id: FromPath[UUID], payment_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """The receipt of money taken at a visit, to be shown to the customer."""
    return await shown(await call.ask(read_receipt_at_visit, visit_id=visit_id, payment_id=payment_id), "receipt")


@get("/app/invoices/{invoice_id:uuid}", opt={"scope": "invoices:read"}, include_in_schema=False, media_type=PDF)
async def show_invoice(invoice_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """An invoice as it is sent."""
    return await shown(
        await call.ask(read_invoice_sheet, invoice_id=invoice_id, pay_home=card_home(call.request.app.state.settings)), "invoice"
    )


@get("/app/invoices/{invoice_id:uuid}/xml", opt={"scope": "invoices:read"}, include_in_schema=False, media_type=XML)
async def show_invoice_xml(
    invoice_id: FromPath[UUID], call: NamedDependency[Call[Any]], syntax: FromQuery[Syntax] = "cii"
) -> Response[bytes]:
    """An invoice for machines; where it makes none, the rules that it would break."""
    return sent(await call.ask(read_invoice_xml, invoice_id=invoice_id, syntax=syntax), "invoice")


@get("/app/credit-notes/{credit_note_id:uuid}", opt={"scope": "invoices:read"}, include_in_schema=False, media_type=PDF)
async def show_credit_note(credit_note_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """A credit note as it is sent."""
    return await shown(await call.ask(read_credit_note_sheet, credit_note_id=credit_note_id), "credit-note")


async def read_receipt_at_visit(work: Work, *, visit_id: UUID, payment_id: UUID) -> Sheet:
    """A receipt, for whoever took the money at that visit or may read payments; raises NotFound."""
    payment = await find_payment(work, payment_id=payment_id)
    if payment.visit_id != visit_id or (payment.taken_by != work.principal.id and not work.principal.may("payments:read")):
        raise NotFound
    return await read_receipt_sheet(work, payment_id=payment_id)


ROUTES: list[Any] = [show_receipt, show_invoice, show_invoice_xml, show_credit_note]
