"""Payment intents: made, changed, cancelled, captured. How one is charged is in `attempts`."""

from service.integrations.stripe.standin.faults import StripeFault, invalid, unexpected_state
from service.integrations.stripe.standin.forms import Fields
from service.integrations.stripe.standin.nouns.attempts import Attempt, charge_intent, decline, release
from service.integrations.stripe.standin.nouns.cards import card_of
from service.integrations.stripe.standin.nouns.charges import settle
from service.integrations.stripe.standin.nouns.methods import TYPES, fresh_method
from service.integrations.stripe.standin.state import DATED, Call, Thing, matching, page

_TOLD = frozenset({"customer", "description", "metadata", "receipt_email", "setup_future_usage", "statement_descriptor_suffix"})
_CONFIRMS = frozenset({"error_on_requires_action", "off_session", "payment_method", "return_url", "setup_future_usage", "use_stripe_sdk"})
_MADE = frozenset({"allowed_payment_method_types", "amount", "automatic_payment_methods", "capture_method", "confirm", "currency"})
CREATE = _TOLD | _CONFIRMS | _MADE
UPDATE = _TOLD | {"amount", "payment_method"}
CONFIRM = _CONFIRMS | {"receipt_email"}
CAPTURE = frozenset({"amount_to_capture", "metadata"})
CANCEL = frozenset({"cancellation_reason"})
LIST = DATED | {"customer"}

MOST_MINOR = 99_999_999
LEAST_MINOR = {"usd": 50, "eur": 50, "gbp": 30, "jpy": 50, "chf": 50}
CONFIRMABLE = ("requires_payment_method", "requires_confirmation", "requires_action")
CANCELLABLE = (*CONFIRMABLE, "requires_capture", "processing")
REASONS = ("duplicate", "fraudulent", "requested_by_customer", "abandoned")
USAGES = ("off_session", "on_session")


def create(call: Call) -> Thing:
    fields, provider = call.fields, call.provider
    confirms, method = fields.flag("confirm"), fields.text("payment_method")
    if confirms and method is None:
        raise invalid("You must provide a payment_method to confirm with.", code="parameter_missing", param="payment_method")
    if not confirms and "off_session" in fields:
        raise invalid("You cannot use `off_session` when `confirm` isn't true.", param="off_session")
    attempt = _attempt(fields)
    intent = new_intent(call, fields, amount=_amount(fields), currency=currency_of(fields))
    if method is not None:
        intent.update(payment_method=fresh_method(call.provider, method)["id"], status="requires_confirmation")
    provider.keep(intent)
    call.tell("payment_intent.created", intent)
    if confirms:
        charge_intent(call, intent, attempt)
    return intent


def _attempt(fields: Fields) -> Attempt:
    off_session = fields.choice("off_session", ("true", "false", "one_off", "recurring"))
    fields.flag("use_stripe_sdk")
    return Attempt(
        return_url=fields.text("return_url"),
        off_session=off_session not in {None, "false"},
        never_asks=fields.flag("error_on_requires_action"),
    )


def currency_of(fields: Fields) -> str:
    currency = fields.need_text("currency").lower()
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha()):
        raise invalid(f"Invalid currency: {currency}", param="currency")
    return currency


def _amount(fields: Fields) -> int:
    return fields.need_integer("amount", least=1, most=MOST_MINOR)


def _must_be_enough(amount: int, currency: str) -> None:
    if amount < LEAST_MINOR.get(currency, 1):
        raise invalid("The amount is below the least that can be charged in this currency.", code="amount_too_small", param="amount")


def new_intent(
    call: Call, fields: Fields, *, amount: int, currency: str, customer: str | None = None, types: list[str] | None = None
) -> Thing:
    """An intent that nobody has seen yet. Metadata and the like stand in `fields`."""
    provider = call.provider
    _must_be_enough(amount, currency)
    intent_id = provider.new_id("pi")
    return {
        "id": intent_id,
        "object": "payment_intent",
        "amount": amount,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": automatic_methods(fields),
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": fields.choice("capture_method", ("automatic", "automatic_async", "manual")) or "automatic_async",
        "client_secret": provider.new_client_secret(intent_id),
        "confirmation_method": "automatic",
        "created": provider.created(),
        "currency": currency,
        "customer": customer or customer_of(call, fields),
        "description": fields.text("description", longest=1000),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": fields.metadata(),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_options": None,
        "payment_method_types": types or method_types(fields),
        "processing": None,
        "receipt_email": fields.text("receipt_email", longest=512),
        "review": None,
        "setup_future_usage": fields.choice("setup_future_usage", USAGES),
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": fields.text("statement_descriptor_suffix", longest=22),
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
    }


def customer_of(call: Call, fields: Fields) -> str | None:
    customer = fields.text("customer")
    return None if customer is None else str(call.provider.find("customer", customer, param="customer")["id"])


def automatic_methods(fields: Fields) -> Thing | None:
    told = fields.nested("automatic_payment_methods", accepts=("enabled", "allow_redirects"))
    if told is None:
        return None
    return {"allow_redirects": told.choice("allow_redirects", ("always", "never")) or "always", "enabled": told.flag("enabled")}


def method_types(fields: Fields) -> list[str]:
    """Which kinds of method may pay."""
    types = fields.texts("allowed_payment_method_types")
    for kind in types:
        if kind not in TYPES:
            raise invalid(f"The stand-in plays {', '.join(TYPES)}, not {kind}.", param="allowed_payment_method_types")
    return types or ["card", "sepa_debit"]


def retrieve(call: Call, intent_id: str) -> Thing:
    return call.provider.find("payment_intent", intent_id, param="intent")


def list_intents(call: Call) -> Thing:
    return page(matching(call, "payment_intent", LIST - DATED), call.fields, url="/v1/payment_intents", noun="payment_intent")


def update(call: Call, intent_id: str) -> Thing:
    intent, fields = retrieve(call, intent_id), call.fields
    metadata = fields.changed_metadata(intent)
    if any(name in fields for name in UPDATE - {"metadata", "description"}):
        must_be(intent, CONFIRMABLE, verb="update")
    changes: Thing = {
        name: fields.text(name, longest=1000) for name in ("description", "receipt_email", "statement_descriptor_suffix") if name in fields
    }
    if "amount" in fields:
        changes["amount"] = _amount(fields)
        _must_be_enough(changes["amount"], intent["currency"])
    if "customer" in fields:
        changes["customer"] = customer_of(call, fields)
    if "setup_future_usage" in fields:
        changes["setup_future_usage"] = fields.choice("setup_future_usage", USAGES)
    method = fields.text("payment_method")
    if method is not None:
        changes |= {"payment_method": fresh_method(call.provider, method)["id"], "status": "requires_confirmation"}
    intent.update(changes, metadata=metadata)
    return intent


def confirm(call: Call, intent_id: str) -> Thing:
    intent, fields = retrieve(call, intent_id), call.fields
    must_be(intent, CONFIRMABLE, verb="confirm")
    attempt, method = _attempt(fields), fields.text("payment_method")
    usage = fields.choice("setup_future_usage", USAGES)
    if method is not None:
        intent["payment_method"] = fresh_method(call.provider, method)["id"]
    if intent["payment_method"] is None:
        raise unexpected_state(
            "You cannot confirm this PaymentIntent because it's missing a payment method.", noun="payment_intent", thing=intent
        )
    if "receipt_email" in fields:
        intent["receipt_email"] = fields.text("receipt_email", longest=512)
    intent["setup_future_usage"] = usage or intent["setup_future_usage"]
    charge_intent(call, intent, attempt)
    return intent


def capture(call: Call, intent_id: str) -> Thing:
    """Takes what was authorised, or a part of it: the rest goes back to the card."""
    intent, fields = retrieve(call, intent_id), call.fields
    must_be(intent, ("requires_capture",), verb="capture")
    amount = fields.integer("amount_to_capture", least=1, most=MOST_MINOR) or intent["amount_capturable"]
    if amount > intent["amount_capturable"]:
        raise StripeFault(
            400, f"The amount to capture ({amount}) is over what can be captured.", code="amount_too_large", param="amount_to_capture"
        )
    intent["metadata"] = fields.changed_metadata(intent)
    charge = call.provider.find("charge", intent["latest_charge"])
    charge.update(captured=True, amount_captured=amount, amount_refunded=charge["amount"] - amount)
    intent.update(status="succeeded", amount_capturable=0, amount_received=amount)
    settle(call, charge, at_once=True)
    call.tell("charge.captured", charge)
    call.tell("payment_intent.succeeded", intent)
    return intent


def cancel(call: Call, intent_id: str) -> Thing:
    intent = retrieve(call, intent_id)
    must_be(intent, CANCELLABLE, verb="cancel")
    reason = call.fields.choice("cancellation_reason", REASONS)
    if intent["status"] == "processing":
        raise unexpected_state("You cannot cancel this PaymentIntent: the bank was already asked.", noun="payment_intent", thing=intent)
    if intent["status"] == "requires_capture":
        release(call, intent, kind="charge.refunded")
    intent.update(status="canceled", amount_capturable=0, canceled_at=call.provider.created(), cancellation_reason=reason, next_action=None)
    call.tell("payment_intent.canceled", intent)
    return intent


def pay_as_customer(call: Call, intent_id: str, *, method: str, authenticates: bool) -> Thing:
    """What the payment page does in the customer's browser: confirm, and pass or fail the authentication asked for."""
    intent = retrieve(call, intent_id)
    must_be(intent, CONFIRMABLE, verb="confirm")
    intent["payment_method"] = fresh_method(call.provider, method)["id"]
    if card_of(call.provider, intent["payment_method"]).asks_customer and not authenticates:
        decline(call, intent, code="payment_intent_authentication_failure", decline_code=None)
    charge_intent(call, intent, Attempt(authenticated=True))
    return intent


def must_be(intent: Thing, allowed: tuple[str, ...], *, verb: str) -> None:
    if intent["status"] not in allowed:
        message = f"You cannot {verb} this PaymentIntent because it has a status of {intent['status']}."
        raise unexpected_state(message, noun="payment_intent", thing=intent)
