"""Disputes: opened by the cardholder's bank, answered with evidence, won or lost; the money leaves at once and comes back when won."""

from service.integrations.stripe.standin.faults import StripeFault, invalid
from service.integrations.stripe.standin.forms import Fields
from service.integrations.stripe.standin.nouns.balances import move
from service.integrations.stripe.standin.nouns.warnings import close_reviews, settle_warnings
from service.integrations.stripe.standin.state import DATED, DAY_S, Call, Thing, matching, page

FILES = (
    "cancellation_policy", "customer_communication", "customer_signature", "duplicate_charge_documentation", "receipt", "refund_policy",
    "service_documentation", "shipping_documentation", "uncategorized_file",
)  # fmt: skip
SHORT_TEXTS = (
    "billing_address", "customer_email_address", "customer_name", "customer_purchase_ip", "duplicate_charge_id", "service_date",
    "shipping_address", "shipping_carrier", "shipping_date", "shipping_tracking_number",
)  # fmt: skip
LONG_TEXTS = (
    "access_activity_log", "cancellation_policy_disclosure", "cancellation_rebuttal", "duplicate_charge_explanation", "product_description",
    "refund_policy_disclosure", "refund_refusal_explanation", "uncategorized_text",
)  # fmt: skip
EVIDENCE = frozenset((*FILES, *SHORT_TEXTS, *LONG_TEXTS))
LONGEST_TEXT, LONGEST_IN_ALL = 20_000, 150_000
"""Stripe's own limits: of one field, and of all texts of a dispute together."""
UPDATE = frozenset({"evidence", "metadata", "submit"})
CLOSE: frozenset[str] = frozenset()
LIST = DATED | {"charge", "payment_intent"}
REASONS = (
    "bank_cannot_process", "check_returned", "credit_not_processed", "customer_initiated", "debit_not_authorized", "duplicate", "fraudulent",
    "general", "incorrect_account_details", "insufficient_funds", "product_not_received", "product_unacceptable", "subscription_canceled",
    "unrecognized",
)  # fmt: skip
ANSWERABLE = ("needs_response", "warning_needs_response")
OPEN = (*ANSWERABLE, "under_review", "warning_under_review")
DUE_AFTER_S, JUDGED_AFTER_S = 14 * DAY_S, 5.0
WINS, LOSES = "winning_evidence", "losing_evidence"


def open_dispute(call: Call, charge_id: str, *, reason: str, amount: int | None = None, inquiry: bool = False) -> Thing:
    """The bank asks (an inquiry), or takes the money back until it's decided."""
    provider = call.provider
    charge = provider.find("charge", charge_id, param="charge")
    if not charge["paid"] or not charge["captured"]:
        raise StripeFault(400, "Only a charge that was paid can be disputed.")
    if reason not in REASONS:
        raise StripeFault(400, f"Invalid reason: must be one of {', '.join(REASONS)}", param="reason")
    disputed = amount or charge["amount_captured"]
    if disputed > charge["amount_captured"]:
        raise StripeFault(400, "More is disputed than was charged.", param="amount")
    if any(one["charge"] == charge_id and one["status"] in OPEN for one in provider.all("dispute")):
        raise StripeFault(400, "This charge is disputed already.")
    dispute = provider.keep(_new(call, charge, disputed, reason=reason, inquiry=inquiry))
    charge["disputed"] = True
    call.tell("charge.dispute.created", dispute)
    if not inquiry:
        _withdraw(call, dispute)
    settle_warnings(call, charge_id)
    close_reviews(call, charge_id, reason="disputed")
    call.later(DUE_AFTER_S, lambda later: _lapse(later, dispute))
    return dispute


def _new(call: Call, charge: Thing, amount: int, *, reason: str, inquiry: bool) -> Thing:
    provider = call.provider
    details: Thing | None = None
    if charge["payment_method_details"]["type"] != "sepa_debit":
        brand = charge["payment_method_details"][charge["payment_method_details"]["type"]]["brand"]
        case = "inquiry" if inquiry else "chargeback"
        details = {"card": {"brand": brand, "case_type": case, "network": brand, "network_reason_code": "10.4"}, "type": "card"}
    return {
        "id": provider.new_id("du"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": provider.created(),
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": {**dict.fromkeys(sorted(EVIDENCE)), "enhanced_evidence": {}},
        "evidence_details": {
            "due_by": int(provider.clock.now() + DUE_AFTER_S),
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "is_charge_refundable": inquiry,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "reason": reason,
        "status": "warning_needs_response" if inquiry else "needs_response",
        **({} if details is None else {"payment_method_details": details}),
    }


def _withdraw(call: Call, dispute: Thing) -> None:
    fee = call.provider.manners.dispute_fee_minor
    taken = move(call, -dispute["amount"], dispute["currency"], kind="adjustment", category="dispute", source=dispute["id"], fee=fee)
    dispute["balance_transactions"].append(taken)
    call.tell("charge.dispute.funds_withdrawn", dispute)


def _lapse(call: Call, dispute: Thing) -> None:
    """Nobody answered in time: lost, and an inquiry is closed without money."""
    if dispute["status"] in ANSWERABLE:
        dispute["evidence_details"]["past_due"] = True
        decide(call, dispute["id"], wins=False)


def retrieve(call: Call, dispute_id: str) -> Thing:
    return call.provider.find("dispute", dispute_id, param="dispute")


def list_disputes(call: Call) -> Thing:
    return page(matching(call, "dispute", LIST - DATED), call.fields, url="/v1/disputes", noun="dispute")


def update(call: Call, dispute_id: str) -> Thing:
    """Evidence may be put together over several calls; once submitted it's with the bank."""
    dispute, fields = retrieve(call, dispute_id), call.fields
    evidence = fields.nested("evidence", accepts=EVIDENCE)
    submits = evidence is not None if "submit" not in fields else fields.flag("submit")
    if (evidence is not None or submits) and dispute["status"] not in ANSWERABLE:
        raise StripeFault(400, "This dispute is no longer waiting for evidence.")
    drafted: Thing = {"metadata": fields.changed_metadata(dispute)}
    if evidence is not None:
        drafted["evidence"] = dispute["evidence"] | _told(call, evidence)
        _must_fit(drafted["evidence"])
        has_evidence = any(drafted["evidence"][name] is not None for name in EVIDENCE)
        drafted["evidence_details"] = {**dispute["evidence_details"], "has_evidence": has_evidence}
    if submits:
        details: Thing = drafted["evidence_details"] if "evidence_details" in drafted else dispute["evidence_details"]
        count = details["submission_count"] + 1
        drafted["evidence_details"] = {**details, "submission_count": count, "submission_method": "manual"}
        drafted["status"] = "warning_under_review" if dispute["status"].startswith("warning") else "under_review"
    call.change(dispute, "charge.dispute.updated", **drafted)
    if submits:
        _judge_by_evidence(call, dispute)
    return dispute


def _told(call: Call, evidence: Fields) -> Thing:
    told: Thing = {}
    for name in sorted(EVIDENCE):
        if name not in evidence:
            continue
        told[name] = evidence.text(name, longest=LONGEST_TEXT)
        if name in FILES and told[name] is not None:
            file = call.provider.things["file"].get(told[name])
            if file is None or file["purpose"] not in {"dispute_evidence", "customer_signature"}:
                raise invalid(f"No such file upload: '{told[name]}'", code="resource_missing", param=f"evidence[{name}]")
    return told


def _must_fit(evidence: Thing) -> None:
    length = sum(len(evidence[name] or "") for name in (*SHORT_TEXTS, *LONG_TEXTS))
    if length > LONGEST_IN_ALL:
        raise invalid(f"The combined character count of all evidence is {length}: at most {LONGEST_IN_ALL}.", param="evidence")


def _judge_by_evidence(call: Call, dispute: Thing) -> None:
    """As in Stripe's test mode: two words of the free text decide."""
    said = dispute["evidence"]["uncategorized_text"]
    if said in {WINS, LOSES}:
        call.later(JUDGED_AFTER_S, lambda later: decide(later, dispute["id"], wins=said == WINS))


def close(call: Call, dispute_id: str) -> Thing:
    """Gives the dispute up: lost, and for good."""
    dispute = retrieve(call, dispute_id)
    if dispute["status"] not in ANSWERABLE:
        raise StripeFault(400, "This dispute is already closed.")
    return decide(call, dispute_id, wins=False)


def decide(call: Call, dispute_id: str, *, wins: bool) -> Thing:
    """The bank has decided."""
    dispute = retrieve(call, dispute_id)
    if dispute["status"] not in OPEN:
        return dispute
    previously = {"status": dispute["status"]}
    inquiry = dispute["status"].startswith("warning")
    dispute.update(status="warning_closed" if inquiry else "won" if wins else "lost", is_charge_refundable=inquiry)
    call.tell("charge.dispute.closed", dispute, previously=previously)
    if wins and not inquiry:
        back = move(
            call, dispute["amount"], dispute["currency"], kind="adjustment", category="dispute_reversal", source=dispute["id"], at_once=True
        )
        dispute["balance_transactions"].append(back)
        call.tell("charge.dispute.funds_reinstated", dispute)
    return dispute


def escalate(call: Call, dispute_id: str) -> Thing:
    """The bank isn't content with the answer to its inquiry and takes the money back."""
    dispute = retrieve(call, dispute_id)
    if not dispute["status"].startswith("warning_") or dispute["status"] == "warning_closed":
        raise StripeFault(400, "Only an open inquiry can become a chargeback.")
    call.change(dispute, "charge.dispute.updated", status="needs_response", is_charge_refundable=False)
    _withdraw(call, dispute)
    return dispute
