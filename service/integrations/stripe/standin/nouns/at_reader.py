"""Who stands in front of a reader: presents a card, signs, walks away; the test helpers and the controls play them."""

from service.integrations.stripe.standin.faults import StripeFault
from service.integrations.stripe.standin.nouns.attempts import Attempt, charge_intent
from service.integrations.stripe.standin.nouns.cards import KNOWN, card_numbered
from service.integrations.stripe.standin.nouns.charges import new_charge, settle
from service.integrations.stripe.standin.nouns.files import keep_file
from service.integrations.stripe.standin.nouns.methods import new_present
from service.integrations.stripe.standin.nouns.readers import retrieve
from service.integrations.stripe.standin.nouns.refunds import refund_charge
from service.integrations.stripe.standin.nouns.setups import try_setup
from service.integrations.stripe.standin.state import Call, Thing

PRESENT = frozenset({"amount_tip", "card_present", "type"})
COLLECTED = frozenset({"skip_non_required_inputs"})
TIMED_OUT: frozenset[str] = frozenset()
SIGNATURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 33"><path d="M3 24c9-30 15-30 18 0s15-21 24-9 30-3 48-6" fill="none" stroke="#000"/></svg>'
PAYS = ("process_payment_intent", "process_setup_intent", "refund_payment")
STORED_S = 600
"""How long a payment lies in the offline store before it is forwarded."""
SAMPLES = {"email": "ada@example.com", "numeric": "7", "phone": "+4312345678", "text": "Yes"}


def _doing(reader: Thing, *kinds: str) -> Thing:
    action: Thing | None = reader["action"]
    if action is None or action["status"] != "in_progress" or action["type"] not in kinds:
        raise StripeFault(400, "The reader isn't waiting for that.", code="resource_missing")
    return action


def present(call: Call, reader_id: str) -> Thing:
    """The card is held to the reader: paid, saved, refunded to, or declined."""
    reader = retrieve(call, reader_id)
    action = _doing(reader, *PAYS)
    card = call.fields.nested("card_present", accepts=("number",))
    call.fields.choice("type", ("card_present",))
    number = None if card is None else card.text("number")
    named = "pm_card_visa" if number is None else card_numbered(number, param="card_present[number]")
    if KNOWN[named].is_account:
        raise StripeFault(400, "That is an account and no card.", param="card_present[number]")
    try:
        _act(call, reader, action, named)
    except StripeFault as fault:
        fail(call, reader, code=fault.error.get("code") or "processing_error", message=str(fault))
        return reader
    action["status"] = "succeeded"
    call.tell("terminal.reader.action_succeeded", reader)
    return reader


def _act(call: Call, reader: Thing, action: Thing, named: str) -> None:
    told = action[action["type"]]
    if action["type"] == "refund_payment":
        charge = call.provider.find("charge", told["charge"])
        made = refund_charge(call, charge, asked=told["amount"], reason=told["reason"], metadata=told["metadata"])
        told["refund"] = made["id"]
        return
    method = new_present(call.provider, named)
    if action["type"] == "process_setup_intent":
        setup = call.provider.find("setup_intent", told["setup_intent"])
        setup["payment_method"] = method["id"]
        try_setup(call, setup, return_url=None)
        told["generated_card"] = call.provider.find("setup_attempt", setup["latest_attempt"])["payment_method_details"]["card_present"][
            "generated_card"
        ]
        return
    intent = call.provider.find("payment_intent", told["payment_intent"])
    if intent["status"] == "canceled":
        raise StripeFault(400, "The PaymentIntent was canceled meanwhile.", code="payment_intent_unexpected_state")
    intent["payment_method"] = method["id"]
    charge_intent(call, intent, Attempt(present={"reader": reader["id"], "location": reader["location"]}))


def fail(call: Call, reader: Thing, *, code: str, message: str) -> None:
    reader["action"].update(status="failed", failure_code=code, failure_message=message)
    call.tell("terminal.reader.action_failed", reader)


def collect(call: Call, reader_id: str) -> Thing:
    """Everything asked for is given, signatures too; what isn't required may be skipped."""
    reader = retrieve(call, reader_id)
    action = _doing(reader, "collect_inputs")
    skips = call.fields.choice("skip_non_required_inputs", ("all", "none")) == "all"
    for one in action["collect_inputs"]["inputs"]:
        kind = one["type"]
        one["skipped"] = skips and not one["required"]
        if one["skipped"]:
            continue
        if kind == "signature":
            one["signature"] = {"value": _sign(call)}
        elif kind == "selection":
            chosen = (one["selection"]["choices"] or [{"id": None, "text": None}])[0]
            one["selection"].update(id=chosen["id"], text=chosen["text"])
        else:
            one[kind] = {"value": SAMPLES[kind]}
    action["status"] = "succeeded"
    call.tell("terminal.reader.action_succeeded", reader)
    return reader


def _sign(call: Call) -> str:
    made = keep_file(call, SIGNATURE, purpose="customer_signature", filename="signature.svg", kind="svg")
    return str(made["id"])


def time_out(call: Call, reader_id: str) -> Thing:
    """Nobody answered what the reader asked for."""
    reader = retrieve(call, reader_id)
    _doing(reader, "collect_inputs")
    fail(call, reader, code="terminal_reader_timeout", message="The reader waited for the customer in vain.")
    return reader


def walk_away(call: Call, reader_id: str) -> Thing:
    """The customer presses cancel or walks away, whatever the reader was doing."""
    reader = retrieve(call, reader_id)
    _doing(reader, *PAYS, "collect_inputs")
    fail(call, reader, code="customer_canceled", message="The customer canceled on the reader.")
    return reader


def double_offline(call: Call, intent_id: str) -> Thing:
    """The same card payment once more: taken by the reader while it was offline and forwarded now, an intent of its own."""
    provider = call.provider
    first = provider.find("payment_intent", intent_id)
    charged = provider.things["charge"].get(first["latest_charge"] or "")
    if charged is None or charged["payment_method_details"]["type"] != "card_present" or first["status"] != "succeeded":
        raise StripeFault(400, "Only a payment that succeeded at a reader can be doubled.")
    second: Thing = {**first, "id": provider.new_id("pi"), "created": provider.created(), "metadata": dict(first["metadata"])}
    second["client_secret"] = provider.new_client_secret(second["id"])
    second["payment_method"] = new_present(provider, provider.test_cards[first["payment_method"]])["id"]
    provider.keep(second)
    details = charged["payment_method_details"]["card_present"]
    offline = {"stored_at": provider.created() - STORED_S, "type": "deferred"}
    charge = new_charge(
        provider, second, failure=None, status="succeeded",
        present={"reader": details["reader"], "location": details["location"], "offline": offline},
    )  # fmt: skip
    second["latest_charge"] = charge["id"]
    settle(call, charge, at_once=False)
    call.tell(
        "payment_intent.created",
        {**second, "status": "requires_payment_method", "amount_received": 0, "latest_charge": None, "payment_method": None},
    )
    call.tell("charge.succeeded", charge)
    call.tell("payment_intent.succeeded", second)
    return second
