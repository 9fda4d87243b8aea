"""Stripe's test cards and bank accounts: what each does when it is charged."""

from dataclasses import dataclass

from service.integrations.stripe.standin.faults import StripeFault
from service.integrations.stripe.standin.state import Provider


@dataclass(frozen=True, kw_only=True)
class Card:
    number: str
    brand: str = "visa"
    declined_as: tuple[str, str] | None = None
    """Code and decline code of the refusal."""
    set_up_declined: bool = False
    """Refuses to be saved, too."""
    asks_customer: bool = False
    asks_until_saved: bool = False
    refund_fails: bool = False
    refund_waits: bool = False
    disputed_as: str | None = None
    inquired: bool = False
    warned_of_fraud: bool = False
    reviewed: bool = False
    settles_at_once: bool = False
    fails_later: bool = False
    """A debit that the bank sends back."""

    @property
    def last4(self) -> str:
        return self.number[-4:]

    @property
    def is_account(self) -> bool:
        return self.number[0].isalpha()


def _declined(number: str, decline_code: str, *, code: str = "card_declined", set_up: bool = True) -> Card:
    return Card(number=number, declined_as=(code, decline_code), set_up_declined=set_up)


CARDS = {
    "pm_card_visa": Card(number="4242424242424242"),
    "pm_card_visa_debit": Card(number="4000056655665556"),
    "pm_card_mastercard": Card(number="5555555555554444", brand="mastercard"),
    "pm_card_amex": Card(number="378282246310005", brand="amex"),
    "pm_card_bypassPending": Card(number="4000000000000077", settles_at_once=True),
    "pm_card_chargeDeclined": _declined("4000000000000002", "generic_decline"),
    "pm_card_visa_chargeDeclined": _declined("4000000000000002", "generic_decline"),
    "pm_card_chargeDeclinedInsufficientFunds": _declined("4000000000009995", "insufficient_funds"),
    "pm_card_visa_chargeDeclinedInsufficientFunds": _declined("4000000000009995", "insufficient_funds"),
    "pm_card_visa_chargeDeclinedLostCard": _declined("4000000000009987", "lost_card"),
    "pm_card_visa_chargeDeclinedStolenCard": _declined("4000000000009979", "stolen_card"),
    "pm_card_chargeDeclinedFraudulent": _declined("4100000000000019", "fraudulent"),
    "pm_card_chargeDeclinedExpiredCard": _declined("4000000000000069", "expired_card", code="expired_card"),
    "pm_card_chargeDeclinedIncorrectCvc": _declined("4000000000000127", "incorrect_cvc", code="incorrect_cvc"),
    "pm_card_chargeDeclinedProcessingError": _declined("4000000000000119", "processing_error", code="processing_error"),
    "pm_card_chargeCustomerFail": _declined("4000000000000341", "generic_decline", set_up=False),
    "pm_card_authenticationRequired": Card(number="4000002760003184", asks_customer=True),
    "pm_card_authenticationRequiredOnSetup": Card(number="4000002500003155", asks_until_saved=True),
    "pm_card_threeDSecure2Required": Card(number="4000000000003220", asks_customer=True),
    "pm_card_refundFail": Card(number="4000000000005126", refund_fails=True),
    "pm_card_pendingRefund": Card(number="4000000000007726", refund_waits=True),
    "pm_card_createDispute": Card(number="4000000000000259", disputed_as="fraudulent"),
    "pm_card_createDisputeProductNotReceived": Card(number="4000000000002685", disputed_as="product_not_received"),
    "pm_card_createDisputeInquiry": Card(number="4000000000001976", disputed_as="fraudulent", inquired=True),
    "pm_card_createIssuerFraudRecord": Card(number="4000000000005423", warned_of_fraud=True),
    "pm_card_riskLevelElevated": Card(number="4000000000009235", reviewed=True),
}
ACCOUNTS = {
    "AT611904300234573201": Card(number="AT611904300234573201", brand="sepa_debit"),
    "DE89370400440532013000": Card(number="DE89370400440532013000", brand="sepa_debit"),
    "AT861904300235473202": Card(number="AT861904300235473202", brand="sepa_debit", fails_later=True),
    "DE62370400440532013001": Card(number="DE62370400440532013001", brand="sepa_debit", fails_later=True),
    "AT591904300234573203": Card(number="AT591904300234573203", brand="sepa_debit", disputed_as="debit_not_authorized"),
    "DE65370400440532013002": Card(number="DE65370400440532013002", brand="sepa_debit", disputed_as="debit_not_authorized"),
}
TOKENS = {
    "tok_visa": "pm_card_visa",
    "tok_mastercard": "pm_card_mastercard",
    "tok_amex": "pm_card_amex",
    "tok_chargeDeclined": "pm_card_chargeDeclined",
    "tok_visa_chargeDeclined": "pm_card_chargeDeclined",
    "tok_createDispute": "pm_card_createDispute",
    "tok_threeDSecure2Required": "pm_card_threeDSecure2Required",
}
BY_NUMBER = {card.number: name for name, card in reversed({**ACCOUNTS, **CARDS}.items())}
TRANSFER = "transfer"
"""What a customer's own bank transfer stands for: it is there at once, and no number is asked for."""
KNOWN = {**ACCOUNTS, **CARDS, TRANSFER: Card(number=TRANSFER, settles_at_once=True)}

ADVICE = {
    "insufficient_funds": "try_again_later",
    "generic_decline": "try_again_later",
    "processing_error": "try_again_later",
    "expired_card": "confirm_card_data",
    "incorrect_cvc": "confirm_card_data",
    "lost_card": "do_not_try_again",
    "stolen_card": "do_not_try_again",
    "fraudulent": "do_not_try_again",
}
"""What a bank that declines advises to do next; for other reasons it says nothing."""

SENTENCES = {
    "card_declined": "Your card was declined.",
    "expired_card": "Your card has expired.",
    "incorrect_cvc": "Your card's security code is incorrect.",
    "processing_error": "An error occurred while processing your card. Try again in a little bit.",
    "authentication_required": "Your card was declined. This transaction requires authentication.",
    "payment_intent_authentication_failure": "The customer didn't pass the authentication asked for by the card's issuer.",
    "setup_intent_authentication_failure": "The customer didn't pass the authentication asked for by the card's issuer.",
    "payment_intent_payment_attempt_failed": "The payment failed: the customer's bank sent it back.",
}


def card_numbered(number: str, *, param: str) -> str:
    """The test card or account of this number: real ones have no business here."""
    plain = number.replace(" ", "")
    if plain not in BY_NUMBER:
        raise StripeFault(
            402,
            "Your card was declined. Your request was in test mode, but used a number that isn't one of the test numbers.",
            kind="card_error",
            code="card_declined",
            param=param,
            more={"decline_code": "test_mode_live_card"},
        )
    return BY_NUMBER[plain]


def card_of(provider: Provider, method_id: str) -> Card:
    return KNOWN[provider.test_cards[method_id]]


def declined_now(provider: Provider, method_id: str) -> tuple[str, str] | None:
    """Code and decline code with which the bank would refuse a charge at this moment, if it would."""
    said = provider.declines.get(method_id)
    return card_of(provider, method_id).declined_as if said is None else (said if said in SENTENCES else "card_declined", said)
