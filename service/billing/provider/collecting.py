"""One try to collect by card at the provider: opened, asked how it stands, called off, whichever way it is paid."""

from uuid import UUID

from service.billing.provider.cards import (
    ABANDONED_AFTER,
    UNHEARD_AFTER,
    CardRefused,
    ProviderSilent,
    close_attempt,
    find_attempt,
    hear_intent,
)
from service.billing.provider.checkout import ask_page, close_page, open_page
from service.billing.provider.desk import Desk, asked, ours_of, told
from service.billing.provider.readers import look_at_reader
from service.billing.records.cards import CardAttempt, CardAttemptBegun, OpenCardAttempt
from service.integrations.stripe.client import cancel_payment_intent, create_payment_intent, retrieve_payment_intent
from service.integrations.stripe.errors import ProviderRefused, ProviderUnavailable


async def open_at_provider(desk: Desk, *, begun: CardAttemptBegun, home: str) -> OpenCardAttempt:
    """Makes what the attempt is paid by, once however often it is asked; raises CardRefused, ProviderSilent. `home` is where customers reach our pages."""
    if begun.way == "checkout":
        return await open_page(desk, begun=begun, home=home)
    return await _open_intent(desk, begun=begun)


async def _open_intent(desk: Desk, *, begun: CardAttemptBegun) -> OpenCardAttempt:
    intent = await asked(
        create_payment_intent(
            desk.provider,
            amount_minor=begun.amount.amount,
            currency=begun.amount.currency,
            metadata=ours_of(desk, begun),
            description=f"Invoice {begun.invoice_id}",
            idempotency_key=f"attempt:{begun.attempt_id}:create",
            at_reader=begun.way == "terminal",
        )
    )
    await desk.do(hear_intent, intent=told(intent))
    attempt: CardAttempt = await desk.ask(find_attempt, attempt_id=begun.attempt_id)
    if attempt.state == "closed" and intent.status != "canceled":
        await _cancel(desk, attempt_id=begun.attempt_id, intent_id=intent.id)  # called off while the provider was asked
    return OpenCardAttempt(
        attempt_id=begun.attempt_id,
        invoice_id=begun.invoice_id,
        state=attempt.state,
        amount=begun.amount,
        intent_id=intent.id,
        client_secret=intent.client_secret,
    )


async def refresh_attempt(desk: Desk, *, attempt_id: UUID) -> CardAttempt:
    """Asks the provider how the attempt stands and takes that in as a webhook would have told it; raises CardRefused, ProviderSilent."""
    attempt: CardAttempt = await desk.ask(find_attempt, attempt_id=attempt_id)
    if attempt.way == "checkout":
        await ask_page(desk, attempt=attempt)
    elif attempt.intent_id is None and attempt.way == "saved":
        return attempt  # its own task makes the intent
    elif attempt.intent_id is None:
        await _open_intent(desk, begun=CardAttemptBegun(attempt.id, attempt.state, attempt.amount, attempt.way, attempt.invoice_id))
    else:
        intent = await asked(retrieve_payment_intent(desk.provider, intent_id=attempt.intent_id))
        await desk.do(hear_intent, intent=told(intent))
        if attempt.state == "processing" and intent.status == "requires_payment_method" and attempt.way != "saved":
            await _cancel(desk, attempt_id=attempt_id, intent_id=intent.id)  # its bank said no days later: nobody pays by it again
        elif attempt.way == "terminal" and intent.status == "requires_payment_method":
            problem = intent.last_payment_error
            await look_at_reader(desk, attempt=attempt, declined_as=problem.decline_code if problem else None)
    now: CardAttempt = await desk.ask(find_attempt, attempt_id=attempt_id)
    return now


async def sweep_attempt(desk: Desk, *, attempt: CardAttempt) -> None:
    """Learns how a try stands of which nothing final was heard; one that nobody paid within a day is called off, one that the provider never answered is given up. Raises ProviderSilent."""
    if attempt.state != "processing" and attempt.begun_at < desk.at - ABANDONED_AFTER:
        await call_off(desk, attempt_id=attempt.id)
        return
    if attempt.state == "begun" and attempt.begun_at < desk.at - UNHEARD_AFTER:
        await desk.do(close_attempt, attempt_id=attempt.id)
        return
    try:
        await refresh_attempt(desk, attempt_id=attempt.id)
    except CardRefused:
        if attempt.intent_id is not None:
            raise
        await desk.do(close_attempt, attempt_id=attempt.id)  # the provider won't have it: there is nothing to pay


async def call_off(desk: Desk, *, attempt_id: UUID) -> None:
    """Makes sure that nobody can pay this attempt any more; one that was paid meanwhile is applied. Raises ProviderSilent."""
    attempt: CardAttempt = await desk.ask(find_attempt, attempt_id=attempt_id)
    if attempt.payment_id is not None:
        return
    if attempt.way == "checkout":
        await close_page(desk, attempt=attempt)
        return
    if attempt.intent_id is None:
        await desk.do(close_attempt, attempt_id=attempt_id)
        return
    await _cancel(desk, attempt_id=attempt_id, intent_id=attempt.intent_id)


async def _cancel(desk: Desk, *, attempt_id: UUID, intent_id: str) -> None:
    try:
        intent = await cancel_payment_intent(desk.provider, intent_id=intent_id, idempotency_key=f"attempt:{attempt_id}:cancel")
    except ProviderRefused as refused:
        if refused.intent is None:
            raise ProviderSilent from refused
        intent = refused.intent
    except ProviderUnavailable as silent:
        raise ProviderSilent from silent
    await desk.do(hear_intent, intent=told(intent))
