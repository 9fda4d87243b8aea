"""What those whom an incident reaches are told: that it is known, until when it takes after all, and that it is over."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from service.billing.dunning.calm import next_waking
from service.billing.dunning.policies import policy_in_force
from service.customers.customers import find_customer
from service.identity.organisations import find_organisation
from service.kit.verbs import Work
from service.notices.letters import NO_ADDRESS
from service.notices.queries import MAIL_ADDRESS, TOLD_OF
from service.notices.records import Letter, Withdrawn
from service.subscriptions.incidents import find_incident
from service.subscriptions.records.incidents import Incident


async def write_incident_declared(work: Work, *, customer_id: UUID, incident_id: UUID) -> Letter | Withdrawn:
    """What doesn't work and until when at the longest, unless it is over by now."""
    incident = await find_incident(work, incident_id=incident_id)
    if _is_over(work, incident):
        return Withdrawn("over")
    return await _to_customer(work, customer_id, {"incident": incident, "announced": incident.begins_at > work.at})


async def write_incident_moved(work: Work, *, customer_id: UUID, incident_id: UUID, estimate: int) -> Letter | Withdrawn:
    """Until when it takes after all and why, to whom the first mail went before that was known; of several estimates the last."""
    incident = await find_incident(work, incident_id=incident_id)
    if _is_over(work, incident):
        return Withdrawn("over")
    if estimate < len(incident.estimates):
        return Withdrawn("told_anew")
    told_at = await work.first(TOLD_OF, customer_id=customer_id, kind="incident_declared", subject_id=incident_id)
    if told_at is None or told_at > incident.estimates[-1].moved_at:
        return Withdrawn("not_told" if told_at is None else "told_already")
    return await _to_customer(work, customer_id, {"incident": incident, "reason": incident.estimates[-1].reason})


async def write_incident_ended(work: Work, *, customer_id: UUID, incident_id: UUID) -> Letter | Withdrawn:
    """That it is over, to whom the first mail went."""
    if await work.first(TOLD_OF, customer_id=customer_id, kind="incident_declared", subject_id=incident_id) is None:
        return Withdrawn("not_told")
    return await _to_customer(work, customer_id, {"incident": await find_incident(work, incident_id=incident_id)})


async def waking_of(work: Work, *, customer_id: UUID) -> datetime:
    """When a customer may be told: now, or once the quiet hours of dunning are over where they are; days of rest don't keep this from them."""
    policy = replace(await policy_in_force(work), rest_days=[], rests_on_holidays=False)
    customer = await find_customer(work, customer_id=customer_id)
    return next_waking(policy, after=work.at, zone=customer.zone, places=[])


def _is_over(work: Work, incident: Incident) -> bool:
    return incident.closed_at is not None or incident.until_at <= work.at


async def _to_customer(work: Work, customer_id: UUID, values: dict[str, Any]) -> Letter | Withdrawn:
    recipient = await work.first(MAIL_ADDRESS, customer_id=customer_id)
    if recipient is None:
        return NO_ADDRESS
    customer = await find_customer(work, customer_id=customer_id)
    known = {"organisation": await find_organisation(work), "name": recipient.name, "zone": customer.zone}
    return Letter(recipient, customer.language, known | values)
