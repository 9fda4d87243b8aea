"""Refunds: never more than was taken, whatever is asked."""

from service.integrations.stripe.standin.faults import StripeFault, invalid
from service.integrations.stripe.standin.nouns.balances import move
from service.integrations.stripe.standin.nouns.cards import card_of
from service.integrations.stripe.standin.nouns.intents import MOST_MINOR
from service.integrations.stripe.standin.nouns.warnings import close_reviews, settle_warnings
from service.integrations.stripe.standin.state import DATED, DAY_S, Call, Thing, matching, page

CREATE = frozenset({"amount", "charge", "metadata", "payment_intent", "reason"})
UPDATE = frozenset({"metadata"})
CANCEL: frozenset[str] = frozenset()
LIST = DATED | {"charge", "payment_intent"}
REASONS = ("duplicate", "fraudulent", "requested_by_customer")
DAYS_TO_ANSWER = 45
STANDING = ("succeeded", "pending", "requires_action")


def create(call: Call) -> Thing:
    fields = call.fields
    asked = fields.integer("amount", least=1, most=MOST_MINOR)
    reason, metadata = fields.choice("reason", REASONS), fields.metadata()
    return refund_charge(call, _charge_to_refund(call), asked=asked, reason=reason, metadata=metadata)


def refund_charge(call: Call, charge: Thing, *, asked: int | None, reason: str | None, metadata: dict[str, str]) -> Thing:
    """Money back to the card, the whole of what is left unless told how much."""
    provider = call.provider
    if charge["disputed"] and any(
        one["charge"] == charge["id"] and one["status"] not in {"won", "warning_closed"} for one in provider.all("dispute")
    ):
        raise StripeFault(400, f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed")
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise StripeFault(400, f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount = left if asked is None else asked
    if amount > left:
        raise StripeFault(400, f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", param="amount")
    card = card_of(provider, charge["payment_method"])
    waits = card.refund_waits or card.is_account
    refund = _new(call, charge, amount, reason=reason, metadata=metadata, waits=waits)
    refund["balance_transaction"] = move(
        call,
        -amount,
        charge["currency"],
        kind="payment_refund" if card.is_account else "refund",
        category="refund",
        source=refund["id"],
        about="REFUND FOR CHARGE",
    )["id"]
    _give_back(charge, amount)
    call.tell("refund.created", refund)
    call.tell("charge.refunded", charge)
    if charge["refunded"]:
        settle_warnings(call, charge["id"])
        close_reviews(call, charge["id"], reason="refunded_as_fraud" if reason == "fraudulent" else "refunded")
    if card.refund_fails:
        call.later(provider.manners.refund_after_s, lambda later: fail(later, refund["id"]))
    elif waits:
        call.later(provider.manners.refund_after_s, lambda later: succeed(later, refund["id"]))
    return refund


def _new(call: Call, charge: Thing, amount: int, *, reason: str | None, metadata: dict[str, str], waits: bool) -> Thing:
    kind = charge["payment_method_details"]["type"]
    details: Thing = {"type": kind}
    if kind == "card":
        details["card"] = {"reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund"}
    return call.provider.keep(
        {
            "id": call.provider.new_id("re"),
            "object": "refund",
            "amount": amount,
            "balance_transaction": None,
            "charge": charge["id"],
            "created": call.provider.created(),
            "currency": charge["currency"],
            "destination_details": details,
            "metadata": metadata,
            "payment_intent": charge["payment_intent"],
            "payment_method": charge["payment_method"],
            "pending_reason": "processing" if waits else None,
            "reason": reason,
            "receipt_number": None,
            "source_transfer_reversal": None,
            "status": "pending" if waits else "succeeded",
            "transfer_reversal": None,
        }
    )


def _charge_to_refund(call: Call) -> Thing:
    intent_id, charge_id = call.fields.text("payment_intent"), call.fields.text("charge")
    if intent_id is None and charge_id is None:
        raise invalid(
            "One of the following params should be provided for this request: payment_intent or charge.", code="parameter_missing"
        )
    if intent_id is not None:
        charge_id = call.provider.find("payment_intent", intent_id, param="payment_intent")["latest_charge"]
        charge = call.provider.things["charge"].get(charge_id or "")
    else:
        charge = call.provider.find("charge", charge_id or "", param="charge")
    if charge is None or not charge["paid"] or not charge["captured"]:
        raise StripeFault(400, f"This PaymentIntent ({intent_id or charge_id}) does not have a successful charge to refund.")
    return charge


def _give_back(charge: Thing, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]


def _undo(call: Call, refund: Thing) -> None:
    """The money of a refund that didn't work is ours again."""
    _give_back(call.provider.find("charge", refund["charge"]), -refund["amount"])
    refund["failure_balance_transaction"] = move(
        call, refund["amount"], refund["currency"], kind="refund_failure", category="refund_failure", source=refund["id"], at_once=True
    )["id"]


def fail(call: Call, refund_id: str, *, reason: str = "expired_or_canceled_card") -> Thing:
    """The bank sends a refund back: it is failed, and may be tried again."""
    refund = retrieve(call, refund_id)
    if refund["status"] not in STANDING:
        return refund
    _undo(call, refund)
    previously = {"status": refund["status"]}
    refund.update(status="failed", failure_reason=reason, pending_reason=None)
    refund.pop("next_action", None)
    call.tell("refund.updated", refund, previously=previously)
    call.tell("refund.failed", refund)
    return refund


def succeed(call: Call, refund_id: str) -> Thing:
    refund = retrieve(call, refund_id)
    if refund["status"] == "pending":
        call.change(refund, "refund.updated", status="succeeded", pending_reason=None)
    return refund


def need_customer(call: Call, refund_id: str) -> Thing:
    """A refund that waits finds no account to go to: its customer is mailed, and has 45 days to name one."""
    refund, now = retrieve(call, refund_id), call.provider.created()
    if refund["status"] != "pending":
        raise StripeFault(400, f"This refund needs nobody: its status is {refund['status']}.")
    sent = {"email_sent_at": now, "email_sent_to": "customer@example.com"}
    asks = {"type": "display_details", "display_details": {"email_sent": sent, "expires_at": now + DAYS_TO_ANSWER * DAY_S}}
    call.change(refund, "refund.updated", status="requires_action", pending_reason=None, next_action=asks)
    call.later(DAYS_TO_ANSWER * DAY_S, lambda later: lapse(later, refund_id))
    return refund


def answered(call: Call, refund_id: str) -> Thing:
    """The customer said where a refund goes: it is on its way."""
    refund = retrieve(call, refund_id)
    if refund["status"] != "requires_action":
        raise StripeFault(400, f"This refund asks nobody: its status is {refund['status']}.")
    call.change(refund, "refund.updated", status="pending", pending_reason="processing", next_action=None)
    call.later(call.provider.manners.refund_after_s, lambda later: succeed(later, refund_id))
    return refund


def lapse(call: Call, refund_id: str) -> None:
    """Nobody answered in time: the money comes back."""
    if retrieve(call, refund_id)["status"] == "requires_action":
        fail(call, refund_id, reason="unknown")


def cancel(call: Call, refund_id: str) -> Thing:
    """Only a refund that waits for the customer can be taken back."""
    refund = retrieve(call, refund_id)
    if refund["status"] != "requires_action":
        raise StripeFault(400, f"This refund can't be canceled: its status is {refund['status']}.")
    _undo(call, refund)
    call.change(refund, "refund.updated", status="canceled", next_action=None)
    return refund


def expire(call: Call, refund_id: str) -> Thing:
    """The test helper: a refund that waits for the customer was waited for too long."""
    refund = retrieve(call, refund_id)
    if refund["status"] != "requires_action":
        raise StripeFault(400, f"This refund can't expire: its status is {refund['status']}.")
    return fail(call, refund_id, reason="unknown")


def retrieve(call: Call, refund_id: str) -> Thing:
    return call.provider.find("refund", refund_id)


def update(call: Call, refund_id: str) -> Thing:
    refund = retrieve(call, refund_id)
    call.change(refund, "refund.updated", metadata=call.fields.changed_metadata(refund))
    return refund


def list_refunds(call: Call) -> Thing:
    return page(matching(call, "refund", LIST - DATED), call.fields, url="/v1/refunds", noun="refund")
