"""Refunds: never more than was charged, whatever is asked."""

from service.integrations.stripe.standin.cards import card_of
from service.integrations.stripe.standin.faults import StripeFault, invalid, missing
from service.integrations.stripe.standin.intents import find as find_intent
from service.integrations.stripe.standin.state import PAGING, Call, Provider, Thing, page

CREATE = frozenset({"amount", "charge", "metadata", "payment_intent", "reason"})
LIST = PAGING | {"charge", "payment_intent"}
REASONS = ("duplicate", "fraudulent", "requested_by_customer")


def create(call: Call) -> Thing:
    fields, provider = call.fields, call.provider
    asked = fields.integer("amount", least=1, most=99_999_999)
    reason = fields.choice("reason", REASONS)
    metadata = fields.metadata()
    charge = _charge_to_refund(call)
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise StripeFault(400, f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount = left if asked is None else asked
    if amount > left:
        raise StripeFault(400, f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", param="amount")
    refund = {
        "id": provider.new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": provider.created(),
        "currency": charge["currency"],
        "destination_details": {
            "card": {"reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund"},
            "type": "card",
        },
        "metadata": metadata,
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "reason": reason,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }
    provider.refunds[refund["id"]] = refund
    _move(charge, by=amount)
    call.tell("refund.created", refund)
    call.tell("charge.refunded", charge)
    if card_of(provider, charge["payment_method"]).refund_fails:
        fail(call, refund["id"])
    return refund


def _charge_to_refund(call: Call) -> Thing:
    intent_id, charge_id = call.fields.text("payment_intent"), call.fields.text("charge")
    if intent_id is None and charge_id is None:
        raise invalid(
            "One of the following params should be provided for this request: payment_intent or charge.", code="parameter_missing"
        )
    if intent_id is not None:
        charge_id = find_intent(call.provider, intent_id)["latest_charge"]
    charge = call.provider.charges.get(charge_id or "")
    if charge is None and intent_id is None:
        raise missing("charge", charge_id or "", param="charge")
    if charge is None or not charge["paid"]:
        raise StripeFault(400, f"This PaymentIntent ({intent_id or charge_id}) does not have a successful charge to refund.")
    return charge


def _move(charge: Thing, *, by: int) -> None:
    charge["amount_refunded"] += by
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]


def fail(call: Call, refund_id: str) -> Thing:
    """The bank sends a refund back: it is failed, and may be tried again."""
    refund = _find(call.provider, refund_id)
    if refund["status"] == "failed":
        return refund
    refund.update(status="failed", failure_reason="expired_or_canceled_card")
    _move(call.provider.charges[refund["charge"]], by=-refund["amount"])
    call.tell("refund.updated", refund, previously={"status": "succeeded"})
    call.tell("refund.failed", refund)
    return refund


def _find(provider: Provider, refund_id: str) -> Thing:
    if refund_id not in provider.refunds:
        raise missing("refund", refund_id)
    return provider.refunds[refund_id]


def retrieve(call: Call, refund_id: str) -> Thing:
    return _find(call.provider, refund_id)


def list_refunds(call: Call) -> Thing:
    intent, charge = call.fields.text("payment_intent"), call.fields.text("charge")
    found = [
        refund
        for refund in call.provider.refunds.values()
        if intent in {None, refund["payment_intent"]} and charge in {None, refund["charge"]}
    ]
    return page(found, call.fields, url="/v1/refunds", noun="refund")
