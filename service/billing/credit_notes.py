"""Credit notes: mistakes put right by a document of their own; exactly the capacity they give back can be billed again."""

import hashlib
from collections.abc import Iterator
from uuid import UUID

import msgspec

from service.authorisations.capacity import CapacityMoved
from service.billing.queries.credit_notes import CREDIT_INVOICE
from service.billing.queries.write_offs import IS_WRITTEN_OFF
from service.billing.records.credit_notes import CreditNoteReceipt, NewCreditNote
from service.billing.refusals import InvoiceWrittenOff
from service.kit.money import exact
from service.kit.refusals import IdTaken, InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb


class CreditExceedsInvoice(Refusal):
    """A line holds less than is to be given back."""

    code, status, remedy = "CREDIT_EXCEEDS_INVOICE", 422, "Give back no more than `allowed`; earlier credits count."
    constraints = ("billing.credit_within_line",)


class CreditBelowItsShare(Refusal):
    """A quantity would be free to be billed again without its money being given back."""

    code, status, remedy = "CREDIT_BELOW_ITS_SHARE", 422, "Leave `amount` out, or send `quantity` 0 where only some money is given back."
    constraints = ("billing.capacity_freed_with_its_money",)


def credit_locks(*, invoice_id: UUID, **_: object) -> Iterator[Lock]:
    """The customer's account and the matters of the invoice."""
    yield Lock.account_of("billing.invoice", invoice_id)
    yield Lock.scope_of("billing.invoice_scope", invoice_id)


@verb(refusals=(IdTaken, InvoiceWrittenOff, CreditExceedsInvoice, CreditBelowItsShare, CapacityMoved), locks=credit_locks)
async def credit_invoice(work: Work, *, invoice_id: UUID, credit: NewCreditNote) -> CreditNoteReceipt:
    """Gives back what lines of an invoice still hold, whole or in part; what is open of the invoice is paid by it first."""
    if len({line.line_number for line in credit.lines}) < len(credit.lines):
        raise InvalidDocument("A line is credited once a note; add its parts together.")
    if await work.one(IS_WRITTEN_OFF, invoice_id=invoice_id):
        raise InvoiceWrittenOff  # what nobody paid would become the customer's credit
    lines = []
    for number, line in enumerate(credit.lines, 1):
        quantity = exact(line.quantity)
        lines.append(
            {"n": number, "line_number": line.line_number, "qn": quantity.numerator, "qd": quantity.denominator, "amount": line.amount}
        )
    credit_note_id = credit.id or work.new_id()
    return await work.run(
        CREDIT_INVOICE,
        credit_note_id=credit_note_id,
        invoice_id=invoice_id,
        input_hash=hashlib.sha256(invoice_id.bytes + msgspec.json.encode(credit)).digest(),
        lines=msgspec.json.encode(lines).decode(),
        reason=credit.reason,
        payment_id=credit_note_id,
        visit_id=None,
    )
