"""What a person makes of a line, and what of it posts by itself: it is matched, is no payment, or is taken back; the ledger follows each time."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import msgspec

from service.billing.bank.own_money import deposited, no_longer_deposited, no_longer_paid_out, paid_out
from service.billing.bank.refusals import (
    DifferenceSettled,
    LineMatched,
    LineStoodOn,
    MatchDiffers,
    MatchUnclear,
    NothingToUndo,
    SentBackSince,
)
from service.billing.bank.step import Step
from service.billing.bank.steps import not_a_payment, paid, refunded, returned, seen, undone
from service.billing.cash.deposits import DepositHasArrived
from service.billing.cash.hand_ins import DifferenceUnexplained, ReasonDoesNotFit
from service.billing.queries.bank import (
    FIND_BANK_LINE,
    LEAVE_BANK_LINES,
    LIVE_BANK_STEPS,
    OPEN_INVOICES_BY_ID,
    PAYMENT_TO_TAKE_BACK,
    RECORD_BANK_STEPS,
)
from service.billing.records.bank import BankLine, LinesMoved, LiveStep, Match, MatchPart, NotAPayment, Suggestion
from service.billing.refusals import AlreadyReversed, CreditAlreadyUsed, CurrencyDiffers, PaidBackToCard, PaymentDiffers
from service.kit.verbs import Lock, Work, verb

UNMATCHABLE = (
    MatchUnclear,
    LineMatched,
    MatchDiffers,
    CurrencyDiffers,
    PaymentDiffers,
    AlreadyReversed,
    PaidBackToCard,
    CreditAlreadyUsed,
    DepositHasArrived,
    DifferenceUnexplained,
    ReasonDoesNotFit,
)
"""What a match is refused for, by whomever it is made."""


class Posting(msgspec.Struct, frozen=True):
    """A line and what it is, by a rule that posts by itself."""

    line: BankLine
    suggestion: Suggestion


class LeftLine(msgspec.Struct, frozen=True):
    """A line that waits for a person, and whose it may be."""

    line_id: UUID
    customer_ids: list[UUID]


def accounts_of(*, match: Match, **_: object) -> Iterator[Lock]:
    """The billing accounts that a match touches."""
    for part in match.parts:
        if part.invoice_id is not None:
            yield Lock.account_of("billing.invoice", part.invoice_id)
        elif part.customer_id is not None:
            yield Lock.account(part.customer_id)
    if match.payment_id is not None:
        yield Lock.account_of("billing.payment", match.payment_id)
    if match.refund_id is not None:
        yield Lock.account_of("billing.refund", match.refund_id)
    for deposit_id in (*match.deposit_ids, *([match.deposit_id] if match.deposit_id else [])):
        yield Lock.day_of("billing.cash_deposit", deposit_id)


@verb(refusals=UNMATCHABLE, locks=accounts_of)
async def match_line(work: Work, *, line_id: UUID, match: Match) -> LinesMoved:
    """Says whose money a line is; what is paid by it is paid at once, and service comes back.

    A part names its invoice, or a customer whose oldest invoices it pays; what is more than owed is their credit. Several parts split a line over invoices and
    customers, and what they leave goes on waiting. A payment told by hand before is found again, and a cheque clears by it. A line that went out takes a payment back (a
    returned debit, a bounced cheque), or pays a refund. Of a line with several cheques, or one with the bank's fee, the rest goes on waiting.
    Cash that was taken to the bank arrives by its line, with the `reason` where the bank counted otherwise than its slip says; several deposits on one line each
    arrive as their slips say, and what they leave goes on waiting. A payout of the provider leaves card clearing by its line, whole where the bank
    took a fee of its own (`kept_minor`), and comes back there by the one that sends it back.
    """
    line = await _open_line(work, line_id)
    named = (match.payment_id, match.refund_id, match.deposit_id, match.payout_id, match.parts or None, match.deposit_ids or None)
    if sum(one is not None for one in named) != 1 or (match.kept_minor and match.payout_id is None):
        raise MatchUnclear
    return await _record(work, await _steps(work, line, match))


@verb(refusals=(LineMatched,))
async def dismiss_line(work: Work, *, line_id: UUID, what: NotAPayment) -> LinesMoved:
    """Says that what is open of a line is no customer's money, and what it is: fees, interest, our own transfer, a payout that nobody told of."""
    line = await _open_line(work, line_id)
    return await _record(work, [not_a_payment(work, line=line, reason=what.reason, note=what.note)])


@verb(
    refusals=(NothingToUndo, LineStoodOn, SentBackSince, DifferenceSettled, PaidBackToCard, CreditAlreadyUsed),
    locks=lambda *, line_id: (Lock.account_of("billing.bank_step", line_id),),
)
async def undo_line(work: Work, *, line_id: UUID) -> LinesMoved:
    """Takes back all that was made of a line, by reversing transfers: its payments are reversed, and it waits for a person.

    What a line only showed, told by hand before, stays as it was told; a refund that it paid is proposed again.
    """
    line = await work.one(FIND_BANK_LINE, line_id=line_id)
    standing = await work.all(LIVE_BANK_STEPS, line_id=line_id)
    if not standing:
        raise NothingToUndo
    steps = [await _taken_back(work, line, step, line.next_step + n) for n, step in enumerate(standing)]
    return await _record(work, [step for some in steps for step in some])


def match_of(suggestion: Suggestion) -> Match:
    """What a suggestion says that the line is."""
    parts = [MatchPart(amount_minor=one.amount_minor, invoice_id=one.invoice_id, customer_id=one.customer_id) for one in suggestion.parts]
    return Match(
        parts=parts,
        payment_id=suggestion.payment_id,
        refund_id=suggestion.refund_id,
        deposit_id=suggestion.deposit_id,
        payout_id=suggestion.payout_id,
        rule=suggestion.rule,
    )


def accounts_of_postings(*, postings: Sequence[Posting]) -> Iterator[Lock]:
    """The billing accounts of all of them."""
    for one in postings:
        yield from (Lock.account(part.customer_id) for part in one.suggestion.parts)
        if one.suggestion.customer_id is not None:
            yield Lock.account(one.suggestion.customer_id)
        if one.suggestion.deposit_id is not None:
            yield Lock.day_of("billing.cash_deposit", one.suggestion.deposit_id)


@verb(refusals=UNMATCHABLE, locks=accounts_of_postings)
async def post_matches(work: Work, *, postings: Sequence[Posting]) -> LinesMoved:
    """Posts what was found for several lines, all of it or nothing; where less or more is open than was seen, a line is left to be judged again."""
    invoice_ids = [part.invoice_id for one in postings for part in one.suggestion.parts if part.invoice_id is not None]
    open_now = (
        {one.invoice_id: one.open_minor for one in await work.all(OPEN_INVOICES_BY_ID, invoice_ids=invoice_ids)} if invoice_ids else {}
    )
    steps: list[Step] = []
    for one in postings:
        found = one.suggestion
        if any(open_now.get(part.invoice_id) != part.open_minor for part in found.parts if part.invoice_id is not None):
            continue
        steps += await _steps(work, one.line, match_of(found))
    return await _record(work, steps)


@verb()
async def leave_lines(work: Work, *, lines: Sequence[LeftLine]) -> LinesMoved:
    """Says that nothing matches these lines by itself, so that they aren't tried again; whoever's they may be isn't dunned while they wait."""
    maybe = [(one.line_id, customer_id) for one in lines for customer_id in one.customer_ids]
    return await work.run(
        LEAVE_BANK_LINES,
        line_ids=[one.line_id for one in lines],
        maybe_line_ids=[line_id for line_id, _ in maybe],
        maybe_customer_ids=[customer_id for _, customer_id in maybe],
    )


async def _open_line(work: Work, line_id: UUID) -> BankLine:
    line = await work.one(FIND_BANK_LINE, line_id=line_id)
    if line.state != "waiting":
        raise LineMatched
    return line


async def _steps(work: Work, line: BankLine, match: Match) -> list[Step]:
    incoming = line.amount_minor > 0
    if match.parts:
        if not incoming or any(part.invoice_id is None and part.customer_id is None for part in match.parts):
            raise MatchUnclear
        if sum(part.amount_minor for part in match.parts) > line.open_minor:
            raise MatchDiffers
        return [await paid(work, line=line, part=part, at=line.next_step + n, rule=match.rule) for n, part in enumerate(match.parts)]
    if match.refund_id is not None:
        if incoming:
            raise MatchUnclear
        return [await refunded(work, line=line, refund_id=match.refund_id, rule=match.rule)]
    if match.deposit_id is not None or match.deposit_ids:
        return await deposited(work, line=line, match=match)
    if match.payout_id is not None:
        return [await paid_out(work, line=line, payout_id=match.payout_id, rule=match.rule, kept_minor=match.kept_minor)]
    if match.payment_id is None:
        raise MatchUnclear
    payment = await work.one(PAYMENT_TO_TAKE_BACK, payment_id=match.payment_id)
    if incoming:
        return [await seen(work, line=line, payment=payment, rule=match.rule)]
    return [await returned(work, line=line, payment=payment, rule=match.rule)]


async def _taken_back(work: Work, line: BankLine, step: LiveStep, at: int) -> list[Step]:
    if step.deposit_id is not None:
        return [await no_longer_deposited(work, line=line, step=step, deposit_id=step.deposit_id)]
    if step.payout_id is not None:
        return [await no_longer_paid_out(work, line=line, step=step, payout_id=step.payout_id)]
    return await undone(work, line=line, step=step, at=at)


async def _record(work: Work, steps: Sequence[Step]) -> LinesMoved:
    numbered = [msgspec.structs.replace(step, n=n, ordinal=n if step.own else step.ordinal) for n, step in enumerate(steps, start=1)]
    return await work.run(RECORD_BANK_STEPS, steps=msgspec.json.encode(numbered).decode())
