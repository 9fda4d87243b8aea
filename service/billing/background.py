"""Billing's background work: what the provider is asked after a transaction, and what it never told us."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from service.billing.cards import CardRefused, CardsNotSetUp, ProviderSilent, attempts_to_sweep
from service.billing.credit import credit_to_use, use_credit
from service.billing.dunning import customers_to_dun, dun_customer, is_due, lapse_subscription, lapsed_services, lets_lapse
from service.billing.events import waiting_due
from service.billing.hearing import drive_event, hear_missed_events
from service.billing.limits import judge_cash_limit, stops_to_judge
from service.billing.periods import carry_forward, find_carried
from service.billing.provider import Desk, call_off, refresh_attempt, send_refund
from service.billing.refusals import CutOffHeld, NothingToDun
from service.integrations.stripe.errors import ProviderUnavailable
from service.kit.tasks.registry import Later, Task, TaskFailed, task
from service.subscriptions.subscriptions import NotLapsed, SubscriptionEnded

AT_ONCE = 200
FIRST = UUID(int=0)
MOST_DAYS = 31
UNTIL_SETTLED = timedelta(hours=6)
"""A refund that the provider holds as pending is asked about again after this long; its webhook is usually sooner."""


@task("carry_forward", every=timedelta(hours=1))
async def run_carry_forward(one: Task) -> None:
    """Keeps the balances of each day that is over, so that later ones are told from there; at most a month's days in one run."""
    for _ in range(MOST_DAYS):
        carried = await one.read(find_carried)
        if not carried.is_over:
            return
        await one.perform(carry_forward, until_at=carried.next_until_at)


@task("cancel_attempt", attempts=20)
async def run_cancel_attempt(one: Task) -> None:
    """Makes sure at the provider that nobody can pay an attempt that was called off; if somebody has, the money is applied."""
    try:
        await call_off(_desk(one), attempt_id=one.subject_id)
    except ProviderSilent as silent:
        raise TaskFailed(silent.code) from silent


@task("create_refund", attempts=20)
async def run_create_refund(one: Task) -> None:
    """Sends a refund to its card, and waits for its end."""
    try:
        ended = await send_refund(_desk(one), refund_id=one.subject_id)
    except ProviderSilent as silent:
        raise TaskFailed(silent.code) from silent
    if not ended:
        raise Later(one.at + UNTIL_SETTLED)


@task("sweep_attempts", every=timedelta(minutes=1))
async def run_sweep_attempts(one: Task) -> None:
    """Asks the provider about every attempt of which nothing final was heard for a minute; one that fails doesn't stop the others."""
    if one.outside.stripe is None:
        return
    desk = _desk(one)
    silent: list[UUID] = []
    for attempt in await one.read(attempts_to_sweep):
        try:
            await refresh_attempt(desk, attempt_id=attempt.id)
        except (CardRefused, ProviderSilent):
            silent.append(attempt.id)
    if silent:
        raise TaskFailed(f"The provider gave no answer about {len(silent)} attempts.")


@task("drive_events", every=timedelta(minutes=1), seconds=120)
async def run_drive_events(one: Task) -> None:
    """Tries again what the provider told of something that wasn't here; one that fails doesn't stop the others."""
    desk, silent = _desk(one), 0
    for waiting in await one.read(waiting_due):
        try:
            await drive_event(desk, waiting=waiting)
        except (ProviderUnavailable, CardsNotSetUp):
            silent += 1
    if silent:
        raise TaskFailed(f"The provider gave no answer about {silent} events.")


@task("hear_missed_events", every=timedelta(minutes=5), seconds=300)
async def run_hear_missed_events(one: Task) -> None:
    """Reads the provider's own list for events whose webhook never came."""
    if one.outside.stripe is None:
        return
    try:
        await hear_missed_events(_desk(one))
    except ProviderUnavailable as silent:
        raise TaskFailed("The provider gave no answer.") from silent


@task("use_credit", every=timedelta(minutes=1))
async def run_use_credit(one: Task) -> None:
    """Lets credit pay what was invoiced after the money came."""
    for found in await one.read(credit_to_use):
        await one.perform(use_credit, customer_id=found.customer_id, currency=found.currency)


@task("dun_customers", every=timedelta(minutes=1), seconds=600)
async def run_dun_customers(one: Task) -> None:
    """Takes what is due for whoever owes what is overdue, a step a customer; who pays in between is left alone."""
    after = FIRST
    while customers := await one.read(customers_to_dun, after=after, limit=AT_ONCE):
        after = customers[-1]
        for customer_id in customers:
            if await one.read(is_due, customer_id=customer_id):
                with suppress(NothingToDun):
                    await one.perform(dun_customer, customer_id=customer_id)


@task("lapse_subscriptions", every=timedelta(minutes=1), seconds=300)
async def run_lapse_subscriptions(one: Task) -> None:
    """Suspends what ran out and isn't billed, each judged again under its account's lock; who paid in between is left alone."""
    after = FIRST
    while lapsed := await one.read(lapsed_services, after=after, limit=AT_ONCE):
        after = lapsed[-1].subscription_id
        for found in lapsed:
            if await one.read(lets_lapse, subscription_id=found.subscription_id, customer_id=found.customer_id):
                with suppress(NotLapsed, SubscriptionEnded, CutOffHeld):
                    await one.perform(lapse_subscription, subscription_id=found.subscription_id)


@task("watch_cash_limits", every=timedelta(minutes=1))
async def run_watch_cash_limits(one: Task) -> None:
    """Stops sending to collect whoever holds as much cash as they may since."""
    for staff_id in await one.read(stops_to_judge):
        await one.perform(judge_cash_limit, staff_id=staff_id)


@task("judge_cash_limit")
async def run_judge_cash_limit(one: Task) -> None:
    """Lets somebody who has handed in be sent again, if they hold less than they may."""
    await one.perform(judge_cash_limit, staff_id=one.subject_id)


def _desk(one: Task) -> Desk:
    return Desk(one.organisation_id, one.at, one.perform, one.read, one.outside.stripe)
