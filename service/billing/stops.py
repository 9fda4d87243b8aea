"""Stopping a service: it ends, and what is billed of the days to come is given back."""

from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from service.authorisations.capacity import CapacityMoved
from service.billing.credit_notes import CreditBelowItsShare, CreditExceedsInvoice, credit_invoice
from service.billing.proration import share
from service.billing.queries.renewals import UNUSED_PERIODS
from service.billing.records.credit_notes import NewCreditLine, NewCreditNote
from service.billing.renewals import renewal_locks
from service.kit.verbs import Work, verb
from service.subscriptions.records import Subscription, SubscriptionState
from service.subscriptions.subscriptions import end_subscription, find_subscription


@verb(refusals=(CreditExceedsInvoice, CreditBelowItsShare, CapacityMoved), locks=renewal_locks)
async def stop_subscription(work: Work, *, subscription_id: UUID) -> SubscriptionState:
    """Ends a subscription for good and gives back what is billed of the days after today, to the day; what was used stays owed.

    The credit pays what is open of its invoice first; the rest is the customer's credit. Stopped again it is as it is.
    """
    found = await find_subscription(work, subscription_id=subscription_id)
    if found.state != "ended":
        today = work.at.astimezone(ZoneInfo(found.zone)).date()
        await give_back(
            work.part(), subscription=found, unused_from=today + timedelta(days=1), reason=f"{today}: {found.reference or found.id}"
        )
    return await end_subscription(work, subscription_id=subscription_id)


async def give_back(part: Work, *, subscription: Subscription, unused_from: date, reason: str) -> None:
    """Credits what is billed of the days from then on, to the day."""
    unused: defaultdict[UUID, list[NewCreditLine]] = defaultdict(list)
    for one in await part.all(UNUSED_PERIODS, subscription_id=subscription.id, tomorrow=unused_from):
        days = (one.until_on - one.from_on).days
        used = max(0, (unused_from - one.from_on).days)
        back = min(one.net_minor - one.credited_minor, share(one.net_minor, from_day=used, until_day=days, of_days=days))
        if back > 0:
            unused[one.invoice_id].append(NewCreditLine(line_number=one.line_number, quantity="0", amount=back))
    for invoice_id, lines in unused.items():
        await credit_invoice(part, invoice_id=invoice_id, credit=NewCreditNote(lines=lines, reason=reason))
