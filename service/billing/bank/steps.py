"""What may become of a line: each step with the transfer that takes its amount out of `unmatched` or puts it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from typing import Any, Literal
from uuid import UUID

import msgspec

from service.billing.applying import apply
from service.billing.bank.refusals import LineMatched, LineStoodOn, MatchDiffers, MatchUnclear
from service.billing.payments import reverse_by_line
from service.billing.queries.bank import FIND_BANK_LINE, LIVE_BANK_STEPS, PAYMENT_TO_TAKE_BACK, REFUND_SEEN
from service.billing.queries.refunds import FIND_REFUND, SETTLE_REFUND
from service.billing.records.bank import BankLine, LiveStep, MatchPart, Reason, Rule, StepKind
from service.billing.records.bank_matching import PaymentToTakeBack, Sighted
from service.kit.verbs import Kept, Work

UNMATCHED = ("unmatched", "")
NOT_SEEN = ("bank", "")
"""Where money lies that was told by hand, until the bank shows it."""
Side = tuple[str, str]


class Sighting(msgspec.Struct, frozen=True):
    """How far lines then show a payment or a refund that was told by hand; with the reversal, where that takes it back."""

    told_id: UUID
    before: Sighted
    state: Sighted
    reversal_id: UUID | None = None


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
    undoes_kind: StepKind | None = None
    customer_id: UUID | None = None
    payment_id: UUID | None = None
    reversal_id: UUID | None = None
    refund_id: UUID | None = None
    deposit_id: UUID | None = None
    arrival_step: int | None = None
    payout_id: UUID | None = None
    payout_minor: int | None = None
    kept_minor: int = 0
    sight: int | None = None
    reason: Reason | None = None
    note: str | None = None
    sighting: Sighting | None = None


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


async def paid(
    work: Work, *, line: BankLine, part: MatchPart, at: int, rule: Rule, undoes: int | None = None, instead_of: UUID | None = None
) -> Step:
    """Applies an amount of a line to an invoice or a customer's account."""
    payment_id, customer_id = await _applied(work, line=line, part=part, at=at, source=UNMATCHED, instead_of=instead_of)
    return Step(
        line_id=line.id,
        kind="payment" if undoes is None else "undo",
        amount_minor=part.amount_minor,
        rule=rule,
        posting_id=payment_id,
        strand=customer_id,
        debit=UNMATCHED,
        credit=credit_of(customer_id),
        customer_id=customer_id,
        payment_id=payment_id,
        undoes=undoes,
        undoes_kind=None if undoes is None else "reversal",
    )


async def _applied(work: Work, *, line: BankLine, part: MatchPart, at: int, source: Side, instead_of: UUID | None) -> tuple[UUID, UUID]:
    """A payment of a line's money, and whose it is; `at` numbers the steps of the line, so that none is applied twice. `instead_of` one that was taken back it stands."""
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
            corrects=instead_of,
            source_kind=source[0],
            source_holder=source[1],
        )
    if outcome.customer_id is None or outcome.payment_id != payment_id:
        raise LineMatched
    return payment_id, outcome.customer_id


def seen(work: Work, *, line: BankLine, payment: PaymentToTakeBack, rule: Rule) -> Step:
    """A payment that was told by hand is on a line; raises MatchDiffers, MatchUnclear."""
    if not _told(payment) or payment.state not in ("told", "returned"):
        raise MatchUnclear
    if (payment.amount_minor, payment.currency) != (line.open_minor, line.currency):
        raise MatchDiffers
    shown = Sighting(payment.payment_id, payment.state, "seen" if payment.state == "told" else "over")
    return _own(work, line, "told", NOT_SEEN, rule=rule, payment_id=payment.payment_id, customer_id=payment.customer_id, sighting=shown)


async def returned(work: Work, *, line: BankLine, payment: PaymentToTakeBack, rule: Rule) -> Step:
    """A line going out takes a payment back, or shows that it was taken back by hand; raises MatchDiffers, MatchUnclear, or what a reversal is refused for."""
    if payment.method != "bank_transfer" or (payment.reversal_id is not None and payment.state != "reversed"):
        raise MatchUnclear
    if (payment.amount_minor, payment.currency) != (line.open_minor, line.currency):
        raise MatchDiffers
    whose: dict[str, Any] = {"payment_id": payment.payment_id, "customer_id": payment.customer_id}
    if payment.state == "reversed":
        shown = Sighting(payment.payment_id, "reversed", "returned")
        return _own(work, line, "told_reversal", NOT_SEEN, rule=rule, reversal_id=payment.reversal_id, sighting=shown, **whose)
    reversal_id, ordinal = await _reversed(work, payment, f"Returned by the bank on {line.booked_on}")
    if _told(payment):
        taken = Sighting(payment.payment_id, payment.state, "returned" if payment.state == "told" else "over", reversal_id)
        return _own(work, line, "reversal", NOT_SEEN, rule=rule, reversal_id=reversal_id, sighting=taken, **whose)
    return Step(
        line_id=line.id,
        kind="reversal",
        rule=rule,
        reversal_id=reversal_id,
        amount_minor=line.open_minor,
        posting_id=reversal_id,
        ordinal=ordinal,
        strand=payment.customer_id,
        debit=credit_of(payment.customer_id),
        credit=UNMATCHED,
        **whose,
    )


async def refunded(work: Work, *, line: BankLine, refund_id: UUID, rule: Rule) -> Step:
    """A line going out pays a refund by bank, or shows that it was paid by hand; raises MatchDiffers, MatchUnclear."""
    refund = await work.one(FIND_REFUND, refund_id=refund_id)
    if refund.via != "bank_transfer" or refund.state == "failed" or await work.one(REFUND_SEEN, refund_id=refund_id):
        raise MatchUnclear
    if (refund.amount.amount, refund.amount.currency) != (line.open_minor, line.currency):
        raise MatchDiffers
    if refund.state == "proposed":
        await _settled(work, refund_id=refund_id, outcome="paid", line_id=None, line_step=None)
    shown = Sighting(refund_id, "told", "seen")
    kind: StepKind = "refund" if refund.state == "proposed" else "told_refund"
    return _own(work, line, kind, NOT_SEEN, rule=rule, refund_id=refund_id, customer_id=refund.customer_id, sighting=shown)


def not_a_payment(work: Work, *, line: BankLine, reason: Reason, note: str | None) -> Step:
    """What is open of a line is no customer's money: a payout that the provider didn't tell of lies in card clearing, what was told before where that lies, all else under its reason."""
    other: Side = ("other", reason)
    if reason == "payout":
        other = ("card_clearing", "")
    elif reason == "told_before":
        other = ("other", "gap") if line.doubt == "another_statement" else NOT_SEEN
    return _own(work, line, "other", other, rule="hand", reason=reason, note=note)


async def undone(work: Work, *, line: BankLine, step: LiveStep, at: int) -> list[Step]:
    """Takes back just what a step did: what it made is reversed, what it only showed is shown no more; raises LineStoodOn."""
    if step.payment_id is None:
        hidden = None if step.refund_id is None else Sighting(step.refund_id, "seen", "told")
        if step.kind == "refund" and step.refund_id is not None:
            await _settled(work, refund_id=step.refund_id, outcome="proposed", line_id=line.id, line_step=at)
        return [_reversed_own(work, line, step, hidden)]
    payment = await work.one(PAYMENT_TO_TAKE_BACK, payment_id=step.payment_id)
    if step.kind == "payment":
        if payment.returned_on is not None:
            raise LineStoodOn(line_id=str(payment.returned_on))
        return [await _unpaid(work, line, step, payment)]
    if step.kind == "told":
        hidden = Sighting(payment.payment_id, payment.state, "told" if payment.state == "seen" else "returned")
        return [_reversed_own(work, line, step, hidden)]
    if step.kind == "told_reversal":
        if payment.seen_on is not None:
            raise LineStoodOn(line_id=str(payment.seen_on))
        return [_reversed_own(work, line, step, Sighting(payment.payment_id, "returned", "reversed"))]
    part = MatchPart(amount_minor=step.amount_minor, customer_id=payment.customer_id, invoice_id=payment.invoice_id)
    if not _told(payment):
        return [await paid(work, line=line, part=part, at=at, rule="hand", undoes=step.step, instead_of=payment.payment_id)]
    return await _told_again(work, line, step, payment, part, at)


async def _told_again(work: Work, line: BankLine, step: LiveStep, payment: PaymentToTakeBack, part: MatchPart, at: int) -> list[Step]:
    """A return of what was told by hand is undone: it is told again, and the line that showed it shows that."""
    again, _ = await _applied(work, line=line, part=part, at=at, source=NOT_SEEN, instead_of=payment.payment_id)
    back = _reversed_own(work, line, step, Sighting(payment.payment_id, "returned", "reversed"))
    if payment.seen_on is None:
        return [back]
    its_line = await work.one(FIND_BANK_LINE, line_id=payment.seen_on)
    [shown] = [one for one in await work.all(LIVE_BANK_STEPS, line_id=its_line.id) if one.step == payment.seen_in]
    hidden = _reversed_own(work, its_line, shown, Sighting(payment.payment_id, "over", "returned"))
    seen_again = msgspec.structs.replace(
        hidden,
        kind="told",
        undoes=None,
        undoes_kind=None,
        payment_id=again,
        posting_id=work.new_id(),
        debit=hidden.credit,
        credit=hidden.debit,
        sighting=Sighting(again, "told", "seen"),
    )
    return [hidden, back, seen_again]


async def _unpaid(work: Work, line: BankLine, step: LiveStep, payment: PaymentToTakeBack) -> Step:
    reversal_id, ordinal = await _reversed(work, payment, f"Match of bank line {line.id} undone")
    return Step(
        **{**undo_of(line, step), "payment_id": payment.payment_id},
        reversal_id=reversal_id,
        posting_id=reversal_id,
        ordinal=ordinal,
        strand=payment.customer_id,
        debit=credit_of(payment.customer_id),
        credit=UNMATCHED,
    )


async def _reversed(work: Work, payment: PaymentToTakeBack, reason: str) -> tuple[UUID, int]:
    """The payment's reversal and the transfer in it that took the money out."""
    with all_or_nothing():
        receipt = await reverse_by_line(work.part(), payment_id=payment.payment_id, reason=reason)
    return receipt.reversal_id, len(receipt.reopened) + 1 + (receipt.claimed_minor > 0)


async def _settled(
    work: Work, *, refund_id: UUID, outcome: Literal["paid", "proposed"], line_id: UUID | None, line_step: int | None
) -> None:
    with all_or_nothing():
        await work.part().run(
            SETTLE_REFUND,
            refund_id=refund_id,
            outcome=outcome,
            paid_by=None,
            by_hand=True,
            provider_refund_id=None,
            line_id=line_id,
            line_step=line_step,
        )


def _told(payment: PaymentToTakeBack) -> bool:
    return (payment.source_kind, payment.source_holder) == NOT_SEEN


def undo_of(line: BankLine, step: LiveStep) -> dict[str, Any]:
    """What every step says that takes another back."""
    return {
        "line_id": line.id, "kind": "undo", "amount_minor": step.amount_minor, "rule": "hand", "undoes": step.step, "undoes_kind": step.kind, "customer_id": step.customer_id,
        "payment_id": step.payment_id, "refund_id": step.refund_id, "deposit_id": step.deposit_id, "payout_id": step.payout_id,
    }  # fmt: skip


def _reversed_own(work: Work, line: BankLine, step: LiveStep, sighting: Sighting | None) -> Step:
    debit, credit = (step.credit_kind, step.credit_holder), (step.debit_kind, step.debit_holder)
    return Step(**undo_of(line, step), posting_id=work.new_id(), strand=line.id, own=True, debit=debit, credit=credit, sighting=sighting)


def _own(work: Work, line: BankLine, kind: StepKind, other: Side, *, rule: Rule, **about: Any) -> Step:
    """A step of all that is open of a line, with a transfer of its own."""
    debit, credit = (UNMATCHED, other) if line.amount_minor > 0 else (other, UNMATCHED)
    return Step(
        line_id=line.id, kind=kind, amount_minor=line.open_minor, rule=rule, posting_id=work.new_id(), strand=line.id, own=True, debit=debit,
        credit=credit, **about,
    )  # fmt: skip
