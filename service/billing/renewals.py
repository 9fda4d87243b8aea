"""Renewing a subscription: the next period, billed and supplied by the one rule that every invoice passes."""

from collections.abc import Iterator
from uuid import UUID
from zoneinfo import ZoneInfo

from service.authorisations.capacity import CapacityMoved
from service.billing.invoices import InvoiceRefused, PeriodSupplied, post_invoice
from service.billing.proration import share
from service.billing.records.invoices import InvoiceReceipt, NewInvoice, NewLine, Supply
from service.identity.organisations import find_organisation
from service.kit.money import exact, exact_text, rounded
from service.kit.verbs import Lock, Work, verb
from service.subscriptions.periods import PaidFarAhead, PeriodGranted, PeriodNotAsAgreed, RenewalOpen, SuspendedForFault, next_period
from service.subscriptions.records import NextPeriod
from service.subscriptions.subscriptions import SubscriptionEnded, account_of


def renewal_locks(*, subscription_id: UUID, **_: object) -> Iterator[Lock]:
    """The account and the matter."""
    yield account_of(subscription_id)
    yield Lock.scope_of("subscriptions.subscription", subscription_id)


RENEWAL_REFUSALS = (
    SubscriptionEnded,
    SuspendedForFault,
    RenewalOpen,
    PaidFarAhead,
    InvoiceRefused,
    PeriodSupplied,
    PeriodGranted,
    PeriodNotAsAgreed,
    CapacityMoved,
)


@verb(refusals=RENEWAL_REFUSALS, locks=renewal_locks)
async def renew_subscription(work: Work, *, subscription_id: UUID) -> InvoiceReceipt:
    """Bills the next period under what the customer authorised; it is paid through once that invoice is. One period is billed at a time."""
    return await bill_period(work, await next_period(work, subscription_id=subscription_id), due_in_days=0)


@verb(refusals=RENEWAL_REFUSALS, locks=renewal_locks)
async def renew_ahead(work: Work, *, subscription_id: UUID) -> InvoiceReceipt:
    """Bills the next period before it begins, due on its first day: whoever is charged by a saved method is told of it in time."""
    period = await next_period(work, subscription_id=subscription_id)
    today = work.at.astimezone(ZoneInfo((await find_organisation(work)).zone)).date()
    return await bill_period(work, period, due_in_days=max(0, (period.from_on - today).days))


async def bill_period(work: Work, period: NextPeriod, *, due_in_days: int) -> InvoiceReceipt:
    """Posts the invoice of one period."""
    line = NewLine(
        quantity=period.quantity,
        unit_price=_price(period),
        item_id=period.item_id,
        unit=period.unit,
        supply=Supply(period_from=period.from_on, period_until=period.until_on),
    )
    invoice = NewInvoice(
        customer_id=period.customer_id, currency=period.currency, tax_basis=period.tax_basis, lines=[line], due_in_days=due_in_days
    )
    return await post_invoice(work, invoice=invoice)


def _price(period: NextPeriod) -> str:
    """As agreed; of a first period that is shorter, its days' share of it."""
    days = (period.until_on - period.whole_from).days
    left_out = (period.from_on - period.whole_from).days
    if not left_out:
        return period.unit_price
    quantity = exact(period.quantity)
    return exact_text(share(rounded(exact(period.unit_price) * quantity), from_day=left_out, until_day=days, of_days=days) / quantity)
