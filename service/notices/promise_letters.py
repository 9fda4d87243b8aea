"""What a promise has its owner told before it breaks, whoever it is handed up to, and the customer when it takes longer."""

from uuid import UUID

from service.customers.customers import find_customer
from service.identity.organisations import find_organisation
from service.kit.verbs import Work
from service.notices.letters import NO_ADDRESS
from service.notices.queries import MAIL_ADDRESS, STAFF_ADDRESS
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
        "name": recipient.name,
        "customer": customer,
        "promise": promise,
        "broken": promise.state == "broken",
    }
    return Letter(recipient, organisation.language, values)


async def write_promise_renewed(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """By when it is promised now, and why, unless that has ended since."""
    promise = await find_promise(work, promise_id=subject_id)
    if promise.ended_at is not None:
        return Withdrawn(promise.state)
    recipient = await work.first(MAIL_ADDRESS, customer_id=customer_id)
    if recipient is None:
        return NO_ADDRESS
    customer = await find_customer(work, customer_id=customer_id)
    values = {"organisation": await find_organisation(work), "name": recipient.name, "zone": customer.zone, "promise": promise}
    return Letter(recipient, customer.language, values)
