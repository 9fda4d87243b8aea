"""Custody: a customer's device is taken in, goes from hand to hand and comes back; each hand-over is signed by both, and one holder is known at every moment."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from service.authorisations.confirmations import SignatureUnfit
from service.authorisations.offers import PhotoNotFound
from service.authorisations.work_records import VisitElsewhere
from service.care.custody_lists import find_custody
from service.care.custody_refusals import (
    BenchMoveUnfit,
    BenchPlaceExists,
    BenchPlaceUnknown,
    ColleagueUnknown,
    DeviceBeingWorkedOn,
    DeviceDisposedOf,
    DeviceHandedBack,
    DeviceHasMoved,
    DeviceHere,
    DeviceUnknown,
    DisposalNotAgreed,
    HandsNeeded,
    HolderActive,
    NotOffered,
    NotTheHolder,
    OfferedOften,
)
from service.care.messages import ContactUnknown
from service.care.queries import ADD_BENCH_PLACE, MOVE_DEVICE, OFFER_DEVICE, TAKE_DEVICE_IN
from service.care.records.custody import (
    BenchPlaceAdded,
    CustodyOpened,
    DeviceMoved,
    DisposedOf,
    HandedBack,
    HandOverOffered,
    NewBenchPlace,
    NewCustody,
    OfferedToColleague,
    PutDown,
    TakenFromFormer,
    TakenOver,
)
from service.care.signing import hand_of, signed_text
from service.dispatch.jobs import find_job
from service.dispatch.refusals import JobNotOpen, WorkNotAuthorised
from service.kit.card_numbers import refuse_card_numbers
from service.kit.refusals import CardNumber, IdTaken
from service.kit.verbs import Lock, Work, verb
from service.promises.promises import DueUnclear, due_of


def _locked(*, custody_id: UUID, **_: Any) -> Iterable[Lock]:
    """A device is locked as a job is: one kind of thing that people work on, by its id."""
    return (Lock.job_of("care.custody", custody_id),)


@verb(refusals=(IdTaken, BenchPlaceExists))
async def add_bench_place(work: Work, *, place: NewBenchPlace) -> BenchPlaceAdded:
    """Adds a shelf or a bench where devices lie."""
    return await work.run(ADD_BENCH_PLACE, place_id=place.id or work.new_id(), name=place.name)


@verb(
    refusals=(
        CardNumber, HandsNeeded, SignatureUnfit, PhotoNotFound, DueUnclear, ContactUnknown, IdTaken, DeviceUnknown, DeviceHere, DeviceDisposedOf, JobNotOpen, VisitElsewhere,
    ),
    locks=lambda *, taken, **_: (Lock.job(taken.asset_id),),
)  # fmt: skip
async def take_device_in(work: Work, *, job_id: UUID, taken: NewCustody) -> CustodyOpened:
    """Takes a customer's device into your hand, as both see it then, and promises by when they hear of it."""
    hand = hand_of(work)
    job = await find_job(work, job_id=job_id)
    hear_by = await due_of(
        work,
        kind="update",
        customer_id=job.customer_id,
        due_at=taken.hear_by,
        within_minutes=taken.hear_within_minutes,
        site_id=job.site_id,
    )
    custody_id = taken.id or work.new_id()
    signed = await signed_text(
        work,
        about={"custody_id": str(custody_id)},
        scope_id=job.scope_id,
        signature=taken.signature,
        staff_signature=taken.staff_signature,
        signed_by=taken.signed_by,
        condition=taken.condition,
        accessories=taken.accessories,
        photo_ids=taken.photo_ids,
        contact_id=taken.contact_id,
        captured_at=taken.captured_at,
        hand_over_id=None,
    )
    return await work.run(
        TAKE_DEVICE_IN,
        custody_id=custody_id,
        job_id=job_id,
        asset_id=taken.asset_id,
        visit_id=taken.visit_id,
        staff_id=hand,
        promise_id=work.new_id(),
        hear_by=hear_by,
        **signed,
    )


@verb(refusals=(HandsNeeded, DeviceHandedBack, DeviceHasMoved, NotTheHolder, ColleagueUnknown, OfferedOften), locks=_locked)
async def offer_device(work: Work, *, custody_id: UUID, offered: OfferedToColleague) -> HandOverOffered:
    """Gives a device that you hold to a colleague, who has it once they take it; until then it is in your hand."""
    hand = hand_of(work)
    return await work.run(
        OFFER_DEVICE, custody_id=custody_id, after_step=offered.after_step, to_staff_id=offered.to_staff_id, staff_id=hand
    )


@verb(refusals=(HandsNeeded, IdTaken, DeviceHandedBack, DeviceHasMoved, NotOffered), locks=_locked)
async def take_device(work: Work, *, custody_id: UUID, taken: TakenOver) -> DeviceMoved:
    """Takes a device into your hand: from where it lies, or from the colleague who offers it to you."""
    return await _move(
        work, custody_id=custody_id, to_kind="staff", after_step=taken.after_step, hand_over_id=taken.id, captured_at=taken.captured_at
    )


@verb(refusals=(HandsNeeded, IdTaken, DeviceHandedBack, DeviceHasMoved, NotTheHolder, BenchPlaceUnknown), locks=_locked)
async def put_device_down(work: Work, *, custody_id: UUID, put: PutDown) -> DeviceMoved:
    """Puts a device that you hold onto a shelf or a bench."""
    return await _move(
        work, custody_id=custody_id, to_kind="place", after_step=put.after_step, hand_over_id=put.id, captured_at=put.captured_at, place_id=put.place_id
    )  # fmt: skip


@verb(
    refusals=(
        CardNumber, HandsNeeded, SignatureUnfit, PhotoNotFound, ContactUnknown, IdTaken, DeviceHandedBack, DeviceHasMoved, NotTheHolder, DeviceBeingWorkedOn,
    ),
    locks=_locked,
)  # fmt: skip
async def hand_device_back(work: Work, *, custody_id: UUID, back: HandedBack) -> DeviceMoved:
    """Gives its owner a device that you hold, who signs for it; what was promised of it has come true."""
    return await _move(
        work,
        custody_id=custody_id,
        to_kind="customer",
        after_step=back.after_step,
        hand_over_id=back.id,
        captured_at=back.captured_at,
        signature=back.signature,
        staff_signature=back.staff_signature,
        signed_by=back.signed_by,
        condition=back.condition,
        accessories=back.accessories,
        photo_ids=back.photo_ids,
        contact_id=back.contact_id,
    )


@verb(refusals=(CardNumber, HandsNeeded, IdTaken, DeviceHandedBack, DeviceHasMoved, HolderActive), locks=_locked)
async def take_device_from_former(work: Work, *, custody_id: UUID, taken: TakenFromFormer) -> DeviceMoved:
    """Takes what somebody holds who isn't active here any more into your hand; the reason stays with the hand-over."""
    return await _move(
        work, custody_id=custody_id, to_kind="staff", after_step=taken.after_step, hand_over_id=taken.id, captured_at=None, taken_because=taken.reason
    )  # fmt: skip


@verb(
    refusals=(
        CardNumber, HandsNeeded, IdTaken, DeviceHandedBack, DeviceHasMoved, NotTheHolder, BenchMoveUnfit, WorkNotAuthorised, DisposalNotAgreed,
    ),
    locks=lambda *, custody_id, **_: (Lock.scope_of("care.custody", custody_id), Lock.job_of("care.custody", custody_id)),
)  # fmt: skip
async def scrap_device(work: Work, *, custody_id: UUID, scrapped: DisposedOf) -> DeviceMoved:
    """Disposes of a device that you hold, as its customer authorised; they are told, and nobody takes it in again."""
    return await _move(
        work, custody_id=custody_id, to_kind="disposal", after_step=scrapped.after_step, hand_over_id=scrapped.id, captured_at=scrapped.captured_at, how=scrapped.how
    )  # fmt: skip


async def _move(
    work: Work,
    *,
    custody_id: UUID,
    to_kind: str,
    after_step: int,
    place_id: UUID | None = None,
    taken_because: str | None = None,
    how: str | None = None,
    **said: Any,
) -> DeviceMoved:
    refuse_card_numbers(taken_because, how)
    hand = hand_of(work)
    device = await find_custody(work, custody_id=custody_id)
    signed = await signed_text(work, about={"custody_id": str(custody_id)}, scope_id=device.scope_id, **said)
    return await work.run(
        MOVE_DEVICE,
        custody_id=custody_id,
        to_kind=to_kind,
        after_step=after_step,
        staff_id=hand,
        place_id=place_id,
        how=how,
        **{**signed, "taken_because": taken_because},
    )
