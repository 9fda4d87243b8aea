"""Stripe's test cards: what each does when it is charged."""

from dataclasses import dataclass

from service.integrations.stripe.standin.faults import StripeFault
from service.integrations.stripe.standin.state import Provider, Thing


@dataclass(frozen=True, kw_only=True)
class Card:
    brand: str = "visa"
    last4: str = "4242"
    declined_as: tuple[str, str] | None = None
    """Code and decline code of the refusal."""
    asks_customer: bool = False
    refund_fails: bool = False


CARDS = {
    "pm_card_visa": Card(),
    "pm_card_mastercard": Card(brand="mastercard", last4="4444"),
    "pm_card_amex": Card(brand="amex", last4="8431"),
    "pm_card_chargeDeclined": Card(last4="0002", declined_as=("card_declined", "generic_decline")),
    "pm_card_visa_chargeDeclined": Card(last4="0002", declined_as=("card_declined", "generic_decline")),
    "pm_card_chargeDeclinedInsufficientFunds": Card(last4="9995", declined_as=("card_declined", "insufficient_funds")),
    "pm_card_visa_chargeDeclinedInsufficientFunds": Card(last4="9995", declined_as=("card_declined", "insufficient_funds")),
    "pm_card_chargeDeclinedExpiredCard": Card(last4="0069", declined_as=("expired_card", "expired_card")),
    "pm_card_chargeDeclinedProcessingError": Card(last4="0119", declined_as=("processing_error", "processing_error")),
    "pm_card_authenticationRequired": Card(last4="3184", asks_customer=True),
    "pm_card_threeDSecure2Required": Card(last4="3220", asks_customer=True),
    "pm_card_refundFail": Card(last4="5126", refund_fails=True),
}

SENTENCES = {
    "card_declined": "Your card was declined.",
    "expired_card": "Your card has expired.",
    "processing_error": "An error occurred while processing your card. Try again in a little bit.",
    "authentication_required": "Your card was declined. This transaction requires authentication.",
    "payment_intent_authentication_failure": "The customer didn't pass the authentication asked for by the card's issuer.",
}


def method_for(provider: Provider, named: str) -> Thing:
    """The payment method of this id, or a new one for the name of a test card."""
    if named in provider.methods:
        return provider.methods[named]
    if named not in CARDS:
        raise StripeFault(400, f"No such PaymentMethod: '{named}'", code="resource_missing", param="payment_method", kept=False)
    card = CARDS[named]
    method: Thing = {
        "id": provider.new_id("pm"),
        "object": "payment_method",
        "billing_details": {"address": None, "email": None, "name": None, "phone": None, "tax_id": None},
        "card": {"brand": card.brand, "country": "US", "exp_month": 12, "exp_year": 2034, "funding": "credit", "last4": card.last4},
        "created": provider.created(),
        "customer": None,
        "livemode": False,
        "metadata": {},
        "type": "card",
    }
    provider.methods[method["id"]] = method
    provider.cards[method["id"]] = named
    return method


def card_of(provider: Provider, method_id: str) -> Card:
    return CARDS[provider.cards[method_id]]
