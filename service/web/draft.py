"""What a job may be billed for, as staff see it; whoever may posts it as shown, by a form of its own."""

import hashlib
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from service.billing.drafts import draft_invoice
from service.billing.invoices import find_invoice, post_invoice
from service.billing.records.drafts import Draft, DraftBody
from service.billing.records.invoices import Invoice, NewInvoice
from service.customers.customers import find_customer
from service.customers.records import Customer
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import NotFound, Refusal
from service.kit.verbs import Work
from service.web.forms import id_in
from service.web.guard import from_our_own_page
from service.web.pages import page


class DraftChanged(Refusal):
    """Something was done, agreed or billed since this page was shown; nothing was posted."""

    code, status, remedy = "DRAFT_CHANGED", 409, "Look at the draft as it is now, and post that."


class DraftShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    customer: Customer
    draft: Draft
    invoice_ids: list[UUID]
    """Made before a form is sent, so that a form sent twice is one invoice."""
    posted: Invoice | None
    """What was posted from this page just now."""


@get("/app/jobs/{job_id:uuid}/invoice", opt={"scope": "invoices:read"}, include_in_schema=False)
async def show_draft(job_id: FromPath[UUID], call: NamedDependency[Call[Any]], posted: FromQuery[str | None] = None) -> Response[str]:
    """What may be billed now, and why not the rest; with the invoice that was just posted here."""
    return await _draft_page(call, job_id, posted=posted)


@post("/app/jobs/{job_id:uuid}/invoice", opt={"scope": "invoices:post"}, include_in_schema=False)
async def post_draft(job_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Posts a drafted invoice exactly as it was shown, or says that it isn't the same any more."""
    from_our_own_page(call.request)
    form = await call.request.form()
    invoice_id, seen = id_in(form.get("id")), str(form.get("seen", ""))
    try:
        if not await _is_posted(call, invoice_id):
            draft: Draft = await call.ask(draft_invoice, job_id=job_id)
            body = next((one.request.body for one in draft.invoices if seen_as(one.request.body) == seen), None)
            if body is None:
                raise DraftChanged
            invoice = msgspec.convert({**msgspec.to_builtins(body), "id": str(invoice_id)}, NewInvoice)
            await call.do(post_invoice, invoice=invoice)
    except NotFound:
        raise
    except Refusal as refusal:
        return await _draft_page(call, job_id, refusal=refusal)
    return Redirect(f"/app/jobs/{job_id}/invoice?posted={invoice_id}", status_code=303)


async def look_at_draft(work: Work, *, job_id: UUID, posted: str | None) -> DraftShown:
    """The draft with whom it is for and what of theirs was just posted, read in one snapshot."""
    draft = await draft_invoice(work, job_id=job_id)
    return DraftShown(
        organisation=await find_organisation(work),
        customer=await find_customer(work, customer_id=draft.customer_id),
        draft=draft,
        invoice_ids=[work.new_id() for _ in draft.invoices],
        posted=None if posted is None else await _own_invoice(work, invoice=posted, customer_id=draft.customer_id),
    )


def seen_as(body: DraftBody) -> str:
    """What names exactly this invoice in its form."""
    return hashlib.sha256(msgspec.json.encode(body)).hexdigest()


async def _draft_page(call: Call[Any], job_id: UUID, *, refusal: Refusal | None = None, posted: str | None = None) -> Response[str]:
    shown: DraftShown = await call.ask(look_at_draft, job_id=job_id, posted=posted)
    return page(
        "draft.html",
        language=shown.organisation.language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        shown=shown,
        draft=shown.draft,
        invoices=[
            (one, invoice_id, seen_as(one.request.body)) for one, invoice_id in zip(shown.draft.invoices, shown.invoice_ids, strict=True)
        ],
        may_post=call.principal.may("invoices:post"),
        may_see_customer=call.principal.may("timeline:read"),
        refusal=refusal,
        reference=str(job_id)[-12:],
    )


async def _own_invoice(work: Work, *, invoice: str, customer_id: UUID) -> Invoice | None:
    """That customer's invoice, where the address names one."""
    try:
        found = await find_invoice(work, invoice_id=UUID(invoice))
    except (ValueError, NotFound):
        return None
    return found if found.customer_id == customer_id else None


async def _is_posted(call: Call[Any], invoice_id: UUID) -> bool:
    try:
        await call.ask(find_invoice, invoice_id=invoice_id)
    except NotFound:
        return False
    return True


ROUTES: list[Any] = [show_draft, post_draft]
