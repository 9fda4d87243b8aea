"""Charges: one for each time that a card or an account was asked for money."""

import secrets

from service.integrations.stripe.standin.nouns import disputes, warnings
from service.integrations.stripe.standin.nouns.balances import book_charge
from service.integrations.stripe.standin.nouns.cards import card_of
from service.integrations.stripe.standin.state import DATED, Call, Provider, Thing, matching, page

LIST = DATED | {"customer", "payment_intent"}
UPDATE = frozenset({"description", "metadata", "receipt_email"})
SECONDS_TO_CAPTURE = 7 * 24 * 3600

Failure = tuple[str, str, str]
"""A code, a decline code and a sentence."""


def new_charge(provider: Provider, intent: Thing, *, failure: Failure | None, status: str, present: Thing | None = None) -> Thing:
    """A charge of the whole intent; `present` tells of the reader."""
    paid = status != "failed"
    captured = status == "succeeded" and intent["capture_method"] != "manual"
    code, decline_code, message = failure or (None, None, None)
    method = provider.things["payment_method"][intent["payment_method"]]
    risk = "elevated" if card_of(provider, method["id"]).reviewed else "normal"
    charge = {
        "id": provider.new_id("ch"),
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": intent["amount"] if captured else 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": "SAYSO STAND-IN",
        "captured": captured,
        "created": provider.created(),
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": code,
        "failure_message": message,
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "on_behalf_of": None,
        "outcome": {
            "advice_code": None,
            "network_advice_code": None,
            "network_decline_code": None,
            "network_status": "approved_by_network" if paid else "declined_by_network",
            "reason": decline_code,
            "risk_level": risk,
            "seller_message": "Payment complete." if paid else message,
            "type": "authorized" if paid else "issuer_declined",
        },
        "paid": paid,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": _details(provider, method, present or {}, intent["amount"]),
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": None,
        "source": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
        "status": status,
        "transfer_data": None,
        "transfer_group": None,
    }
    return provider.keep(charge)


def _details(provider: Provider, method: Thing, present: Thing, amount: int) -> Thing:
    kind = method["type"]
    if kind == "sepa_debit":
        told = {name: method["sepa_debit"][name] for name in ("bank_code", "branch_code", "country", "fingerprint", "last4")}
        mandate = next((one["id"] for one in provider.all("mandate") if one["payment_method"] == method["id"]), None)
        return {"sepa_debit": {**told, "expected_debit_date": None, "mandate": mandate}, "type": kind}
    if kind == "customer_balance":
        return {"customer_balance": {}, "type": kind}
    shown = {name: method[kind][name] for name in ("brand", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4")}
    shown |= {"amount_authorized": amount, "network": shown["brand"], "network_transaction_id": provider.new_id("ntid")}
    if kind == "card":
        checks = {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"}
        return {
            "card": {**shown, "authorization_code": "123456", "checks": checks, "mandate": None, "three_d_secure": None, "wallet": None},
            "type": kind,
        }
    receipt = {
        "account_type": "credit",
        "application_cryptogram": secrets.token_hex(8).upper(),
        "application_preferred_name": "Stripe Credit",
        "authorization_code": None,
        "authorization_response_code": "3030",
        "cardholder_verification_method": "approval",
        "dedicated_file_name": "A000000003101001",
        "terminal_verification_results": "0000000000",
        "transaction_status_information": "0000",
    }
    reader = {
        "brand_product": None,
        "cardholder_name": None,
        "emv_auth_data": None,
        "generated_card": None,
        "incremental_authorization_supported": False,
        "location": present.get("location"),
        "offline": present.get("offline"),
        "overcapture_supported": False,
        "preferred_locales": ["en"],
        "read_method": "contact_emv",
        "reader": present.get("reader"),
        "receipt": receipt,
        "wallet": None,
    }
    return {kind: {**shown, **reader}, "type": kind}


def settle(call: Call, charge: Thing, *, at_once: bool) -> None:
    """The charge brought its money: its fee is known now or a little later, and what this card is for happens."""
    manners = call.provider.manners
    if at_once:
        book_charge(call, charge)
    else:
        call.later(manners.fees_after_s, lambda later: _tell_fee(later, charge))
    card = card_of(call.provider, charge["payment_method"])
    if card.disputed_as is not None:
        reason = card.disputed_as
        call.later(manners.dispute_after_s, lambda later: disputes.open_dispute(later, charge["id"], reason=reason, inquiry=card.inquired))
    if card.warned_of_fraud:
        call.later(manners.dispute_after_s, lambda later: warnings.warn(later, charge["id"]))
    if card.reviewed:
        call.later(manners.dispute_after_s, lambda later: warnings.open_review(later, charge["payment_intent"]))


def _tell_fee(call: Call, charge: Thing) -> None:
    if charge["balance_transaction"] is None:
        book_charge(call, charge)
        call.tell("charge.updated", charge, previously={"balance_transaction": None})


def retrieve(call: Call, charge_id: str) -> Thing:
    return call.provider.find("charge", charge_id)


def update(call: Call, charge_id: str) -> Thing:
    charge, fields = retrieve(call, charge_id), call.fields
    changes: Thing = {name: fields.text(name) for name in ("description", "receipt_email") if name in fields}
    call.change(charge, "charge.updated", **changes, metadata=fields.changed_metadata(charge))
    return charge


def list_charges(call: Call) -> Thing:
    return page(matching(call, "charge", LIST - DATED), call.fields, url="/v1/charges", noun="charge")
