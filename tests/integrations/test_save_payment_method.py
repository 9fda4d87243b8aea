"""Saved methods: set up once with the customer there, charged later without."""

import httpx
import pytest
import stripe

from tests.integrations.account import Account

ASKS = "pm_card_authenticationRequired"
ASKS_UNTIL_SAVED = "pm_card_authenticationRequiredOnSetup"


async def test_a_saved_card_pays_without_its_owner(account: Account):
    customer = await account.customer()
    card = await account.save(customer)

    intent = await account.pay(card, customer=customer, off_session=True)

    assert (intent.status, intent.customer, intent.payment_method) == ("succeeded", customer, card)
    assert await account.told("setup_intent", "payment_method") == [
        "setup_intent.created",
        "payment_method.attached",
        "setup_intent.succeeded",
    ]


async def test_a_card_that_wants_its_owner_sends_them_back_to_the_page(account: Account):
    customer = await account.customer()
    card = await account.save(customer, ASKS)

    with pytest.raises(stripe.CardError) as declined:
        await account.pay(card, customer=customer, off_session=True)

    error = declined.value.error
    assert (error.code, error.decline_code, error.payment_method.id) == ("authentication_required", "authentication_required", card)
    assert (error.payment_intent.status, error.payment_intent.last_payment_error.payment_method.id) == ("requires_payment_method", card)
    assert await account.told("payment_intent") == ["payment_intent.created", "payment_intent.payment_failed"]
    paid = await account.standin.pay(intent=error.payment_intent.id, payment_method=card)
    assert (paid["status"], paid["payment_method"]) == ("succeeded", card)


async def test_a_card_saved_with_its_owners_word_needs_it_no_more(account: Account):
    customer = await account.customer()
    card = await account.save(customer, ASKS_UNTIL_SAVED)
    assert (await account.pay(card, customer=customer, off_session=True)).status == "succeeded"
    with pytest.raises(stripe.CardError):
        await account.pay(ASKS_UNTIL_SAVED, off_session=True)


@pytest.mark.parametrize(
    "card,code,decline_code",
    [
        ("pm_card_chargeDeclined", "card_declined", "generic_decline"),
        ("pm_card_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"),
    ],
)
async def test_a_card_is_declined_off_session_for_its_own_reason(account: Account, card: str, code: str, decline_code: str):
    customer = await account.customer()
    with pytest.raises(stripe.CardError) as declined:
        await account.pay(card, customer=customer, off_session=True)
    assert (declined.value.code, declined.value.error.decline_code) == (code, decline_code)
    assert declined.value.error.payment_intent.status == "requires_payment_method"


async def test_a_card_may_be_saved_and_still_decline_later(account: Account):
    customer = await account.customer()
    card = await account.save(customer, "pm_card_chargeCustomerFail")
    with pytest.raises(stripe.CardError) as declined:
        await account.pay(card, customer=customer, off_session=True)
    assert declined.value.error.payment_intent.last_payment_error.payment_method.customer == customer


@pytest.mark.parametrize(
    "decline_code, code, advice",
    [
        ("insufficient_funds", "card_declined", "try_again_later"),
        ("stolen_card", "card_declined", "do_not_try_again"),
        ("expired_card", "expired_card", "confirm_card_data"),
        ("authentication_required", "authentication_required", None),
    ],
)
async def test_a_bank_may_refuse_a_saved_card_later_and_advises_what_to_do(
    account: Account, decline_code: str, code: str, advice: str | None
):
    customer = await account.customer()
    card = await account.save(customer)
    await account.standin.decline_method(payment_method=card, decline_code=decline_code)
    with pytest.raises(stripe.CardError) as declined:
        await account.pay(card, customer=customer, off_session=True)
    told = declined.value.error.payment_intent
    assert (told.status, told.last_payment_error.code, told.last_payment_error.to_dict().get("advice_code")) == (
        "requires_payment_method",
        code,
        advice,
    )
    await account.standin.decline_method(payment_method=card, decline_code=None)
    assert (await account.pay(card, customer=customer, off_session=True)).status == "succeeded"


async def test_the_way_back_asks_the_owner_with_them_there_and_leads_home(account: Account, raw: httpx.AsyncClient):
    customer = await account.customer()
    card = await account.save(customer, ASKS)
    with pytest.raises(stripe.CardError) as declined:
        await account.pay(card, customer=customer, off_session=True)
    intent_id = declined.value.error.payment_intent.id
    form = {"payment_method": card, "return_url": "http://127.0.0.1/back"}
    asked = await account.v1.payment_intents.confirm_async(intent_id, form)
    page = asked.next_action.redirect_to_url.url.removeprefix(account.standin.url)
    home = await raw.post(page, data={"choice": "approve"})
    assert (home.status_code, home.headers["location"].partition("?")[0]) == (303, "http://127.0.0.1/back")
    assert (await account.intent(intent_id)).status == "succeeded"


async def test_off_session_is_only_for_confirming(account: Account):
    with pytest.raises(stripe.InvalidRequestError, match="off_session"):
        await account.v1.payment_intents.create_async({"amount": 100, "currency": "eur", "off_session": True})


async def test_a_card_that_cannot_be_saved_says_so_and_leaves_the_setup_open(account: Account):
    with pytest.raises(stripe.CardError) as declined:
        await account.v1.setup_intents.create_async({"payment_method": "pm_card_chargeDeclined", "confirm": True})
    setup = declined.value.error.setup_intent
    assert (setup.status, setup.last_setup_error.code) == ("requires_payment_method", "card_declined")
    assert await account.told("setup_intent") == ["setup_intent.created", "setup_intent.setup_failed"]


async def test_a_setup_that_asks_the_owner_says_where(account: Account):
    form = {"payment_method": ASKS, "confirm": True, "return_url": "http://127.0.0.1/back"}
    setup = await account.v1.setup_intents.create_async(form)
    assert (setup.status, setup.next_action.redirect_to_url.url) == ("requires_action", f"{account.standin.url}/pay/{setup.client_secret}")

    cancelled = await account.v1.setup_intents.cancel_async(setup.id, {"cancellation_reason": "abandoned"})
    assert (cancelled.status, cancelled.cancellation_reason) == ("canceled", "abandoned")
    with pytest.raises(stripe.InvalidRequestError, match="status of canceled") as refused:
        await account.v1.setup_intents.confirm_async(setup.id, {"payment_method": "pm_card_visa"})
    assert refused.value.code == "setup_intent_unexpected_state"


async def test_a_method_of_one_customer_pays_for_nobody_else(account: Account):
    customer, other = await account.customer(), await account.customer()
    card = await account.save(customer)
    for form in ({}, {"customer": other}):
        with pytest.raises(stripe.InvalidRequestError, match="belongs to the Customer"):
            await account.pay(card, **form)
    with pytest.raises(stripe.InvalidRequestError, match="already been attached"):
        await account.v1.payment_methods.attach_async(card, {"customer": other})


async def test_a_method_of_nobody_pays_once(account: Account):
    first = await account.pay()
    with pytest.raises(stripe.InvalidRequestError, match="may not be used again"):
        await account.pay(first.payment_method)


async def test_a_method_of_nobody_pays_once_also_where_two_intents_had_it_before(account: Account):
    form = {"type": "card", "card": {"token": "tok_visa"}}
    method = (await account.v1.payment_methods.create_async(form)).id
    first, second = [
        await account.v1.payment_intents.create_async({"amount": 100, "currency": "eur", "payment_method": method}) for _ in range(2)
    ]
    assert (await account.v1.payment_intents.confirm_async(first.id)).status == "succeeded"
    with pytest.raises(stripe.InvalidRequestError, match="may not be used again"):
        await account.v1.payment_intents.confirm_async(second.id)


async def test_a_detached_method_is_good_for_nothing_and_no_default(account: Account):
    customer = await account.customer()
    card = await account.save(customer)
    default = {"invoice_settings": {"default_payment_method": card}}
    assert (await account.v1.customers.update_async(customer, default)).invoice_settings.default_payment_method == card

    assert (await account.v1.payment_methods.detach_async(card)).customer is None

    assert (await account.v1.customers.retrieve_async(customer)).invoice_settings.default_payment_method is None
    with pytest.raises(stripe.InvalidRequestError, match="may not be used again"):
        await account.pay(card, customer=customer)
    assert (await account.told("payment_method"))[-1] == "payment_method.detached"


async def test_the_default_must_be_the_customers_own(account: Account):
    card = await account.save(await account.customer())
    with pytest.raises(stripe.InvalidRequestError, match="No such PaymentMethod"):
        await account.v1.customers.update_async(await account.customer(), {"invoice_settings": {"default_payment_method": card}})


async def test_paying_may_save_the_card(account: Account):
    customer = await account.customer()
    intent = await account.pay(customer=customer, setup_future_usage="off_session")
    (saved,) = (await account.v1.customers.payment_methods.list_async(customer, {"type": "card"})).data
    assert saved.id == intent.payment_method
    assert (await account.pay(saved.id, customer=customer, off_session=True)).status == "succeeded"


async def test_a_card_issued_anew_is_told_with_what_it_was(account: Account):
    card = await account.save(await account.customer())
    before = (await account.v1.payment_methods.retrieve_async(card)).card
    await account.standin.renew_card(payment_method=card)
    event = (await account.v1.events.list_async({"type": "payment_method.automatically_updated"})).data[0]
    assert event.data.object["card"]["exp_year"] == before.exp_year + 3
    assert event.data.previous_attributes["card"]["last4"] == before.last4


async def test_a_methods_particulars_can_be_changed_once_it_is_saved(account: Account):
    card = await account.save(await account.customer())
    changed = await account.v1.payment_methods.update_async(card, {"card": {"exp_year": 2040}, "metadata": {"a": "b"}})
    assert (changed.card.exp_year, changed.card.exp_month, changed.metadata["a"]) == (2040, 12, "b")
    assert (await account.told("payment_method"))[-1] == "payment_method.updated"
    form = {"type": "card", "card": {"number": "4242424242424242", "exp_month": 1, "exp_year": 2040}}
    alone = await account.v1.payment_methods.create_async(form)
    with pytest.raises(stripe.InvalidRequestError, match="must save"):
        await account.v1.payment_methods.update_async(alone.id, {"metadata": {"a": "b"}})


async def test_a_real_card_number_is_declined(account: Account):
    with pytest.raises(stripe.CardError) as declined:
        await account.v1.payment_methods.create_async(
            {"type": "card", "card": {"number": "4929000000000000", "exp_month": 1, "exp_year": 2040}}
        )
    assert declined.value.error.decline_code == "test_mode_live_card"


async def test_metadata_is_merged_and_emptied_as_stripe_does(account: Account):
    customer = await account.customer(metadata={"a": "1", "b": "2"})
    changed = await account.v1.customers.update_async(customer, {"metadata": {"b": "", "c": "3"}})
    assert changed.metadata.to_dict() == {"a": "1", "c": "3"}
    assert (await account.v1.customers.update_async(customer, {"metadata": ""})).metadata.to_dict() == {}


async def test_a_deleted_customer_leaves_no_method_that_works(account: Account):
    customer = await account.customer()
    card = await account.save(customer)
    assert (await account.v1.customers.delete_async(customer)).deleted
    with pytest.raises(stripe.InvalidRequestError):
        await account.pay(card)
    with pytest.raises(stripe.InvalidRequestError, match="No such customer"):
        await account.v1.customers.retrieve_async(customer)
