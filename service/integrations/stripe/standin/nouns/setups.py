"""Setup intents: saving a method for payments that come later, with the customer there or without."""

import copy
from typing import NoReturn

from service.integrations.stripe.standin.faults import StripeFault, invalid, unexpected_state
from service.integrations.stripe.standin.forms import Fields
from service.integrations.stripe.standin.nouns.attempts import ask_customer
from service.integrations.stripe.standin.nouns.cards import SENTENCES, card_of
from service.integrations.stripe.standin.nouns.intents import automatic_methods, customer_of, method_types
from service.integrations.stripe.standin.nouns.mandates import new_mandate
from service.integrations.stripe.standin.nouns.methods import attach_to, copy_of, fresh_method
from service.integrations.stripe.standin.state import DATED, Call, Thing, matching, page

_CONFIRMS = frozenset({"payment_method", "return_url", "use_stripe_sdk"})
_TOLD = frozenset({"customer", "description", "metadata"})
CREATE = _CONFIRMS | _TOLD | {"allowed_payment_method_types", "automatic_payment_methods", "confirm", "usage"}
UPDATE = _TOLD | {"payment_method"}
CONFIRM = _CONFIRMS
CANCEL = frozenset({"cancellation_reason"})
LIST = DATED | {"customer", "payment_method"}
OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")
REASONS = ("abandoned", "duplicate", "requested_by_customer")


def create(call: Call) -> Thing:
    fields = call.fields
    confirms, named = fields.flag("confirm"), fields.text("payment_method")
    if confirms and named is None:
        raise invalid("You must provide a payment_method to confirm with.", code="parameter_missing", param="payment_method")
    setup = new_setup(call, fields)
    if named is not None:
        setup.update(payment_method=fresh_method(call.provider, named)["id"], status="requires_confirmation")
    call.provider.keep(setup)
    call.tell("setup_intent.created", setup)
    if confirms:
        try_setup(call, setup, return_url=fields.text("return_url"))
    return setup


def new_setup(call: Call, fields: Fields, *, customer: str | None = None, types: list[str] | None = None) -> Thing:
    provider, setup_id = call.provider, call.provider.new_id("seti")
    return {
        "id": setup_id,
        "object": "setup_intent",
        "application": None,
        "automatic_payment_methods": automatic_methods(fields),
        "cancellation_reason": None,
        "client_secret": provider.new_client_secret(setup_id),
        "created": provider.created(),
        "customer": customer or customer_of(call, fields),
        "customer_account": None,
        "description": fields.text("description", longest=1000),
        "flow_directions": None,
        "last_setup_error": None,
        "latest_attempt": None,
        "livemode": False,
        "mandate": None,
        "metadata": fields.metadata(),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_options": None,
        "payment_method_types": types or method_types(fields),
        "single_use_mandate": None,
        "status": "requires_payment_method",
        "usage": fields.choice("usage", ("off_session", "on_session")) or "off_session",
    }


def retrieve(call: Call, setup_id: str) -> Thing:
    return call.provider.find("setup_intent", setup_id, param="intent")


def list_setups(call: Call) -> Thing:
    return page(matching(call, "setup_intent", LIST - DATED), call.fields, url="/v1/setup_intents", noun="setup_intent")


def update(call: Call, setup_id: str) -> Thing:
    setup, fields = retrieve(call, setup_id), call.fields
    must_be_open(setup, verb="update")
    drafted: Thing = {"metadata": fields.changed_metadata(setup)}
    if "description" in fields:
        drafted["description"] = fields.text("description", longest=1000)
    if "customer" in fields:
        drafted["customer"] = customer_of(call, fields)
    named = fields.text("payment_method")
    if named is not None:
        drafted |= {"payment_method": fresh_method(call.provider, named)["id"], "status": "requires_confirmation"}
    setup.update(drafted)
    return setup


def confirm(call: Call, setup_id: str) -> Thing:
    setup, named = retrieve(call, setup_id), call.fields.text("payment_method")
    must_be_open(setup, verb="confirm")
    if named is not None:
        setup["payment_method"] = fresh_method(call.provider, named)["id"]
    if setup["payment_method"] is None:
        raise unexpected_state(
            "You cannot confirm this SetupIntent because it's missing a payment method.", noun="setup_intent", thing=setup
        )
    try_setup(call, setup, return_url=call.fields.text("return_url"))
    return setup


def cancel(call: Call, setup_id: str) -> Thing:
    setup = retrieve(call, setup_id)
    must_be_open(setup, verb="cancel")
    setup.update(status="canceled", cancellation_reason=call.fields.choice("cancellation_reason", REASONS), next_action=None)
    call.tell("setup_intent.canceled", setup)
    return setup


def save_as_customer(call: Call, setup_id: str, *, method: str, authenticates: bool) -> Thing:
    """What the page does in the customer's browser: gives a method, and passes or fails the authentication asked for."""
    setup = retrieve(call, setup_id)
    must_be_open(setup, verb="confirm")
    setup["payment_method"] = fresh_method(call.provider, method)["id"]
    card = card_of(call.provider, setup["payment_method"])
    if (card.asks_customer or card.asks_until_saved) and not authenticates:
        fail(call, setup, code="setup_intent_authentication_failure", decline_code=None)
    try_setup(call, setup, return_url=None, authenticated=True)
    return setup


def must_be_open(setup: Thing, *, verb: str) -> None:
    if setup["status"] not in OPEN:
        message = f"You cannot {verb} this SetupIntent because it has a status of {setup['status']}."
        raise unexpected_state(message, noun="setup_intent", thing=setup)


def try_setup(call: Call, setup: Thing, *, return_url: str | None, authenticated: bool = False) -> None:
    """Asks the bank whether the method may be charged later; a refusal raises, its trace left in the setup."""
    method = call.provider.things["payment_method"][setup["payment_method"]]
    card = card_of(call.provider, method["id"])
    if card.set_up_declined and card.declined_as is not None:
        fail(call, setup, code=card.declined_as[0], decline_code=card.declined_as[1])
    if (card.asks_customer or card.asks_until_saved) and not authenticated and method["type"] != "card_present":
        ask_customer(call, setup, return_url)
    else:
        succeed(call, setup)


def succeed(call: Call, setup: Thing) -> None:
    """The method is saved to the customer, and can be charged by the mandate given. What a reader read is saved as a card of its own."""
    method = call.provider.things["payment_method"][setup["payment_method"]]
    saved = copy_of(call.provider, method) if method["type"] == "card_present" else method
    if setup["customer"] is not None:
        attach_to(call, saved, setup["customer"])
    if setup["usage"] == "off_session":
        setup["mandate"] = new_mandate(call, saved)["id"]
    setup.update(status="succeeded", last_setup_error=None, next_action=None, latest_attempt=_attempt(call, setup, saved)["id"])
    call.tell("setup_intent.succeeded", setup)


def _attempt(call: Call, setup: Thing, saved: Thing) -> Thing:
    kind = call.provider.things["payment_method"][setup["payment_method"]]["type"]
    told: Thing = {"generated_card": saved["id"], "offline": None} if kind == "card_present" else {}
    return call.provider.keep(
        {
            "id": call.provider.new_id("setatt"),
            "object": "setup_attempt",
            "application": None,
            "created": call.provider.created(),
            "customer": setup["customer"],
            "flow_directions": None,
            "livemode": False,
            "on_behalf_of": None,
            "payment_method": setup["payment_method"],
            "payment_method_details": {kind: told, "type": kind},
            "setup_error": None,
            "setup_intent": setup["id"],
            "status": "succeeded",
            "usage": setup["usage"],
        }
    )


def fail(call: Call, setup: Thing, *, code: str, decline_code: str | None) -> NoReturn:
    method = call.provider.things["payment_method"][setup["payment_method"]]
    error: Thing = {"code": code, "message": SENTENCES[code], "payment_method": copy.deepcopy(method), "type": "card_error"}
    if decline_code is not None:
        error["decline_code"] = decline_code
    setup.update(status="requires_payment_method", payment_method=None, last_setup_error=error, next_action=None)
    call.tell("setup_intent.setup_failed", setup)
    raise StripeFault(402, SENTENCES[code], kind="card_error", code=code, more={**error, "setup_intent": copy.deepcopy(setup)})
