"""Work with the payment provider after a transaction: what it is asked, what it never told us, and what waits for something."""

from datetime import timedelta
from uuid import UUID

from service.billing.hearing.events import drive_event
from service.billing.hearing.pulling import hear_missed_events, pull_payouts
from service.billing.provider.cards import CardRefused, CardsNotSetUp, ProviderSilent, attempts_to_sweep
from service.billing.provider.collecting import call_off, refresh_attempt, sweep_attempt
from service.billing.provider.desk import desk_of, send_refund
from service.billing.provider.events import waiting_due
from service.billing.provider.fees import hear_fee
from service.billing.provider.readers import attempt_of_news, take_in_news
from service.integrations.stripe.errors import ProviderUnavailable
from service.kit.tasks.registry import Later, Task, TaskFailed, task

UNTIL_SETTLED = timedelta(hours=6)
"""A refund that the provider holds as pending is asked about again after this long; its webhook is usually sooner."""


@task("cancel_attempt", attempts=20)
async def run_cancel_attempt(one: Task) -> None:
    """Makes sure at the provider that nobody can pay an attempt that was called off; if somebody has, the money is applied."""
    try:
        await call_off(desk_of(one), attempt_id=one.subject_id)
    except ProviderSilent as silent:
        raise TaskFailed(silent.code) from silent


@task("create_refund", attempts=20)
async def run_create_refund(one: Task) -> None:
    """Sends a refund to its card, and waits for its end."""
    try:
        ended = await send_refund(desk_of(one), refund_id=one.subject_id)
    except ProviderSilent as silent:
        raise TaskFailed(silent.code) from silent
    if not ended:
        raise Later(one.at + UNTIL_SETTLED)


@task("sweep_attempts", every=timedelta(minutes=1), seconds=120, longest_pause_seconds=300)
async def run_sweep_attempts(one: Task) -> None:
    """Asks the provider about every attempt of which nothing final was heard for a minute; one that fails doesn't stop the others."""
    if one.outside.stripe is None:
        return
    desk = desk_of(one)
    silent: list[UUID] = []
    for attempt in await one.read(attempts_to_sweep):
        try:
            await sweep_attempt(desk, attempt=attempt)
        except (CardRefused, ProviderSilent):
            silent.append(attempt.id)
    if silent:
        raise TaskFailed(f"The provider gave no answer about {len(silent)} attempts.")


@task("drive_events", every=timedelta(minutes=1), seconds=120, longest_pause_seconds=300)
async def run_drive_events(one: Task) -> None:
    """Tries again what the provider told of something that wasn't here; one that fails doesn't stop the others."""
    desk, silent = desk_of(one), 0
    for waiting in await one.read(waiting_due):
        try:
            await drive_event(desk, waiting=waiting)
        except (ProviderUnavailable, CardsNotSetUp):
            silent += 1
    if silent:
        raise TaskFailed(f"The provider gave no answer about {silent} events.")


@task("hear_missed_events", every=timedelta(minutes=5), seconds=300, longest_pause_seconds=600)
async def run_hear_missed_events(one: Task) -> None:
    """Reads the provider's own list for events whose webhook never came."""
    if one.outside.stripe is None:
        return
    try:
        await hear_missed_events(desk_of(one))
    except ProviderUnavailable as silent:
        raise TaskFailed("The provider gave no answer.") from silent


@task("hear_payouts", attempts=20, seconds=300)
async def run_hear_payouts(one: Task) -> None:
    """Takes in what the provider pays out as soon as it tells that there is news."""
    await run_pull_payouts(one)


@task("hear_fee", attempts=20)
async def run_hear_fee(one: Task) -> None:
    """Learns what the provider keeps of a card payment, once that payment is here."""
    try:
        here = await hear_fee(desk_of(one), intent_id=one.body["intent_id"], transaction_name=one.body["transaction"])
    except (CardRefused, ProviderSilent) as silent:
        raise TaskFailed(silent.code) from silent
    if not here:
        raise TaskFailed("The payment isn't here yet.")


@task("hear_reader", attempts=20)
async def run_hear_reader(one: Task) -> None:
    """Asks how a try stands whose card reader has ended, however it ended, since the intent's own event may be lost; keeps why it failed, or what was signed."""
    desk = desk_of(one)
    attempt_id = await attempt_of_news(desk, news=one.body)
    if attempt_id is None:
        return
    try:
        if one.body["asks"] == "card":
            await refresh_attempt(desk, attempt_id=attempt_id)
        await take_in_news(desk, attempt_id=attempt_id, news=one.body)
    except (CardRefused, ProviderSilent) as silent:
        raise TaskFailed(silent.code) from silent


@task("pull_payouts", every=timedelta(hours=1), seconds=300, longest_pause_seconds=3600)
async def run_pull_payouts(one: Task) -> None:
    """Takes in what the provider pays out to the bank, and what each payout is made of."""
    if one.outside.stripe is None:
        return
    try:
        await pull_payouts(desk_of(one))
    except ProviderUnavailable as silent:
        raise TaskFailed("The provider gave no answer.") from silent
