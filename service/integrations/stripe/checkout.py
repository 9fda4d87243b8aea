"""The calls about Stripe's own page on which a customer pays: no card number ever reaches us."""

from collections.abc import Mapping

from stripe.params.checkout import SessionCreateParams, SessionCreateParamsLineItem

from service.integrations.stripe.client import Stripe, call
from service.integrations.stripe.records import CheckoutSession


async def create_checkout_session(
    connection: Stripe,
    *,
    amount_minor: int,
    currency: str,
    named: str,
    metadata: Mapping[str, str],
    back_url: str,
    idempotency_key: str,
) -> CheckoutSession:
    """A page that takes one amount, whose intent carries the same metadata. `idempotency_key` is `attempt:{id}:create`, its row committed before this call."""
    item: SessionCreateParamsLineItem = {
        "quantity": 1,
        "price_data": {"currency": currency.lower(), "unit_amount": amount_minor, "product_data": {"name": named}},
    }
    params: SessionCreateParams = {
        "mode": "payment",
        "line_items": [item],
        "metadata": dict(metadata),
        "payment_intent_data": {"metadata": dict(metadata), "description": named},
        "success_url": back_url,
        "cancel_url": back_url,
    }
    return await call(
        connection, connection.client.v1.checkout.sessions.create_async(params, {"idempotency_key": idempotency_key}), CheckoutSession
    )


async def retrieve_checkout_session(connection: Stripe, *, session_id: str) -> CheckoutSession:
    """The page as Stripe has it now."""
    return await call(connection, connection.client.v1.checkout.sessions.retrieve_async(session_id), CheckoutSession, reads=True)


async def expire_checkout_session(connection: Stripe, *, session_id: str, idempotency_key: str) -> CheckoutSession:
    """After this nobody can pay on the page. One that is over or was paid is refused."""
    made = connection.client.v1.checkout.sessions.expire_async(session_id, {}, {"idempotency_key": idempotency_key})
    return await call(connection, made, CheckoutSession)
