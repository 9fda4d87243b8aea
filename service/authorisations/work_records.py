"""Work records: evidence of what was done, always kept; what the customer had authorised in time can be billed."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import msgspec

from service.authorisations.capacity import CapacityMoved
from service.authorisations.offers import PhotoNotFound
from service.authorisations.queries import CORRECT_WORK, RECORD_WORK
from service.authorisations.records import NewCorrection, NewWorkRecord, WorkReceipt, WorkReceipts
from service.kit.money import exact
from service.kit.refusals import IdTaken, InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb
from service.kit.zones import in_utc


class UnitMismatch(Refusal):
    """The item isn't measured in this unit."""

    code, status, remedy = "UNIT_MISMATCH", 409, "Use the item's unit or a conversion that its offer lists."


class ItemIsSupplied(Refusal):
    """This item is supplied by period, not worked."""

    code, status, remedy = "ITEM_IS_SUPPLIED", 409, "Post the subscription's renewal; it records the supply itself."


class AlreadyCorrected(Refusal):
    """This record was corrected before."""

    code, status, remedy = "ALREADY_CORRECTED", 409, "Correct the correction."


class WorkAlreadyBilled(Refusal):
    """What would be taken back is already billed."""

    code, status, remedy = "WORK_ALREADY_BILLED", 409, "Credit the line first, then correct the record."
    constraints = ("authorisations.billed_within_performed",)


class WorkNotOver(Refusal):
    """The device says that this work ends later than now."""

    code, status, remedy = "WORK_NOT_OVER", 422, "Record work when it is done; if it is, set the device's clock."
    constraints = ("authorisations.work_is_over",)


class StaffNotFound(Refusal):
    """Nobody on the staff has this id."""

    code, status, remedy = "STAFF_NOT_FOUND", 404, "Name the member of staff who did the work."
    constraints = ("authorisations.work_by_staff", "authorisations.someone_did_it")


class VisitElsewhere(Refusal):
    """That visit isn't one of this job's or, where money is taken, of this customer's."""

    code, status, remedy = "VISIT_ELSEWHERE", 422, "Name a visit of the job, for money one of the customer's; or none."
    constraints = (
        "authorisations.work_on_visit_of_its_matter",
        "authorisations.photo_on_visit_of_its_matter",
        "billing.payment_at_visit_of_its_customer",
        "care.custody_on_visit",
    )


class EmergencyUnexplained(Refusal):
    """An emergency needs a word on what was found."""

    code, status, remedy = "EMERGENCY_UNEXPLAINED", 422, "Say in `note` what was found and why it could not wait."
    constraints = ("authorisations.emergency_is_explained",)


def _scopes(*, records: Sequence[NewWorkRecord]) -> Iterator[Lock]:
    """The matters that the records' items belong to."""
    for item_id in {record.item_id for record in records}:
        yield Lock.scope_of("authorisations.offer_item", item_id)


RECORDING = (
    EmergencyUnexplained,
    IdTaken,
    ItemIsSupplied,
    UnitMismatch,
    PhotoNotFound,
    WorkNotOver,
    StaffNotFound,
    VisitElsewhere,
    CapacityMoved,
)


@verb(refusals=RECORDING, locks=_scopes)
async def record_several(work: Work, *, records: Sequence[NewWorkRecord]) -> WorkReceipts:
    """Keeps what was done on several items, all or none; each says whether it can be billed."""
    return await work.run(RECORD_WORK, records=msgspec.json.encode([_stated(work, record) for record in records]).decode())


@verb(
    refusals=RECORDING,
    locks=lambda *, record: _scopes(records=(record,)),
    remembers=WorkReceipts,
    finish=lambda _, receipts: receipts.records[0],
)
async def record_work(work: Work, *, record: NewWorkRecord) -> WorkReceipts:
    """Keeps what was done. Work that wasn't authorised in time is kept too, with the finding that it can't be billed."""
    return await work.run(RECORD_WORK, records=msgspec.json.encode([_stated(work, record)]).decode())


def _stated(work: Work, record: NewWorkRecord) -> dict[str, Any]:
    """The record with its quantity as a rational; raises InvalidDocument, EmergencyUnexplained."""
    if record.ended_at < record.started_at:
        raise InvalidDocument("`ended_at` is before `started_at`.")
    quantity = exact(record.quantity)
    if quantity <= 0:
        raise InvalidDocument("`quantity` is more than 0; a correction takes work back.")
    if record.emergency and record.note is None:
        raise EmergencyUnexplained
    return {
        "work_record_id": record.id or work.new_id(),
        "item_id": record.item_id,
        "quantity_numerator": quantity.numerator,
        "quantity_denominator": quantity.denominator,
        "unit": record.unit,
        "started_at": in_utc(record.started_at),
        "ended_at": in_utc(record.ended_at),
        "staff_id": record.staff_id or (work.principal.id if work.principal.kind == "staff" else None),
        "visit_id": record.visit_id,
        "note": record.note,
        "emergency": record.emergency,
        "photos": record.photos,
    }


@verb(
    refusals=(IdTaken, AlreadyCorrected, UnitMismatch, WorkAlreadyBilled, WorkNotOver, CapacityMoved),
    locks=lambda *, work_record_id, **_: (Lock.scope_of("authorisations.work_record", work_record_id),),
)
async def correct_work(work: Work, *, work_record_id: UUID, correction: NewCorrection) -> WorkReceipt:
    """Says by a new entry what was really done; the mistaken one stays readable and counts no more.

    What wasn't authorised stays evidence whatever times are named now; with its own times it is judged anew, for a consent may have come after it.
    """
    if correction.ended_at < correction.started_at:
        raise InvalidDocument("`ended_at` is before `started_at`.")
    quantity = exact(correction.quantity)
    return await work.run(
        CORRECT_WORK,
        corrects=work_record_id,
        work_record_id=correction.id or work.new_id(),
        quantity_numerator=quantity.numerator,
        quantity_denominator=quantity.denominator,
        started_at=correction.started_at,
        ended_at=correction.ended_at,
        note=correction.note,
    )
