"""What a promise has its owner told before it breaks, whoever it is handed up to, and the customer when it takes longer."""

from uuid import UUID

from service.customers.customers import find_customer
from service.identity.organisations import find_organisation
from service.kit.verbs import Work
from service.notices.letters import NO_ADDRESS, to_customer
from service.notices.queries import STAFF_ADDRESS
from service.notices.records import Letter, Withdrawn
from service.promises.promises import find_promise


async def write_promise_watched(work: Work, *, staff_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """What was promised to whom by when, unless it has ended since."""
    recipient = await work.first(STAFF_ADDRESS, staff_id=staff_id)
    if recipient is None:
        return NO_ADDRESS
    promise = await find_promise(work, promise_id=subject_id)
    if promise.state not in ("open", "broken") or promise.ended_at is not None:
        return Withdrawn(promise.state)
    organisation = await find_organisation(work)
    customer = await find_customer(work, customer_id=promise.customer_id)
    values = {
        "organisation": organisation,
        "zone": organisation.zone,
        "customer": customer,
        "promise": promise,
        "broken": promise.state == "broken",
    }
    return Letter(recipient, organisation.language, values, before=None if promise.due_at <= work.at else promise.due_at)


async def write_promise_renewed(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """By when it is promised now, and why, unless that has ended since."""
    promise = await find_promise(work, promise_id=subject_id)
    if promise.ended_at is not None:
        return Withdrawn(promise.state)
    customer = await find_customer(work, customer_id=customer_id)
    return await to_customer(work, customer, {"promise": promise}, before=promise.due_at)
