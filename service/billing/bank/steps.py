"""What may become of a line: each step with the transfer that takes its amount out of `unmatched` or puts it back."""

from datetime import UTC, datetime, time
from typing import Any, Literal
from uuid import UUID

import msgspec

from service.billing.applying import apply
from service.billing.bank.cheques import cleared_by, no_longer_cleared_by, received_again
from service.billing.bank.refusals import LineMatched, LineStoodOn, MatchDiffers, MatchUnclear
from service.billing.bank.step import (
    NOT_SEEN,
    ON_ITS_WAY,
    UNMATCHED,
    Side,
    Sighting,
    Step,
    all_or_nothing,
    own_step,
    reversed_own,
    undo_of,
)  # fmt: skip
from service.billing.payments import reverse_by_line
from service.billing.queries.bank import FIND_BANK_LINE, LIVE_BANK_STEPS, PAYMENT_TO_TAKE_BACK, REFUND_SEEN
from service.billing.queries.refunds import FIND_REFUND, SETTLE_REFUND
from service.billing.records.bank import BankLine, LiveStep, MatchPart, Reason, Rule, StepKind
from service.billing.records.bank_matching import PaymentToTakeBack
from service.billing.records.payments import Cause
from service.kit.verbs import Work


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


async def _applied(
    work: Work,
    *,
    line: BankLine,
    part: MatchPart,
    at: int,
    source: Side,
    instead_of: UUID | None,
    method: Literal["bank_transfer", "cheque"] = "bank_transfer",
) -> tuple[UUID, UUID]:
    """A payment of a line's money, and whose it is; `at` numbers the steps of the line, so that none is applied twice. `instead_of` one that was taken back it stands."""
    payment_id = work.new_id()
    with all_or_nothing():
        outcome = await apply(
            work.part(),
            payment_id=payment_id,
            captured_at=min(work.at, datetime.combine(line.booked_on, time(12), UTC)),
            key_kind="cheque" if method == "cheque" else "bank_entry",
            key=f"line:{line.id}:{at}",
            method=method,
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


async def seen(work: Work, *, line: BankLine, payment: PaymentToTakeBack, rule: Rule) -> Step:
    """A payment that was told by hand is on a line, and a cheque clears by it; raises MatchDiffers, MatchUnclear."""
    if not _told(payment) or payment.state not in ("told", "returned"):
        raise MatchUnclear
    _fits(line, payment)
    if payment.method == "cheque" and payment.state == "told":
        await cleared_by(work, line, payment.payment_id)
    shown = Sighting(payment.payment_id, payment.state, "seen" if payment.state == "told" else "over")
    return own_step(
        work, line, "told", NOT_SEEN, rule=rule, payment_id=payment.payment_id, customer_id=payment.customer_id, amount_minor=payment.amount_minor, sighting=shown
    )  # fmt: skip


async def returned(work: Work, *, line: BankLine, payment: PaymentToTakeBack, rule: Rule) -> Step:
    """A line going out takes a payment back, or shows that it was taken back by hand; raises MatchDiffers, MatchUnclear, or what a reversal is refused for."""
    if payment.method not in ("bank_transfer", "cheque") or (payment.reversal_id is not None and payment.state != "reversed"):
        raise MatchUnclear
    _fits(line, payment)
    whose: dict[str, Any] = {
        "payment_id": payment.payment_id, "customer_id": payment.customer_id, "amount_minor": payment.amount_minor,
    }  # fmt: skip
    if payment.state == "reversed":
        shown = Sighting(payment.payment_id, "reversed", "returned")
        return own_step(work, line, "told_reversal", NOT_SEEN, rule=rule, reversal_id=payment.reversal_id, sighting=shown, **whose)
    reversal_id, ordinal = await _reversed(work, payment, f"Returned by the bank on {line.booked_on}")
    if _told(payment):
        taken = Sighting(payment.payment_id, payment.state, "returned" if payment.state == "told" else "over", reversal_id)
        return own_step(work, line, "reversal", NOT_SEEN, rule=rule, reversal_id=reversal_id, sighting=taken, **whose)
    return Step(
        line_id=line.id,
        kind="reversal",
        rule=rule,
        reversal_id=reversal_id,
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
    if refund.via != "bank_transfer" or refund.state in {"failed", "cancelled"} or await work.one(REFUND_SEEN, refund_id=refund_id):
        raise MatchUnclear
    if (refund.amount.amount, refund.amount.currency) != (line.open_minor, line.currency):
        raise MatchDiffers
    if refund.state == "proposed":
        await _settled(work, refund_id=refund_id, outcome="paid", line_id=None, line_step=None)
    shown = Sighting(refund_id, "told", "seen")
    kind: StepKind = "refund" if refund.state == "proposed" else "told_refund"
    return own_step(work, line, kind, NOT_SEEN, rule=rule, refund_id=refund_id, customer_id=refund.customer_id, sighting=shown)


def not_a_payment(work: Work, *, line: BankLine, reason: Reason, note: str | None) -> Step:
    """What is open of a line is no customer's money: a payout that the provider didn't tell of lies in card clearing, what was told before where that lies, all else under its reason."""
    other: Side = ("other", reason)
    if reason == "payout":
        other = ("card_clearing", "")
    elif reason == "told_before":
        other = ("other", "gap") if line.doubt == "another_statement" else NOT_SEEN
    return own_step(work, line, "other", other, rule="hand", reason=reason, note=note)


async def undone(work: Work, *, line: BankLine, step: LiveStep, at: int) -> list[Step]:
    """Takes back just what a step did: what it made is reversed, what it only showed is shown no more; raises LineStoodOn."""
    if step.payment_id is None:
        hidden = None if step.refund_id is None else Sighting(step.refund_id, "seen", "told")
        if step.kind == "refund" and step.refund_id is not None:
            await _settled(work, refund_id=step.refund_id, outcome="proposed", line_id=line.id, line_step=at)
        return [reversed_own(work, line, step, hidden)]
    payment = await work.one(PAYMENT_TO_TAKE_BACK, payment_id=step.payment_id)
    if step.kind == "payment":
        if payment.returned_on is not None:
            raise LineStoodOn(line_id=str(payment.returned_on))
        return [await _unpaid(work, line, step, payment)]
    if step.kind == "told":
        hidden = Sighting(payment.payment_id, payment.state, "told" if payment.state == "seen" else "returned")
        if payment.method == "cheque" and payment.state == "seen":
            await no_longer_cleared_by(work, line, payment.payment_id)
        return [reversed_own(work, line, step, hidden)]
    if step.kind == "told_reversal":
        if payment.seen_on is not None:
            raise LineStoodOn(line_id=str(payment.seen_on))
        return [reversed_own(work, line, step, Sighting(payment.payment_id, "returned", "reversed"))]
    part = MatchPart(amount_minor=step.amount_minor, customer_id=payment.customer_id, invoice_id=payment.invoice_id)
    if not _told(payment):
        return [await paid(work, line=line, part=part, at=at, rule="hand", undoes=step.step, instead_of=payment.payment_id)]
    return await _told_again(work, line, step, payment, part, at)


async def _told_again(work: Work, line: BankLine, step: LiveStep, payment: PaymentToTakeBack, part: MatchPart, at: int) -> list[Step]:
    """A return of what was told by hand is undone: it is told again, and the line that showed it shows that."""
    again = await _in_place_of(work, line, payment, part, at)
    back = reversed_own(work, line, step, Sighting(payment.payment_id, "returned", "reversed"))
    if payment.seen_on is None:
        return [back]
    its_line = await work.one(FIND_BANK_LINE, line_id=payment.seen_on)
    [shown] = [one for one in await work.all(LIVE_BANK_STEPS, line_id=its_line.id) if one.step == payment.seen_in]
    hidden = reversed_own(work, its_line, shown, Sighting(payment.payment_id, "over", "returned"))
    if payment.method == "cheque":
        await cleared_by(work, its_line, again)
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


async def _in_place_of(work: Work, line: BankLine, payment: PaymentToTakeBack, part: MatchPart, at: int) -> UUID:
    """The payment that stands for one whose return was undone; a cheque is on its way again."""
    if payment.method != "cheque":
        again, _ = await _applied(work, line=line, part=part, at=at, source=NOT_SEEN, instead_of=payment.payment_id)
        return again
    again, _ = await _applied(work, line=line, part=part, at=at, source=ON_ITS_WAY, instead_of=payment.payment_id, method="cheque")
    await received_again(work, payment_id=payment.payment_id, again=again)
    return again


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
        cause: Cause = "bounced_cheque" if payment.method == "cheque" else "other"
        receipt = await reverse_by_line(work.part(), payment_id=payment.payment_id, reason=reason, cause=cause)
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
    return (payment.source_kind, payment.source_holder) in (NOT_SEEN, ON_ITS_WAY)


def _fits(line: BankLine, payment: PaymentToTakeBack) -> None:
    """A payment is all that is open of its line, or a cheque of several on it, or of one with the bank's fee; raises MatchDiffers."""
    within = payment.amount_minor <= line.open_minor if payment.method == "cheque" else payment.amount_minor == line.open_minor
    if not within or payment.currency != line.currency:
        raise MatchDiffers
