"""Checkout sessions: the provider's own page, paid, left, or paid by what takes days."""

from typing import Any

import httpx
import pytest
import stripe

from service.integrations.stripe.standin.remote import StandinRefused
from tests.integrations.account import Account

ACCOUNT, BAD_ACCOUNT = "DE89370400440532013000", "DE62370400440532013001"


async def session(account: Account, **told: Any):
    item = {"quantity": 2, "price_data": {"currency": "eur", "unit_amount": 1_500, "product_data": {"name": "Invoice <7>"}}}
    form = {
        "mode": "payment",
        "line_items": [item],
        "success_url": "http://127.0.0.1/done?s={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1/no",
    }
    return await account.v1.checkout.sessions.create_async({**form, **told})


async def now(account: Account, made: Any):
    return await account.v1.checkout.sessions.retrieve_async(made.id)


async def test_a_session_is_paid_on_its_page(account: Account, raw: httpx.AsyncClient):
    made = await session(account, payment_intent_data={"metadata": {"attempt": "a1"}}, client_reference_id="i7")
    assert (made.status, made.payment_status, made.payment_intent, made.amount_total) == ("open", "unpaid", None, 3_000)
    page = await raw.get(made.url)
    assert "Invoice &lt;7&gt;" in page.text
    assert "30.00 EUR" in page.text
    assert "http://127.0.0.1/no" in page.text

    paid = await raw.post(made.url, data={"choice": "approve"})

    assert paid.headers["location"] == f"http://127.0.0.1/done?s={made.id}"
    done = await now(account, made)
    assert (done.status, done.payment_status, done.client_reference_id, done.url) == ("complete", "paid", "i7", None)
    intent = await account.intent(done.payment_intent)
    assert (intent.status, intent.amount_received, intent.metadata["attempt"]) == ("succeeded", 3_000, "a1")
    assert (await account.told("checkout")) == ["checkout.session.completed"]


async def test_a_declined_card_leaves_the_session_open(account: Account, raw: httpx.AsyncClient):
    made = await session(account)
    assert "Your card was declined." in (await raw.post(made.url, data={"choice": "decline"})).text
    assert ((await now(account, made)).status, await account.told("checkout")) == ("open", [])
    with pytest.raises(StandinRefused):
        await account.standin.submit(session=made.id, payment_method="pm_card_authenticationRequired", authenticates=False)
    assert (await account.standin.submit(session=made.id))["payment_status"] == "paid"
    with pytest.raises(StandinRefused, match="complete"):
        await account.standin.submit(session=made.id)
    assert len((await account.v1.payment_intents.list_async()).data) == 1


@pytest.mark.parametrize(
    "iban,last,status", [(ACCOUNT, "async_payment_succeeded", "paid"), (BAD_ACCOUNT, "async_payment_failed", "unpaid")]
)
async def test_a_completed_session_may_be_unpaid_for_days(account: Account, iban: str, last: str, status: str):
    made = await session(account)
    completed = await account.standin.submit(session=made.id, payment_method=iban)
    assert (completed["status"], completed["payment_status"]) == ("complete", "unpaid")
    assert await account.told("checkout") == ["checkout.session.completed"]

    await account.standin.advance(seconds=200)

    assert await account.told("checkout") == ["checkout.session.completed", f"checkout.session.{last}"]
    assert (await now(account, made)).payment_status == status


async def test_the_page_debits_a_bank_account_where_allowed(account: Account, raw: httpx.AsyncClient):
    made = await session(account)
    assert (await raw.post(made.url, data={"choice": "debit"})).status_code == 303
    assert (await now(account, made)).payment_status == "unpaid"
    cards_only = await session(account, allowed_payment_method_types=["card"])
    assert (await raw.post(cards_only.url, data={"choice": "debit"})).status_code == 400
    with pytest.raises(StandinRefused, match="doesn't take sepa_debit"):
        await account.standin.submit(session=cards_only.id, payment_method=ACCOUNT)


async def test_a_session_expires_by_itself_or_when_told(account: Account, raw: httpx.AsyncClient):
    told, left = await session(account), await session(account)
    assert (await account.v1.checkout.sessions.expire_async(told.id)).status == "expired"
    with pytest.raises(stripe.InvalidRequestError, match="expired"):
        await account.v1.checkout.sessions.expire_async(told.id)
    await account.standin.advance(seconds=24 * 3600 + 60)
    assert (await now(account, left)).status == "expired"
    assert await account.told("checkout") == ["checkout.session.expired"] * 2
    assert "This payment is expired." in (await raw.get(left.url)).text


async def test_a_session_may_only_save_a_card(account: Account):
    customer = await account.customer()
    made = await account.v1.checkout.sessions.create_async(
        {
            "mode": "setup",
            "currency": "eur",
            "customer": customer,
            "success_url": "http://127.0.0.1/done",
            "setup_intent_data": {"metadata": {"a": "b"}},
        }
    )
    assert made.payment_status == "no_payment_required"

    await account.standin.submit(session=made.id, payment_method="pm_card_mastercard")

    setup = await account.v1.setup_intents.retrieve_async((await now(account, made)).setup_intent)
    assert (setup.status, setup.customer, setup.metadata["a"]) == ("succeeded", customer, "b")
    assert (await account.pay(setup.payment_method, customer=customer, off_session=True)).status == "succeeded"


async def test_what_is_sold_can_be_read_back(account: Account):
    made = await session(account)
    (item,) = (await account.v1.checkout.sessions.line_items.list_async(made.id)).data
    assert (item.description, item.quantity, item.amount_total) == ("Invoice <7>", 2, 3_000)


@pytest.mark.parametrize(
    "told,param",
    [
        ({"line_items": []}, "line_items"),
        ({"expires_at": 1}, "expires_at"),
        ({"allowed_payment_method_types": ["paypal"]}, "allowed_payment_method_types"),
        ({"success_url": ""}, "success_url"),
        ({"payment_intent_data": {"colour": "red"}}, "payment_intent_data[colour]"),
    ],
)
async def test_a_wrong_session_is_refused_by_name(account: Account, told: Any, param: str):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        await session(account, **told)
    assert refused.value.param == param


async def test_a_guessed_page_shows_nothing(account: Account, raw: httpx.AsyncClient):
    made = await session(account)
    assert (await raw.get(f"/checkout/{made.id}")).status_code == 404
