"""What may become of a line: each step with the transfer that takes its amount out of `unmatched` or puts it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from typing import Any, Literal
from uuid import UUID

import msgspec

from service.billing.applying import apply
from service.billing.bank.refusals import LineMatched, MatchDiffers, MatchUnclear
from service.billing.payments import reverse_payment
from service.billing.queries.bank import PAYMENT_TO_TAKE_BACK, REFUND_SEEN
from service.billing.queries.refunds import FIND_REFUND, SETTLE_REFUND
from service.billing.records.bank import BankLine, LiveStep, MatchPart, Reason, Rule, StepKind
from service.billing.records.bank_matching import PaymentToTakeBack
from service.kit.verbs import Kept, Work

UNMATCHED = ("unmatched", "")
NOT_SEEN = ("bank", "")
"""Where money lies that was told by hand, until the bank shows it."""
Side = tuple[str, str]


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A step to write; with `own`, its transfer too."""

    n: int = 0
    line_id: UUID
    kind: StepKind
    amount_minor: int
    rule: Rule
    posting_id: UUID
    ordinal: int = 1
    strand: UUID
    debit: Side
    credit: Side
    own: bool = False
    undoes: int | None = None
    customer_id: UUID | None = None
    payment_id: UUID | None = None
    reversal_id: UUID | None = None
    refund_id: UUID | None = None
    deposit_id: UUID | None = None
    arrival_step: int | None = None
    payout_id: UUID | None = None
    payout_minor: int | None = None
    sight: int | None = None
    reason: Reason | None = None
    note: str | None = None


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """A refusal of one part is none of the whole: nothing of it stays, where alone it would be kept."""
    try:
        yield
    except Kept as kept:
        raise kept.refusal from None


def credit_of(customer_id: UUID) -> Side:
    """A customer's credit, through which every payment goes."""
    return "customer_credit", str(customer_id)


async def paid(work: Work, *, line: BankLine, part: MatchPart, at: int, rule: Rule, undoes: int | None = None) -> Step:
    """Applies an amount of a line to an invoice or a customer's account; `at` numbers the steps of this line, so that none is applied twice."""
    payment_id = work.new_id()
    with all_or_nothing():
        outcome = await apply(
            work.part(),
            payment_id=payment_id,
            captured_at=min(work.at, datetime.combine(line.booked_on, time(12), UTC)),
            key_kind="bank_entry",
            key=f"line:{line.id}:{at}",
            method="bank_transfer",
            amount_minor=part.amount_minor,
            currency=line.currency,
            invoice_id=part.invoice_id,
            customer_id=part.customer_id,
            source_kind=UNMATCHED[0],
            source_holder=UNMATCHED[1],
        )
    if outcome.customer_id is None or outcome.payment_id != payment_id:
        raise LineMatched
    return Step(
        line_id=line.id,
        kind="payment" if undoes is None else "undo",
        amount_minor=part.amount_minor,
        rule=rule,
        posting_id=payment_id,
        strand=outcome.customer_id,
        debit=UNMATCHED,
        credit=credit_of(outcome.customer_id),
        customer_id=outcome.customer_id,
        payment_id=payment_id,
        undoes=undoes,
    )


def seen(work: Work, *, line: BankLine, payment: PaymentToTakeBack, rule: Rule) -> Step:
    """A payment that was told by hand is on a line; raises MatchDiffers, MatchUnclear."""
    if payment.seen or payment.reversal_id is not None or (payment.source_kind, payment.source_holder) != NOT_SEEN:
        raise MatchUnclear
    if (payment.amount_minor, payment.currency) != (line.open_minor, line.currency):
        raise MatchDiffers
    return _own(work, line, "told", line.open_minor, NOT_SEEN, rule=rule, payment_id=payment.payment_id, customer_id=payment.customer_id)


async def returned(work: Work, *, line: BankLine, payment: PaymentToTakeBack, rule: Rule) -> list[Step]:
    """A line going out takes a payment back, or shows that it was taken back; raises MatchDiffers, MatchUnclear, or what a reversal is refused for."""
    if payment.method != "bank_transfer" or payment.reversal_seen:
        raise MatchUnclear
    if (payment.amount_minor, payment.currency) != (line.open_minor, line.currency):
        raise MatchDiffers
    reversal_id, ordinal = await _reversal(work, payment, f"Returned by the bank on {line.booked_on}")
    if (payment.source_kind, payment.source_holder) == NOT_SEEN:
        return [
            _own(
                work,
                line,
                "reversal",
                line.open_minor,
                NOT_SEEN,
                rule=rule,
                payment_id=payment.payment_id,
                reversal_id=reversal_id,
                customer_id=payment.customer_id,
            )
        ]
    return [
        Step(
            line_id=line.id,
            kind="reversal",
            rule=rule,
            payment_id=payment.payment_id,
            customer_id=payment.customer_id,
            reversal_id=reversal_id,
            amount_minor=line.open_minor,
            posting_id=reversal_id,
            ordinal=ordinal,
            strand=payment.customer_id,
            debit=credit_of(payment.customer_id),
            credit=UNMATCHED,
        )
    ]


async def refunded(work: Work, *, line: BankLine, refund_id: UUID, rule: Rule) -> Step:
    """A line going out is a refund by bank, which is paid by it; raises MatchDiffers, MatchUnclear."""
    refund = await work.one(FIND_REFUND, refund_id=refund_id)
    if refund.via != "bank_transfer" or refund.state == "failed" or await work.one(REFUND_SEEN, refund_id=refund_id):
        raise MatchUnclear
    if (refund.amount.amount, refund.amount.currency) != (line.open_minor, line.currency):
        raise MatchDiffers
    if refund.state == "proposed":
        with all_or_nothing():
            await work.part().run(SETTLE_REFUND, refund_id=refund_id, outcome="paid", paid_by=None, by_hand=True, provider_refund_id=None)
    return _own(work, line, "refund", line.open_minor, NOT_SEEN, rule=rule, refund_id=refund_id, customer_id=refund.customer_id)


def not_a_payment(work: Work, *, line: BankLine, reason: Reason, note: str | None) -> Step:
    """What is open of a line is no customer's money: a payout of the provider lies in card clearing, what was told before where that lies, all else under its reason."""
    other: Side = ("other", reason)
    if reason == "payout":
        other = ("card_clearing", "")
    elif reason == "told_before":
        other = ("other", "gap") if line.doubt == "another_statement" else NOT_SEEN
    return _own(work, line, "other", line.open_minor, other, rule="hand", reason=reason, note=note)


async def undone(work: Work, *, line: BankLine, step: LiveStep, at: int) -> Step:
    """The step that takes another back; its transfer is the reversed one, or that of the payment's reversal."""
    if step.kind == "payment" and step.payment_id is not None:
        payment = await work.one(PAYMENT_TO_TAKE_BACK, payment_id=step.payment_id)
        reversal_id, ordinal = await _reversal(work, payment, f"Match of bank line {line.id} undone")
        return Step(
            **undo_of(line, step),
            reversal_id=reversal_id,
            posting_id=reversal_id,
            ordinal=ordinal,
            strand=payment.customer_id,
            debit=credit_of(payment.customer_id),
            credit=UNMATCHED,
        )
    if step.kind == "reversal" and step.payment_id is not None:
        before = await work.one(PAYMENT_TO_TAKE_BACK, payment_id=step.payment_id)
        part = MatchPart(amount_minor=step.amount_minor, customer_id=before.customer_id, invoice_id=before.invoice_id)
        return await paid(work, line=line, part=part, at=at, rule="hand", undoes=step.step)
    debit, credit = (step.credit_kind, step.credit_holder), (step.debit_kind, step.debit_holder)
    return Step(**undo_of(line, step), posting_id=work.new_id(), strand=line.id, own=True, debit=debit, credit=credit)


async def _reversal(work: Work, payment: PaymentToTakeBack, reason: str) -> tuple[UUID, int]:
    """The payment's reversal and the transfer that took the money out; made now, where nobody made it before."""
    if payment.reversal_id is not None and payment.reversal_ordinal is not None:
        return payment.reversal_id, payment.reversal_ordinal
    with all_or_nothing():
        receipt = await reverse_payment(work.part(), payment_id=payment.payment_id, reason=reason)
    return receipt.reversal_id, len(receipt.reopened) + 1


def undo_of(line: BankLine, step: LiveStep) -> dict[str, Any]:
    """What every step says that takes another back."""
    return {
        "line_id": line.id, "kind": "undo", "amount_minor": step.amount_minor, "rule": "hand", "undoes": step.step, "customer_id": step.customer_id,
        "payment_id": step.payment_id, "refund_id": step.refund_id, "deposit_id": step.deposit_id, "payout_id": step.payout_id,
    }  # fmt: skip


def _own(
    work: Work,
    line: BankLine,
    kind: Literal["told", "reversal", "refund", "other"],
    amount_minor: int,
    other: Side,
    *,
    rule: Rule,
    customer_id: UUID | None = None,
    payment_id: UUID | None = None,
    reversal_id: UUID | None = None,
    refund_id: UUID | None = None,
    reason: Reason | None = None,
    note: str | None = None,
) -> Step:
    debit, credit = (UNMATCHED, other) if line.amount_minor > 0 else (other, UNMATCHED)
    return Step(
        line_id=line.id, kind=kind, amount_minor=amount_minor, rule=rule, posting_id=work.new_id(), strand=line.id, own=True, debit=debit, credit=credit,
        customer_id=customer_id, payment_id=payment_id, reversal_id=reversal_id, refund_id=refund_id, reason=reason, note=note,
    )  # fmt: skip
