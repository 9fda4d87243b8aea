"""Between saved methods and the payment provider: every call is made here, outside any transaction, after our own row is committed."""

from typing import Any
from uuid import UUID

from service.billing.provider.cards import CardRefused, ProviderSilent, hear_intent
from service.billing.provider.collecting import call_off
from service.billing.provider.desk import Desk, asked, id_of, told
from service.billing.records.saved_methods import ChargeNow, Saving
from service.billing.saved.charges import UNANSWERED_AFTER, WAITS_FOR_CUSTOMER, Problem, find_charge, judged, note_charge_failure
from service.billing.saved.methods import (
    MethodSavedBefore,
    end_method,
    find_saving,
    method_at_provider,
    note_saving_page,
    renew_method,
    save_method,
    savings_open,
)
from service.integrations.stripe.checkout import retrieve_checkout_session
from service.integrations.stripe.client import retrieve_payment_intent
from service.integrations.stripe.errors import ProviderDeclined, ProviderRefused, ProviderUnavailable
from service.integrations.stripe.records import PaymentIntent
from service.integrations.stripe.saved_records import Mandate, PaymentMethod, SetupIntent
from service.integrations.stripe.saving import (
    confirm_saved,
    create_customer,
    create_saved_intent,
    detach_method,
    lessen_intent,
    open_saving_page,
    retrieve_method,
    retrieve_setup,
)

SAVED = "saved"
"""What stands as `way` in the metadata of an intent that charges a saved method."""
NO_ANSWER = Problem("no_answer", None, "again")


async def open_page(desk: Desk, *, consent_id: UUID, back_url: str, language: str) -> str:
    """Where the customer gives their card or account to the provider; once however often it is asked. Raises CardRefused, ProviderSilent."""
    saving: Saving = await desk.ask(find_saving, consent_id=consent_id)
    ours = {"organisation_id": str(desk.organisation_id), "customer_id": str(saving.customer_id)}
    customer = saving.provider_customer_id
    if customer is None:
        key = f"customer:{saving.customer_id}:{'live' if saving.livemode else 'test'}:create"
        customer = (await asked(create_customer(desk.provider, metadata=ours, idempotency_key=key))).id
        await desk.do(note_saving_page, consent_id=consent_id, provider_customer_id=customer, provider_session_id=None)
    page = await asked(
        open_saving_page(
            desk.provider,
            customer=customer,
            metadata={**ours, "consent_id": str(consent_id)},
            back_url=back_url,
            language=language,
            idempotency_key=f"consent:{consent_id}:page",
        )
    )
    await desk.do(note_saving_page, consent_id=consent_id, provider_customer_id=customer, provider_session_id=page.id)
    if page.url is None:
        raise CardRefused("The page has been filled in, or has expired.")
    return page.url


async def look_at_pages(desk: Desk, *, customer_id: UUID | None = None) -> None:
    """Asks what became of pages of which nothing was heard. Raises CardRefused, ProviderSilent."""
    for saving in await desk.ask(savings_open, customer_id=customer_id):
        page = await asked(retrieve_checkout_session(desk.provider, session_id=saving.provider_session_id))
        if page.status == "complete" and page.setup_intent is not None:
            await hear_setup(desk, await asked(retrieve_setup(desk.provider, setup_id=page.setup_intent)))


async def hear_setup(desk: Desk, setup: SetupIntent) -> bool:
    """Saves what a setup of ours saved; whether it was one. Raises CardRefused, ProviderSilent."""
    consent_id, organisation_id = id_of(setup.metadata.get("consent_id")), id_of(setup.metadata.get("organisation_id"))
    if setup.status != "succeeded" or consent_id is None or organisation_id != desk.organisation_id or setup.payment_method is None:
        return False
    method = await asked(retrieve_method(desk.provider, provider_method_id=setup.payment_method))
    shown = _shown(method)
    if shown is None or method.customer is None:
        return False
    kind = "card" if method.card is not None else "sepa_debit"
    try:
        await desk.do(
            save_method,
            consent_id=consent_id,
            kind=kind,
            provider_method_id=method.id,
            provider_mandate_id=setup.mandate,
            **shown,
        )
    except MethodSavedBefore:
        return True
    return True


async def hear_method(desk: Desk, method: PaymentMethod, *, event_type: str) -> bool:
    """Takes over what the network or the provider did with a saved method; whether it is one of ours."""
    known = await desk.ask(method_at_provider, provider_method_id=method.id)
    if known is None:
        return False
    if event_type.endswith(".detached"):
        await desk.do(end_method, method_id=known.id, end="detached")
    elif known.live and (shown := _shown(method)) is not None:
        await desk.do(renew_method, method_id=known.id, **shown)
    return True


async def hear_mandate(desk: Desk, mandate: Mandate) -> bool:
    """Stops charging at once where the customer's bank says that they withdrew; whether it is one of ours."""
    known = await desk.ask(method_at_provider, provider_mandate_id=mandate.id)
    if known is not None and mandate.status == "inactive":
        await desk.do(end_method, method_id=known.id, end="mandate_ended")
    return known is not None


async def detach(desk: Desk, *, method_id: UUID) -> None:
    """Makes sure that nobody can charge an ended method at the provider either. Raises ProviderSilent."""
    known = await desk.ask(method_at_provider, method_id=method_id)
    if known is None or known.live:
        return
    try:
        await detach_method(desk.provider, provider_method_id=known.provider_method_id)
    except ProviderRefused:
        return  # detached before, or gone with its customer
    except (ProviderUnavailable, ProviderDeclined) as silent:
        raise ProviderSilent from silent


async def drive_charge(desk: Desk, *, attempt_id: UUID) -> None:
    """Takes a charge to its end, from wherever an earlier run left it: nothing is charged twice however often. Raises CardRefused, ProviderSilent."""
    charge: ChargeNow = await desk.ask(find_charge, attempt_id=attempt_id)
    if charge.state in {"succeeded", "closed"}:
        return
    if charge.verdict is None and charge.state != "processing" and not _wanted(charge):
        await call_off(desk, attempt_id=attempt_id)  # paid meanwhile, or not to be charged any more: that is no failure
        return
    waits_for = WAITS_FOR_CUSTOMER if charge.verdict == "ask_customer" else UNANSWERED_AFTER
    if charge.state != "processing" and charge.begun_at < desk.at - waits_for:
        await _give_up(desk, charge)
        return
    intent = await _intent_of(desk, charge)
    if charge.verdict is None and not await _is_settled(desk, charge, intent):
        await _confirm(desk, charge, intent)


async def _intent_of(desk: Desk, charge: ChargeNow) -> PaymentIntent:
    """The charge's intent as the provider has it now, made where there is none, and heard."""
    if charge.provider_intent_id is not None:
        intent = await asked(retrieve_payment_intent(desk.provider, intent_id=charge.provider_intent_id))
    else:
        ours = {"organisation_id": desk.organisation_id, "invoice_id": charge.invoice_id, "attempt_id": charge.attempt_id, "way": SAVED}
        intent = await asked(
            create_saved_intent(
                desk.provider,
                amount_minor=charge.amount.amount,
                currency=charge.amount.currency,
                customer=charge.provider_customer_id,
                metadata={name: str(value) for name, value in ours.items()},
                description=f"Invoice {charge.invoice_id}",
                idempotency_key=f"attempt:{charge.attempt_id}:create",
            )
        )
    await desk.do(hear_intent, intent=told(intent))
    return intent


async def _is_settled(desk: Desk, charge: ChargeNow, intent: PaymentIntent) -> bool:
    """Whether the provider was asked to charge it already; a refusal is kept."""
    if intent.status in {"succeeded", "processing", "canceled"}:
        return True
    return await hear_refusal(desk, intent, attempt_id=charge.attempt_id)


async def _confirm(desk: Desk, charge: ChargeNow, intent: PaymentIntent) -> None:
    """Asks for what is owed by now, unless the invoice was paid or contested, the method ended or the charge called off while the intent was made."""
    now: ChargeNow = await desk.ask(find_charge, attempt_id=charge.attempt_id)
    if now.state in {"processing", "succeeded"}:
        return  # another run asked for it meanwhile
    if not _wanted(now) or now.state != "open":
        await call_off(desk, attempt_id=charge.attempt_id)
        return
    try:
        await _lessen(desk, now, intent)
        done = await confirm_saved(
            desk.provider,
            intent_id=intent.id,
            provider_method_id=charge.provider_method_id,
            idempotency_key=f"attempt:{charge.attempt_id}:confirm",
        )
    except ProviderDeclined as declined:
        if declined.intent is not None:
            await desk.do(hear_intent, intent=told(declined.intent))
        problem = None if declined.intent is None else declined.intent.last_payment_error
        advice = None if problem is None else problem.advice_code
        verdict = judged(code=declined.code, decline_code=declined.decline_code, advice=advice)
        await desk.do(note_charge_failure, attempt_id=charge.attempt_id, problem=verdict)
    except ProviderRefused as refused:
        if refused.intent is not None and refused.intent.status in {"succeeded", "processing", "canceled"}:
            await desk.do(hear_intent, intent=told(refused.intent))
            return
        problem_of_call = Problem((refused.code or "refused")[:60], None, "never")
        await desk.do(note_charge_failure, attempt_id=charge.attempt_id, problem=problem_of_call)
    except ProviderUnavailable as silent:
        raise ProviderSilent from silent
    else:
        await desk.do(hear_intent, intent=told(done))
        if done.status == "requires_action":
            await desk.do(
                note_charge_failure,
                attempt_id=charge.attempt_id,
                problem=judged(code="authentication_required", decline_code=None, advice=None),
            )


def _wanted(charge: ChargeNow) -> bool:
    """Whether its money is still to be asked for."""
    return charge.asked_minor > 0 and charge.method_live and not charge.spared


async def _lessen(desk: Desk, charge: ChargeNow, intent: PaymentIntent) -> None:
    """Has an intent ask for no more than is open: a part may have been paid since it was made."""
    if charge.asked_minor < intent.amount_minor:
        await lessen_intent(
            desk.provider,
            intent_id=intent.id,
            amount_minor=charge.asked_minor,
            idempotency_key=f"attempt:{charge.attempt_id}:ask:{charge.asked_minor}",
        )


async def hear_refusal(desk: Desk, intent: PaymentIntent, *, attempt_id: UUID) -> bool:
    """Keeps why an intent of a charge brought nothing; whether it was refused."""
    problem = intent.last_payment_error
    if intent.status != "requires_payment_method" or problem is None:
        return False
    verdict = judged(code=problem.code, decline_code=problem.decline_code, advice=problem.advice_code)
    await desk.do(note_charge_failure, attempt_id=attempt_id, problem=verdict)
    return True


async def hear_intent_of_charge(desk: Desk, intent: PaymentIntent) -> None:
    """Takes in a refusal that came as an event: an account's bank answers days later."""
    attempt_id = id_of(intent.metadata.get("attempt_id"))
    if intent.metadata.get("way") == SAVED and attempt_id and id_of(intent.metadata.get("organisation_id")) == desk.organisation_id:
        await hear_refusal(desk, intent, attempt_id=attempt_id)


async def _give_up(desk: Desk, charge: ChargeNow) -> None:
    """Nobody can pay it any more; if somebody has, it is applied. What was never answered is asked about a last time: why it was refused decides what comes of it."""
    if charge.verdict is not None:
        await call_off(desk, attempt_id=charge.attempt_id)
        return
    if charge.provider_intent_id is not None and await _is_settled(desk, charge, await _intent_of(desk, charge)):
        return
    # before it is called off at the provider, whose answer to that may be lost
    await desk.do(note_charge_failure, attempt_id=charge.attempt_id, problem=NO_ANSWER)


async def confirm_with_customer(desk: Desk, *, attempt_id: UUID, back_url: str) -> str | None:
    """The way back: the same intent, with the customer there. Where their bank asks them, or nothing where it is paid. Raises CardRefused, ProviderSilent."""
    charge: ChargeNow = await desk.ask(find_charge, attempt_id=attempt_id)
    if charge.provider_intent_id is None or charge.state not in {"open", "processing"} or not (charge.asked_minor and charge.method_live):
        raise CardRefused("This payment isn't open any more.")
    intent = await asked(retrieve_payment_intent(desk.provider, intent_id=charge.provider_intent_id))
    if intent.status == "requires_payment_method" or (intent.status == "requires_action" and charge.asked_minor < intent.amount_minor):
        await asked(_lessen(desk, charge, intent))
        intent = await asked(
            confirm_saved(
                desk.provider,
                intent_id=intent.id,
                provider_method_id=charge.provider_method_id,
                idempotency_key=f"attempt:{attempt_id}:confirm:{intent.latest_charge}:{min(charge.asked_minor, charge.amount.amount)}",
                return_url=back_url,
            )
        )
    await desk.do(hear_intent, intent=told(intent))
    asks = intent.next_action
    return asks.redirect_to_url.url if intent.status == "requires_action" and asks and asks.redirect_to_url else None


async def look_at_charge(desk: Desk, *, attempt_id: UUID) -> None:
    """Asks how a charge stands after the customer came back from their bank. Raises CardRefused, ProviderSilent."""
    charge: ChargeNow = await desk.ask(find_charge, attempt_id=attempt_id)
    if charge.provider_intent_id is not None and charge.state in {"open", "processing"}:
        await _intent_of(desk, charge)


def _shown(method: PaymentMethod) -> dict[str, Any] | None:
    if method.card is not None:
        return {"brand": method.card.brand, "last4": method.card.last4, "expires_on": method.card.expires_on}
    if method.sepa_debit is not None:
        return {"brand": "sepa_debit", "last4": method.sepa_debit.last4, "expires_on": None}
    return None
