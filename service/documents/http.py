"""Routes of documents: facts are read in a transaction, and set outside of it."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from service.billing.provider.pay_links import card_home
from service.documents.cash import read_cash_statement_sheet, read_hand_over_sheet
from service.documents.credit_notes import read_credit_note_sheet
from service.documents.einvoices import (
    XML,
    EInvoiceCheck,
    EInvoiceIncomplete,
    Syntax,
    XmlFile,
    check_invoice_traded,
    read_credit_note_xml,
    read_invoice_xml,
)
from service.documents.invoices import read_invoice_sheet
from service.documents.jobs import read_job_sheet
from service.documents.offers import read_offer_sheet
from service.documents.receipts import read_receipt_sheet
from service.documents.setting import DocumentTooLong, Sheet, pdf_of
from service.kit.http import Call, question
from service.kit.money import Currency

PDF = "application/pdf"
SinceAt = Annotated[
    Annotated[datetime, msgspec.Meta(tz=True)] | None,
    QueryParameter(description="From this instant on; thirty days before the end, where none is named."),
]
UntilAt = Annotated[
    Annotated[datetime, msgspec.Meta(tz=True)] | None,
    QueryParameter(description="Until before this instant; until now, where none is named."),
]
RevisionNumber = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Asked = NamedDependency[Call[Any]]


@get(
    "/v1/offers/{offer_id:uuid}/offer.pdf",
    **question(read_offer_sheet, scope="offers:read", also=(DocumentTooLong,)),
    media_type=PDF,
)
async def offer_pdf_route(offer_id: FromPath[UUID], call: Asked, revision: FromQuery[RevisionNumber | None] = None) -> Response[bytes]:
    return await shown((await call.read(read_offer_sheet, offer_id=offer_id, revision=revision)).content, "offer")


@get("/v1/jobs/{job_id:uuid}/job.pdf", **question(read_job_sheet, scope="offers:read", also=(DocumentTooLong,)), media_type=PDF)
async def job_pdf_route(job_id: FromPath[UUID], call: Asked) -> Response[bytes]:
    return await shown((await call.read(read_job_sheet, job_id=job_id)).content, "job")


@get(
    "/v1/invoices/{invoice_id:uuid}/invoice.pdf",
    **question(read_invoice_sheet, scope="invoices:read", also=(DocumentTooLong,)),
    media_type=PDF,
)
async def invoice_pdf_route(invoice_id: FromPath[UUID], call: Asked) -> Response[bytes]:
    return await shown(
        (await call.read(read_invoice_sheet, invoice_id=invoice_id, pay_home=card_home(call.request.app.state.settings))).content, "invoice"
    )


@get(
    "/v1/credit-notes/{credit_note_id:uuid}/credit-note.pdf",
    **question(read_credit_note_sheet, scope="invoices:read", also=(DocumentTooLong,)),
    media_type=PDF,
)
async def credit_note_pdf_route(credit_note_id: FromPath[UUID], call: Asked) -> Response[bytes]:
    return await shown((await call.read(read_credit_note_sheet, credit_note_id=credit_note_id)).content, "credit-note")


@get("/v1/payments/{payment_id:uuid}/receipt.pdf", **question(read_receipt_sheet, scope="payments:read"), media_type=PDF)
async def receipt_pdf_route(payment_id: FromPath[UUID], call: Asked) -> Response[bytes]:
    return await shown((await call.read(read_receipt_sheet, payment_id=payment_id)).content, "receipt")


@get(
    "/v1/cash/hand-ins/{hand_in_id:uuid}/hand-over.pdf",
    **question(read_hand_over_sheet, scope="cash:read", also=(DocumentTooLong,)),
    media_type=PDF,
)
async def hand_over_pdf_route(hand_in_id: FromPath[UUID], call: Asked) -> Response[bytes]:
    return await shown((await call.read(read_hand_over_sheet, hand_in_id=hand_in_id)).content, "hand-over")


@get(
    "/v1/cash/statements/{staff_id:uuid}/statement.pdf",
    **question(read_cash_statement_sheet, scope="cash:read", also=(DocumentTooLong,)),
    media_type=PDF,
)
async def cash_statement_pdf_route(
    staff_id: FromPath[UUID], call: Asked, currency: FromQuery[Currency], from_at: SinceAt = None, until_at: UntilAt = None
) -> Response[bytes]:
    asked = {"staff_id": staff_id, "currency": currency, "from_at": from_at, "until_at": until_at}
    return await shown((await call.read(read_cash_statement_sheet, **asked)).content, "cash-statement")


async def shown(sheet: Sheet, name: str) -> Response[bytes]:
    """The document to be looked at or kept; in no shared cache, since it names people."""
    headers = {"Content-Disposition": f'inline; filename="{name}-{sheet.name}.pdf"', "Cache-Control": "private, no-store"}
    return Response(await pdf_of(sheet), media_type=PDF, headers=headers)


@get(
    "/v1/invoices/{invoice_id:uuid}/invoice.xml",
    **question(read_invoice_xml, scope="invoices:read", also=(EInvoiceIncomplete,)),
    media_type=XML,
)
async def invoice_xml_route(invoice_id: FromPath[UUID], call: Asked, syntax: FromQuery[Syntax] = "cii") -> Response[bytes]:
    return sent((await call.read(read_invoice_xml, invoice_id=invoice_id, syntax=syntax)).content, "invoice")


@get(
    "/v1/credit-notes/{credit_note_id:uuid}/credit-note.xml",
    **question(read_credit_note_xml, scope="invoices:read", also=(EInvoiceIncomplete,)),
    media_type=XML,
)
async def credit_note_xml_route(credit_note_id: FromPath[UUID], call: Asked, syntax: FromQuery[Syntax] = "cii") -> Response[bytes]:
    return sent((await call.read(read_credit_note_xml, credit_note_id=credit_note_id, syntax=syntax)).content, "credit-note")


@get("/v1/invoices/{invoice_id:uuid}/e-invoice-check", **question(check_invoice_traded, scope="invoices:read"))
async def check_invoice_route(invoice_id: FromPath[UUID], call: Asked) -> Response[EInvoiceCheck]:
    return await call.read(check_invoice_traded, invoice_id=invoice_id)


def sent(file: XmlFile, name: str) -> Response[bytes]:
    """The e-invoice to be sent on; in no shared cache, since it names people."""
    headers = {"Content-Disposition": f'attachment; filename="{name}-{file.number}.xml"', "Cache-Control": "private, no-store"}
    return Response(file.content, media_type=XML, headers=headers)


ROUTES = [
    offer_pdf_route,
    job_pdf_route,
    invoice_pdf_route,
    credit_note_pdf_route,
    receipt_pdf_route,
    invoice_xml_route,
    credit_note_xml_route,
    check_invoice_route,
    hand_over_pdf_route,
    cash_statement_pdf_route,
]
