"""Routes of receipts and invoices as PDF."""

from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.documents import invoice_pdf, read_invoice_facts, read_receipt_facts, receipt_pdf
from service.kit.http import Call, question

PDF = "application/pdf"


@get("/v1/payments/{payment_id:uuid}/receipt.pdf", **question(read_receipt_facts, scope="payments:read"), media_type=PDF)
async def receipt_pdf_route(payment_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    facts = (await call.read(read_receipt_facts, payment_id=payment_id)).content
    return _shown(await receipt_pdf(facts), f"receipt-{facts.receipt_number}")


@get("/v1/invoices/{invoice_id:uuid}/invoice.pdf", **question(read_invoice_facts, scope="invoices:read"), media_type=PDF)
async def invoice_pdf_route(invoice_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    facts = (await call.read(read_invoice_facts, invoice_id=invoice_id)).content
    return _shown(await invoice_pdf(facts), f"invoice-{facts.number}")


def _shown(pdf: bytes, name: str) -> Response[bytes]:
    return Response(
        pdf, media_type=PDF, headers={"Content-Disposition": f'inline; filename="{name}.pdf"', "Cache-Control": "private, no-store"}
    )


ROUTES = [receipt_pdf_route, invoice_pdf_route]
