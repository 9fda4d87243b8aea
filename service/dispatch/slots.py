"""Slots: where a job fits, and taking a place: held, booked, moved. One place is taken once, by constraint."""

from datetime import UTC, datetime, time, timedelta
from math import ceil
from typing import Any
from uuid import UUID

import msgspec

from service.dispatch import locks
from service.dispatch.gaps import ends_of, gaps_of, ways_of
from service.dispatch.known_places import places_of
from service.dispatch.openings import Opening, Openings, openings, overtime_price
from service.dispatch.queries import BOOK_HOLD, BOOK_VISITS, FIND_HANDS, FIND_SOUGHT, MOVE_VISIT, PLACE_VISIT
from service.dispatch.records import (
    AllPlaced,
    Booking,
    Bookings,
    Hold,
    Move,
    Offered,
    Placed,
    Slot,
    SlotDay,
    Slots,
    SlotsAsked,
    Sought,
    Via,
    Window,
)
from service.dispatch.refusals import (
    BeforeParts,
    CashLimitReached,
    CashNotAllowed,
    CrewNotWhole,
    HoldGone,
    JobNotOpen,
    NoTimeForBreak,
    OutsideShift,
    SkillMissing,
    SlotPast,
    SlotTaken,
    TechnicianUnknown,
    VisitNotInState,
)
from service.dispatch.roads_beside import roads_of
from service.dispatch.travel.matrix import find_speeds
from service.kit.refusals import IdTaken, InvalidDocument
from service.kit.sql import Verb
from service.kit.verbs import Again, Kept, Work, verb
from service.kit.zones import zone

DAYS_AFTER = 8
NEXT_BEST = 5
"""How many other places somebody hears of whose place is gone, and of how many days."""
GONE = (SlotTaken, OutsideShift, NoTimeForBreak)
"""Refusals that come with the next best."""
PLACING = (
    JobNotOpen,
    TechnicianUnknown,
    SlotPast,
    BeforeParts,
    SkillMissing,
    CashNotAllowed,
    CashLimitReached,
    OutsideShift,
    SlotTaken,
    NoTimeForBreak,
    CrewNotWhole,
)


async def find_slots(work: Work, *, job_id: UUID, asked: SlotsAsked) -> Slots:
    """Places in the live plan that a job fits in by shift, skill, way and what stands there, each with its detour and why it ranks where it does; for a day without any, why."""
    sought, found = await openings_of(
        work,
        job_id=job_id,
        moves=asked.moves,
        from_on=asked.from_on,
        days=asked.days,
        only=asked.technician_id,
        most_a_day=asked.most_a_day,
    )
    slots: dict[int, list[Slot]] = {}
    for rank, one in enumerate(found.best, start=1):
        slots.setdefault(one.day, []).append(_slot(one, sought, rank=rank))
    days = [
        SlotDay(sought.from_on + timedelta(days=day), sorted(slots.get(day, []), key=lambda one: one.from_), found.none_because.get(day))
        for day in range(asked.days)
    ]
    return Slots(sought.job_id, sought.zone, sought.duration_minutes, days)


async def openings_of(
    work: Work,
    *,
    job_id: UUID | None,
    moves: UUID | None,
    days: int,
    most_a_day: int,
    only: UUID | None = None,
    hours: tuple[time, time] | None = None,
    overtime: bool = True,
    **start: Any,
) -> tuple[Sought, Openings]:
    """Where the job fits, or the job of the visit that moves; `start` is the first day, or the instant or the wall time from which on, `hours` between which times on the wall each begins; `overtime` whether a day may end after its shift, as far as its technician's may."""
    start = {"from_on": None, "starts_at": None, "starts_wall": None, **start}
    sought = await work.one(FIND_SOUGHT, job_id=job_id, moves=moves, days=days, **start)
    from_at = max(sought.from_at, sought.begins[0])
    hands = await work.all(FIND_HANDS, job_id=sought.job_id, from_at=from_at, until_at=sought.begins[-1], moves=moves)
    asked_from = ceil(max(from_at.timestamp(), work.at.timestamp() + 1))
    now = asked_from if sought.parts_at is None else max(asked_from, ceil(sought.parts_at.timestamp()))
    seconds = 60 * sought.duration_minutes
    shifts, gaps, beside = gaps_of(hands, now=now, seconds=seconds, overtime=overtime)
    places = await places_of(work, beside, sites_moved=sought.sites_moved)
    site = None if sought.latitude_e7 is None or sought.longitude_e7 is None else (sought.latitude_e7, sought.longitude_e7)
    ends = ends_of(gaps, hands, places)
    roads = await roads_of(work, ends, site=site) if sought.by_road and site is not None else None
    speeds = await find_speeds(work)
    ways = ways_of(shifts, gaps, hands, ends, seconds=seconds, site=site, speeds=speeds, roads=roads)
    price = overtime_price(hands, shifts, metres_an_hour=speeds.pace.metres_an_hour)
    return sought, openings(
        sought, hands, shifts, gaps, ways, price, asked_from=asked_from, now=now, only=only, hours=hours, most_a_day=most_a_day
    )


def _slot(one: Opening, sought: Sought, *, rank: int) -> Slot:
    offered = _offered(one, sought)
    return Slot(
        **msgspec.structs.asdict(offered),
        rank=rank,
        arrive=Window(offered.from_, offered.from_ + timedelta(minutes=sought.arrival_minutes)),
        local_from=offered.from_.astimezone(zone(sought.zone)).replace(tzinfo=None),
    )


def _offered(one: Opening, sought: Sought) -> Offered:
    starts = datetime.fromtimestamp(one.at, UTC)
    ends = starts + timedelta(minutes=sought.duration_minutes)
    return Offered(one.technician_id, one.crew, starts, ends, one.detour, one.estimated, one.metres, one.why)


@verb(
    refusals=(*PLACING, IdTaken), locks=lambda *, job_id, hold, **_: (*locks.job(job_id=job_id), *locks.days(hold.technician_id, hold.crew))
)
async def hold_slot(work: Work, *, job_id: UUID, hold: Hold) -> Placed:
    """Keeps a place for some minutes; nothing is promised yet. An expired hold stands until a booking needs its place."""
    return await _placed(
        work,
        PLACE_VISIT,
        start=hold,
        job_id=job_id,
        visit_id=hold.id or work.new_id(),
        occupancy_ids=[work.new_id() for _ in (hold.technician_id, *hold.crew)],
        to_state="held",
        technician_id=hold.technician_id,
        crew=hold.crew,
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
    return await _placed(work, PLACE_VISIT, start=booking, **_booked(work, job_id, booking))


@verb(
    refusals=(*PLACING, IdTaken),
    locks=lambda *, job_id, bookings, **_: (
        *locks.job(job_id=job_id),
        *{lock for one in bookings.visits for lock in locks.days(one.technician_id, one.crew)},
    ),
)
async def book_visits(work: Work, *, job_id: UUID, bookings: Bookings) -> AllPlaced:
    """Books several visits of a job, as work of several days needs them: all, or none where one can't be. A refusal says by `index` which, and where else that one could be."""
    placed: list[Placed] = []
    for index, one in enumerate(bookings.visits):
        when = _when(one)
        try:
            placed.append(await work.part().run(PLACE_VISIT, next_best=None, **when, **_booked(work, job_id, one)))
        except Kept as kept:
            kept.refusal.extras["index"] = index
            if isinstance(kept.refusal, GONE):
                kept.refusal.extras["slots"] = await _next_best(work, job_id=job_id, moves=None, when=when)
            raise kept.undone() from None
    return await work.run(BOOK_VISITS, job_id=job_id, visits=msgspec.json.encode(placed).decode())


def _booked(work: Work, job_id: UUID, booking: Booking) -> dict[str, Any]:
    return {
        "job_id": job_id,
        "visit_id": booking.id or work.new_id(),
        "occupancy_ids": [work.new_id() for _ in (booking.technician_id, *booking.crew)],
        "to_state": "booked",
        "technician_id": booking.technician_id,
        "crew": booking.crew,
        "expires_at": None,
        "promise_id": work.new_id(),
        "via": booking.via,
    }


@verb(refusals=(HoldGone, JobNotOpen, SlotPast, CashLimitReached, NoTimeForBreak), locks=locks.visit_and_place)
async def book_hold(work: Work, *, visit_id: UUID, via: Via) -> Placed:
    """Books what was held and promises the customer the arrival window."""
    return await work.run(BOOK_HOLD, visit_id=visit_id, promise_id=work.new_id(), via=via)


@verb(
    refusals=(VisitNotInState, *PLACING),
    locks=lambda *, visit_id, move, **_: (*locks.visit_and_place(visit_id=visit_id), *locks.days(move.technician_id, move.crew or [])),
)
async def move_visit(work: Work, *, visit_id: UUID, move: Move) -> Placed:
    """Moves a visit nobody has set out for, and promises the new window instead of the old."""
    return await _placed(
        work,
        MOVE_VISIT,
        start=move,
        visit_id=visit_id,
        technician_id=move.technician_id,
        crew=move.crew,
        reason=move.reason,
        promise_id=work.new_id(),
        via=move.via,
    )


async def _placed(work: Work, statement: Verb[Placed], *, start: Hold | Booking | Move, **values: Any) -> Placed:
    """Takes the place. Where it is gone the verb is done once more with the next best at hand, from the engine that offers slots: few need them, so nobody waits for them before."""
    when = _when(start)
    next_best = None
    if work.again and not work.also:  # who asked for locks has looked for the place, and tells the next best in their own way
        job_id: UUID | None = values.get("job_id")
        found = await _next_best(work, job_id=job_id, moves=None if job_id else values["visit_id"], when=when)
        next_best = msgspec.json.encode(found).decode()
    try:
        return await work.run(statement, next_best=next_best, **when, **values)
    except Kept as kept:
        if work.again or not isinstance(kept.refusal, GONE):
            raise
        raise Again from None


def _when(start: Hold | Booking | Move) -> dict[str, Any]:
    if (start.from_ is None) == (start.local_from is None):
        raise InvalidDocument("Say when by `from` or by `local_from`.")
    return {"starts_at": start.from_, "starts_wall": start.local_from}


async def _next_best(work: Work, *, job_id: UUID | None, moves: UUID | None, when: dict[str, Any]) -> list[Offered]:
    sought, found = await openings_of(work, job_id=job_id, moves=moves, days=DAYS_AFTER, most_a_day=NEXT_BEST, **when)
    return [_offered(one, sought) for one in found.best[:NEXT_BEST]]
