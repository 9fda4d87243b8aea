"""Customers: whom payment methods are saved for."""

import secrets

from service.integrations.stripe.standin.faults import missing
from service.integrations.stripe.standin.forms import Fields
from service.integrations.stripe.standin.nouns.addresses import address_of
from service.integrations.stripe.standin.nouns.methods import attach_to, method_for
from service.integrations.stripe.standin.state import DATED, Call, Thing, matching, page

_TOLD = frozenset({"address", "description", "email", "invoice_settings", "metadata", "name", "phone", "preferred_locales"})
CREATE = _TOLD | {"payment_method"}
UPDATE = _TOLD
LIST = DATED | {"email"}


def create(call: Call) -> Thing:
    fields, provider = call.fields, call.provider
    method = fields.text("payment_method")
    customer = blank(call)
    customer.update(_told(customer, fields))
    attached = None if method is None else method_for(provider, method)
    if attached is not None:
        attach_to(call, attached, customer["id"])
    _must_own_default(call, customer)
    provider.keep(customer)
    call.tell("customer.created", customer)
    return customer


def blank(call: Call) -> Thing:
    """A customer of whom nothing is known."""
    return {
        "id": call.provider.new_id("cus"),
        "object": "customer",
        "address": None,
        "balance": 0,
        "created": call.provider.created(),
        "currency": None,
        "customer_account": None,
        "default_source": None,
        "delinquent": False,
        "description": None,
        "discount": None,
        "email": None,
        "invoice_prefix": secrets.token_hex(4).upper(),
        "invoice_settings": {"custom_fields": None, "default_payment_method": None, "footer": None, "rendering_options": None},
        "livemode": False,
        "metadata": {},
        "name": None,
        "next_invoice_sequence": 1,
        "phone": None,
        "preferred_locales": [],
        "shipping": None,
        "tax_exempt": "none",
        "test_clock": None,
    }


def _told(customer: Thing, fields: Fields) -> Thing:
    told: Thing = {name: fields.text(name) for name in ("description", "email", "name", "phone") if name in fields}
    if "address" in fields:
        told["address"] = None if fields.is_text("address") else address_of(fields)
    if "preferred_locales" in fields:
        told["preferred_locales"] = fields.texts("preferred_locales")
    settings = fields.nested("invoice_settings", accepts=("default_payment_method", "footer"))
    if settings is not None:
        changed = {name: settings.text(name) for name in ("default_payment_method", "footer") if name in settings}
        told["invoice_settings"] = {**customer["invoice_settings"], **changed}
    return {**told, "metadata": fields.changed_metadata(customer)}


def _must_own_default(call: Call, customer: Thing) -> None:
    default = customer["invoice_settings"]["default_payment_method"]
    if default is not None and call.provider.things["payment_method"].get(default, {}).get("customer") != customer["id"]:
        raise missing("PaymentMethod", default, param="invoice_settings[default_payment_method]")


def retrieve(call: Call, customer_id: str) -> Thing:
    return call.provider.find("customer", customer_id)


def update(call: Call, customer_id: str) -> Thing:
    customer = retrieve(call, customer_id)
    changes = _told(customer, call.fields)
    _must_own_default(call, {**customer, **changes})
    call.change(customer, "customer.updated", **changes)
    return customer


def delete(call: Call, customer_id: str) -> Thing:
    """The customer is gone, and the methods saved for it are good for nothing more."""
    customer = retrieve(call, customer_id)
    gone = call.provider.remove(customer)
    for method in call.provider.all("payment_method"):
        if method["customer"] == customer_id:
            method["customer"] = None
            call.provider.used_up.add(method["id"])
    call.tell("customer.deleted", customer)
    return gone


def list_customers(call: Call) -> Thing:
    return page(matching(call, "customer", LIST - DATED), call.fields, url="/v1/customers", noun="customer")
