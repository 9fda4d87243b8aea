"""Cash is custody: on the agent, handed in, accepted by somebody else who counts it blind."""

from uuid import UUID

from service.billing.payments import NOBODY
from service.billing.queries.cash import ACCEPT_CASH, CASH_ON_AGENTS, HAND_IN_CASH, LIST_HAND_INS
from service.billing.records.cash import Acceptance, AcceptanceReceipt, CashOnAgents, HandIn, HandInReceipt, NewHandIn
from service.billing.refusals import CurrencyDiffers, TakerUnclear
from service.kit.paging import Page
from service.kit.refusals import Refusal
from service.kit.verbs import Lock, Work, verb


class MoreThanHeld(Refusal):
    """This is more cash than the ledger says you hold."""

    code, status, remedy = "MORE_THAN_HELD", 409, "Record the collections that are missing first; only what you hold can leave your hands."
    constraints = ("billing.nobody_holds_less_than_nothing",)


class HandInDiffers(Refusal):
    """This hand-in was recorded before, with another count."""

    code, status, remedy = "HAND_IN_DIFFERS", 409, "Use a fresh id for another hand-in."
    constraints = ("billing.cash_hand_in_pkey",)


class HandInAccepted(Refusal):
    """This hand-in was accepted before, with another count or reason or by somebody else."""

    code, status, remedy = "HAND_IN_ACCEPTED", 409, "Read the hand-in."
    constraints = ("billing.cash_acceptance_pkey",)


class AcceptedBySomebodyElse(Refusal):
    """Nobody accepts the cash that they handed in themselves."""

    code, status, remedy = "ACCEPTED_BY_SOMEBODY_ELSE", 403, "Let somebody else count and accept it."
    constraints = ("billing.cash_accepted_by_somebody_else",)


class DifferenceUnexplained(Refusal):
    """Your count isn't the agent's: a difference needs its reason."""

    code, status, remedy = "DIFFERENCE_UNEXPLAINED", 422, "Count again; if it still differs, send the same count with a `reason`."
    constraints = ("billing.difference_has_its_reason",)


# A member of staff has one lock for what only they do: their day, and the cash in their hands.
@verb(refusals=(TakerUnclear, HandInDiffers, MoreThanHeld), locks=lambda *, staff_id, **_: (Lock.day(staff_id),))
async def hand_in_cash(work: Work, *, staff_id: UUID, hand_in: NewHandIn) -> HandInReceipt:
    """Takes cash out of the agent's hands, as the agent counted it; it is in transit until somebody accepts it."""
    if work.principal.kind != "staff":
        raise TakerUnclear
    return await work.run(
        HAND_IN_CASH,
        hand_in_id=hand_in.id or work.new_id(),
        staff_id=staff_id,
        counted_minor=hand_in.counted.amount,
        currency=hand_in.counted.currency,
    )


@verb(
    refusals=(TakerUnclear, HandInAccepted, AcceptedBySomebodyElse, CurrencyDiffers, DifferenceUnexplained),
    locks=lambda *, hand_in_id, **_: (Lock.day_of("billing.cash_hand_in", hand_in_id),),
)
async def accept_cash(work: Work, *, hand_in_id: UUID, acceptance: Acceptance) -> AcceptanceReceipt:
    """Accepts handed-in cash into the office, by a count made without knowing the agent's; a difference is kept with its reason."""
    if work.principal.kind != "staff":
        raise TakerUnclear
    return await work.run(
        ACCEPT_CASH,
        hand_in_id=hand_in_id,
        accepted_by=work.principal.id,
        accepted_minor=acceptance.counted.amount,
        currency=acceptance.counted.currency,
        reason=acceptance.reason,
    )


async def list_hand_ins(work: Work, *, staff_id: UUID | None, limit: int, cursor: str | None) -> Page[HandIn]:
    """Hand-ins in the order they were made; who may not accept cash sees their own."""
    own = staff_id if work.principal.may("cash:accept") else work.principal.id
    purpose = f"hand-ins {work.organisation_id} {own}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_HAND_INS, staff_id=own, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def read_cash_on_agents(work: Work) -> CashOnAgents:
    """Who holds how much cash now; who may not accept cash sees their own. Another's counts as held until it is accepted."""
    own = None if work.principal.may("cash:accept") else work.principal.id
    return CashOnAgents(await work.all(CASH_ON_AGENTS, staff_id=own, asker=work.principal.id))
