"""What became of counts that differed, a hand-in's or a deposit's: charged to whoever had it in hand, written off, turned up, given back."""

from uuid import UUID

from service.billing.payments import NOBODY
from service.billing.queries.cash import LATEST_SETTLEMENTS, LIST_DIFFERENCES, SETTLE_DIFFERENCE, UNDO_SETTLEMENT
from service.billing.records.cash import Difference, NewSettlement, SettledLately, SettlementReceipt
from service.billing.refusals import TakerUnclear
from service.kit.paging import Page
from service.kit.refusals import IdTaken, Refusal
from service.kit.verbs import Lock, Work, verb


class SettledBySomebodyElse(Refusal):
    """Whoever handed the cash over, or told what it counted, doesn't say what becomes of the difference."""

    code, status, remedy = (
        "SETTLED_BY_SOMEBODY_ELSE",
        403,
        "Let a manager decide who neither handed it over nor accepted it or told that it had arrived.",
    )
    constraints = ("billing.settled_by_somebody_else",)


class MoreThanDiffers(Refusal):
    """So much of the difference isn't open."""

    code, status, remedy = "MORE_THAN_DIFFERS", 409, "Read the difference: at most what is open of it can be settled."
    constraints = ("billing.settled_within_difference",)


class SettledOtherwise(Refusal):
    """A difference of this kind isn't settled that way, and what was undone or ended with its arrival isn't undone."""

    code, status, remedy = (
        "SETTLED_OTHERWISE",
        422,
        "Missing money is `charged`, `written_off` or has `turned_up`; too much is `written_off` or `given_back`.",
    )
    constraints = (
        "billing.settled_as_its_kind_allows",
        "billing.undoing_names_what_it_undoes",
        "billing.settlement_undone_once",
        "billing.settlement_undone_whole",
    )


@verb(
    refusals=(TakerUnclear, IdTaken, SettledBySomebodyElse, MoreThanDiffers, SettledOtherwise),
    locks=lambda *, hand_in_id, **_: (Lock.day_of("billing.cash_hand_in", hand_in_id),),
)
async def settle_difference(work: Work, *, hand_in_id: UUID, settlement: NewSettlement) -> SettlementReceipt:
    """Settles what is open of a difference or a part of it, by somebody who neither handed the cash in nor counted it."""
    return await _settle(work, settlement, hand_in_id=hand_in_id, deposit_id=None)


@verb(
    refusals=(TakerUnclear, IdTaken, SettledBySomebodyElse, MoreThanDiffers, SettledOtherwise),
    locks=lambda *, deposit_id, **_: (Lock.day_of("billing.cash_deposit", deposit_id),),
)
async def settle_deposit_difference(work: Work, *, deposit_id: UUID, settlement: NewSettlement) -> SettlementReceipt:
    """Settles what the bank counted otherwise than a deposit's slip says, or a part of it, by somebody who neither banked it nor told that it had arrived.

    From then on the match that shows the deposit stays: undoing it would take back a difference that was decided.
    """
    return await _settle(work, settlement, hand_in_id=None, deposit_id=deposit_id)


async def _settle(work: Work, settlement: NewSettlement, **whose: UUID | None) -> SettlementReceipt:
    if work.principal.kind != "staff":
        raise TakerUnclear
    return await work.run(
        SETTLE_DIFFERENCE,
        **whose,
        settlement_id=settlement.id or work.new_id(),
        settled_by=work.principal.id,
        how=settlement.how,
        amount_minor=settlement.amount_minor,
        note=settlement.note,
    )


@verb(
    refusals=(TakerUnclear, SettledOtherwise, SettledBySomebodyElse),
    locks=lambda *, settlement_id, **_: (Lock.day_of("billing.cash_settlement", settlement_id),),
)
async def undo_settlement(work: Work, *, settlement_id: UUID, note: str) -> SettlementReceipt:
    """Takes back a settlement that was a mistake, by an entry the other way round: what it settled is open again. Once, and by nobody whose cash or count it was."""
    if work.principal.kind != "staff":
        raise TakerUnclear
    return await work.run(UNDO_SETTLEMENT, settlement_id=settlement_id, undo_id=work.new_id(), settled_by=work.principal.id, note=note)


async def list_latest_settlements(work: Work, *, limit: int) -> list[SettledLately]:
    """What became of differences lately, the last first, for whoever may take one back."""
    return await work.all(LATEST_SETTLEMENTS, limit=limit)


async def list_differences(work: Work, *, settled: bool, staff_id: UUID | None, limit: int, cursor: str | None) -> Page[Difference]:
    """Counts that differed, with what is open of each and what became of the rest; who may not accept cash sees their own."""
    own = staff_id if work.principal.may("cash:accept") else work.principal.id
    purpose = f"differences {work.organisation_id} {own} {settled}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_DIFFERENCES, settled=settled, staff_id=own, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
