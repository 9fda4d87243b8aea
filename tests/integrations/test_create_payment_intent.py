"""Payment intents through the real `stripe` package, over a real socket."""

from functools import partial

import httpx
import pytest

from service.integrations.stripe import client
from service.integrations.stripe.client import Stripe, open_stripe
from service.integrations.stripe.errors import ProviderDeclined, ProviderRefused, ProviderUnavailable
from service.integrations.stripe.standin import Standin
from service.integrations.stripe.standin.remote import StandinRefused

create = partial(client.create_payment_intent, amount_minor=12_345, currency="EUR", metadata={"attempt": "a1"}, description="Invoice 7")


async def test_an_intent_comes_back_as_it_was_asked_for(connection: Stripe):
    made = await create(connection, idempotency_key="attempt:a1:create")

    assert (made.amount_minor, made.currency, made.status) == (12_345, "EUR", "requires_payment_method")
    assert made.metadata == {"attempt": "a1"}
    assert made.client_secret is not None
    assert not made.livemode
    assert await client.retrieve_payment_intent(connection, intent_id=made.id) == made


async def test_a_good_card_pays_the_whole_amount(connection: Stripe):
    made = await create(connection, idempotency_key="attempt:a1:create")

    paid = await client.confirm_payment_intent(
        connection, intent_id=made.id, payment_method="pm_card_visa", idempotency_key="attempt:a1:confirm"
    )

    assert (paid.status, paid.received_minor) == ("succeeded", 12_345)
    assert paid.latest_charge is not None


@pytest.mark.parametrize(
    "card,code,decline_code",
    [
        ("pm_card_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"),
    ],
)
async def test_a_declined_card_says_why_and_leaves_the_intent_payable(connection: Stripe, card: str, code: str, decline_code: str):
    made = await create(connection, idempotency_key="attempt:a1:create")

    with pytest.raises(ProviderDeclined) as declined:
        await client.confirm_payment_intent(connection, intent_id=made.id, payment_method=card, idempotency_key="attempt:a1:confirm")

    assert (declined.value.code, declined.value.decline_code) == (code, decline_code)
    assert declined.value.request_id is not None
    assert declined.value.intent is not None
    assert declined.value.intent.status == "requires_payment_method"
    left = await client.retrieve_payment_intent(connection, intent_id=made.id)
    assert left.last_payment_error is not None
    assert left.last_payment_error.code == code
    assert left.received_minor == 0


async def test_a_card_that_asks_its_owner_waits_for_the_owner(connection: Stripe, standin: Standin):
    made = await create(connection, idempotency_key="attempt:a1:create")

    asked = await client.confirm_payment_intent(
        connection, intent_id=made.id, payment_method="pm_card_authenticationRequired", idempotency_key="attempt:a1:confirm"
    )
    assert asked.status == "requires_action"

    with pytest.raises(StandinRefused):
        await standin.pay(intent=made.id, payment_method="pm_card_authenticationRequired", authenticates=False)
    assert (await client.retrieve_payment_intent(connection, intent_id=made.id)).status == "requires_payment_method"

    await standin.pay(intent=made.id, payment_method="pm_card_authenticationRequired")
    assert (await client.retrieve_payment_intent(connection, intent_id=made.id)).status == "succeeded"


async def test_a_cancelled_intent_can_never_be_paid(connection: Stripe, standin: Standin):
    made = await create(connection, idempotency_key="attempt:a1:create")

    cancelled = await client.cancel_payment_intent(connection, intent_id=made.id, idempotency_key="attempt:a1:cancel")

    assert (cancelled.status, cancelled.cancellation_reason) == ("canceled", "abandoned")
    with pytest.raises(StandinRefused, match="status of canceled"):
        await standin.pay(intent=made.id)


async def test_cancelling_what_was_paid_meanwhile_is_refused_with_the_paid_intent(connection: Stripe, standin: Standin):
    made = await create(connection, idempotency_key="attempt:a1:create")
    await standin.pay(intent=made.id)

    with pytest.raises(ProviderRefused) as refused:
        await client.cancel_payment_intent(connection, intent_id=made.id, idempotency_key="attempt:a1:cancel")

    assert refused.value.code == "payment_intent_unexpected_state"
    assert refused.value.intent is not None
    assert refused.value.intent.status == "succeeded"


async def test_an_unknown_intent_is_refused(connection: Stripe):
    with pytest.raises(ProviderRefused) as refused:
        await client.retrieve_payment_intent(connection, intent_id="pi_nowhere")
    assert refused.value.code == "resource_missing"


async def test_nobody_listening_means_nothing_was_done():
    async with open_stripe(api_key="sk_test_x", address="http://127.0.0.1:1") as nowhere:
        with pytest.raises(ProviderUnavailable) as unavailable:
            await create(nowhere, idempotency_key="attempt:a1:create")
    assert not unavailable.value.maybe_done


@pytest.mark.parametrize("header", [None, "Bearer sk_test_other", "Bearer sk_live_sayso", "Basic ???", "Bearer"])
async def test_without_the_right_test_key_nothing_is_answered(standin: Standin, header: str | None):
    async with httpx.AsyncClient(base_url=standin.url, trust_env=False) as anybody:
        answer = await anybody.get("/v1/payment_intents", headers={} if header is None else {"authorization": header})
    assert answer.status_code == 401
    assert answer.json()["error"]["type"] == "invalid_request_error"


async def test_the_key_also_works_as_a_user_name(standin: Standin):
    async with httpx.AsyncClient(base_url=standin.url, auth=(standin.api_key, ""), trust_env=False) as basic:
        assert (await basic.get("/v1/payment_intents")).status_code == 200


@pytest.mark.parametrize(
    "form,param,code",
    [
        ({"amount": "100", "currency": "eur", "colour": "red"}, "colour", "parameter_unknown"),
        (
            {"amount": "100", "currency": "eur", "automatic_payment_methods[always]": "true"},
            "automatic_payment_methods[always]",
            "parameter_unknown",
        ),
        ({"currency": "eur"}, "amount", "parameter_missing"),
        ({"amount": "100"}, "currency", "parameter_missing"),
        ({"amount": "12.5", "currency": "eur"}, "amount", "parameter_invalid_integer"),
        ({"amount": "-1", "currency": "eur"}, "amount", "parameter_invalid_integer"),
        ({"amount": "１００", "currency": "eur"}, "amount", "parameter_invalid_integer"),
        ({"amount": "49", "currency": "usd"}, "amount", "amount_too_small"),
        ({"amount": "100", "currency": "euro"}, "currency", None),
        ({"amount": "100", "currency": "eur", f"metadata[{'k' * 41}]": "v"}, f"metadata[{'k' * 41}]", None),
        ({"amount": "100", "currency": "eur", "payment_method": "pm_card_unheard"}, "payment_method", "resource_missing"),
    ],
)
async def test_a_wrong_parameter_is_refused_by_name(raw: httpx.AsyncClient, form: dict[str, str], param: str, code: str | None):
    answer = await raw.post("/v1/payment_intents", data=form)

    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["param"], error.get("code")) == (param, code)
    assert (await raw.get("/v1/payment_intents")).json()["data"] == []


async def test_another_version_of_the_api_is_refused(raw: httpx.AsyncClient):
    answer = await raw.get("/v1/payment_intents", headers={"stripe-version": "2019-01-01"})
    assert answer.status_code == 400


async def test_every_answer_has_a_request_id_of_its_own(raw: httpx.AsyncClient):
    answers = [await raw.get("/v1/payment_intents"), await raw.get("/v1/nothing"), await raw.get("/v1/payment_intents?limit=0")]
    assert [answer.status_code for answer in answers] == [200, 404, 400]
    assert len({answer.headers["request-id"] for answer in answers}) == 3


async def test_intents_are_listed_newest_first_and_page_by_page(raw: httpx.AsyncClient, connection: Stripe):
    made = [(await create(connection, idempotency_key=f"attempt:{number}:create")).id for number in range(5)]

    first = (await raw.get("/v1/payment_intents", params={"limit": 2})).json()
    second = (await raw.get("/v1/payment_intents", params={"limit": 2, "starting_after": first["data"][-1]["id"]})).json()
    back = (await raw.get("/v1/payment_intents", params={"limit": 2, "ending_before": second["data"][0]["id"]})).json()

    assert [intent["id"] for intent in first["data"] + second["data"]] == made[:0:-1]
    assert (first["has_more"], second["has_more"], back["has_more"]) == (True, True, False)
    assert back["data"] == first["data"]
