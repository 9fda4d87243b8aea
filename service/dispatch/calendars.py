"""Calendar feeds of technicians and customers: a secret path that is renewed or ended by whoever it belongs to, and what stands in it."""

from datetime import timedelta
from uuid import UUID

from service.dispatch.queries import CALENDAR_OF, CALENDAR_VISITS, END_CALENDAR, FIND_CALENDAR, RENEW_CALENDAR
from service.dispatch.records import Calendar, CalendarEnded, CalendarReceipt, Feed
from service.identity.links import link_hash, link_token
from service.kit.refusals import LinkGone, NotFound
from service.kit.verbs import Lock, Work, verb

LIVES = timedelta(days=400)
BACK, AHEAD, MOST = timedelta(days=60), timedelta(days=400), 1_000


def told(work: Work, receipt: CalendarReceipt) -> Calendar:
    """The feed with its path, whose secret is derived and never stored."""
    return Calendar(id=receipt.id, path=f"/feed/{link_token(work.cursors, receipt.id)}/visits.ics", expires_at=receipt.expires_at)


@verb(locks=lambda *, customer_id: (Lock.account(customer_id),), remembers=CalendarReceipt, finish=told)
async def renew_customers_calendar(work: Work, *, customer_id: UUID) -> CalendarReceipt:
    """Gives a customer a calendar feed of their visits for 400 days; the one before ends."""
    return await _renewed(work, customer_id=customer_id, technician_id=None)


@verb(remembers=CalendarReceipt, finish=told)
async def renew_my_calendar(work: Work) -> CalendarReceipt:
    """Gives the technician who asks a calendar feed of their visits for 400 days; the one before ends."""
    return await _renewed(work, customer_id=None, technician_id=work.principal.id)


@verb(locks=lambda *, customer_id: (Lock.account(customer_id),))
async def end_customers_calendar(work: Work, *, customer_id: UUID) -> CalendarEnded:
    """Ends a customer's calendar feed at once."""
    return await work.run(END_CALENDAR, customer_id=customer_id, technician_id=None)


@verb()
async def end_my_calendar(work: Work) -> CalendarEnded:
    """Ends the calendar feed of the technician who asks at once."""
    return await work.run(END_CALENDAR, customer_id=None, technician_id=work.principal.id)


async def find_customers_calendar(work: Work, *, customer_id: UUID) -> Calendar:
    """The calendar feed that a customer has; raises NotFound without one."""
    return told(work, await work.one(FIND_CALENDAR, customer_id=customer_id, technician_id=None))


async def find_my_calendar(work: Work) -> Calendar:
    """The calendar feed that the technician who asks has; raises NotFound without one."""
    return told(work, await work.one(FIND_CALENDAR, customer_id=None, technician_id=work.principal.id))


async def read_feed(work: Work, *, most: int = MOST) -> Feed:
    """What the feed behind the caller's link tells: two months back, and all to come, `most` of them. Raises LinkGone once it is nobody's."""
    customer_id, technician_id = work.principal.customer_id, work.principal.subject_id
    try:
        of = await work.one(CALENDAR_OF, customer_id=customer_id, technician_id=technician_id)
    except NotFound:
        raise LinkGone from None
    visits = await work.all(
        CALENDAR_VISITS, customer_id=customer_id, technician_id=technician_id, from_at=work.at - BACK, until_at=work.at + AHEAD, most=most
    )
    return Feed(of=of, to_customer=customer_id is not None, visits=visits)


async def _renewed(work: Work, *, customer_id: UUID | None, technician_id: UUID | None) -> CalendarReceipt:
    link_id = work.new_id()
    return await work.run(
        RENEW_CALENDAR,
        customer_id=customer_id,
        technician_id=technician_id,
        link_id=link_id,
        expires_at=work.at + LIVES,
        token_hash=link_hash(link_token(work.cursors, link_id)),
    )
