"""Objections: a customer contests a line of an invoice, sees what it stands on, and it is explained, credited or refunded; once, to the cent."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any
from uuid import UUID

from service.billing.credit_notes import CreditBelowItsShare, CreditExceedsInvoice, credit_invoice
from service.billing.dunning.holds import hold_contested, release_contested
from service.billing.invoices import find_invoice
from service.billing.records.credit_notes import CreditNoteReceipt, NewCreditLine, NewCreditNote
from service.billing.records.payments import PositiveMoney
from service.billing.records.refunds import NewRefund
from service.billing.refunds import CreditNotCleared, CreditOwed, RefundBeyondPayment, RefundWayUnclear, propose_refund
from service.billing.refusals import CreditAlreadyUsed, InvoiceWrittenOff
from service.care.case_lists import find_case_going_on
from service.care.cases import AnswerTooLong, AnswerUnaddressed, CaseMerged, NotTheCustomers, answer_case, hear
from service.care.messages import ContactUnknown
from service.care.queries import (
    CREDITED_THUS,
    DECIDE_OBJECTION,
    FIND_OBJECTION,
    LINES_EVIDENCE,
    LIST_OBJECTIONS,
    LIST_OBJECTIONS_OF_CASE,
    LIST_OBJECTIONS_OF_INVOICE,
    OBJECTED_LINE,
    PAID_BACK_AT_MOST,
    RAISE_OBJECTION,
)
from service.care.records.cases import NewAnswer, NewCaseWord
from service.care.records.objections import Decided, LineEvidence, NewDecision, NewObjection, Objected, Objection
from service.identity.scopes import Role
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken, InvalidDocument, Refusal
from service.kit.verbs import Again, Kept, Lock, Work, verb

TEAM: Role = "back_office"
"""Whose cases they are, until somebody is given one."""
LAST = UUID(int=2**128 - 1)


class NothingContested(Refusal):
    """This line costs nothing, or was given back already."""

    code, status, remedy = (
        "NOTHING_CONTESTED",
        409,
        "Read the invoice: what is credited of a line isn't owed. Raise a case for anything else.",
    )


class ObjectionOpen(Refusal):
    """This line is objected to already, and that isn't decided yet."""

    code, status, remedy = "OBJECTION_OPEN", 409, "Note what they say in its case; object again once it is decided."
    constraints = ("care.one_objection_a_number", "care.objection_follows_a_decision")


class ObjectionDecided(Refusal):
    """This objection was decided before, in another way."""

    code, status, remedy = "OBJECTION_DECIDED", 409, "Read how; if the customer still objects, they object again."
    constraints = ("care.one_decision_an_objection",)


class NothingToRefund(Refusal):
    """Nothing of this credit is left to be paid out: it pays what is open."""

    code, status, remedy = "NOTHING_TO_REFUND", 409, "Decide it as `credited`."


@verb(
    refusals=(CardNumber, ContactUnknown, NotTheCustomers, NothingContested, ObjectionOpen, CaseMerged, IdTaken),
    locks=lambda *, invoice_id, **_: (Lock.account_of("billing.invoice", invoice_id),),
)
async def object_to_line(work: Work, *, invoice_id: UUID, objection: NewObjection) -> Objected:
    """Contests a line: its case is opened or joined, a reply is promised, and dunning leaves what it is about alone until it is decided."""
    line = await work.one(OBJECTED_LINE, invoice_id=invoice_id, line_number=objection.line_number)
    if (known := await _known(work, objection, invoice_id=invoice_id)) is not None:
        return known
    if line.open:
        raise ObjectionOpen
    if line.item_id is None or line.rest_minor == 0:
        raise NothingContested
    case_id = line.case_id
    if objection.case_id is not None:
        case = await find_case_going_on(work, case_id=objection.case_id)
        if case.customer_id != line.customer_id:
            raise NotTheCustomers
        case_id = case.id
    if case_id is not None and not work.again:  # which case it is, only looking tells
        raise Again(Lock.job(case_id))
    objection_id = objection.id or work.new_id()
    heard = await hear(
        work.part(),
        customer_id=line.customer_id,
        case_id=case_id or work.new_id(),
        opens=case_id is None,
        word=NewCaseWord(channel=objection.channel, words=objection.words, id=objection_id, contact_id=objection.contact_id),
        team=TEAM if case_id is None else None,
    )
    await hold_contested(
        work.part(), hold_id=objection_id, customer_id=line.customer_id, invoice_id=invoice_id, contested_minor=line.rest_minor
    )
    return await work.run(
        RAISE_OBJECTION,
        objection_id=objection_id,
        customer_id=line.customer_id,
        invoice_id=invoice_id,
        line_number=objection.line_number,
        number=line.objections + 1,
        item_id=line.item_id,
        line_ticks=line.line_ticks,
        line_net=line.line_net,
        scope_id=line.scope_id,
        currency=line.currency,
        reason=objection.reason,
        contested_minor=line.rest_minor,
        case_id=heard.id,
        reply_due_at=heard.reply_due_at,
    )


async def _known(work: Work, objection: NewObjection, *, invoice_id: UUID) -> Objected | None:
    """What was said before under the same id."""
    if objection.id is None or (known := await work.first(FIND_OBJECTION, objection_id=objection.id)) is None:
        return None
    if (known.invoice_id, known.line_number, known.reason) != (invoice_id, objection.line_number, objection.reason):
        raise IdTaken
    work.status = 200
    return Objected(known.id, known.case_id, known.reference, known.reply_due_at, known.contested)


def _locks(*, objection_id: UUID, **_: Any) -> Iterable[Lock]:
    """The customer's account and the matter of the line, as a credit note has them."""
    yield Lock.account_of("care.objection", objection_id)
    yield Lock.scope_of("care.objection", objection_id)


@verb(
    refusals=(
        CardNumber, InvalidDocument, ObjectionDecided, InvoiceWrittenOff, CreditExceedsInvoice, CreditBelowItsShare, NothingToRefund, RefundWayUnclear, RefundBeyondPayment,
        CreditAlreadyUsed, CreditNotCleared, CreditOwed, AnswerTooLong, AnswerUnaddressed, CaseMerged, IdTaken,
    ),
    locks=_locks,
)  # fmt: skip
async def decide_objection(work: Work, *, objection_id: UUID, decision: NewDecision) -> Decided:
    """Explains it, credits the line or also pays that out, and tells the customer in the same commit; dunning goes on with what is owed then. Once."""
    _require_whole(decision)
    objection = await work.one(FIND_OBJECTION, objection_id=objection_id)
    if objection.outcome is not None:
        return await _decided_before(work, objection, decision)
    if not work.again:  # which case has it now, only looking tells
        raise Again(Lock.job(objection.case_id))
    try:
        async with work.undoable():
            return await _decide(work, objection, decision)
    except Kept as kept:
        raise kept.undone() from None


async def _decide(work: Work, objection: Objection, decision: NewDecision) -> Decided:
    credited = None if decision.outcome == "explained" else await _credit(work.part(), objection, decision)
    refund = None if credited is None or decision.outcome != "refunded" else await _refund(work, objection, decision, credited)
    answer = NewAnswer(words=decision.words, channel=decision.channel, id=decision.answer_id or work.new_id())
    await answer_case(work.part(), case_id=objection.case_id, answer=answer)
    await release_contested(work.part(), hold_id=objection.id)
    return await work.run(
        DECIDE_OBJECTION,
        objection_id=objection.id,
        outcome=decision.outcome,
        answer_id=answer.id,
        credit_note_id=credited and credited.id,
        credited_minor=credited and credited.total_minor,
        refund_id=refund and refund.id,
        refunded_minor=refund and refund.amount.amount,
    )


async def _credit(part: Work, objection: Objection, decision: NewDecision) -> CreditNoteReceipt:
    line = NewCreditLine(line_number=objection.line_number, quantity=decision.quantity, amount=decision.amount)
    note = NewCreditNote(lines=[line], reason=f"{objection.reference}: {decision.words}"[:2000], id=part.new_id())
    return await credit_invoice(part, invoice_id=objection.invoice_id, credit=note)


async def _refund(work: Work, objection: Objection, decision: NewDecision, credited: CreditNoteReceipt) -> NewRefund:
    """All of the credit that paid nothing."""
    left = await work.one(PAID_BACK_AT_MOST, credit_note_id=credited.id)
    if left == 0 or decision.refund_via is None:
        raise NothingToRefund
    refund = NewRefund(
        amount=PositiveMoney(left, objection.contested.currency),
        via=decision.refund_via,
        reason=f"{objection.reference}: {credited.number}",
        payment_id=decision.payment_id,
        id=work.new_id(),
    )
    await propose_refund(work.part(), customer_id=objection.customer_id, refund=refund)
    return refund


def _require_whole(decision: NewDecision) -> None:
    gives = decision.quantity != "0" or decision.amount is not None
    if (decision.outcome == "explained") == gives:
        raise InvalidDocument("`quantity` or `amount` says what is given back where it is credited or refunded, and there alone.")
    if (decision.outcome == "refunded") != (decision.refund_via is not None) or (decision.refund_via == "card") != (
        decision.payment_id is not None
    ):
        raise InvalidDocument("`refund_via` says how it is paid out where it is refunded, and there alone; by card to `payment_id`.")


async def _decided_before(work: Work, objection: Objection, decision: NewDecision) -> Decided:
    """The same again is the same."""
    if (objection.outcome, objection.answer) != (decision.outcome, decision.words):
        raise ObjectionDecided
    if objection.credit_note_id is not None and not await _credited_thus(work, objection, decision):
        raise ObjectionDecided
    work.status = 200
    credited, refunded = objection.credited, objection.refunded
    return Decided(
        objection.id,
        decision.outcome,
        objection.credit_note_id,
        credited.amount if credited else 0,
        objection.refund_id,
        refunded.amount if refunded else 0,
    )


async def _credited_thus(work: Work, objection: Objection, decision: NewDecision) -> bool:
    quantity = Fraction(decision.quantity)
    thus: bool = await work.one(
        CREDITED_THUS,
        credit_note_id=objection.credit_note_id,
        invoice_id=objection.invoice_id,
        line_number=objection.line_number,
        numerator=quantity.numerator,
        denominator=quantity.denominator,
        amount=decision.amount,
    )
    return thus


async def find_objection(work: Work, *, objection_id: UUID) -> Objection:
    """An objection as it stands."""
    return await work.one(FIND_OBJECTION, objection_id=objection_id)


async def read_objection_evidence(work: Work, *, objection_id: UUID) -> LineEvidence:
    """What the line stands on: what was shown, said, done and judged."""
    [line] = await read_objections_evidence(work, objections=[await find_objection(work, objection_id=objection_id)])
    return line


async def read_objections_evidence(work: Work, *, objections: list[Objection]) -> list[LineEvidence]:
    """The same of several, in their order."""
    of = {"invoice_ids": [one.invoice_id for one in objections], "line_numbers": [one.line_number for one in objections]}
    return await work.all(LINES_EVIDENCE, **of)


async def read_lines_evidence(work: Work, *, invoice_id: UUID, after_line: int, limit: int) -> list[LineEvidence]:
    """The same of an invoice's lines after the so-manieth."""
    return await work.all(
        LINES_EVIDENCE, invoice_ids=[invoice_id] * limit, line_numbers=list(range(after_line + 1, after_line + limit + 1))
    )


async def list_objections(work: Work, *, limit: int, cursor: str | None) -> Page[Objection]:
    """All of them, the latest first."""
    purpose = f"objections {work.organisation_id}"
    before = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else LAST
    rows = await work.all(LIST_OBJECTIONS, before=before, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (str(row.id),))


@under(find_invoice)
async def list_objections_of_invoice(work: Work, *, invoice_id: UUID, limit: int, cursor: str | None) -> Page[Objection]:
    """What was objected to of an invoice, line by line."""
    purpose = f"objections of {work.organisation_id} {invoice_id}"
    line, number = work.cursors.read(purpose, cursor) if cursor else (0, 0)
    rows = await work.all(LIST_OBJECTIONS_OF_INVOICE, invoice_id=invoice_id, after_line=line, after_number=number, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.line_number, row.number))


async def list_objections_of_case(work: Work, *, case_id: UUID) -> list[Objection]:
    """What is objected to in a case."""
    return await work.all(LIST_OBJECTIONS_OF_CASE, case_id=case_id)
