"""Payment intents: made, confirmed with a test card, authenticated or not, cancelled."""

import copy
import secrets

from service.integrations.stripe.standin.cards import SENTENCES, card_of, method_for
from service.integrations.stripe.standin.charges import new_charge
from service.integrations.stripe.standin.faults import StripeFault, invalid, missing
from service.integrations.stripe.standin.forms import Fields
from service.integrations.stripe.standin.state import PAGING, Call, Provider, Thing, page

CREATE = frozenset(
    {
        "amount", "automatic_payment_methods", "capture_method", "confirm", "currency", "description", "metadata", "off_session",
        "payment_method", "receipt_email", "return_url", "statement_descriptor_suffix",
    }
)  # fmt: skip
CONFIRM = frozenset({"payment_method", "return_url", "off_session"})
CANCEL = frozenset({"cancellation_reason"})
LIST = PAGING

MOST_MINOR = 99_999_999
LEAST_MINOR = {"usd": 50, "eur": 50, "gbp": 30, "jpy": 50, "chf": 50}
CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")
CANCELLABLE = (*CONFIRMABLE, "requires_capture", "processing")
REASONS = ("duplicate", "fraudulent", "requested_by_customer", "abandoned")


def create(call: Call) -> Thing:
    fields, provider = call.fields, call.provider
    intent = _new_intent(provider, fields)
    method = fields.text("payment_method")
    if fields.flag("confirm") and method is None:
        raise invalid("You must provide a payment_method to confirm with.", code="parameter_missing", param="payment_method")
    if method is not None:
        intent["payment_method"] = method_for(provider, method)["id"]
        intent["status"] = "requires_confirmation"
    provider.intents[intent["id"]] = intent
    call.tell("payment_intent.created", intent)
    if fields.flag("confirm"):
        _charge(call, intent, return_url=fields.text("return_url"), off_session=fields.flag("off_session"))
    return intent


def _new_intent(provider: Provider, fields: Fields) -> Thing:
    currency = fields.need_text("currency").lower()
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        raise invalid(f"Invalid currency: {currency}", param="currency")
    amount = fields.need_integer("amount", least=1, most=MOST_MINOR)
    if amount < LEAST_MINOR.get(currency, 1):
        raise invalid("The amount is below the least that can be charged in this currency.", code="amount_too_small", param="amount")
    automatic = fields.nested("automatic_payment_methods", accepts=("enabled", "allow_redirects"))
    intent_id = provider.new_id("pi")
    return {
        "id": intent_id,
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None
        if automatic is None
        else {
            "allow_redirects": automatic.choice("allow_redirects", ("always", "never")) or "always",
            "enabled": automatic.flag("enabled"),
        },
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": fields.choice("capture_method", ("automatic", "automatic_async")) or "automatic_async",
        "client_secret": f"{intent_id}_secret_{secrets.token_hex(12)}",
        "confirmation_method": "automatic",
        "created": provider.created(),
        "currency": currency,
        "customer": None,
        "description": fields.text("description", longest=1000),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": fields.metadata(),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_options": None,
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": fields.text("receipt_email", longest=512),
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": fields.text("statement_descriptor_suffix", longest=22),
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
    }


def find(provider: Provider, intent_id: str) -> Thing:
    if intent_id not in provider.intents:
        raise missing("payment_intent", intent_id, param="intent")
    return provider.intents[intent_id]


def retrieve(call: Call, intent_id: str) -> Thing:
    return find(call.provider, intent_id)


def list_intents(call: Call) -> Thing:
    return page(call.provider.intents.values(), call.fields, url="/v1/payment_intents", noun="payment_intent")


def confirm(call: Call, intent_id: str) -> Thing:
    intent = find(call.provider, intent_id)
    fields = call.fields
    _must_be(intent, CONFIRMABLE, verb="confirm")
    method = fields.text("payment_method")
    if method is not None:
        intent["payment_method"] = method_for(call.provider, method)["id"]
    if intent["payment_method"] is None:
        raise StripeFault(
            400,
            "You cannot confirm this PaymentIntent because it's missing a payment method.",
            code="payment_intent_unexpected_state",
            more={"payment_intent": copy.deepcopy(intent)},
        )
    _charge(call, intent, return_url=fields.text("return_url"), off_session=fields.flag("off_session"))
    return intent


def cancel(call: Call, intent_id: str) -> Thing:
    intent = find(call.provider, intent_id)
    _must_be(intent, CANCELLABLE, verb="cancel")
    reason = call.fields.choice("cancellation_reason", REASONS)
    intent.update(status="canceled", canceled_at=call.provider.created(), cancellation_reason=reason, next_action=None)
    call.tell("payment_intent.canceled", intent)
    return intent


def pay_as_customer(call: Call, intent_id: str, *, method: str, authenticates: bool) -> Thing:
    """What the payment page does in the customer's browser: confirm, and pass or fail the authentication asked for."""
    intent = find(call.provider, intent_id)
    _must_be(intent, CONFIRMABLE, verb="confirm")
    intent["payment_method"] = method_for(call.provider, method)["id"]
    card = card_of(call.provider, intent["payment_method"])
    if card.asks_customer and not authenticates:
        _fail(call, intent, code="payment_intent_authentication_failure", decline_code=None)
    _charge(call, intent, return_url=None, off_session=False, authenticated=True)
    return intent


def _must_be(intent: Thing, allowed: tuple[str, ...], *, verb: str) -> None:
    if intent["status"] not in allowed:
        raise StripeFault(
            400,
            f"You cannot {verb} this PaymentIntent because it has a status of {intent['status']}.",
            code="payment_intent_unexpected_state",
            more={"payment_intent": copy.deepcopy(intent)},
        )


def _charge(call: Call, intent: Thing, *, return_url: str | None, off_session: bool, authenticated: bool = False) -> None:
    card = card_of(call.provider, intent["payment_method"])
    if card.declined_as is not None:
        _fail(call, intent, code=card.declined_as[0], decline_code=card.declined_as[1])
    if card.asks_customer and off_session:
        _fail(call, intent, code="authentication_required", decline_code="authentication_required")
    if card.asks_customer and not authenticated:
        _ask_customer(call, intent, return_url)
    else:
        _succeed(call, intent)


def _succeed(call: Call, intent: Thing) -> None:
    charge = new_charge(call.provider, intent, failure=None)
    intent.update(
        status="succeeded", amount_received=intent["amount"], latest_charge=charge["id"], last_payment_error=None, next_action=None
    )
    call.tell("charge.succeeded", charge)
    call.tell("payment_intent.succeeded", intent)


def _ask_customer(call: Call, intent: Thing, return_url: str | None) -> None:
    page_url = f"/pay/{intent['client_secret']}"
    action: Thing = {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "three_d_secure_redirect", "stripe_js": page_url}}
    if return_url is not None:
        action = {"type": "redirect_to_url", "redirect_to_url": {"return_url": return_url, "url": page_url}}
    intent.update(status="requires_action", next_action=action)
    call.tell("payment_intent.requires_action", intent)


def _fail(call: Call, intent: Thing, *, code: str, decline_code: str | None) -> None:
    method = call.provider.methods[intent["payment_method"]]
    charge = new_charge(call.provider, intent, failure=(code, decline_code or code, SENTENCES[code]))
    error: Thing = {"charge": charge["id"], "code": code, "message": SENTENCES[code], "payment_method": method, "type": "card_error"}
    if decline_code is not None:
        error["decline_code"] = decline_code
    intent.update(
        status="requires_payment_method", payment_method=None, last_payment_error=error, latest_charge=charge["id"], next_action=None
    )
    call.tell("charge.failed", charge)
    call.tell("payment_intent.payment_failed", intent)
    raise StripeFault(402, SENTENCES[code], kind="card_error", code=code, more={**error, "payment_intent": copy.deepcopy(intent)})
