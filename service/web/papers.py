"""Receipts and invoices as PDF for whoever is signed in to the pages: the API's own addresses take no cookie."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.documents import invoice_pdf, read_invoice_facts, read_receipt_facts, receipt_pdf
from service.billing.payments import find_payment
from service.billing.records.documents import ReceiptFacts
from service.kit.http import Call
from service.kit.refusals import NotFound
from service.kit.verbs import Work

PDF = "application/pdf"


@get("/app/visits/{visit_id:uuid}/receipts/{payment_id:uuid}", opt={"scope": "payments:cash"}, include_in_schema=False, media_type=PDF)
async def show_receipt(visit_id: FromPath[UUID], payment_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """The receipt of money taken at a visit, to be shown to the customer."""
    facts: ReceiptFacts = await call.ask(read_receipt_at_visit, visit_id=visit_id, payment_id=payment_id)
    return _shown(await receipt_pdf(facts), f"receipt-{facts.receipt_number}")


@get("/app/invoices/{invoice_id:uuid}", opt={"scope": "invoices:read"}, include_in_schema=False, media_type=PDF)
async def show_invoice(invoice_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """An invoice as it is sent."""
    facts = await call.ask(read_invoice_facts, invoice_id=invoice_id)
    return _shown(await invoice_pdf(facts), f"invoice-{facts.number}")


async def read_receipt_at_visit(work: Work, *, visit_id: UUID, payment_id: UUID) -> ReceiptFacts:
    """A receipt, for whoever took the money at that visit or may read payments; raises NotFound."""
    payment = await find_payment(work, payment_id=payment_id)
    if payment.visit_id != visit_id or (payment.taken_by != work.principal.id and not work.principal.may("payments:read")):
        raise NotFound
    return await read_receipt_facts(work, payment_id=payment_id)


def _shown(pdf: bytes, name: str) -> Response[bytes]:
    headers = {
        "Content-Disposition": f'inline; filename="{name}.pdf"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(pdf, media_type=PDF, headers=headers)


ROUTES: list[Any] = [show_receipt, show_invoice]
