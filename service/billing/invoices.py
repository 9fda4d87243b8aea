"""Invoices: posted whole or not at all, each line judged, every attempt kept."""

import hashlib
from collections.abc import Iterator
from uuid import UUID

import msgspec

from service.authorisations.capacity import CapacityMoved
from service.billing.codes import SENTENCES
from service.billing.queries.invoices import FIND_INVOICE, LIST_INVOICES, POST_INVOICE, POST_WITHOUT_SUPPLIES
from service.billing.records.invoices import Invoice, InvoiceReceipt, InvoicesAsked, InvoiceSummary, NewInvoice, NewLine
from service.kit.money import MOST_MINOR, ratio
from service.kit.paging import Page
from service.kit.refusals import IdTaken, InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb
from service.subscriptions.periods import PeriodGranted, PeriodNotAsAgreed, SuspendedForFault

NOBODY = UUID(int=0)
MOST_UNITS = 100_000_000


class InvoiceRefused(Refusal):
    """At least one line can't be billed here, so nothing was posted."""

    code, status, remedy = (
        "INVOICE_REFUSED",
        422,
        "Each entry of `lines` says what is wrong and what would make it acceptable; the attempt is kept.",
    )


class PeriodSupplied(Refusal):
    """This period was supplied before."""

    code, status, remedy = "PERIOD_SUPPLIED", 409, "Read the subscription's invoices; a period is supplied and billed once."
    constraints = ("authorisations.one_supply_per_period",)


def posting_locks(*, invoice: NewInvoice, **_: object) -> Iterator[Lock]:
    """The customer's account and the matters of the items."""
    yield Lock.account(invoice.customer_id)
    for item_id in {line.item_id for line in invoice.lines if line.item_id}:
        yield Lock.scope_of("authorisations.offer_item", item_id)


@verb(
    refusals=(IdTaken, InvoiceRefused, PeriodSupplied, SuspendedForFault, PeriodGranted, PeriodNotAsAgreed, CapacityMoved),
    locks=posting_locks,
)
async def post_invoice(work: Work, *, invoice: NewInvoice) -> InvoiceReceipt:
    """Issues an invoice if every line of it was authorised, done and not billed before; else refuses all of it and keeps the attempt."""
    lines = [_line(line, number=number, work=work) for number, line in enumerate(invoice.lines, 1)]
    supplies = any(line.supply for line in invoice.lines)
    invoice_id = invoice.id or work.new_id()
    return await work.run(
        POST_INVOICE if supplies else POST_WITHOUT_SUPPLIES,
        invoice_id=invoice_id,
        attempt_id=work.new_id(),
        customer_id=invoice.customer_id,
        scope_id=invoice.scope_id,
        currency=invoice.currency,
        tax_basis=invoice.tax_basis,
        claimed_tax=invoice.tax_minor,
        due_in_days=invoice.due_in_days,
        input_hash=hashlib.sha256(msgspec.json.encode(invoice)).digest(),
        lines=msgspec.json.encode(lines).decode(),
        sentences=SENTENCES,
        **({"payment_id": invoice_id} if supplies else {}),
    )


async def find_invoice(work: Work, *, invoice_id: UUID) -> Invoice:
    """An invoice as issued."""
    return await work.one(FIND_INVOICE, invoice_id=invoice_id)


async def list_invoices(work: Work, *, asked: InvoicesAsked, limit: int, cursor: str | None) -> Page[InvoiceSummary]:
    """Invoices in the order they were begun: of one customer or all, paid or not, overdue or not, issued within days."""
    conditions = msgspec.structs.asdict(asked)
    purpose = f"invoices {work.organisation_id} {conditions}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_INVOICES, **conditions, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


def _line(line: NewLine, *, number: int, work: Work) -> dict[str, object]:
    """What the statement judges of a line; what it doesn't say stays away, since a thousand lines of a dozen nulls are long to write and to read."""
    (qn, qd), (pn, pd) = ratio(line.quantity), ratio(line.unit_price)
    if abs(qn * pn) > MOST_MINOR * qd * pd or abs(qn) >= MOST_UNITS * qd:
        raise InvalidDocument(f"Line {number} comes to more than can be kept.")
    told: dict[str, object] = {
        "n": number, "line_hash": hashlib.sha256(msgspec.json.encode(line)).hexdigest(), "item_id": line.item_id, "qn": qn, "qd": qd, "pn": pn, "pd": pd, "discount": line.discount,
    }  # fmt: skip
    for name in ("unit", "amount", "description", "sku", "condition", "method"):
        if (value := getattr(line, name)) is not None:
            told[name] = value
    if line.work_record_ids:
        told["work"] = line.work_record_ids
    if supply := line.supply:
        if supply.period_until <= supply.period_from:
            raise InvalidDocument(f"The period of line {number} ends before it begins.")
        told |= {"supply_id": supply.id or work.new_id(), "period_from": supply.period_from, "period_until": supply.period_until}
    return told
