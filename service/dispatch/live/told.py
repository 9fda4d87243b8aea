"""Customers hear when they aren't come to in the window they were told, once each time, with when they are; and see where whoever is on the way is, roughly."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec

from service.dispatch.live.days import find_expected
from service.dispatch.queries import FIND_GOING, FIND_TOLD_ARRIVAL, TELL_ARRIVALS, VISITS_OF_CUSTOMER
from service.dispatch.records import ArrivalsTold, Expected, ToldArrival, VisitToCustomer
from service.identity.links import link_hash, link_token
from service.kit.verbs import Work, verb

MOST_SHOWN = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STEP = timedelta(minutes=5)
"""Customers hear of five minutes, not of seconds."""


@verb()
async def tell_arrivals(work: Work, *, expected: dict[UUID, Expected]) -> ArrivalsTold:
    """Tells the customers of those visits who aren't expected to be come to in their window, or are again: once each time it is left, and again where that moves by half an hour.

    Of two that tell at one moment one does.
    """
    link_ids = [work.new_id() for _ in expected]
    return await work.run(
        TELL_ARRIVALS,
        visit_ids=list(expected),
        expected_at=[said_at(one) for one in expected.values()],
        link_ids=link_ids,
        token_hashes=[link_hash(link_token(work.cursors, one)) for one in link_ids],
        task_ids=[work.new_id() for _ in expected],
    )


def tellable(one: Expected, *, at: datetime) -> bool:
    """Whether it is still to come, and rests on what somebody said or did rather than on nothing having been heard."""
    return one.arrives_at >= at and not one.unheard


def said_at(one: Expected) -> datetime:
    """To five minutes: up where it is out of the window, down where it is in it, so that it stays what it is."""
    since = one.arrives_at - EPOCH
    return EPOCH + STEP * (-(-since // STEP) if one.out_of_window else since // STEP)


async def find_told_arrival(work: Work, *, visit_id: UUID) -> ToldArrival | None:
    """What a customer was told last of a visit's present window."""
    return await work.first(FIND_TOLD_ARRIVAL, visit_id=visit_id)


async def list_visits_of_customer(work: Work, *, customer_id: UUID) -> list[VisitToCustomer]:
    """A customer's visits to come and under way, as they may see them: when somebody is expected, and of who is on the way to them where that is, to about a kilometre."""
    visits = await work.all(VISITS_OF_CUSTOMER, customer_id=customer_id, most=MOST_SHOWN)
    expected = await find_known_arrivals(work, visit_ids=[one.id for one in visits])
    return [VisitToCustomer(**msgspec.structs.asdict(one), expected=expected.get(one.id)) for one in visits]


async def find_known_arrivals(work: Work, *, visit_ids: list[UUID]) -> dict[UUID, Expected]:
    """When somebody is expected at those visits, as far as customers are told: where that is known, and not only that nothing was heard."""
    going = await work.all(FIND_GOING, visit_ids=visit_ids) if visit_ids else []
    expected = await find_expected(work, technician_ids=going) if going else {}
    return {visit_id: one for visit_id, one in expected.items() if visit_id in visit_ids and not one.unheard}
