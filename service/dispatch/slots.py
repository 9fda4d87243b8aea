"""Slots: where a job fits, and taking a place: held, booked, moved. One place is taken once, by constraint."""

from datetime import datetime, timedelta
from uuid import UUID

from service.dispatch import locks
from service.dispatch.queries import BOOK_HOLD, FIND_SLOTS, MOVE_VISIT, PLACE_VISIT
from service.dispatch.records import Booking, Hold, Move, Placed, Slots, SlotsAsked, Via
from service.dispatch.refusals import (
    CashLimitReached,
    CashNotAllowed,
    CrewNotWhole,
    HoldGone,
    JobNotOpen,
    OutsideShift,
    SkillMissing,
    SlotPast,
    SlotTaken,
    TechnicianUnknown,
    VisitNotInState,
)
from service.kit.refusals import IdTaken, InvalidDocument
from service.kit.verbs import Work, verb

PLACING = (JobNotOpen, TechnicianUnknown, SlotPast, SkillMissing, CashNotAllowed, CashLimitReached, OutsideShift, SlotTaken, CrewNotWhole)


async def find_slots(work: Work, *, job_id: UUID, asked: SlotsAsked) -> Slots:
    """Free places for a job by shift, skill, reach and what already stands there, soonest first; for a day without any, why."""
    return await work.one(
        FIND_SLOTS, job_id=job_id, from_on=asked.from_on, days=asked.days, technician_id=asked.technician_id, most=asked.most_a_day
    )


@verb(
    refusals=(*PLACING, IdTaken), locks=lambda *, job_id, hold, **_: (*locks.job(job_id=job_id), *locks.days(hold.technician_id, hold.crew))
)
async def hold_slot(work: Work, *, job_id: UUID, hold: Hold) -> Placed:
    """Keeps a place for some minutes; nothing is promised yet. An expired hold stands until a booking needs its place."""
    return await work.run(
        PLACE_VISIT,
        job_id=job_id,
        visit_id=hold.id or work.new_id(),
        occupancy_ids=[work.new_id() for _ in (hold.technician_id, *hold.crew)],
        to_state="held",
        technician_id=hold.technician_id,
        crew=hold.crew,
        **_start(hold.from_, hold.local_from),
        expires_at=work.at + timedelta(minutes=hold.minutes),
        promise_id=work.new_id(),
        via="api",
    )


@verb(
    refusals=(*PLACING, IdTaken),
    locks=lambda *, job_id, booking, **_: (*locks.job(job_id=job_id), *locks.days(booking.technician_id, booking.crew)),
)
async def book_visit(work: Work, *, job_id: UUID, booking: Booking) -> Placed:
    """Books a place and promises the customer the arrival window."""
    return await work.run(
        PLACE_VISIT,
        job_id=job_id,
        visit_id=booking.id or work.new_id(),
        occupancy_ids=[work.new_id() for _ in (booking.technician_id, *booking.crew)],
        to_state="booked",
        technician_id=booking.technician_id,
        crew=booking.crew,
        **_start(booking.from_, booking.local_from),
        expires_at=None,
        promise_id=work.new_id(),
        via=booking.via,
    )


@verb(refusals=(HoldGone, JobNotOpen, SlotPast, CashLimitReached), locks=locks.visit_and_place)
async def book_hold(work: Work, *, visit_id: UUID, via: Via) -> Placed:
    """Books what was held and promises the customer the arrival window."""
    return await work.run(BOOK_HOLD, visit_id=visit_id, promise_id=work.new_id(), via=via)


@verb(
    refusals=(VisitNotInState, *PLACING),
    locks=lambda *, visit_id, move, **_: (*locks.visit_and_place(visit_id=visit_id), *locks.days(move.technician_id, move.crew or [])),
)
async def move_visit(work: Work, *, visit_id: UUID, move: Move) -> Placed:
    """Moves a visit nobody has set out for, and promises the new window instead of the old."""
    return await work.run(
        MOVE_VISIT,
        visit_id=visit_id,
        technician_id=move.technician_id,
        crew=move.crew,
        **_start(move.from_, move.local_from),
        reason=move.reason,
        promise_id=work.new_id(),
        via=move.via,
    )


def _start(instant: datetime | None, wall: datetime | None) -> dict[str, datetime | None]:
    """Exactly one of the two ways to say when."""
    if (instant is None) == (wall is None):
        raise InvalidDocument("Say when by `from` or by `local_from`.")
    return {"starts_at": instant, "starts_wall": wall}
