"""A customer's credit pays the next invoice by itself: surplus of a payment, a credit note, a refund that failed."""

from uuid import UUID

from service.billing.queries.payments import CREDIT_TO_USE, USE_CREDIT
from service.billing.records.payments import CreditToUse, CreditUsed
from service.kit.verbs import Lock, Work, verb


@verb(locks=lambda *, customer_id, **_: (Lock.account(customer_id),))
async def use_credit(work: Work, *, customer_id: UUID, currency: str) -> CreditUsed:
    """Lets a customer's credit pay what is open, oldest due first, with everything that a payment brings about."""
    return await work.run(USE_CREDIT, payment_id=work.new_id(), customer_id=customer_id, currency=currency, visit_id=None)


async def credit_to_use(work: Work) -> list[CreditToUse]:
    """Everybody who owes although they have credit in the same currency."""
    return await work.all(CREDIT_TO_USE)
