import asyncio
from typing import Any
from uuid import UUID

import pytest

from service.billing.hearing import background as hearing
from service.integrations.asgi import running
from service.integrations.stripe.standin.remote import StandinRefused
from service.kit.tasks.registry import KINDS
from tests.billing.builders import Books, pay
from tests.billing.cards.shop import SECRET, Shop, worker_of
from tests.billing.test_receive_cheque import received
from tests.files import leaves_whole


async def test_a_card_pays_an_invoice_by_a_real_webhook(shop: Shop, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    async with running(shop.world.app) as url:
        await shop.standin.register(url=url + shop.webhooks, secret=SECRET)
        attempt = await shop.begin(invoice_id)
        assert (attempt["state"], attempt["amount"]["amount"]) == ("open", 4_990)
        await shop.standin.pay(intent=attempt["intent_id"])
        await shop.standin.settle()
    now = await shop.world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}")
    assert now["state"] == "succeeded"
    assert (await shop.world.done("GET", f"/v1/payments/{now['payment_id']}"))["method"] == "card"
    assert (await shop.kinds(customer_id)).count("invoice_paid") == 1
    assert (await shop.world.done("GET", "/v1/ledger/trial-balance"))["sums"] == {"EUR": 0}


async def test_the_return_page_learns_of_a_payment_whose_webhook_never_came(shop: Shop, books: Books) -> None:
    attempt = await shop.begin(await books.invoice(await books.customer(), 4_990))
    await shop.standin.pay(intent=attempt["intent_id"])
    refreshed = await shop.world.done("POST", f"/v1/card-attempts/{attempt['attempt_id']}/refresh")
    assert refreshed["state"] == "succeeded"


async def test_one_payment_however_often_and_in_whatever_order_webhook_app_and_staff_tell_it(shop: Shop, books: Books) -> None:
    attempt = await shop.begin(await books.invoice(customer_id := await books.customer(), 4_990))
    await shop.standin.pay(intent=attempt["intent_id"])
    intent = shop.intent(attempt)
    tellings = [shop.tell("payment_intent.succeeded", intent, event_id=f"evt_{n % 5}") for n in range(10)]
    tellings += [shop.tell("payment_intent.processing", intent | {"status": "processing", "amount_received": 0}, event_id="evt_processing")]
    refreshes = [
        shop.world.post(f"/v1/card-attempts/{attempt['attempt_id']}/refresh", role=role) for role in ("back_office", "manager") * 5
    ]
    statuses = await asyncio.gather(*tellings)
    answers = await asyncio.gather(*refreshes)
    assert set(statuses) | {answer.status_code for answer in answers} == {200}
    kinds = await shop.kinds(customer_id)
    assert (kinds.count("payment_recorded"), kinds.count("invoice_paid")) == (1, 1)
    assert len((await shop.world.done("GET", f"/v1/customers/{customer_id}/payments"))["items"]) == 1
    assert (await shop.world.sql("select count(*) from billing.allocation where customer_id = $1", customer_id))[0][0] == 1


@pytest.mark.parametrize("late", ["payment_intent.payment_failed", "payment_intent.canceled", "payment_intent.processing"])
async def test_a_late_failure_never_touches_a_success(shop: Shop, books: Books, late: str) -> None:
    attempt = await shop.begin(await books.invoice(await books.customer(), 4_990))
    status = {"payment_failed": "requires_payment_method", "canceled": "canceled", "processing": "processing"}[late.split(".")[1]]
    assert await shop.tell("payment_intent.succeeded", shop.intent(attempt), event_id="evt_success") == 200
    assert await shop.tell(late, shop.intent(attempt, status=status, amount_received=0), event_id="evt_late") == 200
    assert (await shop.world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}"))["state"] == "succeeded"


@pytest.mark.parametrize(
    "differences, reason",
    [
        ({"amount_received": 4_989}, "AMOUNT_DIFFERS"),
        ({"currency": "usd"}, "CURRENCY_DIFFERS"),
        ({"livemode": True}, "LIVEMODE_DIFFERS"),
        ({"id": "pi_of_somebody_else"}, "INTENT_DIFFERS"),
    ],
)
async def test_money_that_differs_from_its_attempt_is_parked_and_moves_nothing_else(
    shop: Shop, books: Books, differences: dict[str, Any], reason: str
) -> None:
    attempt = await shop.begin(await books.invoice(customer_id := await books.customer(), 4_990))
    for event_id in ("evt_lie", "evt_lie_again", "evt_lie"):
        assert await shop.tell("payment_intent.succeeded", shop.intent(attempt, **differences), event_id=event_id) == 200
    (parked,) = await leaves_whole(shop.world, "/v1/parked-money")
    assert parked["reason"] == reason
    account = await shop.world.done("GET", f"/v1/customers/{customer_id}/account")
    assert account["open_invoices"][0]["open_minor"] == 4_990
    assert (await shop.world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}"))["state"] == "open"
    assert set((await shop.world.done("GET", "/v1/ledger/trial-balance"))["sums"].values()) == {0}


@pytest.mark.parametrize(
    "name, reason", [("invoice_id", "METADATA_DIFFERS"), ("attempt_id", "UNKNOWN_ATTEMPT"), ("organisation_id", "METADATA_DIFFERS")]
)
async def test_metadata_that_lies_parks_the_money(shop: Shop, books: Books, name: str, reason: str) -> None:
    attempt = await shop.begin(await books.invoice(await books.customer(), 4_990))
    intent = shop.intent(attempt)
    intent["metadata"][name] = str(shop.world.id())
    assert await shop.tell("payment_intent.succeeded", intent, event_id="evt_lie") == 200
    (parked,) = (await shop.world.done("GET", "/v1/parked-money"))["items"]
    assert parked["reason"] == reason


async def test_an_intent_of_another_organisation_is_no_matter_of_ours(shop: Shop, books: Books) -> None:
    attempt = await shop.begin(await books.invoice(await books.customer(), 4_990))
    foreign = shop.intent(attempt, id="pi_foreign", metadata={"organisation_id": str(shop.world.id()), "attempt_id": str(shop.world.id())})
    assert await shop.tell("payment_intent.succeeded", foreign, event_id="evt_foreign") == 200
    assert (await shop.world.done("GET", "/v1/parked-money"))["items"] == []


async def test_parked_money_is_driven_again_to_the_account_a_person_names(shop: Shop, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    attempt = await shop.begin(invoice_id)
    await shop.tell("payment_intent.succeeded", shop.intent(attempt, amount_received=5_000), event_id="evt_more")
    (parked,) = (await shop.world.done("GET", "/v1/parked-money"))["items"]
    driven = await shop.world.done(
        "POST", f"/v1/parked-money/{parked['id']}/drive-again", {"invoice_id": str(invoice_id)}, key="key-of-driving"
    )
    assert (driven["paid"][0]["open_minor"], driven["credit_minor"]) == (0, 10)
    assert (await shop.world.done("GET", "/v1/parked-money"))["items"] == []
    again = await shop.world.post(f"/v1/parked-money/{parked['id']}/drive-again", {"customer_id": str(customer_id)}, key="key-of-driving-2")
    assert (again.status_code, again.json()["payment_id"]) == (200, driven["payment_id"])
    balances = {one["kind"]: one["balance_minor"] for one in (await shop.world.done("GET", "/v1/ledger/trial-balance"))["accounts"]}
    assert (balances["unmatched"], balances["card_clearing"]) == (0, 5_000)


async def test_starting_another_attempt_calls_the_first_off_and_both_can_still_bring_money_once(shop: Shop, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    first, second = await shop.begin(invoice_id), await shop.begin(invoice_id)
    states = [(await shop.world.done("GET", f"/v1/card-attempts/{one['attempt_id']}"))["state"] for one in (first, second)]
    assert states == ["closed", "open"]
    wanted = await shop.world.sql("select subject_id from kit.task where kind = 'cancel_attempt'")
    assert [str(row["subject_id"]) for row in wanted] == [first["attempt_id"]]
    await shop.tell("payment_intent.succeeded", shop.intent(first), event_id="evt_first")
    await shop.tell("payment_intent.succeeded", shop.intent(second), event_id="evt_second")
    account = await shop.world.done("GET", f"/v1/customers/{customer_id}/account")
    assert account["balances"] == [{"currency": "EUR", "owed_minor": 0, "credit_minor": 4_990}]


async def test_cash_at_the_door_calls_an_open_card_attempt_off(shop: Shop, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 4_990)
    attempt = await shop.begin(invoice_id)
    await pay(shop.world, 4_990, invoice_id=invoice_id)
    wanted = await shop.world.sql("select subject_id from kit.task where kind = 'cancel_attempt'")
    assert [str(row["subject_id"]) for row in wanted] == [attempt["attempt_id"]]


async def test_an_attempt_begun_again_with_its_key_is_one_intent(shop: Shop, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 4_990)
    await shop.standin.fail_next(how="rate_limited", path_starts="/v1/payment_intents")
    path = f"/v1/invoices/{invoice_id}/card-attempts"
    silent = await shop.world.post(path, {}, key="key-of-attempt")
    assert (silent.status_code, silent.json()["code"]) == (503, "PROVIDER_SILENT")
    one, two = [await shop.world.post(path, {}, key="key-of-attempt") for _ in "12"]
    assert one.json()["intent_id"] == two.json()["intent_id"]


async def test_nothing_is_collected_of_a_paid_invoice(shop: Shop, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 4_990)
    await pay(shop.world, 4_990, invoice_id=invoice_id)
    refused = await shop.world.post(f"/v1/invoices/{invoice_id}/card-attempts", {}, key="key-of-nothing")
    assert (refused.status_code, refused.json()["code"]) == (409, "NOTHING_OPEN")


async def test_an_unsigned_or_forged_message_is_not_taken(shop: Shop, books: Books) -> None:
    attempt = await shop.begin(await books.invoice(await books.customer(), 4_990))
    assert await shop.tell("payment_intent.succeeded", shop.intent(attempt), event_id="evt_1", secret="whsec_wrong") == 422
    unsigned = await shop.world.http.post(shop.webhooks, content=b"{}")
    assert (unsigned.status_code, unsigned.json()["code"]) == (422, "WEBHOOK_NOT_TAKEN")
    assert await shop.world.sql("select 1 from billing.provider_event") == []


async def test_the_sweeper_finds_a_payment_that_nobody_told_us(shop: Shop, books: Books) -> None:
    assert hearing.run_sweep_attempts is KINDS["sweep_attempts"].handler
    worker, invoice_id = worker_of(shop, "sweep_attempts"), await books.invoice(customer_id := await books.customer(), 4_990)
    attempt = await shop.begin(invoice_id)
    await shop.standin.pay(intent=attempt["intent_id"])
    shop.world.clock.forward(seconds=61)
    await worker.drain()
    assert (await shop.kinds(customer_id)).count("invoice_paid") == 1


async def test_an_attempt_called_off_is_cancelled_at_the_provider_or_if_paid_meanwhile_applied(shop: Shop, books: Books) -> None:
    worker = worker_of(shop, "cancel_attempt")
    ours, theirs = await books.customer(), await books.customer()
    cancelled, paid = (
        await shop.begin(first := await books.invoice(ours, 4_990)),
        await shop.begin(second := await books.invoice(theirs, 4_990)),
    )
    await shop.standin.pay(intent=paid["intent_id"])
    await pay(shop.world, 4_990, invoice_id=first)
    await pay(shop.world, 4_990, invoice_id=second)
    await worker.drain()
    states = [(await shop.world.done("GET", f"/v1/card-attempts/{one['attempt_id']}"))["state"] for one in (cancelled, paid)]
    assert states == ["closed", "succeeded"]
    account = await shop.world.done("GET", f"/v1/customers/{theirs}/account")
    assert account["balances"] == [{"currency": "EUR", "owed_minor": 0, "credit_minor": 4_990}]


async def test_credit_goes_back_to_the_card_it_came_from_and_no_more_than_it_paid(shop: Shop, books: Books) -> None:
    worker, invoice_id = worker_of(shop, "create_refund"), await books.invoice(customer_id := await books.customer(), 4_990)
    attempt = await shop.begin(invoice_id)
    await shop.standin.pay(intent=attempt["intent_id"])
    await pay(shop.world, 4_990, invoice_id=invoice_id)
    refreshed = await shop.world.done("POST", f"/v1/card-attempts/{attempt['attempt_id']}/refresh")
    body = {"amount": {"amount": 4_990, "currency": "EUR"}, "via": "card", "reason": "Paid twice", "payment_id": refreshed["payment_id"]}
    path = f"/v1/customers/{customer_id}/refunds"
    proposed = await shop.world.done("POST", path, body, key="key-of-refund-1")
    by_hand = await shop.world.post(f"/v1/refunds/{proposed['refund_id']}/pay", key="key-of-by-hand")
    assert (by_hand.status_code, by_hand.json()["code"]) == (409, "REFUND_BY_CARD")
    await pay(shop.world, 1_000, customer_id=customer_id)
    beyond = await shop.world.post(path, {**body, "amount": {"amount": 1, "currency": "EUR"}}, key="key-of-refund-2")
    assert (beyond.status_code, beyond.json()["code"]) == (409, "REFUND_BEYOND_PAYMENT")
    await worker.drain()
    assert (await shop.world.done("GET", f"/v1/refunds/{proposed['refund_id']}"))["state"] == "paid"
    balances = {one["kind"]: one["balance_minor"] for one in (await shop.world.done("GET", "/v1/ledger/trial-balance"))["accounts"]}
    assert (balances["card_clearing"], balances["refunds_due"], balances["customer_credit"]) == (0, 0, -1_000)


async def test_a_card_that_paid_beside_cash_is_proposed_back_to_it_and_goes_on_one_yes(shop: Shop, books: Books) -> None:
    worker, invoice_id = worker_of(shop, "create_refund"), await books.invoice(customer_id := await books.customer(), 4_990)
    attempt = await shop.begin(invoice_id)
    await shop.standin.pay(intent=attempt["intent_id"])
    assert (await shop.world.done("GET", "/v1/double-payments"))["items"] == []
    await pay(shop.world, 4_990, invoice_id=invoice_id)
    paid = await shop.world.done("POST", f"/v1/card-attempts/{attempt['attempt_id']}/refresh")
    (proposed,) = await leaves_whole(shop.world, "/v1/double-payments")
    assert (proposed["payment_id"], proposed["customer_id"]) == (paid["payment_id"], str(customer_id))
    assert proposed["amount"] == {"amount": 4_990, "currency": "EUR"}
    path = f"/v1/double-payments/{paid['payment_id']}/refund"
    one, again = [await shop.world.post(path, key="key-of-the-yes") for _ in "12"]
    assert one.json() == again.json()
    assert (await shop.world.post(path, key="key-of-another-yes")).status_code == 404
    await worker.drain()
    assert (await shop.world.done("GET", f"/v1/refunds/{one.json()['refund_id']}"))["state"] == "paid"
    account = await shop.world.done("GET", f"/v1/customers/{customer_id}/account")
    assert account["balances"] == [{"currency": "EUR", "owed_minor": 0, "credit_minor": 0}]
    assert (await shop.world.done("GET", "/v1/double-payments"))["items"] == []


async def test_a_try_that_nobody_paid_within_a_day_is_called_off_at_the_provider(shop: Shop, books: Books) -> None:
    worker, attempt = worker_of(shop, "sweep_attempts"), await shop.begin(await books.invoice(await books.customer(), 4_990))
    shop.world.clock.forward(hours=24)
    for _ in range(600):  # the older, the less often it is asked about, each in a minute of its own: at this age about every hundredth
        shop.world.clock.forward(minutes=1)
        await worker.drain()
        now = await shop.world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}")
        if now["state"] == "closed":
            break
    assert now["state"] == "closed"
    with pytest.raises(StandinRefused):
        await shop.standin.pay(intent=attempt["intent_id"])


async def test_a_try_that_the_provider_answers_by_its_own_error_for_good_is_given_up_within_the_hour(shop: Shop, books: Books) -> None:
    invoice_id, attempt_id = await books.invoice(await books.customer(), 4_990), str(shop.world.id())
    worker = worker_of(shop, "sweep_attempts")
    await shop.standin.fail_next(how="error", path_starts="/v1/payment_intents")
    path = f"/v1/invoices/{invoice_id}/card-attempts"
    replayed = [(await shop.world.post(path, {"id": attempt_id}, key="key-of-attempt")).status_code for _ in "12"]
    assert replayed == [503, 503]
    shop.world.clock.forward(minutes=60)
    for _ in range(5):  # at this age it is asked about every fourth minute
        shop.world.clock.forward(minutes=1)
        await worker.drain()
    assert (await shop.world.done("GET", f"/v1/card-attempts/{attempt_id}"))["state"] == "closed"


async def test_a_try_that_the_provider_never_heard_of_is_closed_by_cash_and_stays_so(shop: Shop, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 4_990)
    await shop.standin.fail_next(how="rate_limited", path_starts="/v1/payment_intents")
    attempt_id = str(shop.world.id())
    silent = await shop.world.post(f"/v1/invoices/{invoice_id}/card-attempts", {"id": attempt_id}, key="key-of-attempt")
    assert silent.status_code == 503
    await pay(shop.world, 4_990, invoice_id=invoice_id)
    await worker_of(shop, "cancel_attempt").drain()
    shop.world.clock.forward(minutes=2)
    await worker_of(shop, "sweep_attempts").drain()
    now = await shop.world.done("GET", f"/v1/card-attempts/{attempt_id}")
    assert (now["state"], now["intent_id"]) == ("closed", None)


async def card_payment(shop: Shop, books: Books, customer_id: UUID) -> str:
    """A paid invoice of 49.90, and as much credit beside it: the card payment's id."""
    attempt = await shop.begin(await books.invoice(customer_id, 4_990))
    await shop.standin.pay(intent=attempt["intent_id"])
    refreshed = await shop.world.done("POST", f"/v1/card-attempts/{attempt['attempt_id']}/refresh")
    await pay(shop.world, 9_980, customer_id=customer_id)
    return str(refreshed["payment_id"])


async def test_a_card_payment_that_was_taken_back_is_not_refunded_too(shop: Shop, books: Books) -> None:
    payment_id = await card_payment(shop, books, customer_id := await books.customer())
    await shop.world.done("POST", f"/v1/payments/{payment_id}/reverse", {"reason": "Charged back"}, key="key-of-reversal")
    body = {"amount": {"amount": 1, "currency": "EUR"}, "via": "card", "reason": "Paid twice", "payment_id": payment_id}
    refused = await shop.world.post(f"/v1/customers/{customer_id}/refunds", body, key="key-of-refund")
    assert (refused.status_code, refused.json()["code"]) == (409, "REFUND_BEYOND_PAYMENT")


async def test_what_a_card_paid_does_not_go_back_out_of_a_cheque_that_has_not_cleared(shop: Shop, books: Books) -> None:
    attempt = await shop.begin(await books.invoice(customer_id := await books.customer(), 4_990))
    await shop.standin.pay(intent=attempt["intent_id"])
    paid = await shop.world.done("POST", f"/v1/card-attempts/{attempt['attempt_id']}/refresh")
    assert (await received(shop.world, amount={"amount": 4_990, "currency": "EUR"}, customer_id=str(customer_id))).status_code == 201
    body = {"amount": {"amount": 4_990, "currency": "EUR"}, "via": "card", "reason": "Paid twice", "payment_id": paid["payment_id"]}
    refused = await shop.world.post(f"/v1/customers/{customer_id}/refunds", body, key="key-of-refund")
    assert (refused.status_code, refused.json()["code"]) == (409, "CREDIT_NOT_CLEARED")


async def test_a_card_payment_that_goes_back_to_its_card_is_not_taken_back_too_unless_that_fails(shop: Shop, books: Books) -> None:
    payment_id = await card_payment(shop, books, customer_id := await books.customer())
    body = {"amount": {"amount": 100, "currency": "EUR"}, "via": "card", "reason": "Paid twice", "payment_id": payment_id}
    refund_id = (await shop.world.done("POST", f"/v1/customers/{customer_id}/refunds", body, key="key-of-refund"))["refund_id"]
    path = f"/v1/payments/{payment_id}/reverse"
    refused = await shop.world.post(path, {"reason": "Charged back"}, key="key-of-reversal-1")
    assert (refused.status_code, refused.json()["code"]) == (409, "PAID_BACK_TO_CARD")
    failed = {
        "object": "refund", "id": "re_2", "amount": 100, "currency": "eur", "status": "failed", "created": int(shop.world.clock.now.timestamp()),
        "livemode": False, "metadata": {"organisation_id": str(shop.world.organisation_id), "refund_id": refund_id},
    }  # fmt: skip
    assert await shop.tell("refund.updated", failed, event_id="evt_refund_failed") == 200
    await shop.world.done("POST", path, {"reason": "Charged back"}, key="key-of-reversal-2")
    balances = {one["kind"]: one["balance_minor"] for one in (await shop.world.done("GET", "/v1/ledger/trial-balance"))["accounts"]}
    assert (balances["card_clearing"], balances["refunds_due"]) == (0, 0)


async def test_a_refund_told_by_webhook_ends_once_and_an_unknown_one_waits(shop: Shop, books: Books) -> None:
    attempt = await shop.begin(await books.invoice(customer_id := await books.customer(), 4_990))
    await shop.tell("payment_intent.succeeded", shop.intent(attempt), event_id="evt_paid")
    paid = await shop.world.done("GET", f"/v1/card-attempts/{attempt['attempt_id']}")
    await pay(shop.world, 100, customer_id=customer_id)
    body = {"amount": {"amount": 100, "currency": "EUR"}, "via": "card", "reason": "Paid twice", "payment_id": paid["payment_id"]}
    refund_id = (await shop.world.done("POST", f"/v1/customers/{customer_id}/refunds", body, key="key-of-refund-3"))["refund_id"]
    ours = {"organisation_id": str(shop.world.organisation_id), "refund_id": refund_id}
    told = {
        "object": "refund", "id": "re_1", "amount": 100, "currency": "eur", "status": "succeeded", "metadata": ours,
        "created": int(shop.world.clock.now.timestamp()), "livemode": False,
    }  # fmt: skip
    stranger = told | {"metadata": ours | {"refund_id": str(shop.world.id())}}
    for number, one in enumerate((stranger, told, told, told | {"status": "pending"})):
        assert await shop.tell("refund.updated", one, event_id=f"evt_refund_{number}") == 200
    assert (await shop.world.done("GET", f"/v1/refunds/{refund_id}"))["state"] == "paid"
    kinds = await shop.kinds(customer_id)
    assert (kinds.count("refund_paid"), kinds.count("refund_failed")) == (1, 0)
    (waiting,) = (await shop.world.done("GET", "/v1/payments/unapplied"))["items"]
    assert (waiting["id"], waiting["reason"]) == ("evt_refund_0", "REFUND_UNKNOWN")


async def test_a_refund_that_the_cards_bank_sends_back_is_the_customers_credit_again(shop: Shop, books: Books) -> None:
    payment_id = await card_payment(shop, books, customer_id := await books.customer())
    body = {"amount": {"amount": 100, "currency": "EUR"}, "via": "card", "reason": "Paid twice", "payment_id": payment_id}
    refund_id = (await shop.world.done("POST", f"/v1/customers/{customer_id}/refunds", body, key="key-of-refund"))["refund_id"]
    told = {
        "object": "refund", "id": "re_3", "amount": 100, "currency": "eur", "created": int(shop.world.clock.now.timestamp()), "livemode": False,
        "metadata": {"organisation_id": str(shop.world.organisation_id), "refund_id": refund_id},
    }  # fmt: skip
    for number, status in enumerate(("succeeded", "failed", "succeeded", "failed")):
        assert await shop.tell("refund.updated", {**told, "status": status}, event_id=f"evt_back_{number}") == 200
    assert (await shop.world.done("GET", f"/v1/refunds/{refund_id}"))["state"] == "failed"
    account = await shop.world.done("GET", f"/v1/customers/{customer_id}/account")
    assert account["balances"] == [{"currency": "EUR", "owed_minor": 0, "credit_minor": 9_980}]
    balances = {one["kind"]: one["balance_minor"] for one in (await shop.world.done("GET", "/v1/ledger/trial-balance"))["accounts"]}
    assert (balances["card_clearing"], balances["refunds_due"]) == (4_990, 0)
