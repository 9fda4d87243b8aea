"""Technicians: what they can do, when they work and when they don't."""

from datetime import date
from uuid import UUID

import msgspec

from service.dispatch.queries import (
    ADD_ABSENCE,
    ADD_SHIFTS,
    ADD_TECHNICIAN,
    CHANGE_TECHNICIAN,
    FIND_DAY,
    FIND_TECHNICIAN,
    FIND_VISITS,
    LIST_TECHNICIANS,
)
from service.dispatch.records import (
    AbsenceReceipt,
    ChangedTechnician,
    Day,
    NewAbsence,
    NewShifts,
    NewTechnician,
    ShiftsReceipt,
    Technician,
    TechnicianReceipt,
)
from service.dispatch.refusals import SlotTaken
from service.kit.paging import Page
from service.kit.refusals import IdTaken, InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb
from service.kit.zones import ZoneUnknown, zone

NOBODY = UUID(int=0)
MOST_DAYS = 400


class StaffUnknown(Refusal):
    """There is no such member of staff."""

    code, status, remedy = "STAFF_UNKNOWN", 422, "Invite them first; a technician is a member of staff."
    constraints = ("dispatch.technician_is_staff",)


class ShiftsOverlap(Refusal):
    """The technician already works at that time."""

    code, status, remedy = "SHIFTS_OVERLAP", 409, "Read the technician's day and leave out what is there."
    constraints = ("dispatch.one_shift_at_a_time", "dispatch.one_shift_a_start")


class TechnicianBusy(Refusal):
    """Visits stand in that absence, and their customers were promised them."""

    code, status, remedy = "TECHNICIAN_BUSY", 409, "Move or cancel the visits in `visit_ids` first."


@verb(refusals=(ZoneUnknown, StaffUnknown, IdTaken))
async def add_technician(work: Work, *, technician: NewTechnician) -> TechnicianReceipt:
    """Makes a member of staff somebody who goes to doors; the same again answers the same."""
    zone(technician.zone)
    return await work.run(
        ADD_TECHNICIAN,
        technician_id=technician.staff_id,
        zone=technician.zone,
        skills=msgspec.json.encode(technician.skills).decode(),
        may_take_cash=technician.may_take_cash,
        home_latitude_e7=technician.home.latitude_e7 if technician.home else None,
        home_longitude_e7=technician.home.longitude_e7 if technician.home else None,
        reach_metres=technician.reach_metres,
    )


@verb(refusals=(ZoneUnknown,), locks=lambda *, technician_id, **_: (Lock.day(technician_id),))
async def change_technician(work: Work, *, technician_id: UUID, technician: ChangedTechnician, version: int) -> TechnicianReceipt:
    """Changes what a technician can do from now on; visits already booked stay as they are."""
    zone(technician.zone)
    return await work.run(
        CHANGE_TECHNICIAN,
        technician_id=technician_id,
        version=version,
        zone=technician.zone,
        skills=msgspec.json.encode(technician.skills).decode(),
        may_take_cash=technician.may_take_cash,
        home_latitude_e7=technician.home.latitude_e7 if technician.home else None,
        home_longitude_e7=technician.home.longitude_e7 if technician.home else None,
        reach_metres=technician.reach_metres,
        active=technician.active,
    )


async def find_technician(work: Work, *, technician_id: UUID) -> Technician:
    """One technician as they stand."""
    return await work.one(FIND_TECHNICIAN, technician_id=technician_id)


async def list_technicians(work: Work, *, limit: int, cursor: str | None) -> Page[Technician]:
    """Technicians in the order of their ids."""
    purpose = f"technicians {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_TECHNICIANS, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


@verb(refusals=(ZoneUnknown, ShiftsOverlap, SlotTaken), locks=lambda *, technician_id, **_: (Lock.day(technician_id),))
async def add_shifts(work: Work, *, technician_id: UUID, shifts: NewShifts) -> ShiftsReceipt:
    """Adds working time, a row a day; wall times become instants here, once: a skipped hour moves forward, a repeated one is the first."""
    if shifts.zone is not None:
        zone(shifts.zone)
    days = (shifts.until_on - shifts.from_on).days
    if not 1 <= days <= MOST_DAYS:
        raise InvalidDocument(f"`until_on` is 1 to {MOST_DAYS} days after `from_on`.")
    rest = shifts.break_
    return await work.run(
        ADD_SHIFTS,
        technician_id=technician_id,
        from_on=shifts.from_on,
        until_on=shifts.until_on,
        weekdays=shifts.weekdays,
        starts=shifts.starts,
        ends=shifts.ends,
        zone=shifts.zone,
        break_starts=rest.starts if rest else None,
        break_ends=rest.ends if rest else None,
        break_ids=[work.new_id() for _ in range(days)] if rest else [],
    )


@verb(refusals=(TechnicianBusy, SlotTaken, IdTaken), locks=lambda *, technician_id, **_: (Lock.day(technician_id),))
async def add_absence(work: Work, *, technician_id: UUID, absence: NewAbsence) -> AbsenceReceipt:
    """Takes a technician out for a while; refused while visits stand in it."""
    if not absence.from_ < absence.until:
        raise InvalidDocument("`until` is after `from`.")
    return await work.run(
        ADD_ABSENCE,
        technician_id=technician_id,
        absence_id=absence.id or work.new_id(),
        starts_at=absence.from_,
        ends_at=absence.until,
        reason=absence.reason,
    )


async def find_day(work: Work, *, technician_id: UUID, on: date | None) -> Day:
    """A technician's day in their own zone, today where none is named: each visit with its place, local time and authorised items."""
    row = await work.one(FIND_DAY, technician_id=technician_id, on_day=on)
    visits = await work.all(FIND_VISITS, visit_ids=row.visit_ids)
    return Day(technician_id=row.technician_id, on=row.on, zone=row.zone, shifts=row.shifts, away=row.away, visits=visits)


async def find_my_day(work: Work, *, on: date | None) -> Day:
    """The day of the technician who asks."""
    return await find_day(work, technician_id=work.principal.id, on=on)
