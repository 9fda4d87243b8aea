"""Billing's background work; what is asked of the payment provider stands beside it."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from service.billing.cash.limits import judge_cash_limit, stops_to_judge
from service.billing.credit import credit_to_use, use_credit
from service.billing.dunning.steps import customers_due, dun_customer, find_debtors, lapse_subscription, lapsed_services, lets_lapse
from service.billing.invoices import InvoiceRefused
from service.billing.periods import carry_forward, find_carried
from service.billing.plan_changes import ServiceStandsStill, change_plan, drop_plan_change
from service.billing.refusals import CutOffHeld, NothingToDun
from service.kit.tasks.registry import Task, task
from service.subscriptions.plan_changes import plan_changes_due
from service.subscriptions.subscriptions import NotLapsed, SubscriptionEnded, find_lapsing

AT_ONCE = 200
FIRST = UUID(int=0)
MOST_DAYS = 31


@task("carry_forward", every=timedelta(hours=1))
async def run_carry_forward(one: Task) -> None:
    """Keeps the balances of each day that is over, so that later ones are told from there; at most a month's days in one run."""
    for _ in range(MOST_DAYS):
        carried = await one.read(find_carried)
        if not carried.is_over:
            return
        await one.perform(carry_forward, until_at=carried.next_until_at)


@task("use_credit", every=timedelta(minutes=1))
async def run_use_credit(one: Task) -> None:
    """Lets credit pay what was invoiced after the money came."""
    for found in await one.read(credit_to_use):
        await one.perform_apart(use_credit, customer_id=found.customer_id, currency=found.currency)


@task("dun_customers", every=timedelta(minutes=1), seconds=600)
async def run_dun_customers(one: Task) -> None:
    """Takes what is due for whoever owes what is overdue, a step a customer; who pays in between is left alone."""
    while (await one.perform(find_debtors)).more:
        pass
    after = FIRST
    while (found := await one.read(customers_due, after=after, limit=AT_ONCE)).read:
        after = found.read[-1]
        for customer_id in found.due:
            await one.perform_apart(dun_customer, expected=NothingToDun, customer_id=customer_id)


@task("change_plans", every=timedelta(minutes=1), seconds=300)
async def run_change_plans(one: Task) -> None:
    """Lets new plans take over on their day, and drops those that nobody agreed to by then."""
    for found in await one.read(plan_changes_due):
        if found.agreed:
            with suppress(ServiceStandsStill):  # suspended since
                try:
                    await one.perform(change_plan, subscription_id=found.subscription_id, successor_id=found.successor_id)
                except InvoiceRefused:  # revoked since
                    await one.perform(drop_plan_change, successor_id=found.successor_id)
        elif found.over:
            await one.perform(drop_plan_change, successor_id=found.successor_id)


@task("lapse_subscriptions", every=timedelta(minutes=1), seconds=300)
async def run_lapse_subscriptions(one: Task) -> None:
    """Suspends what ran out and isn't billed, each judged again under its account's lock; who paid in between is left alone."""
    while (await one.perform(find_lapsing)).more:
        pass
    after = FIRST
    while lapsed := await one.read(lapsed_services, after=after, limit=AT_ONCE):
        after = lapsed[-1].subscription_id
        for found in lapsed:
            if await one.read(lets_lapse, subscription_id=found.subscription_id, customer_id=found.customer_id):
                judged = (NotLapsed, SubscriptionEnded, CutOffHeld)
                await one.perform_apart(lapse_subscription, expected=judged, subscription_id=found.subscription_id)


@task("watch_cash_limits", every=timedelta(minutes=1))
async def run_watch_cash_limits(one: Task) -> None:
    """Stops sending to collect whoever holds as much cash as they may since."""
    for staff_id in await one.read(stops_to_judge):
        await one.perform_apart(judge_cash_limit, staff_id=staff_id)


@task("judge_cash_limit")
async def run_judge_cash_limit(one: Task) -> None:
    """Lets somebody who has handed in be sent again, if they hold less than they may."""
    await one.perform(judge_cash_limit, staff_id=one.subject_id)
