"""Lines that show our own money: cash that was taken to the bank, and what the provider pays out."""

from datetime import UTC, datetime, time
from uuid import UUID

from service.billing.bank.refusals import MatchDiffers, MatchUnclear, SentBackSince
from service.billing.bank.step import NOT_SEEN, UNMATCHED, Step, all_or_nothing, undo_of
from service.billing.queries.deposits import CONFIRM_DEPOSIT, DEPOSIT_IN_BANK, TAKE_ARRIVAL_BACK
from service.billing.queries.payouts import PAYOUT_IN_BANK
from service.billing.records.bank import BankLine, LiveStep, Match, Rule
from service.billing.records.bank_matching import DepositInBank
from service.kit.verbs import Work

CLEARING = ("card_clearing", "")


async def deposited(work: Work, *, line: BankLine, match: Match) -> list[Step]:
    """Cash taken to the bank is on a line: one deposit comes to all that is open of it, several each to what their slips say. Raises MatchDiffers and what each is refused for."""
    if match.deposit_id is not None:
        deposit = await work.one(DEPOSIT_IN_BANK, deposit_id=match.deposit_id)
        return [await _deposited(work, line=line, deposit=deposit, match=match, amount_minor=line.open_minor)]
    deposits = [await work.one(DEPOSIT_IN_BANK, deposit_id=one) for one in dict.fromkeys(match.deposit_ids)]
    amounts = [one.amount_minor if one.arrived_minor is None else one.arrived_minor for one in deposits]
    # none of a deposit may have arrived: no line shows that one
    if sum(amounts) > line.open_minor or 0 in amounts or match.reason is not None:
        raise MatchDiffers
    told = zip(deposits, amounts, strict=True)
    return [await _deposited(work, line=line, deposit=one, match=match, amount_minor=amount) for one, amount in told]


async def _deposited(work: Work, *, line: BankLine, deposit: DepositInBank, match: Match, amount_minor: int) -> Step:
    """It arrives by the line, unless somebody has told so before; raises MatchUnclear, MatchDiffers, or what an arrival is refused for."""
    if deposit.seen or line.amount_minor < 0:
        raise MatchUnclear
    if deposit.currency != line.currency or (deposit.arrived_minor is not None and deposit.arrived_minor != amount_minor):
        raise MatchDiffers
    step = deposit.arrival_step
    if deposit.arrived_minor is None:
        step += 1
        with all_or_nothing():
            await work.part().run(
                CONFIRM_DEPOSIT,
                deposit_id=deposit.deposit_id,
                arrival_id=work.new_id(),
                bank_reference=line.reference or line.end_to_end_id,
                line_id=line.id,
                arrived_minor=amount_minor,
                currency=line.currency,
                reason=match.reason,
                note=match.note,
                arrived_at=min(work.at, datetime.combine(line.booked_on, time(12), UTC)),
            )
    return Step(
        line_id=line.id, kind="deposit", amount_minor=amount_minor, rule=match.rule, posting_id=work.new_id(), strand=line.id, own=True,
        debit=UNMATCHED, credit=NOT_SEEN, deposit_id=deposit.deposit_id, arrival_step=step, sight=deposit.sight + 1,
    )  # fmt: skip


async def no_longer_deposited(work: Work, *, line: BankLine, step: LiveStep, deposit_id: UUID) -> Step:
    """The step that takes a deposit off its line; it is on its way again where it arrived by that line. Raises DifferenceSettled."""
    deposit = await work.one(DEPOSIT_IN_BANK, deposit_id=deposit_id)
    arrival = deposit.arrival_step
    if deposit.shown:
        arrival += 1
        with all_or_nothing():
            await work.part().run(TAKE_ARRIVAL_BACK, deposit_id=deposit_id, arrival_id=work.new_id())
    return Step(
        **undo_of(line, step), posting_id=work.new_id(), strand=line.id, own=True, debit=NOT_SEEN, credit=UNMATCHED,
        arrival_step=arrival, sight=deposit.sight + 1,
    )  # fmt: skip


async def paid_out(work: Work, *, line: BankLine, payout_id: UUID, rule: Rule, kept_minor: int = 0) -> Step:
    """A payout is on a line, less what the bank kept for itself, or went back by it; raises MatchUnclear, MatchDiffers."""
    payout = await work.one(PAYOUT_IN_BANK, payout_id=payout_id)
    arrives = (line.amount_minor > 0) == (payout.amount_minor > 0)
    if arrives == payout.seen:
        raise MatchUnclear
    whole = line.open_minor + kept_minor
    if (abs(payout.amount_minor), payout.currency) != (whole, line.currency) or (
        kept_minor and min(line.amount_minor, payout.amount_minor) < 0
    ):
        raise MatchDiffers
    debit, credit = (UNMATCHED, CLEARING) if line.amount_minor > 0 else (CLEARING, UNMATCHED)
    return Step(
        line_id=line.id, kind="payout", amount_minor=line.open_minor, rule=rule, posting_id=work.new_id(), strand=line.id, own=True,
        debit=debit, credit=credit, payout_id=payout_id, payout_minor=payout.amount_minor, kept_minor=kept_minor, sight=payout.sight + 1,
    )  # fmt: skip


async def no_longer_paid_out(work: Work, *, line: BankLine, step: LiveStep, payout_id: UUID) -> Step:
    """The step that takes a payout off its line; raises SentBackSince."""
    payout = await work.one(PAYOUT_IN_BANK, payout_id=payout_id)
    if payout.seen != ((line.amount_minor > 0) == (payout.amount_minor > 0)):
        raise SentBackSince
    return Step(
        **undo_of(line, step), posting_id=work.new_id(), strand=line.id, own=True, debit=(step.credit_kind, step.credit_holder),
        credit=(step.debit_kind, step.debit_holder), payout_minor=payout.amount_minor, kept_minor=step.kept_minor, sight=payout.sight + 1,
    )  # fmt: skip
