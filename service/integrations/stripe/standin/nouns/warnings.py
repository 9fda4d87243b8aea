"""Warnings: what the networks and Stripe's own eyes say about a payment before anybody disputes it."""

from service.integrations.stripe.standin.faults import StripeFault
from service.integrations.stripe.standin.state import DATED, Call, Thing, matching, page

LIST = DATED
LIST_WARNINGS = DATED | {"charge", "payment_intent"}
APPROVE: frozenset[str] = frozenset()


def warn(call: Call, charge_id: str) -> Thing:
    """The card's issuer says that this payment looks like fraud."""
    charge = call.provider.find("charge", charge_id, param="charge")
    warning = call.provider.keep(
        {
            "id": call.provider.new_id("issfr"),
            "object": "radar.early_fraud_warning",
            "actionable": not charge["refunded"] and not charge["disputed"],
            "charge": charge_id,
            "created": call.provider.created(),
            "fraud_type": "made_with_stolen_card",
            "livemode": False,
            "payment_intent": charge["payment_intent"],
        }
    )
    call.tell("radar.early_fraud_warning.created", warning)
    return warning


def settle_warnings(call: Call, charge_id: str) -> None:
    """Refunded whole or disputed, a charge needs no more doing."""
    for warning in call.provider.all("radar.early_fraud_warning"):
        if warning["charge"] == charge_id and warning["actionable"]:
            call.change(warning, "radar.early_fraud_warning.updated", actionable=False)


def retrieve_warning(call: Call, warning_id: str) -> Thing:
    return call.provider.find("radar.early_fraud_warning", warning_id)


def list_warnings(call: Call) -> Thing:
    found = matching(call, "radar.early_fraud_warning", LIST_WARNINGS - DATED)
    return page(found, call.fields, url="/v1/radar/early_fraud_warnings", noun="early_fraud_warning")


def open_review(call: Call, intent_id: str) -> Thing:
    """A person should look at this payment."""
    intent = call.provider.find("payment_intent", intent_id)
    review = call.provider.keep(
        {
            "id": call.provider.new_id("prv"),
            "object": "review",
            "billing_zip": None,
            "charge": intent["latest_charge"],
            "closed_reason": None,
            "created": call.provider.created(),
            "ip_address": None,
            "ip_address_location": None,
            "livemode": False,
            "open": True,
            "opened_reason": "rule",
            "payment_intent": intent_id,
            "reason": "rule",
            "session": None,
        }
    )
    intent["review"] = review["id"]
    call.provider.find("charge", intent["latest_charge"])["review"] = review["id"]
    call.tell("review.opened", review)
    return review


def close_review(call: Call, review_id: str, *, reason: str) -> Thing:
    review = retrieve_review(call, review_id)
    if not review["open"]:
        raise StripeFault(400, "This review is closed.")
    call.change(review, "review.closed", open=False, closed_reason=reason, reason=reason)
    return review


def close_reviews(call: Call, charge_id: str, *, reason: str) -> None:
    for review in call.provider.all("review"):
        if review["charge"] == charge_id and review["open"]:
            close_review(call, review["id"], reason=reason)


def approve(call: Call, review_id: str) -> Thing:
    return close_review(call, review_id, reason="approved")


def retrieve_review(call: Call, review_id: str) -> Thing:
    return call.provider.find("review", review_id)


def list_reviews(call: Call) -> Thing:
    return page([one for one in call.provider.all("review") if one["open"]], call.fields, url="/v1/reviews", noun="review")
