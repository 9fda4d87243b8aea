"""What those whom an incident reaches are told: that it is known, until when it takes after all, and that it is over."""

from typing import Any
from uuid import UUID

from service.customers.customers import find_customer
from service.kit.verbs import Work
from service.notices.letters import to_customer
from service.notices.queries import TOLD_OF
from service.notices.records import Letter, Withdrawn
from service.subscriptions.incidents import find_incident, is_over
from service.subscriptions.records.incidents import Incident


async def write_incident_declared(work: Work, *, customer_id: UUID, incident_id: UUID) -> Letter | Withdrawn:
    """What doesn't work and until when at the longest, unless it is over by now."""
    incident = await find_incident(work, incident_id=incident_id)
    if is_over(incident, work.at):
        return Withdrawn("over")
    return await _letter(work, customer_id, incident, {"announced": incident.begins_at > work.at})


async def write_incident_moved(work: Work, *, customer_id: UUID, incident_id: UUID, estimate: int) -> Letter | Withdrawn:
    """Until when it takes after all and why, to whom the first mail went before that was known; of several estimates the last."""
    incident = await find_incident(work, incident_id=incident_id)
    if is_over(incident, work.at):
        return Withdrawn("over")
    if estimate < len(incident.estimates):
        return Withdrawn("told_anew")
    told_at = await work.first(TOLD_OF, customer_id=customer_id, kind="incident_declared", subject_id=incident_id)
    if told_at is None or told_at > incident.estimates[-1].moved_at:
        return Withdrawn("not_told" if told_at is None else "told_already")
    return await _letter(work, customer_id, incident, {"reason": incident.estimates[-1].reason})


async def write_incident_ended(work: Work, *, customer_id: UUID, incident_id: UUID) -> Letter | Withdrawn:
    """That it is over, to whom the first mail went."""
    if await work.first(TOLD_OF, customer_id=customer_id, kind="incident_declared", subject_id=incident_id) is None:
        return Withdrawn("not_told")
    return await to_customer(
        work, await find_customer(work, customer_id=customer_id), {"incident": await find_incident(work, incident_id=incident_id)}
    )


async def _letter(work: Work, customer_id: UUID, incident: Incident, values: dict[str, Any]) -> Letter:
    customer = await find_customer(work, customer_id=customer_id)
    return await to_customer(work, customer, {"incident": incident, **values}, before=incident.until_at)
