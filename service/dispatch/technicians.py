"""Technicians: what they can do, when they work."""

from datetime import date, time
from uuid import UUID

import msgspec

from service.dispatch.queries import (
    ADD_SHIFTS,
    ADD_TECHNICIAN,
    CHANGE_TECHNICIAN,
    FIND_DAY,
    FIND_TECHNICIAN,
    FIND_VISITS,
    LIST_TECHNICIANS,
)
from service.dispatch.records import (
    Break,
    ChangedTechnician,
    Day,
    NewShifts,
    NewTechnician,
    ShiftsReceipt,
    Technician,
    TechnicianReceipt,
)
from service.dispatch.refusals import SlotTaken
from service.dispatch.visits import with_expected
from service.kit.paging import Page
from service.kit.refusals import IdTaken, InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb
from service.kit.zones import ZoneUnknown, zone

NOBODY = UUID(int=0)
MOST_DAYS = 400
DAY_MINUTES = 24 * 60
SHORTEST_BREAK, LONGEST_BREAK = 5, 480


class StaffUnknown(Refusal):
    """There is no such member of staff."""

    code, status, remedy = "STAFF_UNKNOWN", 422, "Invite them first; a technician is a member of staff."
    constraints = ("dispatch.technician_is_staff",)


class ShiftsOverlap(Refusal):
    """The technician already works at that time."""

    code, status, remedy = "SHIFTS_OVERLAP", 409, "Read the technician's day and leave out what is there."
    constraints = ("dispatch.one_shift_at_a_time", "dispatch.one_shift_a_start")


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
    minutes, earliest, latest = _rest(shifts) if shifts.break_ else (None, None, None)
    return await work.run(
        ADD_SHIFTS,
        technician_id=technician_id,
        from_on=shifts.from_on,
        until_on=shifts.until_on,
        weekdays=shifts.weekdays,
        starts=shifts.starts,
        ends=shifts.ends,
        zone=shifts.zone,
        break_minutes=minutes,
        break_earliest=earliest,
        break_latest=latest,
        break_ids=[work.new_id() for _ in range(days)] if earliest is not None and earliest == latest else [],
    )


def _rest(shifts: NewShifts) -> tuple[int, time, time]:
    """How long the break is and between which times it begins, for which the shift has room on a day without a clock change."""
    match shifts.break_:
        case Break(starts=time() as starts, ends=time() as ends, minutes=None, earliest=None, latest=None):
            minutes, earliest, latest = minutes_from(starts, ends), starts, starts
        case Break(starts=None, ends=None, minutes=int() as minutes, earliest=time() as earliest, latest=time() as latest):
            pass
        case _:
            raise InvalidDocument("A break says `starts` and `ends`, or `minutes`, `earliest` and `latest`.")
    begins = minutes_from(shifts.starts, latest)
    if not minutes_from(shifts.starts, earliest) <= begins <= begins + minutes <= (minutes_from(shifts.starts, shifts.ends) or DAY_MINUTES):
        raise InvalidDocument("The break lies in the shift, its `earliest` beginning not after its `latest`.")
    if not SHORTEST_BREAK <= minutes <= LONGEST_BREAK:
        raise InvalidDocument(f"A break lasts {SHORTEST_BREAK} to {LONGEST_BREAK} minutes.")
    return minutes, earliest, latest


def minutes_from(earlier: time, later: time) -> int:
    """How long after the one time of day the other comes next."""
    return (later.hour * 60 + later.minute - earlier.hour * 60 - earlier.minute) % DAY_MINUTES


async def find_day(work: Work, *, technician_id: UUID, on: date | None) -> Day:
    """A technician's day in their own zone, today where none is named: each visit with its place, local time and authorised items."""
    row = await work.one(FIND_DAY, technician_id=technician_id, on_day=on)
    visits = await work.all(FIND_VISITS, visit_ids=row.visit_ids)
    return Day(
        technician_id=row.technician_id,
        on=row.on,
        zone=row.zone,
        shifts=row.shifts,
        away=row.away,
        visits=await with_expected(work, visits),
    )


async def find_my_day(work: Work, *, on: date | None) -> Day:
    """The day of the technician who asks."""
    return await find_day(work, technician_id=work.principal.id, on=on)
