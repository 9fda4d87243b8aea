"""Charges: one for each time that a card was asked for money."""

from service.integrations.stripe.standin.faults import missing
from service.integrations.stripe.standin.state import Call, Provider, Thing


def new_charge(provider: Provider, intent: Thing, *, failure: tuple[str, str, str] | None) -> Thing:
    """A charge that succeeded whole, or failed with a code, a decline code and a sentence."""
    paid = failure is None
    code, decline_code, message = failure or (None, None, None)
    method = provider.methods[intent["payment_method"]]
    charge = {
        "id": provider.new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"] if paid else 0,
        "amount_refunded": 0,
        "balance_transaction": None,
        "billing_details": method["billing_details"],
        "captured": paid,
        "created": provider.created(),
        "currency": intent["currency"],
        "customer": None,
        "description": intent["description"],
        "disputed": False,
        "failure_code": code,
        "failure_message": message,
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "outcome": {
            "network_status": "approved_by_network" if paid else "declined_by_network",
            "reason": decline_code,
            "risk_level": "normal",
            "seller_message": "Payment complete." if paid else message,
            "type": "authorized" if paid else "issuer_declined",
        },
        "paid": paid,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {"card": dict(method["card"]), "type": "card"},
        "receipt_email": intent["receipt_email"],
        "refunded": False,
        "status": "succeeded" if paid else "failed",
    }
    provider.charges[charge["id"]] = charge
    return charge


def retrieve(call: Call, charge_id: str) -> Thing:
    if charge_id not in call.provider.charges:
        raise missing("charge", charge_id)
    return call.provider.charges[charge_id]
