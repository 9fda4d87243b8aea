"""The board of a day: who is where, what needs somebody, and where something would fit before anybody takes the place."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from service.dispatch.crews import with_others
from service.dispatch.live.arrivals import is_quiet
from service.dispatch.live.days import find_expected
from service.dispatch.queries import (
    BOARD_DAY,
    BOARD_TECHNICIANS,
    BOARD_UNASSIGNED,
    BOARD_UNFINISHED,
    BOARD_VISITS,
    FIND_ALONG,
    FIND_DAYS_ON,
    FIND_PLACES,
)
from service.dispatch.records import (
    TO_COME,
    AtRisk,
    Board,
    BoardDay,
    BoardLists,
    BoardVisit,
    Expected,
    FreeHand,
    Places,
    Row,
    UnfinishedVisit,
    Unheard,
    VisitBefore,
)
from service.kit.verbs import Work

MOST_ROWS = 1000
MOST_AT_RISK = 200
MOST_UNASSIGNED = 200
MOST_ALONG = 12
DAYS_ON = 60
WAITS = TO_COME - {"en_route"}
SOON = timedelta(minutes=30)


async def show_board(work: Work, *, on: date | None) -> Board:
    """A day of the organisation's zone, today where none is named: technicians by name with shifts, visits and what else takes their time, promises at risk, and jobs that nobody has a place for."""
    day = await work.one(BOARD_DAY, on_day=on)
    expected = await find_expected_on(work, day=day)
    rows = await read_rows(work, day=day, technician_ids=None, expected=expected)
    lists = await read_lists(work, day=day, expected=expected)
    return Board(
        zone=day.zone,
        on=day.on,
        from_=day.from_,
        until=day.until,
        at=work.at,
        rows=rows[:MOST_ROWS],
        more_rows=len(rows) > MOST_ROWS,
        **msgspec.structs.asdict(lists),
    )


async def find_board_day(work: Work, *, on: date | None) -> BoardDay:
    """That day, today where none is named."""
    return await work.one(BOARD_DAY, on_day=on)


async def find_expected_on(work: Work, *, day: BoardDay) -> dict[UUID, Expected]:
    """When somebody is expected at each visit, if it is the present day."""
    return await find_expected(work, technician_ids=None) if day.from_ <= work.at < day.until else {}


async def read_rows(work: Work, *, day: BoardDay, technician_ids: Collection[UUID] | None, expected: Mapping[UUID, Expected]) -> list[Row]:
    """The rows of those technicians, of all where none are named; one more than are shown where there are more."""
    span = {"from_at": day.from_, "until_at": day.until}
    wanted = None if technician_ids is None else list(technician_ids)
    technicians = await work.all(BOARD_TECHNICIANS, **span, technician_ids=wanted, most=MOST_ROWS + 1)
    visits: defaultdict[UUID, list[BoardVisit]] = defaultdict(list)
    for visit in await work.all(BOARD_VISITS, **span, technician_ids=[one.id for one in technicians]):
        visits[visit.technician_id].append(BoardVisit(**msgspec.structs.asdict(visit), expected=expected.get(visit.id)))
    return [Row(**msgspec.structs.asdict(one), visits=visits[one.id]) for one in technicians]


async def read_lists(work: Work, *, day: BoardDay, expected: Mapping[UUID, Expected]) -> BoardLists:
    """What needs somebody on that day; jobs that nobody has a place for are those of any day."""
    unfinished = await work.all(BOARD_UNFINISHED, from_at=day.from_, until_at=day.until)
    at_risk = risks(unfinished, expected, at=work.at)
    unassigned = await work.all(BOARD_UNASSIGNED, most=MOST_UNASSIGNED)
    return BoardLists(
        unheard=unheard(unfinished, expected, at=work.at),
        at_risk=at_risk[:MOST_AT_RISK],
        unassigned=unassigned[:MOST_UNASSIGNED],
        more_at_risk=len(at_risk) > MOST_AT_RISK,
        more_unassigned=len(unassigned) > MOST_UNASSIGNED,
    )


def risks(unfinished: list[UnfinishedVisit], expected: Mapping[UUID, Expected], *, at: datetime) -> list[AtRisk]:
    """Promised windows that aren't kept as things stand, the first to end first; visits come in the order of each technician's day."""
    found, before = [], dict[UUID, VisitBefore]()
    for visit in unfinished:
        ahead, known = before.get(visit.technician_id), expected.get(visit.visit_id)
        if visit.state in TO_COME:
            arrives_at = known.arrives_at if known else max(ahead.until if ahead else at, at, visit.from_)
            until = arrives_at + (visit.until - visit.from_)
            if (why := _why(visit, arrives_at, at=at)) is not None:
                keeps = ahead if ahead is not None and ahead.until > visit.from_ else None
                found.append(AtRisk(**msgspec.structs.asdict(visit), why=why, expected_at=arrives_at, after=keeps))
        else:
            until = known.until if known else max(at, visit.until)
        before[visit.technician_id] = VisitBefore(visit.visit_id, visit.customer_id, visit.customer_name, until, visit.said)
    by_visit = {one.visit_id: one for one in sorted(found, key=lambda one: one.expected_at)}  # of a crew whoever comes last
    return sorted(by_visit.values(), key=lambda one: (one.arrive.until, one.visit_id))


def _why(visit: UnfinishedVisit, arrives_at: datetime, *, at: datetime) -> Literal["late", "behind", "soon"] | None:
    if visit.arrive.until <= at:
        return "late"
    if visit.arrive.until <= arrives_at:
        return "behind"
    return "soon" if visit.arrive.until <= at + SOON and visit.state != "en_route" else None


def unheard(unfinished: list[UnfinishedVisit], expected: Mapping[UUID, Expected], *, at: datetime) -> list[Unheard]:
    """Who should have been at their next visit by now and says nothing, who is overdue longest first; whoever is at work or on the way isn't asked."""
    found, seen = [], {one.technician_id for one in unfinished if one.state not in WAITS}
    for visit in unfinished:
        if visit.technician_id in seen or visit.visit_id not in expected:
            continue
        seen.add(visit.technician_id)
        due, heard_at = visit.from_ + timedelta(minutes=visit.said.minutes if visit.said else 0), expected[visit.visit_id].heard_at
        if is_quiet(due, heard_at=heard_at, at=at):
            found.append(
                Unheard(
                    technician_id=visit.technician_id,
                    technician_name=visit.technician_name,
                    heard_at=heard_at,
                    visit_id=visit.visit_id,
                    customer_id=visit.customer_id,
                    customer_name=visit.customer_name,
                    due_at=due,
                    zone=visit.zone,
                )
            )
    return sorted(found, key=lambda one: (one.due_at, one.technician_id))


async def find_places_for_job(work: Work, *, job_id: UUID, on: date | None, technician_id: UUID | None) -> Places:
    """Where a visit of a job could begin on a day of the organisation's zone, today where none is named: what booking would answer, technician by technician, before anybody asks for the place."""
    return await _find_places(work, job_id=job_id, visit_id=None, on=on, technician_id=technician_id)


async def find_places_for_visit(work: Work, *, visit_id: UUID, on: date | None, technician_id: UUID | None) -> Places:
    """Where a visit could be moved to on a day of the organisation's zone, today where none is named: what moving would answer, technician by technician, before anybody moves it."""
    return await _find_places(work, job_id=None, visit_id=visit_id, on=on, technician_id=technician_id)


async def _find_places(work: Work, *, job_id: UUID | None, visit_id: UUID | None, on: date | None, technician_id: UUID | None) -> Places:
    day = await work.one(BOARD_DAY, on_day=on)
    technicians = None if technician_id is None else [technician_id]
    found = await work.one(FIND_PLACES, job_id=job_id, visit_id=visit_id, technician_ids=technicians, from_at=day.from_, until_at=day.until)
    return with_others(found)


async def find_along(work: Work, *, job_id: UUID, technician_id: UUID, starts: datetime) -> list[FreeHand]:
    """Who could go along with whoever leads, if the job began then: the nearest first."""
    return await work.all(FIND_ALONG, job_id=job_id, technician_id=technician_id, starts_at=starts, most=MOST_ALONG)


async def find_days_on(work: Work, *, job_id: UUID, technician_id: UUID, starts: datetime, most: int) -> list[datetime]:
    """When else the job fits with the same technician at the same time of day, on the days after that one."""
    return await work.all(FIND_DAYS_ON, job_id=job_id, technician_id=technician_id, starts_at=starts, days=DAYS_ON, most=most)
