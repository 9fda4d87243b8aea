"""Mandates: what a customer allowed to be charged later."""

from service.integrations.stripe.standin.nouns.cards import card_of
from service.integrations.stripe.standin.state import Call, Thing


def new_mandate(call: Call, method: Thing) -> Thing:
    """The leave that a customer gives by saving a method for payments without them."""
    provider = call.provider
    details: Thing = {"type": method["type"]}
    if method["type"] == "sepa_debit":
        reference = provider.new_id("sayso").upper()[:35]
        details["sepa_debit"] = {"reference": reference, "url": f"{call.address}/mandates/{reference}"}
    else:
        details["card"] = {}
    return provider.keep(
        {
            "id": provider.new_id("mandate"),
            "object": "mandate",
            "customer_acceptance": {
                "accepted_at": provider.created(),
                "online": {"ip_address": "127.0.0.1", "user_agent": "Sayso's stand-in"},
                "type": "online",
            },
            "livemode": False,
            "multi_use": {},
            "payment_method": method["id"],
            "payment_method_details": details,
            "status": "active",
            "type": "multi_use",
        }
    )


def retrieve(call: Call, mandate_id: str) -> Thing:
    return call.provider.find("mandate", mandate_id)


def withdraw(call: Call, mandate_id: str) -> Thing:
    """The customer told their bank no: nothing more can be charged under this mandate."""
    mandate = retrieve(call, mandate_id)
    if mandate["status"] != "inactive":
        call.change(mandate, "mandate.updated", status="inactive")
    return mandate


def is_withdrawn(call: Call, method: Thing) -> bool:
    """Whether the account can't be debited any more."""
    mandates = [one for one in call.provider.all("mandate") if one["payment_method"] == method["id"]]
    return card_of(call.provider, method["id"]).is_account and bool(mandates) and all(one["status"] == "inactive" for one in mandates)
