"""Periods: one after the other, never two at once; granted by the invoice that bills them."""

from uuid import UUID

from service.kit.refusals import Refusal
from service.kit.verbs import Work
from service.subscriptions.queries import NEXT_PERIOD
from service.subscriptions.records import NextPeriod
from service.subscriptions.subscriptions import SubscriptionEnded


class PaidFarAhead(Refusal):
    """It is paid for more than a year ahead."""

    code, status, remedy = "PAID_FAR_AHEAD", 409, "Renew closer to `paid_through_on`."


class SuspendedForFault(Refusal):
    """The service stands still for a fault: what isn't supplied isn't billed."""

    code, status, remedy = "SUSPENDED_FOR_FAULT", 409, "Lift the suspension when the fault is mended, then renew."
    constraints = ("subscriptions.period_not_during_a_fault",)


class RenewalOpen(Refusal):
    """The next period is billed already and waits to be paid."""

    code, status, remedy = "RENEWAL_OPEN", 409, "Take the payment for the invoice that `invoice_id` names."


class PeriodGranted(Refusal):
    """These days are granted already."""

    code, status, remedy = "PERIOD_GRANTED", 409, "Read the subscription's periods; the next one begins where the last one ends."
    constraints = ("subscriptions.periods_of_a_subscription_never_overlap", "subscriptions.period_after_the_one_before")


class PeriodNotAsAgreed(Refusal):
    """These days, or what they cost, aren't a period as the customer agreed to it."""

    code, status, remedy = "PERIOD_NOT_AS_AGREED", 422, "Let the renewal choose the days and what they cost, at most a year ahead."
    constraints = (
        "subscriptions.period_as_long_as_agreed",
        "subscriptions.period_granted_within_a_year",
        "subscriptions.short_period_costs_its_days",
    )


async def next_period(work: Work, *, subscription_id: UUID, though_open: bool = False) -> NextPeriod:
    """The period that a renewal would bill now, also `though_open` is the one before; raises SubscriptionEnded, SuspendedForFault, RenewalOpen, PaidFarAhead."""
    period = await work.one(NEXT_PERIOD, subscription_id=subscription_id)
    if period.state == "ended":
        raise SubscriptionEnded
    if period.at_fault:
        raise SuspendedForFault
    if period.open_invoice_id is not None and not though_open:
        raise RenewalOpen(invoice_id=str(period.open_invoice_id))
    if period.far_ahead:
        raise PaidFarAhead
    return period
