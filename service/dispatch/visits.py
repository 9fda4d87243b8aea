"""Visits: every change of state is one step of a chain, made by somebody, at a time, in one round trip."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import get_args
from uuid import UUID

import msgspec

from service.dispatch import locks
from service.dispatch.live.days import find_expected
from service.dispatch.queries import FIND_VISITS, LIST_VISITS, STEP_VISIT
from service.dispatch.records import Stepped, Visit, VisitFound, VisitLine, VisitState
from service.dispatch.refusals import (
    CLOCK_SKEW,
    CapturedInFuture,
    CashLimitReached,
    NotYourVisit,
    VisitNotInState,
    VisitWaits,
    WorkNotAuthorised,
)
from service.kit.paging import Page
from service.kit.refusals import InvalidDocument, NotFound, Refusal
from service.kit.verbs import Work, verb
from service.kit.zones import in_utc

LONGEST_LIST = timedelta(days=35)
"""A month with the weeks it begins and ends in: what nobody asks for by a technician or a state isn't read through for years."""
NO_VISIT = UUID(int=0)
"""Before any visit of an instant."""
OVER = frozenset[VisitState]({"completed", "partly_completed", "could_not_complete", "no_access", "cancelled"})
GOING = frozenset(get_args(VisitState)) - OVER - {"held"}
A_DAY = timedelta(days=1)
"""Somebody's present day is no further from now than this, in whatever zone."""
STEPPING: tuple[type[Refusal], ...] = (CapturedInFuture, NotYourVisit, VisitNotInState)


async def step_visit(
    work: Work,
    act: str,
    visit_id: UUID,
    captured_at: datetime | None = None,
    *,
    reason: str | None = None,
    item_ids: Iterable[UUID] = (),
    may_any: bool | None = None,
) -> Stepped:
    """One step of a visit; `may_any` where it was judged otherwise whether the caller may take it."""
    if captured_at is not None and captured_at > work.at + CLOCK_SKEW:
        raise CapturedInFuture
    return await work.run(
        STEP_VISIT,
        visit_id=visit_id,
        act=act,
        captured_at=min(captured_at or work.at, work.at),
        reason=reason,
        task_id=work.new_id(),
        item_ids=list(item_ids),
        may_any=work.principal.may("visits:write") if may_any is None else may_any,
        me=work.principal.id,
    )


@verb(refusals=(*STEPPING, VisitWaits, CashLimitReached), locks=locks.visit_and_place)
async def dispatch_visit(work: Work, *, visit_id: UUID, captured_at: datetime | None = None) -> Stepped:
    """Sends a booked visit to its technician."""
    return await step_visit(work, "dispatch", visit_id, captured_at)


@verb(refusals=STEPPING, locks=locks.visit)
async def accept_visit(work: Work, *, visit_id: UUID, captured_at: datetime | None = None) -> Stepped:
    """The technician takes a dispatched visit on."""
    return await step_visit(work, "accept", visit_id, captured_at)


@verb(refusals=(*STEPPING, VisitWaits), locks=locks.visit)
async def set_out_to_visit(work: Work, *, visit_id: UUID, captured_at: datetime | None = None) -> Stepped:
    """The technician is on the way; the job is in progress."""
    return await step_visit(work, "en_route", visit_id, captured_at)


@verb(refusals=STEPPING, locks=locks.visit)
async def arrive_at_visit(work: Work, *, visit_id: UUID, captured_at: datetime | None = None) -> Stepped:
    """The technician is there: the promised window is kept, or broken, by when that was."""
    return await step_visit(work, "arrive", visit_id, captured_at)


@verb(refusals=(*STEPPING, WorkNotAuthorised), locks=locks.visit)
async def start_visit(work: Work, *, visit_id: UUID, item_ids: list[UUID], captured_at: datetime | None = None) -> Stepped:
    """Work begins on the named items, each of which the customer has authorised; again while working, for items approved since."""
    return await step_visit(work, "start", visit_id, captured_at, item_ids=item_ids)


@verb(refusals=STEPPING, locks=locks.visit)
async def pause_visit(work: Work, *, visit_id: UUID, captured_at: datetime | None = None) -> Stepped:
    """Work stops for a while."""
    return await step_visit(work, "pause", visit_id, captured_at)


@verb(refusals=STEPPING, locks=locks.visit)
async def resume_visit(work: Work, *, visit_id: UUID, captured_at: datetime | None = None) -> Stepped:
    """Work goes on."""
    return await step_visit(work, "resume", visit_id, captured_at)


@verb(refusals=STEPPING, locks=locks.visit_and_place)
async def complete_visit(work: Work, *, visit_id: UUID, captured_at: datetime | None = None) -> Stepped:
    """All is done; so is the job's work, unless another of its visits is still to come."""
    return await step_visit(work, "complete", visit_id, captured_at)


@verb(refusals=STEPPING, locks=locks.visit_and_place)
async def partly_complete_visit(work: Work, *, visit_id: UUID, reason: str, captured_at: datetime | None = None) -> Stepped:
    """Some is done; the job stays in progress."""
    return await step_visit(work, "partly_complete", visit_id, captured_at, reason=reason)


@verb(refusals=STEPPING, locks=locks.visit_and_place)
async def fail_visit(work: Work, *, visit_id: UUID, reason: str, captured_at: datetime | None = None) -> Stepped:
    """The visit could not be completed, and why; before arriving, that breaks the promise."""
    return await step_visit(work, "could_not_complete", visit_id, captured_at, reason=reason)


@verb(refusals=STEPPING, locks=locks.visit_and_place)
async def find_no_access(work: Work, *, visit_id: UUID, captured_at: datetime | None = None) -> Stepped:
    """The technician was there and nobody let them in."""
    return await step_visit(work, "no_access", visit_id, captured_at)


@verb(refusals=STEPPING, locks=locks.visit_and_place)
async def release_visit(work: Work, *, visit_id: UUID) -> Stepped:
    """Lets a held place go."""
    return await step_visit(work, "release", visit_id, reason="hold_released")


@verb(refusals=STEPPING, locks=locks.visit_and_place)
async def cancel_visit(work: Work, *, visit_id: UUID, reason: str) -> Stepped:
    """Cancels a visit before anybody is there: `customer_asked`, `no_longer_needed` and `incident` release the promise, any other reason breaks it."""
    return await step_visit(work, "cancel", visit_id, reason=reason)


async def find_visit(work: Work, *, visit_id: UUID) -> Visit:
    """One visit as it stands, with its history and what the customer has authorised."""
    visits = await work.all(FIND_VISITS, visit_ids=[visit_id])
    if not visits:
        raise NotFound
    return (await with_expected(work, visits))[0]


async def with_expected(work: Work, visits: Sequence[VisitFound]) -> list[Visit]:
    """The same visits with when somebody is expected at each."""
    going = {hand for one in visits if one.state not in OVER for hand in (one.technician_id, *(member.id for member in one.crew))}
    expected = await find_expected(work, technician_ids=going) if going else {}
    return [Visit(**msgspec.structs.asdict(one), expected=expected.get(one.id)) for one in visits]


async def list_visits(
    work: Work,
    *,
    from_at: datetime,
    until_at: datetime,
    technician_id: UUID | None,
    states: Collection[VisitState] | None,
    limit: int,
    cursor: str | None,
) -> Page[VisitLine]:
    """Visits that begin from one instant until before another, in the order in which they begin, each with who goes there, when they are expected and whether they are late.

    A span has at most 35 days. Those that were cancelled, and those that are only held, are there too; their `state` tells them apart.
    """
    first, last = in_utc(from_at), in_utc(until_at)
    if not timedelta(0) < last - first <= LONGEST_LIST:
        raise InvalidDocument("Ask for visits `from` one instant `until` a later one, at most 35 days on.")
    wanted = None if states is None else sorted(states)
    purpose = f"visits {work.organisation_id} {first.isoformat()} {last.isoformat()} {technician_id} {wanted}"
    at, visit_id = work.cursors.read(purpose, cursor) if cursor else (first.isoformat(), NO_VISIT)
    rows = await work.all(
        LIST_VISITS,
        from_at=first,
        until_at=last,
        after_at=datetime.fromisoformat(at),
        after_id=UUID(str(visit_id)),
        technician_id=technician_id,
        states=wanted,
        limit=limit,
    )
    going = {hand for one in rows if one.state in GOING for hand in (one.technician_id, *(member.id for member in one.crew))}
    expected = await find_expected(work, technician_ids=going) if going and first - A_DAY < work.at < last + A_DAY else {}
    lines = [VisitLine(**msgspec.structs.asdict(one), expected=expected.get(one.id)) for one in rows]
    return work.cursors.page(purpose, lines, limit=limit, key=lambda row: (row.from_.isoformat(), row.id))
