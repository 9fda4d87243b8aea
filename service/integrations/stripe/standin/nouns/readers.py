"""Terminal readers, driven from the server: each does one thing at a time, and a test helper plays the customer in front of it."""

from service.integrations.stripe.standin.faults import StripeFault, invalid, left_out
from service.integrations.stripe.standin.forms import Fields
from service.integrations.stripe.standin.nouns import intents, locations, setups
from service.integrations.stripe.standin.nouns.methods import REDISPLAY
from service.integrations.stripe.standin.state import PAGING, Call, Thing, matching, page

CREATE = frozenset({"label", "location", "metadata", "registration_code"})
UPDATE = frozenset({"label", "metadata"})
LIST = PAGING | {"device_type", "location", "serial_number", "status"}
CANCEL: frozenset[str] = frozenset()
PROCESS_INTENT = frozenset({"payment_intent", "process_config"})
PROCESS_SETUP = frozenset({"allow_redisplay", "process_config", "setup_intent"})
COLLECT = frozenset({"inputs", "metadata"})
DISPLAY = frozenset({"cart", "type"})
REFUND = frozenset({"amount", "charge", "metadata", "payment_intent"})
SIMULATED = {"simulated-wpe": "simulated_wisepos_e", "simulated-s700": "simulated_stripe_s700"}
INPUTS = ("email", "numeric", "phone", "selection", "signature", "text")
INPUTS_AT_ONCE = 5


def create(call: Call) -> Thing:
    fields, provider = call.fields, call.provider
    code = fields.need_text("registration_code")
    if code not in SIMULATED:
        raise invalid("The registration code is invalid. The stand-in takes simulated-wpe and simulated-s700.", param="registration_code")
    location = locations.retrieve(call, fields.need_text("location"))
    reader_id = provider.new_id("tmr")
    return provider.keep(
        {
            "id": reader_id,
            "object": "terminal.reader",
            "action": None,
            "device_sw_version": None,
            "device_type": SIMULATED[code],
            "ip_address": "127.0.0.1",
            "label": fields.text("label") or f"Simulated reader {len(provider.things['terminal.reader']) + 1}",
            "last_seen_at": int(provider.clock.now() * 1000),
            "livemode": False,
            "location": location["id"],
            "metadata": fields.metadata(),
            "serial_number": f"simulated-{reader_id[-12:]}",
            "status": "online",
        }
    )


def retrieve(call: Call, reader_id: str) -> Thing:
    return call.provider.find("terminal.reader", reader_id, param="reader")


def update(call: Call, reader_id: str) -> Thing:
    reader, fields = retrieve(call, reader_id), call.fields
    drafted: Thing = {"metadata": fields.changed_metadata(reader)}
    if "label" in fields:
        drafted["label"] = fields.need_text("label")
    reader.update(drafted)
    return reader


def delete(call: Call, reader_id: str) -> Thing:
    return call.provider.remove(retrieve(call, reader_id))


def list_readers(call: Call) -> Thing:
    return page(matching(call, "terminal.reader", LIST - PAGING), call.fields, url="/v1/terminal/readers", noun="terminal.reader")


def _online(call: Call, reader_id: str) -> Thing:
    reader = retrieve(call, reader_id)
    if reader["status"] != "online":
        raise StripeFault(
            400, "Reader is currently offline, please ensure the reader is powered on and connected.", code="terminal_reader_offline"
        )
    return reader


def _begin(call: Call, reader_id: str, kind: str, told: Thing) -> Thing:
    """Gives the reader something to do: a reader that is off or busy refuses."""
    reader = _online(call, reader_id)
    if reader["action"] is not None and reader["action"]["status"] == "in_progress" and reader["action"]["type"] != "set_reader_display":
        raise StripeFault(400, "Reader is currently busy processing another request.", code="terminal_reader_busy")
    reader["action"] = {"failure_code": None, "failure_message": None, kind: told, "status": "in_progress", "type": kind}
    return reader


def _config(fields: Fields, *, accepts: tuple[str, ...]) -> Thing:
    config = fields.nested("process_config", accepts=accepts)
    return {} if config is None else {name: config.flag(name) for name in accepts if name in config}


def process_intent(call: Call, reader_id: str) -> Thing:
    intent = intents.retrieve(call, call.fields.need_text("payment_intent"))
    intents.must_be(intent, intents.CONFIRMABLE, verb="process")
    if "card_present" not in intent["payment_method_types"]:
        raise StripeFault(400, "The PaymentIntent must allow card_present to be processed by a reader.", param="payment_intent")
    config = _config(call.fields, accepts=("enable_customer_cancellation", "skip_tipping"))
    return _begin(call, reader_id, "process_payment_intent", {"payment_intent": intent["id"], "process_config": config})


def process_setup(call: Call, reader_id: str) -> Thing:
    setup = setups.retrieve(call, call.fields.need_text("setup_intent"))
    setups.must_be_open(setup, verb="process")
    call.fields.need_choice("allow_redisplay", REDISPLAY)
    config = _config(call.fields, accepts=("enable_customer_cancellation",))
    return _begin(call, reader_id, "process_setup_intent", {"process_config": config, "setup_intent": setup["id"]})


def collect_inputs(call: Call, reader_id: str) -> Thing:
    asked = call.fields.each("inputs", accepts=("custom_text", "required", "selection", "toggles", "type"))
    if not 1 <= len(asked) <= INPUTS_AT_ONCE:
        raise invalid(f"Between one and {INPUTS_AT_ONCE} inputs are collected at once.", param="inputs")
    inputs = [_input(one) for one in asked]
    return _begin(call, reader_id, "collect_inputs", {"inputs": inputs, "metadata": call.fields.metadata()})


def _input(asked: Fields) -> Thing:
    kind = asked.choice("type", INPUTS)
    text = asked.nested("custom_text", accepts=("description", "skip_button", "submit_button", "title"))
    if kind is None or text is None:
        raise invalid("Each input needs its type and custom_text.", code="parameter_missing", param="inputs[0][type]")
    custom = {name: text.text(name) for name in ("description", "skip_button", "submit_button", "title")}
    selection = asked.nested("selection", accepts=("choices",))
    choices = [] if selection is None else selection.each("choices", accepts=("id", "style", "text"))
    told: Thing = {"value": None}
    if kind == "selection":
        listed = [
            {"id": one.text("id"), "style": one.choice("style", ("primary", "secondary")), "text": one.need_text("text")} for one in choices
        ]
        told = {"choices": listed, "id": None, "text": None}
    return {"custom_text": custom, "required": asked.flag("required"), "skipped": None, "type": kind, kind: told}


def display(call: Call, reader_id: str) -> Thing:
    cart = call.fields.nested("cart", accepts=("currency", "line_items", "tax", "total"))
    if call.fields.choice("type", ("cart",)) is None or cart is None:
        raise left_out("cart")
    items = [
        {
            "amount": item.need_integer("amount", least=0, most=10**9),
            "description": item.need_text("description"),
            "quantity": item.need_integer("quantity", least=1, most=10**6),
        }
        for item in cart.each("line_items", accepts=("amount", "description", "quantity"))
    ]
    shown = {
        "currency": cart.need_text("currency"),
        "line_items": items,
        "tax": cart.integer("tax", least=0, most=10**9),
        "total": cart.need_integer("total", least=0, most=10**9),
    }
    reader = _begin(call, reader_id, "set_reader_display", {"cart": shown, "type": "cart"})
    reader["action"]["status"] = "succeeded"
    call.tell("terminal.reader.action_succeeded", reader)
    return reader


def refund(call: Call, reader_id: str) -> Thing:
    fields = call.fields
    intent_id, charge_id = fields.text("payment_intent"), fields.text("charge")
    if intent_id is not None:
        charge_id = intents.retrieve(call, intent_id)["latest_charge"]
    charge = call.provider.find("charge", charge_id or "", param="charge")
    told = {
        "amount": fields.integer("amount", least=1, most=intents.MOST_MINOR) or charge["amount"] - charge["amount_refunded"],
        "charge": charge["id"],
        "metadata": fields.metadata(),
        "payment_intent": charge["payment_intent"],
        "reason": None,
    }
    return _begin(call, reader_id, "refund_payment", told)


def cancel_action(call: Call, reader_id: str) -> Thing:
    """Takes back what the reader was to do; a card that was held to it already is charged."""
    reader = _online(call, reader_id)
    reader["action"] = None
    return reader
