"""Payment methods: cards and bank accounts, on their own or of a customer."""

import hashlib

from service.integrations.stripe.standin.faults import StripeFault, invalid
from service.integrations.stripe.standin.forms import Fields
from service.integrations.stripe.standin.nouns.addresses import address_of
from service.integrations.stripe.standin.nouns.cards import ACCOUNTS, CARDS, KNOWN, TOKENS, TRANSFER, card_numbered, card_of
from service.integrations.stripe.standin.state import PAGING, Call, Provider, Thing, page

CREATE = frozenset({"allow_redisplay", "billing_details", "card", "metadata", "sepa_debit", "type"})
UPDATE = frozenset({"allow_redisplay", "billing_details", "card", "metadata"})
ATTACH = frozenset({"customer"})
DETACH: frozenset[str] = frozenset()
LIST = PAGING | {"customer", "type"}
LIST_OF_CUSTOMER = PAGING | {"type"}
REDISPLAY = ("always", "limited", "unspecified")
TYPES = ("card", "sepa_debit", "card_present")


def create(call: Call) -> Thing:
    fields = call.fields
    kind = fields.need_choice("type", ("card", "sepa_debit"))
    metadata = fields.metadata()
    named = _named_by(fields, kind)
    method = _new(call.provider, named, kind=kind)
    method.update(metadata=metadata, allow_redisplay=fields.choice("allow_redisplay", REDISPLAY) or "unspecified")
    _bill(method, fields)
    return call.provider.keep(method)


def _named_by(fields: Fields, kind: str) -> str:
    """The test card or account that the number, token or IBAN stands for."""
    if kind == "sepa_debit":
        account = fields.need_nested("sepa_debit", accepts=("iban",))
        return card_numbered(account.need_text("iban"), param="sepa_debit[iban]")
    card = fields.need_nested("card", accepts=("number", "exp_month", "exp_year", "cvc", "token"))
    token = card.text("token")
    if token is not None:
        if token not in TOKENS:
            raise invalid(f"No such token: '{token}'", code="resource_missing", param="card[token]")
        return TOKENS[token]
    card.need_integer("exp_month", least=1, most=12)
    card.need_integer("exp_year", least=2000, most=2100)
    return card_numbered(card.need_text("number"), param="card[number]")


def _bill(method: Thing, fields: Fields) -> None:
    details = fields.nested("billing_details", accepts=("address", "email", "name", "phone"))
    if details is None:
        return
    told: Thing = {name: details.text(name) for name in ("email", "name", "phone") if name in details}
    if "address" in details:
        told["address"] = address_of(details)
    method["billing_details"] = {**method["billing_details"], **told}


def method_for(provider: Provider, named: str, *, param: str = "payment_method") -> Thing:
    """The payment method of this id, or a new one for the name of a test card or a test account's IBAN."""
    if named in provider.things["payment_method"]:
        return provider.things["payment_method"][named]
    if named in ACCOUNTS:
        return provider.things["payment_method"][new_account(provider, named)]
    if named not in CARDS:
        raise StripeFault(400, f"No such PaymentMethod: '{named}'", code="resource_missing", param=param, kept=False)
    return provider.keep(_new(provider, named, kind="card"))


def fresh_method(provider: Provider, named: str) -> Thing:
    """The same, if it can pay or be saved."""
    method = method_for(provider, named)
    must_be_fresh(provider, method)
    return method


def new_account(provider: Provider, iban: str) -> str:
    """A bank account that can be debited: its method's id."""
    return str(provider.keep(_new(provider, iban, kind="sepa_debit"))["id"])


def new_transfer(provider: Provider) -> Thing:
    """What a customer's bank transfer paid by."""
    return provider.keep(_new(provider, TRANSFER, kind="customer_balance"))


def new_present(provider: Provider, named: str) -> Thing:
    """The card that was held to a reader: it's good for this payment only."""
    return provider.keep(_new(provider, named, kind="card_present"))


def copy_of(provider: Provider, method: Thing) -> Thing:
    """The card behind a method, as a method that can be saved."""
    return provider.keep(_new(provider, provider.test_cards[method["id"]], kind="card"))


def _new(provider: Provider, named: str, *, kind: str) -> Thing:
    card = KNOWN[named]
    fingerprint = hashlib.sha256(card.number.encode()).hexdigest()[:16]
    method: Thing = {
        "id": provider.new_id("pm"),
        "object": "payment_method",
        "allow_redisplay": "unspecified",
        "billing_details": {"address": address_of(None), "email": None, "name": None, "phone": None, "tax_id": None},
        "created": provider.created(),
        "customer": None,
        "customer_account": None,
        "livemode": False,
        "metadata": {},
        "type": kind,
    }
    common = {"country": "US", "exp_month": 12, "exp_year": 2034, "fingerprint": fingerprint, "funding": "credit", "last4": card.last4}
    if kind == "card":
        method["card"] = {
            **common,
            "brand": card.brand,
            "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
            "display_brand": card.brand,
            "generated_from": None,
            "networks": {"available": [card.brand], "preferred": None},
            "regulated_status": "unregulated",
            "three_d_secure_usage": {"supported": True},
            "wallet": None,
        }
    elif kind == "card_present":
        method["card_present"] = {
            **common,
            "brand": card.brand,
            "brand_product": None,
            "cardholder_name": None,
            "networks": {"available": [card.brand], "preferred": None},
            "offline": None,
            "preferred_locales": ["en"],
            "read_method": "contact_emv",
            "wallet": None,
        }
    elif kind == "customer_balance":
        method["customer_balance"] = {}
    else:
        method["sepa_debit"] = {
            "bank_code": card.number[4:12],
            "branch_code": "",
            "country": card.number[:2],
            "fingerprint": fingerprint,
            "generated_from": {"charge": None, "setup_attempt": None},
            "last4": card.last4,
        }
    provider.test_cards[method["id"]] = named
    return method


def retrieve(call: Call, method_id: str) -> Thing:
    return call.provider.find("payment_method", method_id, param="payment_method")


def update(call: Call, method_id: str) -> Thing:
    method, fields = retrieve(call, method_id), call.fields
    if method["customer"] is None:
        raise StripeFault(400, "You must save this PaymentMethod to a customer before you can update it.")
    changes: Thing = {}
    card = fields.nested("card", accepts=("exp_month", "exp_year"))
    if card is not None and method["type"] == "card":
        month = card.integer("exp_month", least=1, most=12) or method["card"]["exp_month"]
        year = card.integer("exp_year", least=2000, most=2100) or method["card"]["exp_year"]
        changes["card"] = {**method["card"], "exp_month": month, "exp_year": year}
    if "allow_redisplay" in fields:
        changes["allow_redisplay"] = fields.choice("allow_redisplay", REDISPLAY)
    drafted = {"metadata": fields.changed_metadata(method), "billing_details": method["billing_details"]}
    _bill(drafted, fields)
    call.change(method, "payment_method.updated", **changes, **drafted)
    return method


def renewed_by_issuer(call: Call, method_id: str) -> Thing:
    """The bank issued the card anew, and the network told: another expiry and another last four digits."""
    method = retrieve(call, method_id)
    if method["type"] != "card":
        raise StripeFault(400, "Only cards are updated by the networks.")
    card = {**method["card"], "exp_year": method["card"]["exp_year"] + 3, "last4": f"{(int(method['card']['last4']) + 1) % 10_000:04d}"}
    call.change(method, "payment_method.automatically_updated", card=card)
    return method


def decline_from_now_on(call: Call, method_id: str, *, decline_code: str | None) -> Thing:
    """The bank refuses each charge of this method with that code from now on; without one it has no more objections."""
    method = retrieve(call, method_id)
    if decline_code is None:
        call.provider.declines.pop(method_id, None)
    else:
        call.provider.declines[method_id] = decline_code
    return method


def attach(call: Call, method_id: str) -> Thing:
    method = method_for(call.provider, method_id)
    customer = call.provider.find("customer", call.fields.need_text("customer"), param="customer")
    attach_to(call, method, customer["id"])
    return method


def attach_to(call: Call, method: Thing, customer_id: str) -> None:
    """Saves the method to the customer; the bank may refuse, and nobody else's is taken."""
    if method["customer"] == customer_id:
        return
    if method["customer"] is not None:
        raise StripeFault(400, "The payment method you provided has already been attached to a customer.", param="payment_method")
    must_be_fresh(call.provider, method)
    card = card_of(call.provider, method["id"])
    if card.set_up_declined and card.declined_as is not None:
        code, decline_code = card.declined_as
        raise StripeFault(402, "Your card was declined.", kind="card_error", code=code, more={"decline_code": decline_code})
    method["customer"] = customer_id
    call.tell("payment_method.attached", method)


def detach(call: Call, method_id: str) -> Thing:
    method = retrieve(call, method_id)
    customer_id = method["customer"]
    if customer_id is None:
        raise StripeFault(400, "The payment method you provided is not attached to a customer so detachment is impossible.")
    method["customer"] = None
    call.provider.used_up.add(method_id)
    customer = call.provider.things["customer"].get(customer_id)
    if customer is not None and customer["invoice_settings"]["default_payment_method"] == method_id:
        customer["invoice_settings"]["default_payment_method"] = None
    call.tell("payment_method.detached", method, previously={"customer": customer_id})
    return method


def must_be_fresh(provider: Provider, method: Thing) -> None:
    if method["id"] in provider.used_up and method["customer"] is None:
        raise StripeFault(
            400,
            "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, or was detached from a "
            "Customer, and may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.",
            param="payment_method",
        )


def list_methods(call: Call) -> Thing:
    return _listed(call, call.fields.text("customer"), url="/v1/payment_methods")


def list_of_customer(call: Call, customer_id: str) -> Thing:
    call.provider.find("customer", customer_id, param="customer")
    return _listed(call, customer_id, url=f"/v1/customers/{customer_id}/payment_methods")


def retrieve_of_customer(call: Call, customer_id: str, method_id: str) -> Thing:
    method = retrieve(call, method_id)
    if method["customer"] != customer_id:
        raise StripeFault(404, f"No such PaymentMethod: '{method_id}'", code="resource_missing", param="payment_method", kept=False)
    return method


def _listed(call: Call, customer_id: str | None, *, url: str) -> Thing:
    kind = call.fields.choice("type", TYPES)
    found = [
        method
        for method in call.provider.all("payment_method")
        if method["customer"] is not None and customer_id in {None, method["customer"]} and kind in {None, method["type"]}
    ]
    return page(found, call.fields, url=url, noun="payment_method")
