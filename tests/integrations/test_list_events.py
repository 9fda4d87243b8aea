"""The list of events: what a lost webhook would have told."""

from datetime import UTC, datetime, timedelta

import httpx

from service.integrations.stripe import client
from service.integrations.stripe.client import Stripe
from service.integrations.stripe.records import Charge, PaymentIntent, Refund
from service.integrations.stripe.standin import Standin

LONG_AGO = datetime.now(UTC) - timedelta(days=1)


async def create(raw: httpx.AsyncClient) -> str:
    return str((await raw.post("/v1/payment_intents", data={"amount": "100", "currency": "eur"})).json()["id"])


async def test_events_come_oldest_first_with_what_happened(connection: Stripe, standin: Standin, raw: httpx.AsyncClient):
    intent_id = await create(raw)
    await standin.pay(intent=intent_id)
    await raw.post("/v1/refunds", data={"payment_intent": intent_id})

    events = await client.list_events(connection, since=LONG_AGO)

    assert [event.type for event in events] == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "refund.created",
        "charge.refunded",
    ]
    assert isinstance(events[2].object, PaymentIntent)
    assert isinstance(events[3].object, Refund)
    assert events[3].object.payment_intent == intent_id
    assert isinstance(events[4].object, Charge)
    assert events[4].object.intent_id == intent_id


async def test_only_what_came_after_an_event_is_listed(connection: Stripe, raw: httpx.AsyncClient):
    for _ in range(3):
        await create(raw)
    first, *rest = await client.list_events(connection, since=LONG_AGO)

    assert list(await client.list_events(connection, since=LONG_AGO, after=first.id)) == rest
    assert await client.list_events(connection, since=LONG_AGO, after=rest[-1].id) == ()


async def test_more_than_a_page_is_listed_whole_and_in_order(connection: Stripe, raw: httpx.AsyncClient):
    made = [await create(raw) for _ in range(130)]

    everything = await client.list_events(connection, since=LONG_AGO)
    later = await client.list_events(connection, since=LONG_AGO, after=everything[9].id)
    few = await client.list_events(connection, since=LONG_AGO, at_most=7)

    assert [event.object.id for event in everything] == made
    assert later == everything[10:]
    assert few == everything[:7]


async def test_only_the_kinds_asked_for_are_listed(connection: Stripe, standin: Standin, raw: httpx.AsyncClient):
    await standin.pay(intent=await create(raw))
    events = await client.list_events(connection, since=LONG_AGO, types=("payment_intent.succeeded", "refund.failed"))
    assert [event.type for event in events] == ["payment_intent.succeeded"]


async def test_events_are_kept_for_thirty_days(connection: Stripe, standin: Standin, raw: httpx.AsyncClient):
    await create(raw)
    await standin.advance(seconds=30 * 24 * 3600 + 60)
    assert await client.list_events(connection, since=LONG_AGO) == ()


async def test_nothing_before_the_moment_asked_for_is_listed(connection: Stripe, standin: Standin, raw: httpx.AsyncClient):
    await create(raw)
    await standin.advance(seconds=3600)
    second = await create(raw)
    events = await client.list_events(connection, since=datetime.now(UTC) + timedelta(minutes=30))
    assert [event.object.id for event in events] == [second]
