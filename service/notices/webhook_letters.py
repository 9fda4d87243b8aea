"""What managers hear of a program that is told no more."""

from uuid import UUID

from service.identity.organisations import find_organisation
from service.kit.verbs import Work
from service.notices.letters import NO_ADDRESS
from service.notices.queries import STAFF_ADDRESS
from service.notices.records import Letter, Withdrawn
from service.webhooks.webhooks import find_webhook


async def write_webhook_paused(work: Work, *, staff_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """That a webhook was paused and why, unless it goes on by now."""
    recipient = await work.first(STAFF_ADDRESS, staff_id=staff_id)
    if recipient is None:
        return NO_ADDRESS
    webhook = await find_webhook(work, webhook_id=subject_id)
    if webhook.state != "paused":
        return Withdrawn("over")
    organisation = await find_organisation(work)
    values = {"organisation": organisation, "zone": organisation.zone, "webhook": webhook}
    return Letter(recipient, organisation.language, values)
