"""Bank transfers by which a customer pays an intent: it may take several, and until the last of them nothing is paid."""

from service.integrations.stripe.standin.faults import StripeFault
from service.integrations.stripe.standin.nouns.charges import new_charge, settle
from service.integrations.stripe.standin.nouns.intents import CONFIRMABLE, must_be, retrieve
from service.integrations.stripe.standin.nouns.methods import new_transfer
from service.integrations.stripe.standin.state import Call, Thing


def fund(call: Call, intent_id: str, *, amount: int) -> Thing:
    """So much arrives for an intent: partially funded, or, with the last of it, paid."""
    intent = retrieve(call, intent_id)
    must_be(intent, CONFIRMABLE, verb="fund")
    asks = intent["next_action"] or {}
    left = asks.get("display_bank_transfer_instructions", {}).get("amount_remaining", intent["amount"]) - amount
    if amount < 1 or left < 0:
        raise StripeFault(400, "More arrived than is asked for: the rest would stay in the customer's cash balance, which isn't played.")
    if left:
        instructions: Thing = {
            "amount_remaining": left,
            "currency": intent["currency"],
            "financial_addresses": [],
            "hosted_instructions_url": f"{call.address}/pay/{intent['client_secret']}",
            "reference": intent["id"][-8:].upper(),
            "type": "eu_bank_transfer",
        }
        intent.update(
            status="requires_action",
            next_action={"type": "display_bank_transfer_instructions", "display_bank_transfer_instructions": instructions},
        )
        call.tell("payment_intent.partially_funded", intent)
        return intent
    intent["payment_method"] = new_transfer(call.provider)["id"]
    charge = new_charge(call.provider, intent, failure=None, status="succeeded")
    intent.update(status="succeeded", amount_received=intent["amount"], latest_charge=charge["id"], next_action=None)
    settle(call, charge, at_once=True)
    call.tell("charge.succeeded", charge)
    call.tell("payment_intent.succeeded", intent)
    return intent
