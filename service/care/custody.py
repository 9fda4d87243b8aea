"""Custody: a customer's device is taken in, goes from hand to hand and comes back; each hand-over is signed by both, and one holder is known at every moment."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from service.authorisations.canonical import seal, text_of
from service.authorisations.confirmations import SignatureUnfit, drawn
from service.authorisations.offers import PhotoNotFound, photos_as_sealed
from service.care.custody_lists import find_custody
from service.care.messages import ContactUnknown
from service.care.queries import (
    ADD_BENCH_PLACE,
    MOVE_DEVICE,
    OFFER_DEVICE,
    TAKE_DEVICE_IN,
)
from service.care.records.custody import (
    BenchPlaceAdded,
    CustodyOpened,
    DeviceMoved,
    HandedBack,
    HandOverOffered,
    NewBenchPlace,
    NewCustody,
    OfferedToColleague,
    PutDown,
    Signature,
    TakenOver,
)
from service.dispatch.jobs import find_job
from service.dispatch.refusals import JobNotOpen
from service.kit.card_numbers import refuse_card_numbers
from service.kit.refusals import CardNumber, IdTaken, Refusal
from service.kit.verbs import Lock, Work, verb
from service.kit.zones import in_utc
from service.promises.promises import DueUnclear, due_of

HAND_OVER = "sayso/hand-over/1"


class HandsNeeded(Refusal):
    """Only people hold devices."""

    code, status, remedy = "HANDS_NEEDED", 403, "Sign in as whoever has it in hand; a key has no hands."


class DeviceUnknown(Refusal):
    """The customer of this job has no such device."""

    code, status, remedy = "DEVICE_UNKNOWN", 422, "Name an asset of `GET /v1/customers/{customer_id}/assets`, or add it first."
    constraints = ("care.custody_of_asset",)


class VisitElsewhere(Refusal):
    """That visit isn't one of this job's."""

    code, status, remedy = "VISIT_ELSEWHERE", 422, "Name a visit of the job, or none where it is taken in over the counter."
    constraints = ("care.custody_on_visit",)


class DeviceHere(Refusal):
    """This device is here already."""

    code, status, remedy = "DEVICE_HERE", 409, "Read where it is: `GET /v1/custodies?customer_id=…`."
    constraints = ("care.one_open_custody_a_device",)


class DeviceHandedBack(Refusal):
    """Its owner has it again."""

    code, status, remedy = "DEVICE_HANDED_BACK", 409, "Take it in again if it comes back."


class DeviceHasMoved(Refusal):
    """Somebody else was faster: it is in another hand since."""

    code, status, remedy = (
        "DEVICE_MOVED",
        409,
        "Read who holds it now, and name that `step` as `after_step` if it is still to be handed over.",
    )
    constraints = ("care.one_hand_over_a_step", "care.handed_over_by_who_has_it", "care.one_hand_over_offer_a_number")


class NotTheHolder(Refusal):
    """You don't hold this device."""

    code, status, remedy = "NOT_THE_HOLDER", 403, "Take it first: from its place, or from the colleague who offers it to you."
    constraints = ("care.offered_by_its_holder", "care.offered_by_who_holds_it", "care.hand_over_signed_by_staff")


class NotOffered(Refusal):
    """Whoever holds it hasn't offered it to you."""

    code, status, remedy = "NOT_OFFERED", 403, "Have them offer it: `POST /v1/custodies/{custody_id}/offers` with your id."
    constraints = ("care.taken_over_as_offered", "care.colleagues_both_sign")


class ColleagueUnknown(Refusal):
    """No colleague is meant by that id."""

    code, status, remedy = "COLLEAGUE_UNKNOWN", 422, "Name somebody else of `GET /v1/staff` who is active."
    constraints = ("care.offered_to_staff", "care.offered_to_somebody_else")


class OfferedOften(Refusal):
    """It was offered a hundred times without being taken."""

    code, status, remedy = "OFFERED_OFTEN", 409, "Put it down at a place and let them take it from there."


class BenchPlaceUnknown(Refusal):
    """There is no such place for devices."""

    code, status, remedy = "BENCH_PLACE_UNKNOWN", 422, "Name one of `GET /v1/bench-places`."
    constraints = ("care.handed_to_place",)


class BenchPlaceExists(Refusal):
    """A place has this name already."""

    code, status, remedy = "BENCH_PLACE_EXISTS", 409, "Use it, or name this one so that people tell them apart."
    constraints = ("care.one_bench_place_a_name",)


class DeviceBeingWorkedOn(Refusal):
    """It is open on the bench."""

    code, status, remedy = "DEVICE_BEING_WORKED_ON", 409, "Make it `ready` first, repaired or not; then hand it back."


def _locked(*, custody_id: UUID, **_: Any) -> Iterable[Lock]:
    """A device is locked as a job is: one kind of thing that people work on, by its id."""
    return (Lock.job_of("care.custody", custody_id),)


def hand_of(work: Work) -> UUID:
    """Whose hand it is; raises HandsNeeded."""
    if work.principal.kind != "staff" or work.principal.id is None:
        raise HandsNeeded
    return work.principal.id


@verb(refusals=(IdTaken, BenchPlaceExists))
async def add_bench_place(work: Work, *, place: NewBenchPlace) -> BenchPlaceAdded:
    """Adds a shelf or a bench where devices lie."""
    return await work.run(ADD_BENCH_PLACE, place_id=place.id or work.new_id(), name=place.name)


@verb(
    refusals=(
        CardNumber, HandsNeeded, SignatureUnfit, PhotoNotFound, DueUnclear, ContactUnknown, IdTaken, DeviceUnknown, DeviceHere, JobNotOpen, VisitElsewhere,
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
    signed = await _signed(
        work,
        custody_id=custody_id,
        scope_id=job.scope_id,
        signature=taken.signature,
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
        signed_by=back.signed_by,
        condition=back.condition,
        accessories=back.accessories,
        photo_ids=back.photo_ids,
        contact_id=back.contact_id,
    )


async def _move(work: Work, *, custody_id: UUID, to_kind: str, after_step: int, place_id: UUID | None = None, **said: Any) -> DeviceMoved:
    hand = hand_of(work)
    device = await find_custody(work, custody_id=custody_id)
    signed = await _signed(work, custody_id=custody_id, scope_id=device.scope_id, **said)
    return await work.run(
        MOVE_DEVICE, custody_id=custody_id, to_kind=to_kind, after_step=after_step, staff_id=hand, place_id=place_id, **signed
    )


async def _signed(
    work: Work,
    *,
    custody_id: UUID,
    scope_id: UUID,
    hand_over_id: UUID | None,
    captured_at: datetime | None,
    signature: Signature | None = None,
    signed_by: str | None = None,
    condition: str | None = None,
    accessories: list[str] | None = None,
    photo_ids: list[UUID] | None = None,
    contact_id: UUID | None = None,
) -> dict[str, Any]:
    """What is signed of a hand-over, sealed: in its text, by its hashes; raises refusals."""
    refuse_card_numbers(condition, signed_by, *(accessories or []))
    strokes, signature_hash = drawn(signature) if signature is not None else (None, None)
    captured = min(in_utc(captured_at or work.at), work.at)
    content = text_of(
        {
            "v": 1,
            "custody_id": str(custody_id),
            "condition": condition,
            "accessories": accessories or [],
            "photos": await photos_as_sealed(work, scope_id=scope_id, wanted=photo_ids or []),
            "signed_by": signed_by,
            "captured_at": captured.isoformat(timespec="microseconds"),
            "salt": work.new_secret(16).hex(),
        }
    )
    return {
        "hand_over_id": hand_over_id or work.new_id(),
        "contact_id": contact_id,
        "content": content,
        "content_hash": seal(HAND_OVER, content),
        "strokes": strokes,
        "signature_hash": signature_hash,
        "photo_ids": photo_ids or [],
        "captured_at": captured,
        "signed_by": work.principal.actor,
    }
