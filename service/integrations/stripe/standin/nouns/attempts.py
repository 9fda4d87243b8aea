"""One attempt to charge an intent: what the card does, what the bank says at once or later."""

import copy
from dataclasses import dataclass
from typing import NoReturn

from service.integrations.stripe.standin.faults import StripeFault
from service.integrations.stripe.standin.nouns.cards import ADVICE, SENTENCES, card_of, declined_now
from service.integrations.stripe.standin.nouns.charges import SECONDS_TO_CAPTURE, new_charge, settle
from service.integrations.stripe.standin.nouns.mandates import is_withdrawn, new_mandate
from service.integrations.stripe.standin.nouns.methods import attach_to, must_be_fresh
from service.integrations.stripe.standin.state import Call, Thing


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """How this attempt is made, beyond what stands in the intent."""

    return_url: str | None = None
    off_session: bool = False
    never_asks: bool = False
    """`error_on_requires_action`."""
    authenticated: bool = False
    present: Thing | None = None
    """Where the card was held to a reader."""


def charge_intent(call: Call, intent: Thing, attempt: Attempt) -> None:
    """Charges the method of the intent; a declined card raises, its trace left in the intent."""
    method = call.provider.things["payment_method"][intent["payment_method"]]
    _must_belong(call, intent, method)
    card = card_of(call.provider, method["id"])
    if is_withdrawn(call, method):
        raise StripeFault(
            400, "The mandate of this PaymentMethod is inactive.", code="payment_method_provider_decline", param="payment_method"
        )
    declined = declined_now(call.provider, method["id"])
    if declined is not None and not (declined[0] == "authentication_required" and attempt.authenticated):
        if declined[0] == "authentication_required" and not (attempt.off_session or attempt.never_asks):
            ask_customer(call, intent, attempt.return_url)
            return
        decline(call, intent, code=declined[0], decline_code=declined[1])
    saved = method["customer"] is not None and any(
        one["payment_method"] == method["id"] and one["status"] == "succeeded" for one in call.provider.all("setup_intent")
    )
    asks = attempt.present is None and (card.asks_customer or (card.asks_until_saved and not (saved and attempt.off_session)))
    if asks and (attempt.off_session or attempt.never_asks):
        decline(call, intent, code="authentication_required", decline_code="authentication_required")
    if asks and not attempt.authenticated:
        ask_customer(call, intent, attempt.return_url)
    elif method["type"] == "sepa_debit":
        _debit(call, intent)
    elif intent["capture_method"] == "manual":
        _authorise(call, intent, attempt)
    else:
        _succeed(call, intent, attempt)


def _must_belong(call: Call, intent: Thing, method: Thing) -> None:
    must_be_fresh(call.provider, method)
    if method["customer"] is not None and method["customer"] != intent["customer"]:
        sentence = (
            f"The PaymentMethod {method['id']} belongs to the Customer {method['customer']}. Please include the Customer in the `customer` parameter "
            "on the PaymentIntent."
        )
        raise StripeFault(400, sentence, param="payment_method")


def _use(call: Call, intent: Thing) -> None:
    """A method that paid is saved if that was asked for; of nobody, it's good for nothing more."""
    method = call.provider.things["payment_method"][intent["payment_method"]]
    if method["customer"] is None and intent["customer"] is not None and intent["setup_future_usage"] and method["type"] != "card_present":
        attach_to(call, method, intent["customer"])
        if intent["setup_future_usage"] == "off_session":
            new_mandate(call, method)
    elif method["customer"] is None:
        call.provider.used_up.add(method["id"])


def _succeed(call: Call, intent: Thing, attempt: Attempt) -> None:
    _use(call, intent)
    charge = new_charge(call.provider, intent, failure=None, status="succeeded", present=attempt.present)
    intent.update(
        status="succeeded", amount_received=intent["amount"], latest_charge=charge["id"], last_payment_error=None, next_action=None
    )
    settle(call, charge, at_once=intent["capture_method"] == "automatic")
    call.tell("charge.succeeded", charge)
    call.tell("payment_intent.succeeded", intent)


def _authorise(call: Call, intent: Thing, attempt: Attempt) -> None:
    _use(call, intent)
    charge = new_charge(call.provider, intent, failure=None, status="succeeded", present=attempt.present)
    intent.update(
        status="requires_capture",
        amount_capturable=intent["amount"],
        latest_charge=charge["id"],
        last_payment_error=None,
        next_action=None,
    )
    call.tell("charge.succeeded", charge)
    call.tell("payment_intent.amount_capturable_updated", intent)
    call.later(SECONDS_TO_CAPTURE, lambda later: expire(later, intent))


def expire(call: Call, intent: Thing) -> None:
    """An authorisation that nobody captured in seven days is given back."""
    if intent["status"] == "requires_capture":
        release(call, intent, kind="charge.expired")
        intent.update(status="canceled", canceled_at=call.provider.created(), cancellation_reason="automatic", amount_capturable=0)
        call.tell("payment_intent.canceled", intent)


def release(call: Call, intent: Thing, *, kind: str) -> None:
    """What was authorised and not captured goes back to the card; no money moved."""
    charge = call.provider.find("charge", intent["latest_charge"])
    charge.update(amount_refunded=charge["amount"], refunded=True)
    call.tell(kind, charge)


def _debit(call: Call, intent: Thing) -> None:
    _use(call, intent)
    charge = new_charge(call.provider, intent, failure=None, status="pending")
    charge.update(paid=False, captured=True)
    intent.update(status="processing", latest_charge=charge["id"], last_payment_error=None, next_action=None)
    call.tell("charge.pending", charge)
    call.tell("payment_intent.processing", intent)
    call.later(call.provider.manners.debit_after_s, lambda later: finish_debit(later, intent))


def finish_debit(call: Call, intent: Thing, *, fails: bool | None = None) -> None:
    """The customer's bank has answered; without a word from whoever drives the stand-in as the account's number says."""
    if intent["status"] != "processing":
        return
    charge = call.provider.find("charge", intent["latest_charge"])
    if card_of(call.provider, charge["payment_method"]).fails_later if fails is None else fails:
        code = "payment_intent_payment_attempt_failed"
        charge.update(status="failed", failure_code="refer_to_customer", failure_message=SENTENCES[code], captured=False, amount_captured=0)
        _leave_unpaid(call, intent, charge, code=code, decline_code=None)
        return
    charge.update(status="succeeded", paid=True, captured=True, amount_captured=charge["amount"])
    settle(call, charge, at_once=False)
    call.tell("charge.succeeded", charge)
    intent.update(status="succeeded", amount_received=intent["amount"])
    call.tell("payment_intent.succeeded", intent)


def ask_customer(call: Call, intent: Thing, return_url: str | None) -> None:
    """Only the customer can go on, on the page: with an intent to pay or one to save."""
    page_url = f"{call.address}/pay/{intent['client_secret']}"
    action: Thing = {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect", "stripe_js": page_url}}
    if return_url is not None:
        action = {"type": "redirect_to_url", "redirect_to_url": {"return_url": return_url, "url": page_url}}
    intent.update(status="requires_action", next_action=action)
    call.tell(f"{intent['object']}.requires_action", intent)


def decline(call: Call, intent: Thing, *, code: str, decline_code: str | None) -> NoReturn:
    """The card said no: a failed charge, the intent payable anew, and the error that the caller hears."""
    charge = new_charge(call.provider, intent, failure=(code, decline_code or code, SENTENCES[code]), status="failed")
    error = _leave_unpaid(call, intent, charge, code=code, decline_code=decline_code)
    raise StripeFault(402, SENTENCES[code], kind="card_error", code=code, more={**error, "payment_intent": copy.deepcopy(intent)})


def _leave_unpaid(call: Call, intent: Thing, charge: Thing, *, code: str, decline_code: str | None) -> Thing:
    method = call.provider.things["payment_method"][intent["payment_method"]]
    error: Thing = {
        "charge": charge["id"],
        "code": code,
        "message": SENTENCES[code],
        "payment_method": copy.deepcopy(method),
        "type": "card_error",
    }
    if decline_code is not None:
        error["decline_code"] = decline_code
    if decline_code in ADVICE:
        error["advice_code"] = ADVICE[decline_code]
    intent.update(
        status="requires_payment_method", payment_method=None, last_payment_error=error, latest_charge=charge["id"], next_action=None
    )
    call.tell("charge.failed", charge)
    call.tell("payment_intent.payment_failed", intent)
    return error
