"""Promises: made and ended by the rooms whose acts they are, with the fragments `promises/make` and `promises/settle`; or made by hand, renewed and released here."""

from datetime import datetime, timedelta
from uuid import UUID

from service.customers.customers import find_customer
from service.kit.card_numbers import refuse_card_numbers
from service.kit.paging import EARLIEST, Page
from service.kit.refusals import CardNumber, IdTaken, Refusal
from service.kit.verbs import Work, verb
from service.promises.calendar import NeverOpen, due_after, likely_minutes, minutes_between
from service.promises.policies import OwnerUnknown, calendar_of
from service.promises.queries import (
    FIND_PROMISE,
    LIST_DUE_PROMISES,
    LIST_DUE_TOGETHER,
    LIST_PROMISES,
    MAKE_PROMISE,
    RELEASE_PROMISE,
    RENEW_PROMISE,
    TOOK_LATELY,
)
from service.promises.records import (
    ByHand,
    DuePromise,
    DueTogether,
    Kind,
    NewPromise,
    Promise,
    PromiseEnded,
    PromiseReceipt,
    ReleasedPromise,
    RenewedPromise,
    SuggestedDue,
)

NOTHING = UUID(int=0)
LONGEST = timedelta(days=366)
FEWEST = 5
"""Promises from which it is taken how long one takes; of fewer nothing follows."""
SHIPPED_MINUTES: dict[ByHand, int] = {"call_back": 240, "reply": 480, "update": 960, "refund": 2400}
"""Open minutes until enough is known: half a day, a day, two days and five, of eight hours each."""


class DueUnclear(Refusal):
    """A promise is due after now, within a year, at one time."""

    code, status, remedy = "DUE_UNCLEAR", 422, "Send `due_at` in the future, or `within_minutes`, or neither for what is likely to be kept."
    constraints = ("promises.promise_is_about_the_future",)


class PromiseHasEnded(Refusal):
    """This promise was kept, renewed or given up before."""

    code, status, remedy = "PROMISE_ENDED", 409, "Read it; make another promise if there is something to promise."
    constraints = ("promises.one_ending_a_promise", "promises.renewed_by_one_promise", "promises.one_renewal_a_promise")


class PromiseFollowsItsSubject(Refusal):
    """A window to arrive in and a time to restore by move and end with their visit or incident."""

    code, status, remedy = "PROMISE_FOLLOWS_ITS_SUBJECT", 409, "Move or cancel the visit, or change the incident: the promise follows."


@verb(refusals=(CardNumber, DueUnclear, OwnerUnknown, IdTaken))
async def make_promise(work: Work, *, customer_id: UUID, promise: NewPromise) -> PromiseReceipt:
    """Promises something to a customer by hand. What happens keeps it: a call that reached them, a word that went out, a refund that was paid."""
    refuse_card_numbers(promise.words)
    due_at = await due_of(
        work,
        kind=promise.kind,
        customer_id=customer_id,
        due_at=promise.due_at,
        within_minutes=promise.within_minutes,
        site_id=promise.site_id,
    )
    return await work.run(
        MAKE_PROMISE,
        promise_id=promise.id or work.new_id(),
        customer_id=customer_id,
        kind=promise.kind,
        via=promise.via,
        words=promise.words,
        due_at=due_at,
        told_due_at=promise.due_at,
        owner_staff_id=promise.owner_staff_id or (work.principal.id if work.principal.kind == "staff" else None),
    )


@verb(refusals=(CardNumber, DueUnclear, OwnerUnknown, PromiseFollowsItsSubject, PromiseHasEnded, IdTaken))
async def renew_promise(work: Work, *, promise_id: UUID, renewed: RenewedPromise) -> PromiseReceipt:
    """Promises another time for the same; the customer is mailed it with the reason. The one before counts as renewed, or stays broken."""
    refuse_card_numbers(renewed.reason)
    before = await work.one(FIND_PROMISE, promise_id=promise_id)
    due_at = await due_of(
        work,
        kind=before.kind,
        customer_id=before.customer_id,
        due_at=renewed.due_at,
        within_minutes=renewed.within_minutes,
        site_id=None,
    )
    return await work.run(
        RENEW_PROMISE,
        promise_id=promise_id,
        renewal_id=renewed.id or work.new_id(),
        due_at=due_at,
        told_due_at=renewed.due_at,
        owner_staff_id=renewed.owner_staff_id,
        reason=renewed.reason,
    )


@verb(refusals=(PromiseFollowsItsSubject, PromiseHasEnded))
async def release_promise(work: Work, *, promise_id: UUID, released: ReleasedPromise) -> PromiseEnded:
    """Ends a promise that the customer doesn't want kept any more; one that is broken stays so. Again it answers how it ended."""
    return await work.run(RELEASE_PROMISE, promise_id=promise_id, reason=released.reason)


async def due_of(
    work: Work, *, kind: Kind, customer_id: UUID, due_at: datetime | None, within_minutes: int | None, site_id: UUID | None
) -> datetime:
    """When it is due, as it was asked for; raises DueUnclear."""
    if due_at is not None and within_minutes is not None:
        raise DueUnclear
    if due_at is None and within_minutes is None and kind in SHIPPED_MINUTES:
        return (await suggest_due(work, kind=kind, customer_id=customer_id, site_id=site_id)).due_at
    if due_at is None:
        calendar = await calendar_of(work, customer_id=customer_id, site_id=site_id)
        try:
            due_at = due_after(calendar, start=work.at, minutes=within_minutes or SHIPPED_MINUTES["update"])
        except NeverOpen:
            raise DueUnclear from None
    if not work.at < due_at <= work.at + LONGEST:
        raise DueUnclear
    return due_at


async def suggest_due(work: Work, *, kind: ByHand, customer_id: UUID, site_id: UUID | None) -> SuggestedDue:
    """By when a promise made now is likely to be kept: what nine of ten of that kind took lately, in the open hours of the place."""
    await find_customer(work, customer_id=customer_id)
    calendar = await calendar_of(work, customer_id=customer_id, site_id=site_id)
    lately = await work.all(TOOK_LATELY, kind=kind)
    enough = len(lately) >= FEWEST
    took = (
        likely_minutes([minutes_between(calendar, start=one.made_at, end=one.happened_at) for one in lately])
        if enough
        else SHIPPED_MINUTES[kind]
    )
    try:
        return SuggestedDue(kind, due_after(calendar, start=work.at, minutes=took), took, len(lately), calendar.zone)
    except NeverOpen:
        raise DueUnclear from None


async def list_promises(
    work: Work, *, open_only: bool | None, customer_id: UUID | None, subject_id: UUID | None, limit: int, cursor: str | None
) -> Page[Promise]:
    """Promises in the order they were made; `open=true` for those nothing has settled yet, past due ones (`broken`) included."""
    purpose = f"promises {work.organisation_id} {open_only} {customer_id} {subject_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOTHING
    rows = await work.all(LIST_PROMISES, open=open_only, customer_id=customer_id, subject_id=subject_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def find_promise(work: Work, *, promise_id: UUID) -> Promise:
    """One promise, and how it stands."""
    return await work.one(FIND_PROMISE, promise_id=promise_id)


async def list_due_promises(
    work: Work, *, owner_staff_id: UUID | None, kinds: list[Kind] | None, until: datetime | None, limit: int, cursor: str | None
) -> Page[DuePromise]:
    """The day's list: what is broken and not made good yet first, then what breaks next."""
    purpose = f"promises by due {work.organisation_id} {owner_staff_id} {kinds} {until}"
    after_at, after_id = work.cursors.read_moment(purpose, cursor, begins=EARLIEST)
    rows = await work.all(
        LIST_DUE_PROMISES,
        owner_staff_id=owner_staff_id,
        kinds=kinds,
        until=until,
        after_at=after_at,
        after_id=after_id,
        limit=limit,
    )
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.due_at.isoformat(), str(row.id)))


async def list_due_together(work: Work, *, owner_staff_id: UUID | None, limit: int, cursor: str | None) -> Page[DueTogether]:
    """The same for a page, with one row for everybody whom an incident promises the same."""
    purpose = f"promises together {work.organisation_id} {owner_staff_id}"
    after_at, after_id = work.cursors.read_moment(purpose, cursor, begins=EARLIEST)
    rows = await work.all(LIST_DUE_TOGETHER, owner_staff_id=owner_staff_id, after_at=after_at, after_id=after_id, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.due_at.isoformat(), str(row.id)))
