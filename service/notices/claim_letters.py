"""What those are told who owe something by no invoice."""

from uuid import UUID
from zoneinfo import ZoneInfo

from service.billing.provider.pay_links import claim_url, find_claim_to_pay
from service.customers.customers import find_customer
from service.documents.paying import claim_rows
from service.identity.organisations import find_organisation
from service.kit.verbs import Work
from service.notices.letters import to_customer
from service.notices.records import Letter, Withdrawn


async def write_claim_reminder(work: Work, *, customer_id: UUID, subject_id: UUID, pay_home: str | None) -> Letter | Withdrawn:
    """That is owed again, by no invoice, what the bank took back after it had been paid back; unless nothing of it is open any more."""
    claim = await find_claim_to_pay(work, claim_id=subject_id)
    if not claim.open_minor:
        return Withdrawn("paid")
    customer, organisation = await find_customer(work, customer_id=customer_id), await find_organisation(work)
    zone = ZoneInfo(customer.zone)
    values = {
        "claim": claim,
        "paid_on": claim.paid_at.astimezone(zone).date(),
        "claimed_on": claim.claimed_at.astimezone(zone).date(),
        "account": claim_rows(organisation, reference=claim.number, language=customer.language),
        "pay_url": claim_url(work, claim_id=subject_id, home=pay_home),
    }
    return await to_customer(work, customer, values)
