"""Accepted cash is taken to the bank, never more than was accepted, and arrives there as the bank's line says."""

from uuid import UUID

from service.billing.cash.hand_ins import DifferenceUnexplained, ReasonDoesNotFit
from service.billing.payments import NOBODY, captured
from service.billing.queries.deposits import BANK_CASH, CONFIRM_DEPOSIT, LIST_CASH_IN_OFFICE, LIST_DEPOSITS
from service.billing.records.deposits import ArrivalReceipt, Deposit, DepositArrived, DepositReceipt, InOffice, NewDeposit
from service.billing.refusals import CapturedOutOfReach, CurrencyDiffers, TakerUnclear
from service.kit.paging import Page
from service.kit.refusals import IdTaken, InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb


class SlipTaken(Refusal):
    """Another deposit has this slip."""

    code, status, remedy = "SLIP_TAKEN", 409, "Read the deposit of that slip (`?slip=`); each deposit has a slip of its own."
    constraints = ("billing.one_deposit_a_slip",)


class NotInOffice(Refusal):
    """One of these hand-ins wasn't accepted in the office."""

    code, status, remedy = "NOT_IN_OFFICE", 409, "Count and accept it first."


class CurrenciesMixed(Refusal):
    """A deposit is in one currency."""

    code, status, remedy = "CURRENCIES_MIXED", 422, "Make a deposit for each currency."


class BankedBefore(Refusal):
    """So much of a hand-in is no longer in the office: it was taken to the bank before."""

    code, status, remedy = "BANKED_BEFORE", 409, "Leave out what is banked already, or leave `amount_minor` out for what is left."
    constraints = ("billing.banked_within_accepted", "billing.cash_banked_pkey")


class DepositHasArrived(Refusal):
    """This deposit has arrived before, by another entry of the bank or with another amount."""

    code, status, remedy = "DEPOSIT_ARRIVED", 409, "Read the deposit."
    constraints = ("billing.cash_arrival_pkey", "billing.one_arrival_a_bank_entry", "billing.deposit_arrives_once")


@verb(
    refusals=(TakerUnclear, IdTaken, SlipTaken, NotInOffice, CurrenciesMixed, BankedBefore),
    locks=lambda *, deposit: [Lock.day_of("billing.cash_hand_in", one.hand_in_id) for one in deposit.hand_ins],
)
async def bank_cash(work: Work, *, deposit: NewDeposit) -> DepositReceipt:
    """Takes accepted hand-ins, whole or in part, from the office to the bank under one slip; no cash is banked twice."""
    if work.principal.kind != "staff":
        raise TakerUnclear
    if len({one.hand_in_id for one in deposit.hand_ins}) < len(deposit.hand_ins):
        raise InvalidDocument("`hand_ins` names each once.")
    return await work.run(
        BANK_CASH,
        deposit_id=deposit.id or work.new_id(),
        slip=deposit.slip,
        bank_account=deposit.bank_account,
        hand_in_ids=[one.hand_in_id for one in deposit.hand_ins],
        amounts=[one.amount_minor for one in deposit.hand_ins],
        banked_by=work.principal.id,
    )


@verb(
    refusals=(CapturedOutOfReach, DepositHasArrived, CurrencyDiffers, DifferenceUnexplained, ReasonDoesNotFit),
    locks=lambda *, deposit_id, **_: (Lock.day_of("billing.cash_deposit", deposit_id),),
)
async def confirm_deposit(work: Work, *, deposit_id: UUID, arrival: DepositArrived) -> ArrivalReceipt:
    """Says that a deposit is in the bank, before or instead of its line; what the bank counted otherwise stands among the differences of whoever banked it.

    The bank's line shows it later without booking it twice.
    """
    return await work.run(
        CONFIRM_DEPOSIT,
        deposit_id=deposit_id,
        arrival_id=work.new_id(),
        bank_reference=arrival.bank_reference,
        line_id=None,
        reason=arrival.reason,
        note=arrival.note,
        arrived_minor=arrival.arrived.amount,
        currency=arrival.arrived.currency,
        arrived_at=captured(work, arrival.arrived_at),
    )


async def list_cash_in_office(work: Work) -> list[InOffice]:
    """What of accepted hand-ins nobody has taken to the bank, two hundred at most."""
    return await work.all(LIST_CASH_IN_OFFICE)


async def list_deposits(work: Work, *, slip: str | None, arrived: bool | None, limit: int, cursor: str | None) -> Page[Deposit]:
    """Deposits with the hand-ins in them, and whether the bank has them; that of one slip where it is named."""
    purpose = f"deposits {work.organisation_id} {slip} {arrived}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_DEPOSITS, slip=slip, arrived=arrived, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
