"""Deliveries of the stand-in: signed, repeated until taken, and as unruly as asked."""

import asyncio
from datetime import UTC, datetime

import httpx
import msgspec
import pytest

from service.integrations.asgi import Answer
from service.integrations.stripe.records import PaymentIntent
from service.integrations.stripe.standin import Standin
from service.integrations.stripe.webhooks import WebhookRefused, verify_and_read
from tests.integrations.receiver import Receiver

SECRET = "whsec_test"
INTENT = ["payment_intent.created", "payment_intent.succeeded"]


@pytest.fixture
async def listening(standin: Standin, receiver: Receiver) -> Standin:
    await standin.register(url=receiver.url, secret=SECRET, enabled_events=INTENT)
    return standin


async def create(raw: httpx.AsyncClient) -> str:
    answer = await raw.post("/v1/payment_intents", data={"amount": "100", "currency": "eur", "metadata[attempt]": "a1"})
    return str(answer.json()["id"])


def read(receiver: Receiver, place: int = -1, *, secret: str = SECRET):
    request = receiver.requests[place]
    return verify_and_read(
        raw_body=request.body, signature_header=request.headers.get("stripe-signature"), secrets=(secret,), now=datetime.now(UTC)
    )


async def test_a_payment_is_told_signed_and_once(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    intent_id = await create(raw)
    await listening.pay(intent=intent_id)
    await listening.settle()

    assert sorted(receiver.kinds) == INTENT
    told = next(event for event in (read(receiver, place) for place in (0, 1)) if event.type == "payment_intent.succeeded")
    assert isinstance(told.object, PaymentIntent)
    assert (told.object.id, told.object.status, told.object.received_minor) == (intent_id, "succeeded", 100)
    assert told.object.metadata == {"attempt": "a1"}


async def test_an_event_is_a_snapshot_of_its_moment(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    await listening.deliver(hold=True)
    await listening.pay(intent=await create(raw))
    await listening.release()

    assert [read(receiver, place).object.status for place in (0, 1)] == ["requires_payment_method", "succeeded"]


async def test_only_the_kinds_asked_for_are_sent(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    await raw.post(f"/v1/payment_intents/{await create(raw)}/cancel")
    await listening.settle()
    assert receiver.kinds == ["payment_intent.created"]


async def test_an_endpoint_made_through_the_api_is_told_its_secret_once(standin: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    made = (await raw.post("/v1/webhook_endpoints", data={"url": receiver.url, "enabled_events[0]": "*"})).json()
    assert "secret" not in (await raw.get(f"/v1/webhook_endpoints/{made['id']}")).json()

    await create(raw)
    await standin.settle()
    assert read(receiver, secret=made["secret"]).type == "payment_intent.created"

    await raw.delete(f"/v1/webhook_endpoints/{made['id']}")
    await create(raw)
    await standin.settle()
    assert len(receiver.requests) == 1


async def test_what_was_not_taken_is_sent_again_later(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    receiver.answers = [Answer(status=500), Answer(status=302, headers={"location": receiver.url})]
    await create(raw)
    await receiver.came(1)
    await listening.advance(seconds=6)
    await receiver.came(2)
    await listening.settle()
    assert (await listening.deliveries())[0]["state"] == "waiting"

    await listening.advance(seconds=61)
    await receiver.came(3)
    await listening.settle()

    assert len({request.body for request in receiver.requests}) <= 3
    assert len({msgspec.json.decode(request.body)["id"] for request in receiver.requests}) == 1
    assert (await listening.deliveries())[0]["state"] == "delivered"


async def test_after_three_days_of_refusals_it_gives_up(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    receiver.answers = [Answer(status=500)] * 20
    await create(raw)
    for attempt in range(1, 11):
        await receiver.came(attempt)
        await listening.settle()
        await listening.advance(seconds=24 * 3600)

    await listening.settle()
    (delivery,) = await listening.deliveries()
    assert (delivery["state"], delivery["attempts"], delivery["last_status"]) == ("given_up", 10, 500)


async def test_a_delivery_can_be_doubled(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    await listening.deliver(copies=3, times=1)
    await create(raw)
    await create(raw)
    await listening.settle()
    assert len(receiver.requests) == 4
    assert len({read(receiver, place).id for place in range(4)}) == 2


async def test_a_delivery_can_be_lost_and_sent_again_by_hand(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    await listening.deliver(drop=True)
    await create(raw)
    await listening.settle()
    assert receiver.requests == []

    (event,) = (await raw.get("/v1/events")).json()["data"]
    await listening.resend(event=event["id"])
    await listening.settle()
    assert read(receiver).id == event["id"]


async def test_deliveries_can_come_in_the_wrong_order(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    await listening.deliver(hold=True)
    await listening.pay(intent=await create(raw))
    await listening.release(order="reversed")
    assert receiver.kinds == INTENT[::-1]


async def test_deliveries_can_be_plain_again(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    await listening.deliver(drop=True)
    await create(raw)
    await listening.deliver_plainly()
    await create(raw)
    await listening.settle()
    assert [one["state"] for one in await listening.deliveries()] == ["dropped", "delivered"]


async def test_a_burst_arrives_whole_at_the_first_attempt(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    await listening.deliver(delay_s=1000)
    for _ in range(120):
        await create(raw)
    await listening.advance(seconds=1000)
    await listening.settle(within_s=60)
    assert {one["attempts"] for one in await listening.deliveries()} == {1}
    assert len({read(receiver, place).id for place in range(120)}) == len(receiver.requests) == 120


async def test_a_delivery_can_be_late(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    await listening.deliver(delay_s=3 * 24 * 3600)
    await create(raw)
    await listening.settle()
    assert receiver.requests == []

    await listening.advance(seconds=3 * 24 * 3600)
    await receiver.came(1)
    assert read(receiver).type == "payment_intent.created"


async def test_a_delivery_can_come_before_the_answer(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    answered: list[str] = []
    answered_when_told: list[list[str]] = []
    receiver.on_request = lambda _: answered_when_told.append(list(answered))
    await listening.deliver(before_response=True)

    answered.append(await create(raw))

    assert answered_when_told == [[]]


@pytest.mark.parametrize("signature,reason", [("forged", "forged"), ("unsigned", "unsigned"), ("old", "old"), ("future", "future")])
async def test_a_signature_can_be_spoilt(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient, signature, reason: str):
    await listening.deliver(signature=signature)
    await create(raw)
    await receiver.came(1)
    with pytest.raises(WebhookRefused) as refused:
        read(receiver)
    assert refused.value.reason == reason


async def test_while_a_secret_is_rolled_both_sign(standin: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    endpoint = await standin.register(url=receiver.url, secret=SECRET)
    fresh = await standin.roll_secret(endpoint=endpoint["id"])
    await create(raw)
    await standin.settle()
    assert read(receiver, secret=SECRET) == read(receiver, secret=fresh)

    await standin.roll_secret(endpoint=endpoint["id"], expire_old=True)
    await create(raw)
    await standin.settle()
    with pytest.raises(WebhookRefused):
        read(receiver, secret=fresh)


async def test_an_answer_lost_after_commit_is_still_told(listening: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    await listening.fail_next(how="error_after_commit", method="POST")
    assert (await raw.post("/v1/payment_intents", data={"amount": "100", "currency": "eur"})).status_code == 500
    await listening.settle()
    assert receiver.kinds == ["payment_intent.created"]


async def test_a_call_under_way_while_everything_is_reset_disturbs_nobody(standin: Standin, receiver: Receiver, raw: httpx.AsyncClient):
    await standin.fail_next(how="hang_before", method="POST")
    former = asyncio.create_task(create(raw))
    await standin.until_hanging()
    await standin.reset()
    await standin.let_go()
    await former

    assert (await raw.get("/v1/payment_intents")).json()["data"] == []
    await standin.register(url=receiver.url, secret=SECRET)
    await create(raw)
    await standin.settle()
    assert receiver.kinds == ["payment_intent.created"]
