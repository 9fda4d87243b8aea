"""The stand-in's own controls: outages, broken connections, mishaps by chance."""

import asyncio

import httpx
import pytest

from service.integrations.stripe import client
from service.integrations.stripe.client import Stripe
from service.integrations.stripe.errors import ProviderUnavailable
from service.integrations.stripe.standin import Standin
from service.integrations.stripe.standin.control import ACTS
from service.integrations.stripe.standin.remote import StandinRefused
from tests.integrations.account import Account
from tests.integrations.receiver import Receiver

HOUR_S = 3600


async def create(connection: Stripe, key: str = "attempt:a1:create"):
    return await client.create_payment_intent(
        connection, amount_minor=100, currency="EUR", metadata={}, description="Invoice 7", idempotency_key=key
    )


async def test_a_provider_down_for_an_hour_answers_nothing_and_sends_nothing(
    connection: Stripe, account: Account, receiver: Receiver, raw: httpx.AsyncClient
):
    made = await create(connection)
    await account.standin.register(url=receiver.url, enabled_events=["payment_intent.succeeded"])
    await account.standin.outage(seconds=HOUR_S)

    with pytest.raises(ProviderUnavailable):
        await create(connection, "attempt:a2:create")
    assert (await raw.get(f"/pay/{made.client_secret}")).status_code == 503
    await account.standin.pay(intent=made.id)  # a bank goes on while the provider's API is down
    await account.standin.settle()
    assert receiver.requests == []

    await account.standin.advance(seconds=HOUR_S)

    await receiver.came(1)
    assert (await create(connection, "attempt:a2:create")).status == "requires_payment_method"
    assert len((await account.v1.payment_intents.list_async()).data) == 2


async def test_an_outage_can_be_ended(connection: Stripe, standin: Standin):
    await standin.outage(seconds=HOUR_S)
    await standin.outage(seconds=0)
    assert (await create(connection)).amount_minor == 100


@pytest.mark.parametrize("how,left", [("cut_before", 0), ("cut_after", 1)])
async def test_a_connection_breaks_before_or_after_it_is_done(connection: Stripe, account: Account, how, left: int):
    await account.standin.fail_next(how=how, method="POST")
    with pytest.raises(ProviderUnavailable) as unavailable:
        await create(connection)
    assert unavailable.value.maybe_done
    assert len((await account.v1.payment_intents.list_async()).data) == left

    made = await create(connection)

    assert [one.id for one in (await account.v1.payment_intents.list_async()).data] == [made.id]


async def test_mishaps_by_chance_are_the_same_for_the_same_seed(connection: Stripe, standin: Standin):
    async def mishaps() -> list[bool]:
        await standin.reset()
        await standin.throw_dice(seed=7)
        await standin.fail_next(how="unavailable", times=1_000, chance=0.5)
        found = []
        for number in range(20):
            try:
                await create(connection, f"attempt:a{number}:create")
                found.append(False)
            except ProviderUnavailable:
                found.append(True)
        return found

    first = await mishaps()
    assert first == await mishaps()
    assert {True, False} == set(first)
    await standin.fail_no_more()
    assert (await create(connection, "attempt:last:create")).amount_minor == 100


async def test_deliveries_are_lost_by_chance(account: Account, receiver: Receiver):
    await account.standin.register(url=receiver.url, enabled_events=["payment_intent.created"])
    await account.standin.throw_dice(seed=7)
    await account.standin.deliver(drop=True, chance=0.5)
    for number in range(20):
        await account.v1.payment_intents.create_async({"amount": 100 + number, "currency": "eur"})
    await account.standin.settle()
    states = [one["state"] for one in await account.standin.deliveries()]
    assert {"delivered", "dropped"} == set(states)
    assert len(receiver.requests) == states.count("delivered")


async def test_manners_are_changed_one_by_one(account: Account):
    changed = await account.standin.behave(card_fee_minor=0, fees_after_s=0)
    assert (changed["card_fee_minor"], changed["card_fee_millis"]) == (0, 15)
    await account.pay()
    await account.standin.settle()
    assert await account.net() == 10_000 - 150
    with pytest.raises(StandinRefused):
        await account.standin.behave(colour="red")


async def test_things_happen_by_themselves_when_their_time_comes(account: Account, receiver: Receiver):
    await account.standin.register(url=receiver.url, enabled_events=["charge.updated"])
    await account.standin.behave(fees_after_s=0.2)
    await account.pay()
    await receiver.came(1)


async def test_what_happened_meanwhile_bears_its_own_date(account: Account):
    intent = await account.pay()
    await account.standin.advance(seconds=10 * 24 * HOUR_S)
    (payout,) = (await account.v1.payouts.list_async()).data
    assert payout.created - intent.created == pytest.approx(3 * 24 * HOUR_S, abs=10)


@pytest.mark.parametrize("name", sorted(set(ACTS) - {"reset", "clock", "settle", "calls/let_go", "webhooks/plain", "payouts/now"}))
async def test_a_control_that_is_no_order_is_refused(standin: Standin, name: str):
    async with httpx.AsyncClient(base_url=standin.url, trust_env=False) as anybody:
        answer = await anybody.post(f"/_standin/{name}", json={"colour": "red"})
    assert answer.status_code == 400
    assert "colour" in answer.json()["error"]["message"] or "missing" in answer.json()["error"]["message"]


async def test_an_unknown_control_lists_those_there_are(standin: Standin):
    async with httpx.AsyncClient(base_url=standin.url, trust_env=False) as anybody:
        answer = await anybody.post("/_standin/nothing", json={})
    assert (answer.status_code, "disputes/open" in answer.text) == (404, True)


async def test_many_calls_at_once_make_a_thing_each(connection: Stripe, account: Account):
    await asyncio.gather(*(create(connection, f"attempt:{number}:create") for number in range(30)))
    assert len((await account.v1.payment_intents.list_async({"limit": 100})).data) == 30
