"""What those whom an incident reached are given back once it is over: foreseen by whoever asks, ordered once, given one by one."""

from collections.abc import Sequence
from uuid import UUID

from service.billing.outages.outages import foreseen, lasted
from service.billing.outages.policies import outage_policy_of
from service.billing.queries.outages import (
    BILLED_AFTER_OUTAGE,
    FIND_OUTAGE_ORDER,
    INCIDENTS_TO_ORDER,
    ORDER_OUTAGE_CREDITS,
    OUTAGE_CREDITS_GIVEN,
    OUTAGE_OF_INCIDENT,
    OUTAGE_ORDERS_TO_DO,
)
from service.billing.records.outages import IncidentToGive, OutageCredit, OutageOrder
from service.kit.paging import Page
from service.kit.refusals import Refusal
from service.kit.verbs import Work, verb
from service.subscriptions.incidents import find_incident, is_over, list_incident_services
from service.subscriptions.records.incidents import Incident, IncidentService
from service.subscriptions.subscriptions import find_subscription


class IncidentUnderWay(Refusal):
    """This incident isn't over, so nobody knows yet how long anything didn't work."""

    code, status, remedy = "INCIDENT_UNDER_WAY", 409, "Close it once it works again."


@verb(refusals=(IncidentUnderWay,))
async def order_outage_credits(work: Work, *, incident_id: UUID, of_price: bool = True) -> OutageOrder:
    """Has everybody whom an incident reached given back what the policy says; ordered again it is as it is, and nobody is credited twice."""
    # without `of_price` it only goes on record that their services didn't work, for compensation
    if not is_over(await find_incident(work, incident_id=incident_id), work.at):
        raise IncidentUnderWay
    return await work.run(ORDER_OUTAGE_CREDITS, incident_id=incident_id, of_price=of_price)


@verb()
async def finish_outage_credits(work: Work, *, incident_id: UUID, of_price: bool) -> OutageOrder:
    """Notes that everybody has been given what was ordered."""
    return await work.run(OUTAGE_CREDITS_GIVEN, incident_id=incident_id, of_price=of_price)


async def find_outage_order(work: Work, *, incident_id: UUID) -> OutageOrder | None:
    """Whether an incident's credits were ordered, and since when all are given."""
    return await work.first(FIND_OUTAGE_ORDER, incident_id=incident_id)


async def foresee_incident_credits(work: Work, *, incident_id: UUID, limit: int, cursor: str | None) -> Page[OutageCredit]:
    """What each service in an incident's reach would be given back as it stands now, or was given, and how it is computed."""
    incident = await find_incident(work, incident_id=incident_id)
    services = await list_incident_services(work, incident_id=incident_id, limit=limit, cursor=cursor)
    return Page(await credits_of_incident(work, incident, services.items), services.next)


async def credits_of_incident(work: Work, incident: Incident, services: Sequence[IncidentService]) -> list[OutageCredit]:
    """The same for services that are known already."""
    return [await _credit(work, incident, one.subscription_id) for one in services]


async def _credit(work: Work, incident: Incident, subscription_id: UUID) -> OutageCredit:
    found = await find_subscription(work, subscription_id=subscription_id)
    outage = await work.first(OUTAGE_OF_INCIDENT, subscription_id=subscription_id, incident_id=incident.id, of_price=True)
    if outage is None:
        return await foreseen(work, found, lasted(work, incident))
    policy = await outage_policy_of(work, version=outage.policy_version)
    return OutageCredit(
        found.id, found.customer_id, found.amount.currency, policy.version, policy.unit, [], outage.credit_minor, given=True
    )


async def outage_orders_to_do(work: Work) -> list[IncidentToGive]:
    """Incidents whose credits are ordered and not all given."""
    return await work.all(OUTAGE_ORDERS_TO_DO)


async def incidents_to_order(work: Work) -> list[IncidentToGive]:
    """Incidents that are over since policies give by themselves."""
    return await work.all(INCIDENTS_TO_ORDER)


async def billed_after_outage(work: Work) -> list[UUID]:
    """Services of which a period was billed only after time without them in it was told."""
    return await work.all(BILLED_AFTER_OUTAGE)
