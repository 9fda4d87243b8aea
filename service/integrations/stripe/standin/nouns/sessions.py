"""Checkout sessions: a page of Stripe's on which a customer pays, or saves a method. The intent is made when the customer submits it."""

import secrets

from service.integrations.stripe.standin.faults import StripeFault, invalid, left_out
from service.integrations.stripe.standin.forms import Fields
from service.integrations.stripe.standin.nouns import setups
from service.integrations.stripe.standin.nouns.attempts import Attempt, charge_intent
from service.integrations.stripe.standin.nouns.cards import card_of
from service.integrations.stripe.standin.nouns.customers import blank as blank_customer
from service.integrations.stripe.standin.nouns.intents import MOST_MINOR, currency_of, customer_of, method_types, new_intent
from service.integrations.stripe.standin.nouns.methods import fresh_method
from service.integrations.stripe.standin.state import DATED, PAGING, Call, Thing, matching, page

CREATE = frozenset({
    "allowed_payment_method_types", "cancel_url", "client_reference_id", "currency", "customer", "customer_creation", "customer_email",
    "expires_at", "line_items", "locale", "metadata", "mode", "payment_intent_data", "setup_intent_data", "submit_type", "success_url",
})  # fmt: skip
EXPIRE: frozenset[str] = frozenset()
LIST = DATED | {"customer", "payment_intent", "status"}
LINE_ITEMS = PAGING
INTENT_DATA = ("capture_method", "description", "metadata", "receipt_email", "setup_future_usage", "statement_descriptor_suffix")
SETUP_DATA = ("description", "metadata")
SHORTEST_S, LONGEST_S = 30 * 60, 24 * 3600


def create(call: Call) -> Thing:
    fields, provider = call.fields, call.provider
    mode = fields.need_choice("mode", ("payment", "setup"))
    items = _items(call) if mode == "payment" else []
    if mode == "payment" and not items:
        raise left_out("line_items")
    currency = items[0]["currency"] if items else currency_of(fields)
    named, accepts = ("payment_intent_data", INTENT_DATA) if mode == "payment" else ("setup_intent_data", SETUP_DATA)
    inside = fields.nested(named, accepts=accepts)
    if inside is not None:
        inside.metadata()
    secret = secrets.token_hex(16)
    session = _new(call, mode, items, currency, url=f"{call.address}/checkout/{secret}")
    session_id = session["id"]
    if mode == "setup":
        setup = setups.new_setup(call, inside or NOTHING, customer=session["customer"], types=session["payment_method_types"])
        session["setup_intent"] = provider.keep(setup)["id"]
        call.tell("setup_intent.created", setup)
    provider.keep(session)
    provider.checkouts[secret] = session_id
    provider.session_items[session_id] = items
    provider.session_data[session_id] = inside or NOTHING
    call.later(session["expires_at"] - provider.clock.now(), lambda later: _expire(later, session))
    return session


def _new(call: Call, mode: str, items: list[Thing], currency: str, *, url: str) -> Thing:
    """A session that nobody has opened yet."""
    fields = call.fields
    total = sum(item["amount_total"] for item in items)
    email = fields.text("customer_email", longest=512)
    return {
        "id": call.provider.new_id("cs_test"),
        "object": "checkout.session",
        "adaptive_pricing": None,
        "after_expiration": None,
        "allow_promotion_codes": None,
        "amount_subtotal": total if items else None,
        "amount_total": total if items else None,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "billing_address_collection": None,
        "cancel_url": fields.text("cancel_url"),
        "client_reference_id": fields.text("client_reference_id", longest=200),
        "client_secret": None,
        "collected_information": None,
        "consent": None,
        "consent_collection": None,
        "created": call.provider.created(),
        "currency": currency,
        "currency_conversion": None,
        "custom_fields": [],
        "custom_text": {"after_submit": None, "shipping_address": None, "submit": None, "terms_of_service_acceptance": None},
        "customer": customer_of(call, fields),
        "customer_account": None,
        "customer_creation": fields.choice("customer_creation", ("always", "if_required")) or "if_required",
        "customer_details": None if email is None else _details(email),
        "customer_email": email,
        "discounts": [],
        "expires_at": _expires_at(call),
        "invoice": None,
        "invoice_creation": None,
        "livemode": False,
        "locale": fields.text("locale", longest=10),
        "metadata": fields.metadata(),
        "mode": mode,
        "origin_context": None,
        "payment_intent": None,
        "payment_link": None,
        "payment_method_collection": "if_required",
        "payment_method_configuration_details": None,
        "payment_method_options": {},
        "payment_method_types": method_types(fields),
        "payment_status": "unpaid" if mode == "payment" else "no_payment_required",
        "permissions": None,
        "phone_number_collection": {"enabled": False},
        "recovered_from": None,
        "saved_payment_method_options": None,
        "setup_intent": None,
        "shipping_address_collection": None,
        "shipping_cost": None,
        "shipping_options": [],
        "status": "open",
        "submit_type": fields.choice("submit_type", ("auto", "book", "donate", "pay")),
        "subscription": None,
        "success_url": fields.need_text("success_url"),
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0} if items else None,
        "ui_mode": "hosted_page",
        "url": url,
        "wallet_options": None,
    }


NOTHING = Fields({}, accepts=())


def _details(email: str | None) -> Thing:
    return {
        "address": None,
        "business_name": None,
        "email": email,
        "individual_name": None,
        "name": None,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": None,
    }


def _expires_at(call: Call) -> int:
    now = call.provider.created()
    told = call.fields.integer("expires_at", least=0, most=1 << 40)
    if told is None:
        return now + int(call.provider.manners.session_expires_after_s)
    if not now + SHORTEST_S - 60 <= told <= now + LONGEST_S + 60:
        raise invalid("The `expires_at` timestamp must be between 30 minutes and 24 hours from now.", param="expires_at")
    return told


def _items(call: Call) -> list[Thing]:
    found = []
    for item in call.fields.each("line_items", accepts=("price_data", "quantity")):
        price = item.nested("price_data", accepts=("currency", "product_data", "unit_amount"))
        if price is None:
            raise invalid(
                "The stand-in takes line items by their `price_data`.", code="parameter_missing", param="line_items[0][price_data]"
            )
        product = price.need_nested("product_data", accepts=("name", "description", "metadata"))
        quantity = item.integer("quantity", least=1, most=999_999) or 1
        amount = quantity * price.need_integer("unit_amount", least=0, most=MOST_MINOR)
        found.append(
            {
                "id": call.provider.new_id("li"),
                "object": "item",
                "amount_discount": 0,
                "amount_subtotal": amount,
                "amount_tax": 0,
                "amount_total": amount,
                "currency": currency_of(price),
                "description": product.need_text("name"),
                "price": None,
                "quantity": quantity,
            }
        )
    if len({item["currency"] for item in found}) > 1:
        raise invalid("All line items must have the same currency.", param="line_items")
    return found


def submit(call: Call, session_id: str, *, method: str, authenticates: bool = True) -> Thing:
    """What the page does in the customer's browser. A declined card raises and leaves the session open."""
    session, provider = retrieve(call, session_id), call.provider
    if session["status"] != "open":
        raise StripeFault(400, f"This Checkout Session is {session['status']}.")
    if session["mode"] == "setup":
        setups.save_as_customer(call, session["setup_intent"], method=method, authenticates=authenticates)
    else:
        intent = _intent(call, session)
        found = fresh_method(provider, method)
        if found["type"] not in session["payment_method_types"]:
            raise StripeFault(400, f"This session doesn't take {found['type']}.", param="payment_method")
        intent["payment_method"] = found["id"]
        if card_of(provider, found["id"]).asks_customer and not authenticates:
            charge_intent(call, intent, Attempt(never_asks=True))
        charge_intent(call, intent, Attempt(authenticated=True))
        if intent["status"] != "processing":
            session["payment_status"] = "paid"
    session.update(status="complete", url=None, customer_details=session["customer_details"] or _details(None))
    call.tell("checkout.session.completed", session)
    if session["mode"] == "payment" and session["payment_status"] == "unpaid":
        call.later(provider.manners.debit_after_s, lambda later: finish(later, session))
    return session


def _intent(call: Call, session: Thing) -> Thing:
    """The intent of this session: made at the first submission, tried again by the next."""
    provider = call.provider
    if session["payment_intent"] is not None:
        return provider.find("payment_intent", session["payment_intent"])
    told = provider.session_data[session["id"]]
    if session["customer"] is None and (session["customer_creation"] == "always" or told.text("setup_future_usage")):
        customer = provider.keep({**blank_customer(call), "email": session["customer_email"]})
        session["customer"] = customer["id"]
        call.tell("customer.created", customer)
    amount, currency = session["amount_total"], session["currency"]
    intent = new_intent(call, told, amount=amount, currency=currency, customer=session["customer"], types=session["payment_method_types"])
    session["payment_intent"] = provider.keep(intent)["id"]
    call.tell("payment_intent.created", intent)
    return intent


def finish(call: Call, session: Thing) -> None:
    """A debit of the session's has worked, or not."""
    if session["payment_intent"] is None or session["payment_status"] != "unpaid":
        return
    status = call.provider.find("payment_intent", session["payment_intent"])["status"]
    if status == "succeeded":
        session["payment_status"] = "paid"
        call.tell("checkout.session.async_payment_succeeded", session)
    elif status != "processing":
        call.tell("checkout.session.async_payment_failed", session)


def expire(call: Call, session_id: str) -> Thing:
    session = retrieve(call, session_id)
    if session["status"] != "open":
        raise StripeFault(400, f'Only Checkout Sessions with a status in ["open"] can be expired. This one is {session["status"]}.')
    _expire(call, session)
    return session


def _expire(call: Call, session: Thing) -> None:
    if session["status"] == "open":
        session.update(status="expired", url=None)
        call.tell("checkout.session.expired", session)


def retrieve(call: Call, session_id: str) -> Thing:
    return call.provider.find("checkout.session", session_id, param="session")


def list_sessions(call: Call) -> Thing:
    return page(matching(call, "checkout.session", LIST - DATED), call.fields, url="/v1/checkout/sessions", noun="checkout.session")


def line_items(call: Call, session_id: str) -> Thing:
    retrieve(call, session_id)
    items = reversed(call.provider.session_items[session_id])
    return page(items, call.fields, url=f"/v1/checkout/sessions/{session_id}/line_items", noun="item")
