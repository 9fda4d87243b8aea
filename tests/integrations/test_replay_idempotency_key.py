"""One idempotency key, one effect: also when answers are lost, calls collide, or a day passes."""

import asyncio
from functools import partial

import httpx
import pytest

from service.integrations.stripe import client
from service.integrations.stripe.client import Stripe, open_stripe
from service.integrations.stripe.errors import ProviderDeclined, ProviderRefused, ProviderUnavailable
from service.integrations.stripe.standin import Standin

FORM = {"amount": "100", "currency": "eur"}
KEY = {"idempotency-key": "attempt:a1:create"}
create = partial(client.create_payment_intent, currency="EUR", metadata={}, description="Invoice 7", idempotency_key="attempt:a1:create")


async def count(raw: httpx.AsyncClient) -> int:
    return len((await raw.get("/v1/payment_intents")).json()["data"])


async def test_the_same_key_is_answered_with_the_same_bytes(raw: httpx.AsyncClient):
    first = await raw.post("/v1/payment_intents", data=FORM, headers=KEY)
    again = await raw.post("/v1/payment_intents", data=FORM, headers=KEY)

    assert again.content == first.content
    assert "idempotent-replayed" not in first.headers
    assert again.headers["idempotent-replayed"] == "true"
    assert await count(raw) == 1


async def test_the_same_key_with_another_amount_is_refused(connection: Stripe, raw: httpx.AsyncClient):
    await create(connection, amount_minor=100)

    with pytest.raises(ProviderRefused, match="same parameters"):
        await create(connection, amount_minor=101)
    answer = await raw.post("/v1/payment_intents", data={**FORM, "amount": "101"}, headers=KEY)

    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "idempotency_error"
    assert await count(raw) == 1


async def test_a_key_in_use_is_a_conflict(raw: httpx.AsyncClient, standin: Standin):
    await standin.fail_next(how="hang_before", method="POST")
    first = asyncio.create_task(raw.post("/v1/payment_intents", data=FORM, headers=KEY))
    await standin.until_hanging()

    second = await raw.post("/v1/payment_intents", data=FORM, headers=KEY)
    await standin.let_go()

    assert (second.status_code, second.json()["error"]["code"]) == (409, "idempotency_key_in_use")
    assert (await first).status_code == 200
    assert await count(raw) == 1


async def test_a_declined_card_is_declined_again_under_its_key(connection: Stripe):
    made = await create(connection, amount_minor=100)
    for _ in range(2):
        with pytest.raises(ProviderDeclined):
            await client.confirm_payment_intent(
                connection, intent_id=made.id, payment_method="pm_card_chargeDeclined", idempotency_key="attempt:a1:confirm"
            )
    paid = await client.confirm_payment_intent(
        connection, intent_id=made.id, payment_method="pm_card_visa", idempotency_key="attempt:a1:confirm-2"
    )
    assert paid.status == "succeeded"


async def test_what_failed_validation_may_be_asked_again_under_its_key(raw: httpx.AsyncClient):
    assert (await raw.post("/v1/payment_intents", data={**FORM, "amount": "x"}, headers=KEY)).status_code == 400
    assert (await raw.post("/v1/payment_intents", data=FORM, headers=KEY)).status_code == 200


async def test_a_500_is_said_again_under_its_key_and_a_503_is_not(connection: Stripe, standin: Standin, raw: httpx.AsyncClient):
    await standin.fail_next(how="error", method="POST")
    for _ in range(2):
        with pytest.raises(ProviderUnavailable) as unavailable:
            await create(connection, amount_minor=100)
        assert unavailable.value.maybe_done
    assert await count(raw) == 0

    await standin.fail_next(how="unavailable", method="POST")
    other = partial(create, connection, amount_minor=100, idempotency_key="attempt:a2:create")
    with pytest.raises(ProviderUnavailable):
        await other()
    assert (await other()).status == "requires_payment_method"


async def test_a_lost_answer_is_found_again_under_its_key(standin: Standin, raw: httpx.AsyncClient):
    async with open_stripe(api_key=standin.api_key, address=standin.url, call_within_s=0.3) as hasty:
        await standin.fail_next(how="hang_after", method="POST")
        with pytest.raises(ProviderUnavailable) as unavailable:
            await create(hasty, amount_minor=100)
        assert unavailable.value.maybe_done
        assert await count(raw) == 1

        made = await create(hasty, amount_minor=100)

    assert await count(raw) == 1
    assert (await raw.get("/v1/payment_intents")).json()["data"][0]["id"] == made.id


async def test_an_answer_never_begun_leaves_nothing_behind(standin: Standin, raw: httpx.AsyncClient):
    async with open_stripe(api_key=standin.api_key, address=standin.url, call_within_s=0.3) as hasty:
        await standin.fail_next(how="hang_before", method="POST")
        with pytest.raises(ProviderUnavailable):
            await create(hasty, amount_minor=100)
    assert await count(raw) == 0


async def test_too_many_calls_do_nothing(connection: Stripe, standin: Standin):
    await standin.fail_next(how="rate_limited")
    with pytest.raises(ProviderUnavailable) as unavailable:
        await create(connection, amount_minor=100)
    assert not unavailable.value.maybe_done


async def test_a_key_is_forgotten_after_a_day(raw: httpx.AsyncClient, standin: Standin):
    await raw.post("/v1/payment_intents", data=FORM, headers=KEY)
    await standin.advance(seconds=24 * 3600 + 1)
    await raw.post("/v1/payment_intents", data=FORM, headers=KEY)
    assert await count(raw) == 2


async def test_fifty_calls_at_once_under_one_key_make_one_intent(raw: httpx.AsyncClient):
    answers = await asyncio.gather(*(raw.post("/v1/payment_intents", data=FORM, headers=KEY) for _ in range(50)))
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len({answer.json()["id"] for answer in answers if answer.status_code == 200}) == 1
    assert await count(raw) == 1
