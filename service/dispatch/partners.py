"""What a partner does with the jobs that they bring: raise one, ask for times, hold, book, move, let go, cancel, and follow how it stands. Everything else is as if it weren't there."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import cast, get_args
from uuid import UUID

import msgspec

from service.customers.contacts import add_contact
from service.customers.customers import add_customer
from service.customers.records import Channel, NewContact, NewCustomer, NewSite
from service.customers.sites import add_site
from service.dispatch import locks
from service.dispatch.choices import (
    WITHIN,
    Choosing,
    book_choice,
    cancel_choice,
    find_opening,
    hold_choice,
    kept_from_choosing,
    look_at_choice,
    move_choice,
    release_choice,
    stands,
)
from service.dispatch.jobs import cancel_job, open_job
from service.dispatch.live.told import find_known_arrivals
from service.dispatch.openings import Opening
from service.dispatch.queries import (
    BRING_JOB,
    FIND_BROUGHT,
    FIND_BROUGHT_BEFORE,
    FIND_BROUGHT_OF_VISIT,
    FIND_BROUGHT_PLACE,
    FIND_PARTNERS_START,
    FOLLOW_BROUGHT,
    LIST_BROUGHT,
    TELL_PARTNER,
)
from service.dispatch.records import TO_COME, Hold, JobEnded, JobState, Move, NewJob, Window
from service.dispatch.records.partners import (
    BroughtFact,
    BroughtFactKind,
    BroughtFacts,
    BroughtJob,
    BroughtLine,
    BroughtReceipt,
    BroughtTime,
    BroughtTimes,
    BroughtVisit,
    ExpectedVisit,
    NewBroughtJob,
    NoneBecause,
    NoTime,
    PartnersHold,
    PartnersMove,
)
from service.dispatch.refusals import HoldGone, SlotTaken, VisitNotInState
from service.dispatch.slots import GONE, NEXT_BEST, PLACING
from service.kit.facts.reading import FeedCursors, find_horizon
from service.kit.facts.records import Position
from service.kit.paging import Page
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.verbs import Again, Kept, Work, verb
from service.kit.zones import zone

NOTHING = UUID(int=0)
LOOKED_THROUGH = 10_000
"""How many facts, whosever they are, one answer looks through for those of a partner."""
FULL = NoneBecause("FULL", "Ask again later, or ask whoever you bring jobs to: they may have more days than may be chosen.")


class PartnersReferenceTaken(Refusal):
    """You have brought another job under this reference."""

    code, status, remedy = "PARTNERS_REFERENCE_TAKEN", 409, "Read the job named in `job_id`, or choose another reference."
    constraints = ("dispatch.one_job_a_partners_reference",)


@verb(
    refusals=tuple(
        dict.fromkeys((PartnersReferenceTaken, *add_customer.refusals, *add_contact.refusals, *add_site.refusals, *open_job.refusals))
    )
)
async def bring_job(work: Work, *, job: NewBroughtJob) -> BroughtReceipt:
    """Opens a job for a customer at a place, or again where an earlier one of the caller's was; the same under the same reference again answers the same."""
    if (job.as_before is None) != (job.customer is not None) or (job.customer is None) != (job.site is None):
        raise InvalidDocument("Say `customer` and `site`, or `as_before` alone.")
    asked_hash, partner_id = hashlib.sha256(msgspec.json.encode(job)).digest(), work.principal.id
    before = await work.first(FIND_BROUGHT_BEFORE, partner_id=partner_id, reference=job.reference)
    if before is not None and before.asked_hash != asked_hash:
        raise PartnersReferenceTaken(job_id=before.job_id)
    job_id = before.job_id if before is not None else await _opened(work.part(), job)
    return await work.run(
        BRING_JOB, job_id=job_id, partner_id=partner_id, as_before=job.as_before, reference=job.reference, asked_hash=asked_hash
    )


async def _opened(part: Work, job: NewBroughtJob) -> UUID:
    try:
        customer_id, site_id = await _place_of(part, job)
        new = NewJob(
            customer_id=customer_id,
            site_id=site_id,
            kind=job.kind,
            symptom=job.symptom,
            duration_minutes=job.duration_minutes,
            arrival_minutes=job.arrival_minutes,
        )
        return (await open_job(part, job=new)).id
    except Kept as kept:
        raise kept.undone() from None


async def _place_of(part: Work, job: NewBroughtJob) -> tuple[UUID, UUID]:
    if job.customer is None or job.site is None:
        earlier = await part.one(FIND_BROUGHT_PLACE, job_id=job.as_before or NOTHING, partner_id=part.principal.id)
        return earlier.customer_id, earlier.site_id
    told, site = job.customer, job.site
    customer = await add_customer(part, customer=NewCustomer(name=told.name, zone=site.zone, language=told.language))
    ways: tuple[tuple[Channel, str | None], ...] = (("email", told.email), ("phone", told.phone))
    for channel, address in ways:
        if address is not None:
            await add_contact(part, customer_id=customer.id, contact=NewContact(name=told.name, channel=channel, address=address))
    added = await add_site(part, customer_id=customer.id, site=NewSite(**msgspec.structs.asdict(site)))
    return customer.id, added.id


async def list_brought_jobs(
    work: Work, *, state: JobState | None, reference: str | None, limit: int, cursor: str | None
) -> Page[BroughtLine]:
    """The jobs that the caller brought, in the order in which they did; by their own reference, the one."""
    purpose = f"brought {work.principal.id} {state} {reference}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOTHING
    rows = await work.all(LIST_BROUGHT, partner_id=work.principal.id, state=state, reference=reference, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def follow_brought_jobs(work: Work, *, after: str | None, limit: int) -> BroughtFacts:
    """What happened behind the cursor to the jobs that the caller brought, in commit order; from the first of them without one."""
    cursors, partner_id = FeedCursors(work.cursors), work.principal.id
    epoch = (await find_horizon(work)).epoch
    if after is None:
        start = await work.first(FIND_PARTNERS_START, partner_id=partner_id)
        position = Position(0, 0, 0) if start is None else start
    else:
        position = cursors.read(work.organisation_id, after, epoch=epoch)
    rows = await work.all(
        FOLLOW_BROUGHT,
        partner_id=partner_id,
        epoch=position.epoch,
        transaction_id=str(position.transaction_id),
        sequence=position.sequence,
        kinds=get_args(BroughtFactKind),
        most=LOOKED_THROUGH,
        limit=limit,
    )
    theirs = [one for one in rows if one.job_id is not None]
    more = len(theirs) > limit or (bool(rows) and rows[-1].nth == LOOKED_THROUGH)
    here = theirs[limit - 1] if len(theirs) > limit else rows[-1] if rows else position

    def behind(place: Position) -> str:
        return cursors.write(work.organisation_id, place, epoch=epoch)

    items = [
        BroughtFact(behind(one), cast(BroughtFactKind, one.kind), one.job_id, one.reference, one.visit_id, one.occurred_at)
        for one in theirs[:limit]
        if one.job_id is not None and one.reference is not None
    ]
    return BroughtFacts(items, behind(here), more)


async def find_brought_job(work: Work, *, job_id: UUID) -> BroughtJob:
    """How a job stands that the caller brought: its visits as the customer is told of them, when somebody is expected, and what may still be done."""
    found = await work.one(FIND_BROUGHT, job_id=job_id, partner_id=work.principal.id)
    expected = await find_known_arrivals(work, visit_ids=[one.id for one in found.visits if one.state in TO_COME])
    visits = [
        ExpectedVisit(**msgspec.structs.asdict(one), expected_at=expected[one.id].arrives_at if one.id in expected else None)
        for one in found.visits
    ]
    seen = await stands(work, job_id=job_id)
    line = {name: getattr(found, name) for name in BroughtLine.__struct_fields__}
    return BroughtJob(**line, zone=found.zone, visits=visits, may_move=seen.may_move, may_cancel=seen.may_cancel)


async def find_brought_times(work: Work, *, job_id: UUID) -> BroughtTimes:
    """The times at which somebody could come for a job that the caller brought, within what customers may choose, in their order."""
    seen = await look_at_choice(work, job_id=job_id)
    times = sorted(_times(seen), key=lambda one: one.from_)
    because = kept_from_choosing(seen)
    none = NoneBecause(cast(NoTime, because.code), because.remedy) if because else FULL
    return BroughtTimes(job_id, seen.choice.zone, times, None if times else none)


def _times(seen: Choosing) -> list[BroughtTime]:
    """Best first."""
    return [_time(one, seen, rank) for rank, one in enumerate(seen.few, start=1)]


def _time(one: Opening, seen: Choosing, rank: int) -> BroughtTime:
    starts = datetime.fromtimestamp(one.at, UTC)
    local = starts.astimezone(zone(seen.choice.zone)).replace(tzinfo=None)
    return BroughtTime(rank, starts, Window(starts, starts + timedelta(minutes=seen.minutes)), local)


@verb(refusals=(*WITHIN, *PLACING), locks=locks.job)
async def hold_brought(work: Work, *, job_id: UUID, hold: PartnersHold) -> BroughtVisit:
    """Keeps a time for a job that the caller brought, for some minutes; who comes is whom it suits best."""
    async with _as_told(work, job_id):
        one = await _locked(work, job_id, hold.from_)
        place = Hold(technician_id=one.technician_id, from_=hold.from_, crew=one.crew, minutes=hold.minutes)
        held = await hold_choice(work.part(), job_id=job_id, hold=place)
    return await _told(work, held.id, status=201)


@verb(refusals=(*WITHIN, HoldGone, *PLACING), locks=locks.visit_and_place)
async def book_brought(work: Work, *, visit_id: UUID) -> BroughtVisit:
    """Books what is held for a job that the caller brought, and promises its customer the window."""
    job_id = await _job_of(work, visit_id)
    async with _as_told(work, job_id):
        await book_choice(work.part(), visit_id=visit_id, job_id=job_id, via="api")
    return await _told(work, visit_id)


@verb(refusals=(*WITHIN, *PLACING), locks=locks.visit_and_place)
async def move_brought(work: Work, *, visit_id: UUID, move: PartnersMove) -> BroughtVisit:
    """Moves a visit of a job that the caller brought, and promises its customer the new window instead of the old."""
    job_id = await _job_of(work, visit_id)
    async with _as_told(work, job_id):
        one = await _locked(work, job_id, move.from_)
        place = Move(technician_id=one.technician_id, reason="customer_asked", from_=move.from_, crew=one.crew, via="api")
        await move_choice(work.part(), visit_id=visit_id, move=place, job_id=job_id)
    return await _told(work, visit_id)


@verb(refusals=(VisitNotInState,), locks=locks.visit_and_place)
async def release_brought(work: Work, *, visit_id: UUID) -> BroughtVisit:
    """Lets go what was held for a job that the caller brought."""
    job_id = await _job_of(work, visit_id)
    async with _as_told(work, job_id):
        await release_choice(work.part(), visit_id=visit_id, job_id=job_id)
    return await _told(work, visit_id)


@verb(refusals=WITHIN, locks=locks.visit_and_place)
async def cancel_brought_visit(work: Work, *, visit_id: UUID) -> BroughtVisit:
    """Cancels a visit of a job that the caller brought, at the customer's wish, which releases the promise."""
    job_id = await _job_of(work, visit_id)
    async with _as_told(work, job_id):
        await cancel_choice(work.part(), visit_id=visit_id, job_id=job_id)
    return await _told(work, visit_id)


@verb(refusals=cancel_job.refusals, locks=locks.job_and_matter)
async def cancel_brought_job(work: Work, *, job_id: UUID) -> JobEnded:
    """Cancels a job that the caller brought and that has no visit still to come."""
    await work.one(FIND_BROUGHT_PLACE, job_id=job_id, partner_id=work.principal.id)
    return await cancel_job(work, job_id=job_id)


async def _job_of(work: Work, visit_id: UUID) -> UUID:
    """The job of a visit, if the caller brought it; raises NotFound."""
    return (await work.one(FIND_BROUGHT_OF_VISIT, visit_id=visit_id, partner_id=work.principal.id)).job_id


async def _locked(work: Work, job_id: UUID, at: datetime) -> Opening:
    """The best place at that time, with the calendars of whoever would come locked: they are known by looking, so the verb is done once more under those locks."""
    one = await find_opening(work, at=at, job_id=job_id)
    wanted = locks.days(one.technician_id, one.crew)
    if not work.again:
        raise Again(*wanted)
    if not {*wanted} <= {*work.also}:
        raise SlotTaken
    return one


async def _told(work: Work, visit_id: UUID, *, status: int = 200) -> BroughtVisit:
    return await work.run(TELL_PARTNER, visit_id=visit_id, partner_id=work.principal.id, status=status)


@asynccontextmanager
async def _as_told(work: Work, job_id: UUID) -> AsyncIterator[None]:
    """Of what is refused in it nothing is kept, and nobody is named: whose time is gone hears of the next best times."""
    try:
        yield
    except (Kept, Refusal) as refused:
        refusal = refused.undone() if isinstance(refused, Kept) else refused
        if isinstance(refusal, GONE):
            refusal.extras["slots"] = msgspec.to_builtins(_times(await look_at_choice(work, job_id=job_id))[:NEXT_BEST])
        raise refusal from None
