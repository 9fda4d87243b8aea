"""The calls that save a customer's method, and charge it later with them there or without. As in `client`, none inside a database transaction."""

from collections.abc import Mapping
from typing import Literal

from stripe.params import PaymentIntentConfirmParams
from stripe.params.checkout import SessionCreateParams

from service.integrations.stripe.client import Stripe, call
from service.integrations.stripe.records import CheckoutSession, PaymentIntent
from service.integrations.stripe.saved_records import PaymentMethod, ProviderCustomer, SetupIntent

LOCALES: dict[str, Literal["de", "en"]] = {"de": "de", "en": "en"}


async def create_customer(connection: Stripe, *, metadata: Mapping[str, str], idempotency_key: str) -> ProviderCustomer:
    """Somebody at the provider whom methods can be saved for; no name and no address of theirs is told."""
    made = connection.client.v1.customers.create_async({"metadata": dict(metadata)}, {"idempotency_key": idempotency_key})
    return await call(connection, made, ProviderCustomer)


async def open_saving_page(
    connection: Stripe, *, customer: str, metadata: Mapping[str, str], back_url: str, language: str, idempotency_key: str
) -> CheckoutSession:
    """The provider's own page on which a customer gives a card or an account: its number never passes here."""
    params: SessionCreateParams = {
        "mode": "setup",
        "currency": "eur",
        "customer": customer,
        "metadata": dict(metadata),
        "setup_intent_data": {"metadata": dict(metadata)},
        "success_url": back_url,
        "cancel_url": back_url,
        "locale": LOCALES.get(language, "auto"),
    }
    made = connection.client.v1.checkout.sessions.create_async(params, {"idempotency_key": idempotency_key})
    return await call(connection, made, CheckoutSession)


async def retrieve_setup(connection: Stripe, *, setup_id: str) -> SetupIntent:
    return await call(connection, connection.client.v1.setup_intents.retrieve_async(setup_id), SetupIntent, reads=True)


async def retrieve_method(connection: Stripe, *, provider_method_id: str) -> PaymentMethod:
    return await call(connection, connection.client.v1.payment_methods.retrieve_async(provider_method_id), PaymentMethod, reads=True)


async def detach_method(connection: Stripe, *, provider_method_id: str) -> PaymentMethod:
    """After this nobody can charge it any more."""
    return await call(connection, connection.client.v1.payment_methods.detach_async(provider_method_id), PaymentMethod)


async def create_saved_intent(
    connection: Stripe,
    *,
    amount_minor: int,
    currency: str,
    customer: str,
    metadata: Mapping[str, str],
    description: str,
    idempotency_key: str,
) -> PaymentIntent:
    """An intent for a customer's saved method; nothing is charged yet. `idempotency_key` is `attempt:{id}:create`, its row committed before."""
    made = connection.client.v1.payment_intents.create_async(
        {
            "amount": amount_minor,
            "currency": currency.lower(),
            "customer": customer,
            "metadata": dict(metadata),
            "description": description,
            "automatic_payment_methods": {"enabled": True},
        },
        {"idempotency_key": idempotency_key},
    )
    return await call(connection, made, PaymentIntent)


async def lessen_intent(connection: Stripe, *, intent_id: str, amount_minor: int, idempotency_key: str) -> PaymentIntent:
    """Has an intent that nobody has paid ask for less."""
    made = connection.client.v1.payment_intents.update_async(intent_id, {"amount": amount_minor}, {"idempotency_key": idempotency_key})
    return await call(connection, made, PaymentIntent)


async def confirm_saved(
    connection: Stripe, *, intent_id: str, provider_method_id: str, idempotency_key: str, return_url: str | None = None
) -> PaymentIntent:
    """Charges a saved method: without the customer, or with them there where they can be sent back to `return_url` from their bank."""
    params: PaymentIntentConfirmParams = {"payment_method": provider_method_id}
    if return_url is None:
        params["off_session"] = True
    else:
        params["return_url"] = return_url
    made = connection.client.v1.payment_intents.confirm_async(intent_id, params, {"idempotency_key": idempotency_key})
    return await call(connection, made, PaymentIntent)
