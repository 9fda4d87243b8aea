"""Loaners: devices of the company's own that customers have while theirs are here; each is with one customer at most, and comes back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from service.authorisations.confirmations import SignatureUnfit
from service.authorisations.offers import PhotoNotFound
from service.care.custody_lists import find_custody
from service.care.custody_refusals import DeviceHandedBack, HandsNeeded
from service.care.messages import ContactUnknown
from service.care.queries import (
    ADD_LOANER,
    FIND_LOAN,
    FIND_LOANER,
    LENT_FOR,
    LIST_LOAN_STEPS,
    LIST_LOANERS,
    LOANS_OUT,
    MOVE_LOANER,
    REMIND_OF_LOANS,
    RETIRE_LOANER,
)
from service.care.records.loaners import (
    Loaner,
    LoanerAdded,
    LoanerBack,
    LoanerRetired,
    LoanMoved,
    LoanOut,
    LoansSeen,
    LoanStep,
    LoanTold,
    NewLoan,
    NewLoaner,
    RetiredLoaner,
)
from service.care.signing import hand_of, signed_text
from service.kit.card_numbers import refuse_card_numbers
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken, Refusal
from service.kit.verbs import Lock, Work, verb
from service.promises.promises import DueUnclear, due_of

BEFORE_ALL = (-1, "1900-01-01T00:00:00+00:00", str(UUID(int=0)))
LAST = "9999-12-31T00:00:00+00:00"
MOST_STEPS = 10_001


class LoanerExists(Refusal):
    """A loaner has this name already."""

    code, status, remedy = "LOANER_EXISTS", 409, "Name this one so that people tell them apart: by a number on it."
    constraints = ("care.one_loaner_a_name",)


class LoanerOut(Refusal):
    """This loaner is with a customer."""

    code, status, remedy = "LOANER_OUT", 409, "Lend another one of `GET /v1/loaners`, or take this one back first."
    constraints = ("care.one_loan_step_a_number", "care.lent_when_it_is_back")


class LoanerNotOut(Refusal):
    """This loaner isn't out by that loan."""

    code, status, remedy = "LOANER_NOT_OUT", 409, "Read with whom it is: `GET /v1/loaners`."
    constraints = ("care.returned_as_lent", "care.loan_goes_out_and_back_once")


class LoanerIsRetired(Refusal):
    """This loaner is lent no more."""

    code, status, remedy = (
        "LOANER_RETIRED",
        409,
        "Lend another one of `GET /v1/loaners`; one that was found again is added anew, under another name.",
    )


class LoanEndUnclear(Refusal):
    """It isn't said until when the loaner is lent."""

    code, status, remedy = "LOAN_END_UNCLEAR", 422, "Send `back_by` or `back_within_minutes`."


@verb(refusals=(CardNumber, IdTaken, LoanerExists))
async def add_loaner(work: Work, *, loaner: NewLoaner) -> LoanerAdded:
    """Adds a device of ours that may be lent."""
    refuse_card_numbers(loaner.name, loaner.serial)
    return await work.run(ADD_LOANER, loaner_id=loaner.id or work.new_id(), kind=loaner.kind, name=loaner.name, serial=loaner.serial)


@verb(
    refusals=(
        CardNumber, HandsNeeded, SignatureUnfit, PhotoNotFound, LoanEndUnclear, DueUnclear, ContactUnknown, IdTaken, DeviceHandedBack, LoanerOut, LoanerIsRetired,
    ),
    locks=lambda *, loaner_id, loan, **_: (Lock.job(loaner_id), Lock.job_of("care.custody", loan.custody_id)),
)  # fmt: skip
async def lend_loaner(work: Work, *, loaner_id: UUID, loan: NewLoan) -> LoanMoved:
    """Lends a customer a device of ours while theirs is here; they sign for it, and until when they have it is a promise."""
    if loan.back_by is None and loan.back_within_minutes is None:
        raise LoanEndUnclear
    device = await find_custody(work, custody_id=loan.custody_id)
    back_by = await due_of(
        work, kind="update", customer_id=device.customer_id, due_at=loan.back_by, within_minutes=loan.back_within_minutes, site_id=None
    )
    return await _move(work, loaner_id, loan, kind="lent", loan_id=loan.id or work.new_id(), custody_id=loan.custody_id, back_by=back_by)


@verb(
    refusals=(CardNumber, HandsNeeded, SignatureUnfit, PhotoNotFound, ContactUnknown, LoanerNotOut),
    locks=lambda *, loaner_id, **_: (Lock.job(loaner_id),),
)
async def take_loaner_back(work: Work, *, loaner_id: UUID, back: LoanerBack) -> LoanMoved:
    """Takes a loaner back from whoever has it, who signs that they gave it."""
    lent_for = await work.all(LENT_FOR, loaner_id=loaner_id, loan_id=back.loan_id)
    if not lent_for:
        raise LoanerNotOut
    return await _move(work, loaner_id, back, kind="returned", loan_id=back.loan_id, custody_id=lent_for[0], back_by=None)


@verb(refusals=(CardNumber, HandsNeeded, LoanerOut, LoanerIsRetired), locks=lambda *, loaner_id, **_: (Lock.job(loaner_id),))
async def retire_loaner(work: Work, *, loaner_id: UUID, retired: RetiredLoaner) -> LoanerRetired:
    """Lends it no more: it is lost, worn out or sold. Whoever has it owes it no longer, and what was promised of it is given up."""
    refuse_card_numbers(retired.words)
    hand = hand_of(work)
    await find_loaner(work, loaner_id=loaner_id)
    return await work.run(RETIRE_LOANER, loaner_id=loaner_id, because=retired.because, words=retired.words, staff_id=hand)


@verb()
async def remind_of_loans(work: Work) -> LoansSeen:
    """Has customers told that what they have of ours is due back soon."""
    return await work.run(REMIND_OF_LOANS)


async def _move(
    work: Work, loaner_id: UUID, said: NewLoan | LoanerBack, *, kind: str, loan_id: UUID, custody_id: UUID, back_by: datetime | None
) -> LoanMoved:
    hand = hand_of(work)
    await find_loaner(work, loaner_id=loaner_id)
    device = await find_custody(work, custody_id=custody_id)
    signed: dict[str, Any] = await signed_text(
        work,
        about={"loan_id": str(loan_id), "kind": kind},
        scope_id=device.scope_id,
        hand_over_id=loan_id,
        signature=said.signature,
        staff_signature=said.staff_signature,
        signed_by=said.signed_by,
        condition=said.condition,
        accessories=said.accessories,
        photo_ids=said.photo_ids,
        contact_id=said.contact_id,
        captured_at=said.captured_at,
    )
    for beside in ("hand_over_id", "taken_because"):
        del signed[beside]
    return await work.run(
        MOVE_LOANER,
        loaner_id=loaner_id,
        kind=kind,
        loan_id=loan_id,
        custody_id=custody_id,
        staff_id=hand,
        promise_id=work.new_id(),
        back_by=back_by,
        **signed,
    )


async def find_loaner(work: Work, *, loaner_id: UUID) -> Loaner:
    """A loaner, and with whom it is."""
    return await work.one(FIND_LOANER, loaner_id=loaner_id)


async def list_loaners(work: Work, *, limit: int, cursor: str | None) -> Page[Loaner]:
    """All of ours that are lent: what is asked back first, then what is out, then what is here."""
    purpose = f"loaners {work.organisation_id}"
    rank, at, after = work.cursors.read(purpose, cursor) if cursor else BEFORE_ALL
    rows = await work.all(
        LIST_LOANERS, after_rank=int(rank), after_at=datetime.fromisoformat(str(at)), after_id=UUID(str(after)), limit=limit
    )
    return work.cursors.page(
        purpose, rows, limit=limit, key=lambda row: (row.rank, row.back_by.isoformat() if row.back_by else LAST, str(row.id))
    )


async def list_loans_out(work: Work, *, customer_id: UUID, custody_id: UUID | None = None) -> list[LoanOut]:
    """What a customer has of ours; for one device of theirs alone, where it is named."""
    return await work.all(LOANS_OUT, customer_id=customer_id, custody_id=custody_id)


@under(find_loaner)
async def list_loan_steps(work: Work, *, loaner_id: UUID, limit: int, cursor: str | None) -> Page[LoanStep]:
    """What became of one of ours, the latest first."""
    purpose = f"loan steps {work.organisation_id} {loaner_id}"
    before = int(work.cursors.read(purpose, cursor)[0]) if cursor else MOST_STEPS
    rows = await work.all(LIST_LOAN_STEPS, loaner_id=loaner_id, before=before, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.step,))


async def find_loan(work: Work, *, loan_id: UUID) -> LoanTold | None:
    """A loan as its customer is told of it; None once it is over."""
    return await work.first(FIND_LOAN, loan_id=loan_id)
