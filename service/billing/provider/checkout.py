"""The provider's own page, on which a customer pays by a link: opened for one attempt, asked how it stands, closed when the attempt is called off."""

from uuid import UUID

import msgspec

from service.billing.invoices import find_invoice
from service.billing.provider.cards import ProviderSilent, close_attempt, find_attempt, hear_intent, hear_session
from service.billing.provider.desk import Desk, asked, id_of, ours_of, told
from service.billing.provider.pay_links import find_claim_to_pay
from service.billing.records.cards import AttemptState, CardAttempt, CardAttemptBegun, OpenCardAttempt, ToldSession
from service.integrations.stripe.checkout import create_checkout_session, expire_checkout_session, retrieve_checkout_session
from service.integrations.stripe.client import retrieve_payment_intent
from service.integrations.stripe.errors import ProviderRefused, ProviderUnavailable
from service.integrations.stripe.records import CheckoutSession
from service.kit.paging import CursorInvalid, Cursors
from service.kit.refusals import NotFound
from service.kit.verbs import Work

_RETURN = "card return"
STATE_OF_PAGE: dict[str | None, AttemptState] = {"open": "open", "complete": "processing", "expired": "closed"}
"""A page's status as our state. One that is complete may not be paid: money is told of its intent alone."""


async def open_page(desk: Desk, *, begun: CardAttemptBegun, home: str) -> OpenCardAttempt:
    """Opens the page on which the attempt is paid, once however often it is asked; raises CardRefused, ProviderSilent."""
    session = await asked(
        create_checkout_session(
            desk.provider,
            amount_minor=begun.amount.amount,
            currency=begun.amount.currency,
            named=await desk.ask(number_collected, invoice_id=begun.invoice_id, claim_id=begun.claim_id),
            metadata=ours_of(desk, begun),
            back_url=home + await desk.ask(return_path, attempt_id=begun.attempt_id),
            idempotency_key=f"attempt:{begun.attempt_id}:create",
        )
    )
    await desk.do(hear_session, session=told_session(session))
    attempt: CardAttempt = await desk.ask(find_attempt, attempt_id=begun.attempt_id)
    if attempt.state == "closed" and session.status == "open":  # called off while the provider was asked
        await close_page(desk, attempt=msgspec.structs.replace(attempt, session_id=session.id))
    return OpenCardAttempt(
        attempt_id=begun.attempt_id,
        invoice_id=begun.invoice_id,
        state=attempt.state,
        amount=begun.amount,
        intent_id=attempt.intent_id,
        client_secret=None,
        claim_id=begun.claim_id,
        pay_url=session.url if attempt.state == "open" else None,
    )


async def number_collected(work: Work, *, invoice_id: UUID | None, claim_id: UUID | None) -> str:
    """By what its customer knows what is collected: the number of the invoice, or of the receipt whose money the bank took back."""
    if invoice_id is not None:
        return (await find_invoice(work, invoice_id=invoice_id)).number
    return (await find_claim_to_pay(work, claim_id=claim_id)).number if claim_id else ""


async def ask_page(desk: Desk, *, attempt: CardAttempt) -> None:
    """Takes in how the page stands, and the money that came by it; raises CardRefused, ProviderSilent.

    A page whose address never reached us, nobody can pay on: its attempt is closed.
    """
    if attempt.session_id is not None:
        await _take_in(desk, attempt.id, await asked(retrieve_checkout_session(desk.provider, session_id=attempt.session_id)))
    elif attempt.intent_id is None:
        await desk.do(close_attempt, attempt_id=attempt.id)
    else:
        await _hear_money(desk, attempt.intent_id)


async def close_page(desk: Desk, *, attempt: CardAttempt) -> None:
    """Makes sure that nobody can pay on the page any more; what was paid meanwhile is applied. Raises ProviderSilent."""
    if attempt.session_id is None:
        await ask_page(desk, attempt=attempt)
        return
    session_id, key = attempt.session_id, f"attempt:{attempt.id}:expire"
    try:
        session = await expire_checkout_session(desk.provider, session_id=session_id, idempotency_key=key)
    except ProviderRefused:  # it was paid, or is over
        session = await asked(retrieve_checkout_session(desk.provider, session_id=session_id))
    except ProviderUnavailable as silent:
        raise ProviderSilent from silent
    await _take_in(desk, attempt.id, session)


def told_session(session: CheckoutSession, *, event_type: str = "") -> ToldSession:
    """The provider's page in our words; ids that aren't ours are none, and a page that only saves a card collects nothing."""
    ours = (session.metadata or {}) if session.mode == "payment" else {}
    return ToldSession(
        session_id=session.id,
        intent_id=session.intent_id,
        state="closed" if event_type == "checkout.session.async_payment_failed" else STATE_OF_PAGE[session.status],
        attempt_id=id_of(ours.get("attempt_id")),
        organisation_id=id_of(ours.get("organisation_id")),
    )


async def return_path(work: Work, *, attempt_id: UUID) -> str:
    """Where the provider sends the customer back to: a page that tells how this attempt stands, and nothing else."""
    return "/paid/" + work.cursors.write(_RETURN, str(work.organisation_id), str(attempt_id))


def attempt_of_return(cursors: Cursors, token: str) -> tuple[UUID, UUID]:
    """The organisation and the attempt that a return page is about; raises NotFound."""
    try:
        organisation_id, attempt_id = cursors.read(_RETURN, token)
    except CursorInvalid:
        raise NotFound from None
    return UUID(organisation_id), UUID(attempt_id)


async def _take_in(desk: Desk, attempt_id: UUID, session: CheckoutSession) -> None:
    await desk.do(hear_session, session=told_session(session))
    if session.intent_id is None:
        return
    status = await _hear_money(desk, session.intent_id)
    if session.status == "complete" and status == "requires_payment_method":  # its bank said no days later: nobody can pay here again
        await desk.do(close_attempt, attempt_id=attempt_id)


async def _hear_money(desk: Desk, intent_id: str) -> str:
    intent = await asked(retrieve_payment_intent(desk.provider, intent_id=intent_id))
    await desk.do(hear_intent, intent=told(intent))
    return intent.status
