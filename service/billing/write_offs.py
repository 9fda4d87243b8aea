"""Bad debts: proposed by one person, written off by another; what is paid after all is recovered by the payment itself."""

from datetime import date
from uuid import UUID

from service.billing.money_lists import listed
from service.billing.provider.cards import NothingOpen
from service.billing.queries.write_offs import (
    DECIDE_WRITE_OFF,
    LIST_WRITE_OFFS,
    LIST_WRITE_OFFS_TO_DECIDE,
    PROPOSE_WRITE_OFF,
    UNDO_WRITE_OFF,
)
from service.billing.records.write_offs import NewWriteOff, WriteOffLine, WriteOffReceipt, WriteOffToDecide
from service.kit.paging import Page
from service.kit.refusals import IdTaken, Refusal
from service.kit.verbs import Lock, Work, verb


class WriteOffProposed(Refusal):
    """This was proposed before and waits for a yes or no."""

    code, status, remedy = "WRITE_OFF_PROPOSED", 409, "Let somebody who may decide `write_off_id`."


class WriteOffDecided(Refusal):
    """This was decided otherwise."""

    code, status, remedy = "WRITE_OFF_DECIDED", 409, "Propose it anew, or undo what was approved."
    constraints = ("billing.write_off_decision_pkey",)


class WrittenOffBySomebodyElse(Refusal):
    """Nobody writes off what they proposed to, and no API key does it for them."""

    code, status, remedy = "WRITTEN_OFF_BY_SOMEBODY_ELSE", 403, "Let another member of staff who may approve it sign in and decide."
    constraints = ("billing.written_off_by_somebody_else",)


class WriteOffOutdated(Refusal):
    """Another amount of the invoice is open than was proposed: something was paid, credited or taken back since."""

    code, status, remedy = "WRITE_OFF_OUTDATED", 409, "Decline it, and propose what is open now."


class CreditPaysFirst(Refusal):
    """The customer has credit in this currency, which pays before anything is written off."""

    code, status, remedy = "CREDIT_PAYS_FIRST", 409, "Wait a minute: the credit pays by itself; then propose what is still open."


class NothingWrittenOff(Refusal):
    """Nothing of this is written off now."""

    code, status, remedy = "NOTHING_WRITTEN_OFF", 409, "Read `/v1/write-offs`: it was declined, or was paid after all."
    constraints = ("billing.undone_once",)


def account(*, write_off_id: UUID, **_: object) -> tuple[Lock, ...]:
    """The billing account of the invoice that a write-off is of."""
    return (Lock.account_of("billing.write_off", write_off_id),)


@verb(refusals=(IdTaken, NothingOpen, WriteOffProposed), locks=lambda *, invoice_id, **_: (Lock.account_of("billing.invoice", invoice_id),))
async def propose_write_off(work: Work, *, invoice_id: UUID, write_off: NewWriteOff) -> WriteOffReceipt:
    """Proposes to give up what is open of an invoice; nothing changes until somebody else approves it."""
    return await work.run(
        PROPOSE_WRITE_OFF,
        write_off_id=write_off.id or work.new_id(),
        invoice_id=invoice_id,
        reason=write_off.reason,
        note=write_off.note,
    )


@verb(refusals=(WriteOffDecided, WrittenOffBySomebodyElse, WriteOffOutdated, CreditPaysFirst), locks=account)
async def approve_write_off(work: Work, *, write_off_id: UUID) -> WriteOffReceipt:
    """Writes off what somebody else proposed, out of what is owed into bad debts.

    Written off isn't paid: dunning and collection stop, service stays off, and the tax stays as it was booked.
    """
    return await work.run(DECIDE_WRITE_OFF, write_off_id=write_off_id, verdict="approved", visit_id=None)


@verb(refusals=(WriteOffDecided,), locks=account)
async def decline_write_off(work: Work, *, write_off_id: UUID) -> WriteOffReceipt:
    """Says no to a proposal, as whoever made it may too."""
    return await work.run(DECIDE_WRITE_OFF, write_off_id=write_off_id, verdict="declined", visit_id=None)


@verb(refusals=(NothingWrittenOff,), locks=account)
async def undo_write_off(work: Work, *, write_off_id: UUID, note: str) -> WriteOffReceipt:
    """Takes a write-off back: what of it wasn't paid since is owed again, and dunned as before."""
    return await work.run(UNDO_WRITE_OFF, write_off_id=write_off_id, recovery_id=work.new_id(), note=note)


async def list_write_offs(work: Work, *, from_on: date | None, until_on: date | None, limit: int, cursor: str | None) -> Page[WriteOffLine]:
    """Every write-off proposed on those days, how it stands, and the tax that is in it."""
    return await listed(work, LIST_WRITE_OFFS, from_on, until_on, limit, cursor)


async def list_write_offs_to_decide(work: Work) -> list[WriteOffToDecide]:
    """Proposals that wait for a yes or no, the first hundred; those of which another amount is open by now aren't told."""
    return await work.all(LIST_WRITE_OFFS_TO_DECIDE)
