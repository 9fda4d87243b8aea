"""Webhook endpoints: changed, switched off, their secrets rolled; and events by how they were delivered."""

import asyncio
from datetime import UTC, datetime

import msgspec
import pytest
import stripe

from service.integrations.asgi import Answer
from service.integrations.stripe.webhooks import WebhookRefused, verify_and_read
from tests.integrations.account import Account
from tests.integrations.receiver import Receiver

HOUR_S = 3600


def read(receiver: Receiver, secret: str, place: int = -1):
    request = receiver.requests[place]
    header = request.headers.get("stripe-signature")
    return verify_and_read(raw_body=request.body, signature_header=header, secrets=(secret,), now=datetime.now(UTC))


async def test_an_endpoint_is_changed_and_switched_off(account: Account, receiver: Receiver):
    made = await account.v1.webhook_endpoints.create_async({"url": receiver.url, "enabled_events": ["payment_intent.succeeded"]})
    await account.pay()
    await account.standin.settle()
    assert receiver.kinds == ["payment_intent.succeeded"]
    changed = await account.v1.webhook_endpoints.update_async(
        made.id, {"enabled_events": ["payment_intent.created"], "description": "ours"}
    )
    assert (changed.enabled_events, changed.description, changed.status) == (["payment_intent.created"], "ours", "enabled")
    await account.pay()
    await account.standin.settle()
    assert receiver.kinds[1:] == ["payment_intent.created"]

    assert (await account.v1.webhook_endpoints.update_async(made.id, {"disabled": True})).status == "disabled"
    await account.pay()
    await account.standin.settle()
    assert len(receiver.requests) == 2
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await account.v1.webhook_endpoints.update_async(made.id, {"url": "javascript:1"})
    assert refused.value.param == "url"


async def test_a_rolled_secret_signs_for_one_more_day(account: Account, receiver: Receiver):
    made = await account.v1.webhook_endpoints.create_async({"url": receiver.url, "enabled_events": ["payment_intent.created"]})
    fresh = await account.standin.roll_secret(endpoint=made.id)

    await account.standin.advance(seconds=23 * HOUR_S)
    await account.pay()
    await account.standin.settle()
    assert read(receiver, made.secret) == read(receiver, fresh)
    await account.standin.advance(seconds=2 * HOUR_S)
    await account.pay()
    await account.standin.settle()

    assert read(receiver, fresh).type == "payment_intent.created"
    with pytest.raises(WebhookRefused):
        read(receiver, made.secret)


async def test_events_are_found_by_whether_they_were_delivered(account: Account, receiver: Receiver):
    await account.standin.register(url=receiver.url, enabled_events=["payment_intent.created", "payment_intent.succeeded"])
    receiver.answers = [Answer(status=500)]
    await account.v1.payment_intents.create_async({"amount": 100, "currency": "eur"})
    await receiver.came(1)
    await account.standin.settle()
    await account.pay()
    await account.standin.settle()

    missed = (await account.v1.events.list_async({"delivery_success": False})).data
    taken = (await account.v1.events.list_async({"delivery_success": True, "types": ["payment_intent.*"]})).data

    assert [event.type for event in missed] == ["payment_intent.created"]
    assert sorted(event.type for event in taken) == ["payment_intent.created", "payment_intent.succeeded"]
    await account.standin.advance(seconds=10)
    await receiver.came(4)
    await account.standin.settle()
    assert (await account.v1.events.list_async({"delivery_success": False})).data == []


async def test_what_nobody_called_for_says_so(account: Account):
    intent = await account.v1.payment_intents.create_async({"amount": 100, "currency": "eur"}, {"idempotency_key": "k1"})
    await account.standin.pay(intent=intent.id)
    paid, _, made = (await account.v1.events.list_async()).data
    assert (made.request.idempotency_key, made.request.id is None) == ("k1", False)
    assert (paid.request.idempotency_key, paid.request.id) == (None, None)


async def test_deliveries_can_come_shuffled(account: Account, receiver: Receiver):
    await account.standin.register(url=receiver.url, enabled_events=["payment_intent.created"])
    await account.standin.deliver(hold=True)
    await asyncio.gather(*(account.v1.payment_intents.create_async({"amount": 100 + place, "currency": "eur"}) for place in range(12)))
    await account.standin.throw_dice(seed=1)

    assert await account.standin.release(order="shuffled") == 12

    came = [msgspec.json.decode(request.body)["id"] for request in receiver.requests]
    listed = [event.id for event in (await account.v1.events.list_async({"limit": 100})).data]
    assert sorted(came) == sorted(listed)
    assert came not in (listed, listed[::-1])
