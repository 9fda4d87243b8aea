"""Cash is custody: on the agent, handed over, accepted by somebody else who counts it blind."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import msgspec

from service.billing.payments import NOBODY
from service.billing.queries.cash import ACCEPT_CASH, CASH_ON_AGENTS, FIND_HAND_IN_TO_COUNT, HAND_IN_CASH, LIST_HAND_INS
from service.billing.records.cash import Acceptance, AcceptanceReceipt, CashOnAgents, HandIn, HandInReceipt, NewHandIn, Pieces
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


class PiecesDontAddUp(Refusal):
    """The notes and coins don't come to the amount."""

    code, status, remedy = "PIECES_DONT_ADD_UP", 422, "Count again: `pieces`, each its value times its number, come to `counted`."
    constraints = ("billing.hand_in_pieces_add_up", "billing.count_pieces_add_up")


class ReceiverUnknown(Refusal):
    """There is no such member of staff at work who could take the cash over."""

    code, status, remedy = "RECEIVER_UNKNOWN", 422, "Name a member of staff who works here, or leave `to_staff_id` out for the office."
    constraints = ("billing.hand_in_for_staff",)


class HandedToOneself(Refusal):
    """Cash is handed to somebody else."""

    code, status, remedy = "HANDED_TO_ONESELF", 422, "Name who takes it over, or leave `to_staff_id` out for the office."
    constraints = ("billing.handed_over_to_somebody_else",)


class HandInAccepted(Refusal):
    """This hand-in was accepted before, with another count or reason or by somebody else."""

    code, status, remedy = "HAND_IN_ACCEPTED", 409, "Read the hand-in."
    constraints = ("billing.cash_acceptance_pkey",)


class AcceptedBySomebodyElse(Refusal):
    """Nobody accepts the cash that they handed in themselves."""

    code, status, remedy = "ACCEPTED_BY_SOMEBODY_ELSE", 403, "Let somebody else count and accept it."
    constraints = ("billing.cash_accepted_by_somebody_else",)


class ForSomebodyElse(Refusal):
    """This cash was handed to somebody else than you."""

    code, status, remedy = "FOR_SOMEBODY_ELSE", 403, "Let the one it was handed to take it over; what is for the office is accepted there."
    constraints = ("billing.cash_accepted_by_whom_it_is_for",)


class CountedTooOften(Refusal):
    """You have counted this five times with a different outcome each time."""

    code, status, remedy = "COUNTED_TOO_OFTEN", 409, "Accept your last count with its `reason`, or let somebody else count."
    constraints = ("billing.counted_a_few_times",)


class DifferenceUnexplained(Refusal):
    """Your count isn't the agent's: a difference needs its reason."""

    code, status, remedy = "DIFFERENCE_UNEXPLAINED", 422, "Count again; if it still differs, send the same count with a `reason`."


class ReasonDoesNotFit(Refusal):
    """That reason doesn't fit how the counts differ, or needs words."""

    code, status, remedy = (
        "REASON_DOES_NOT_FIT",
        422,
        "Leave `reason` out and see whether the counts differ at all; `over` is for too much, `short`, `counterfeit` and `stolen` are for too little, `other` needs a `note`.",
    )
    constraints = (
        "billing.difference_has_its_reason",
        "billing.reason_fits_its_difference",
        "billing.other_reason_is_told",
        "billing.arrival_difference_has_its_reason",
        "billing.arrival_reason_fits",
        "billing.arrival_other_reason_is_told",
    )


# A member of staff has one lock for what only they do: their day, and the cash in their hands.
@verb(
    refusals=(TakerUnclear, PiecesDontAddUp, HandInDiffers, ReceiverUnknown, HandedToOneself, MoreThanHeld),
    locks=lambda *, staff_id, **_: (Lock.day(staff_id),),
)
async def hand_in_cash(work: Work, *, staff_id: UUID, hand_in: NewHandIn) -> HandInReceipt:
    """Takes cash out of the agent's hands, as the agent counted it; it is in transit until the office, or whom it is for, accepts it."""
    if work.principal.kind != "staff":
        raise TakerUnclear
    return await work.run(
        HAND_IN_CASH,
        hand_in_id=hand_in.id or work.new_id(),
        staff_id=staff_id,
        to_staff_id=hand_in.to_staff_id,
        counted_minor=hand_in.counted.amount,
        currency=hand_in.counted.currency,
        pieces=_pieces(hand_in.pieces, hand_in.counted.amount),
    )


_ACCEPTING = (
    TakerUnclear, PiecesDontAddUp, ForSomebodyElse, HandInAccepted, AcceptedBySomebodyElse, CurrencyDiffers, CountedTooOften, DifferenceUnexplained, ReasonDoesNotFit,
)  # fmt: skip


@verb(refusals=_ACCEPTING, locks=lambda *, hand_in_id, **_: (Lock.day_of("billing.cash_hand_in", hand_in_id),))
async def accept_cash(work: Work, *, hand_in_id: UUID, acceptance: Acceptance) -> AcceptanceReceipt:
    """Accepts handed-in cash into the office, by a count made without knowing the agent's; a difference is kept with its reason."""
    return await _accept(work, hand_in_id, acceptance, accepted_by=work.principal.id, in_office=True)


@verb(
    refusals=_ACCEPTING,
    locks=lambda *, hand_in_id, caller, **_: (Lock.day_of("billing.cash_hand_in", hand_in_id), Lock.day(caller)),
)
async def take_over_cash(work: Work, *, hand_in_id: UUID, caller: UUID, acceptance: Acceptance) -> AcceptanceReceipt:
    """Takes cash that a colleague handed over into one's own hands, by a count of one's own; a difference is kept with its reason."""
    return await _accept(work, hand_in_id, acceptance, accepted_by=caller, in_office=False)


async def _accept(work: Work, hand_in_id: UUID, acceptance: Acceptance, *, accepted_by: UUID, in_office: bool) -> AcceptanceReceipt:
    if work.principal.kind != "staff":
        raise TakerUnclear
    return await work.run(
        ACCEPT_CASH,
        hand_in_id=hand_in_id,
        accepted_by=accepted_by,
        accepted_minor=acceptance.counted.amount,
        currency=acceptance.counted.currency,
        pieces=_pieces(acceptance.pieces, acceptance.counted.amount),
        reason=acceptance.reason,
        note=acceptance.note,
        in_office=in_office,
    )


def _pieces(counted: Sequence[Pieces] | None, amount: int) -> str | None:
    """The count as it is kept, each value once; raises PiecesDontAddUp."""
    if counted is None:
        return None
    pieces: Counter[str] = Counter()
    for one in counted:
        pieces[str(one.value)] += one.number
    if sum(int(value) * number for value, number in pieces.items()) != amount:
        raise PiecesDontAddUp
    return msgspec.json.encode(dict(sorted(pieces.items(), key=lambda one: -int(one[0])))).decode()


async def list_hand_ins(
    work: Work, *, staff_id: UUID | None = None, mine: bool = False, waiting: bool | None = None, limit: int, cursor: str | None
) -> Page[HandIn]:
    """Hand-ins in the order they were made; who may not accept cash sees their own and those that are for them."""
    mine = mine or not work.principal.may("cash:accept")
    own = work.principal.id if mine else staff_id
    purpose = f"hand-ins {work.organisation_id} {own} {waiting}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_HAND_INS, staff_id=own, received_too=mine, waiting=waiting, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def find_hand_in_to_count(work: Work, *, hand_in_id: UUID) -> HandIn:
    """One that waits to be accepted; who may not accept cash finds their own and those that are for them. Raises NotFound."""
    return await work.one(
        FIND_HAND_IN_TO_COUNT, hand_in_id=hand_in_id, staff_id=None if work.principal.may("cash:accept") else work.principal.id
    )


async def read_cash_on_agents(work: Work) -> CashOnAgents:
    """Who holds how much cash now; who may not accept cash sees their own. Another's counts as held until it is accepted."""
    own = None if work.principal.may("cash:accept") else work.principal.id
    return CashOnAgents(await work.all(CASH_ON_AGENTS, staff_id=own, asker=work.principal.id))
