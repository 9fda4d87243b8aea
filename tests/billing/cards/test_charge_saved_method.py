"""What is due is charged by the saved method: told first, once, never more than is open; a failure says why and what comes of it."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.billing.provider.desk import Desk
from service.billing.saved.desk import drive_charge
from service.integrations.stripe.standin import Standin
from tests.billing.builders import Books, pay
from tests.billing.cards.saving import (
    ACCOUNT,
    ACCOUNT_THAT_FAILS,
    ASKS,
    DECLINES_LATER,
    Saver,
    always_awake,
    days_until,
    minute,
    saved_by,
    saver,
    today,
    worker_for,
)
from tests.billing.cards.shop import Shop
from tests.files import leaves_whole
from tests.subscriptions.builders import pay as pay_invoice
from tests.subscriptions.builders import renew, standing, subscribed


async def owing(shop: Shop, books: Books, card: str = "pm_card_visa", amount: int = 4_990) -> tuple[Saver, UUID]:
    """Somebody with a saved method and an invoice that is overdue."""
    await always_awake(shop)
    invoice_id = await books.invoice(customer_id := await books.customer(), amount)
    customer = await saver(shop, customer_id)
    await customer.save(await saved_by(shop, card))
    return customer, invoice_id


async def test_a_renewal_is_billed_ahead_announced_and_charged_on_its_day_and_nobody_is_dunned(shop: Shop, standin: Standin) -> None:
    await always_awake(shop)
    subscription = await subscribed(shop.world, begins_on=str(today(shop)))
    await pay_invoice(shop.world, await renew(shop.world, subscription))
    _, _, through = await standing(shop.world, subscription)
    customer = await saver(shop, subscription["customer_id"])
    await customer.save()
    await minute(shop)
    assert await customer.planned() == []
    await minute(shop, days=days_until(shop, through) - 2)  # three days before the next period
    (planned,) = await customer.planned()
    assert (planned["amount"]["amount"], planned["tried"]) == (2_990, 0)
    assert days_until(shop, planned["charge_on"]) == 3
    assert [one for one in await customer.mails() if one != "consent_copy"] == ["saving_link", "charge_notice"]
    await minute(shop, days=1)
    assert await customer.charges() == []
    await minute(shop, days=2)
    (charge,) = await customer.charges()
    assert (charge["state"], charge["amount"]["amount"], charge["detail"]) == ("paid", 2_990, None)
    state, reasons, now_through = await standing(shop.world, subscription)
    assert (state, reasons, now_through > through) == ("active", [], True)
    await minute(shop, days=10)
    assert (await shop.world.done("GET", f"/v1/customers/{customer.customer_id}/dunning"))["done"] == []
    assert len(await customer.charges()) == 1


async def test_the_customer_confirms_on_session_what_their_bank_wants_confirmed(shop: Shop, books: Books, standin: Standin) -> None:
    customer, _ = await owing(shop, books, ASKS)
    await minute(shop)
    await minute(shop, days=3)
    (charge,) = await customer.charges()
    assert (charge["state"], charge["verdict"], charge["code"]) == ("failed", "ask_customer", "authentication_required")
    assert "charge_failed" in await customer.mails()
    assert (await shop.world.done("GET", f"/v1/card-attempts/{charge['id']}"))["state"] == "open"
    shown = await customer.send(do="confirm", id=charge["id"])
    assert (shown.status_code, "/pay/" in shown.text) == (200, True)
    again = await customer.send(do="confirm", id=charge["id"])  # the same page of the bank's, not another charge
    assert "/pay/" in again.text
    intent = (await shop.world.done("GET", f"/v1/card-attempts/{charge['id']}"))["intent_id"]
    await standin.pay(intent=intent, payment_method=await customer.provider_method())
    assert (await customer.get("/back")).status_code == 303
    (charge,) = await customer.charges()
    assert (charge["state"], charge["verdict"]) == ("paid", None)
    assert await customer.account() == {"owed": 0, "credit": 0}


async def test_the_customers_page_tells_a_failure_while_it_concerns_them_and_no_longer(shop: Shop, books: Books) -> None:
    paid, invoice_id = await owing(shop, books, DECLINES_LATER)
    left, _ = await owing(shop, books, ASKS)
    await minute(shop)
    await minute(shop, days=3)
    assert "refused it for now" in (await paid.get()).text
    assert "Confirm with my bank" in (await left.get()).text
    await pay(shop.world, 4_990, invoice_id=invoice_id)
    assert "refused it for now" not in (await paid.get()).text
    await minute(shop, days=8)  # nobody confirmed it for a week: it can't be confirmed any more
    assert "Confirm with my bank" not in (await left.get()).text


@pytest.mark.parametrize("code", ["stolen_card", "lost_card", "expired_card"])
async def test_what_a_bank_refuses_for_good_is_never_tried_again(shop: Shop, books: Books, standin: Standin, code: str) -> None:
    customer, _ = await owing(shop, books)
    await standin.decline_method(payment_method=await customer.provider_method(), decline_code=code)
    await minute(shop)
    for _ in range(5):
        await minute(shop, days=3)
    (charge,) = await customer.charges()
    assert (charge["state"], charge["verdict"], charge["code"], bool(charge["detail"] and charge["remedy"])) == (
        "failed",
        "never",
        code,
        True,
    )
    assert await customer.planned() == []


async def test_what_fails_for_now_is_tried_on_the_days_of_the_policy_and_no_more(shop: Shop, books: Books) -> None:
    customer, _ = await owing(shop, books, DECLINES_LATER)
    await minute(shop)
    await minute(shop, days=3)
    assert [one["verdict"] for one in await customer.charges()] == ["again"]
    (planned,) = await customer.planned()
    assert (planned["tried"], days_until(shop, planned["again_on"])) == (1, 2)
    await minute(shop, days=1)
    assert len(await customer.charges()) == 1
    await minute(shop, days=1)
    assert len(await customer.charges()) == 2
    await minute(shop, days=4)
    for _ in range(3):
        await minute(shop, days=5)
    charges = await customer.charges()
    assert [(one["ordinal"], one["verdict"], one["advice"]) for one in charges] == [(n, "again", "try_again_later") for n in (1, 2, 3)]
    assert await customer.planned() == []


async def test_a_debit_is_charged_days_later_or_fails_with_its_reason(shop: Shop, books: Books, standin: Standin) -> None:
    good, _ = await owing(shop, books, ACCOUNT)
    bad, _ = await owing(shop, books, ACCOUNT_THAT_FAILS)
    await minute(shop)
    await minute(shop, days=3)
    assert [(await one.charges())[0]["state"] for one in (good, bad)] == ["running", "running"]
    for one, fails in ((good, False), (bad, True)):
        charge = (await one.charges())[0]
        await standin.finish_debit(intent=(await shop.world.done("GET", f"/v1/card-attempts/{charge['id']}"))["intent_id"], fails=fails)
    for _ in "12":
        await minute(shop)
    assert (await good.charges())[0]["state"] == "paid"
    assert [(await bad.charges())[0][name] for name in ("state", "verdict")] == ["failed", "again"]
    assert [await one.account() for one in (good, bad)] == [{"owed": 0, "credit": 0}, {"owed": 4_990, "credit": 0}]


async def test_nothing_is_charged_in_quiet_hours_nor_while_another_try_is_open(shop: Shop, books: Books) -> None:
    customer, invoice_id = await owing(shop, books)
    await minute(shop)
    await shop.begin(invoice_id)
    await minute(shop, days=3, kinds=("plan_charges", "charge_saved_method"))
    assert await customer.charges() == []


async def test_nobody_is_charged_at_night(shop: Shop, books: Books) -> None:
    customer, _ = await owing(shop, books)
    await shop.world.done("POST", "/v1/charge-policies", {}, role="manager")
    night = {
        "steps": [{"kind": "remind", "days_after": 3, "held_by": ["promise", "dispute", "legal"]}],
        "rest_days": [],
        "rests_on_holidays": False,
    }
    here = shop.world.clock.now.hour
    awake = {"calm_until": "23:58:00", "calm_from": "23:59:00"} if here < 20 else {"calm_until": "00:01:00", "calm_from": "00:02:00"}
    await shop.world.done("POST", "/v1/dunning/policies", {**night, **awake}, role="manager")
    await minute(shop)
    await minute(shop, days=3)
    assert await customer.charges() == []
    assert len(await customer.planned()) == 1


async def test_what_was_paid_meanwhile_is_not_charged_and_a_part_lessens_it(shop: Shop, books: Books) -> None:
    customer, invoice_id = await owing(shop, books)
    other, second = await owing(shop, books)
    await minute(shop)
    await pay(shop.world, 4_990, invoice_id=invoice_id)
    await pay(shop.world, 1_000, invoice_id=second)
    await minute(shop, days=3)
    assert await customer.charges() == []
    assert [one["amount"]["amount"] for one in await other.charges()] == [3_990]


async def test_what_was_paid_after_its_charge_had_begun_is_not_charged_too(shop: Shop, books: Books) -> None:
    customer, invoice_id = await owing(shop, books)
    await minute(shop)
    await minute(shop, days=3, kinds=("plan_charges",))
    await pay(shop.world, 4_990, invoice_id=invoice_id)
    await minute(shop, kinds=("charge_saved_method",))
    assert ([one["state"] for one in await customer.charges()], await customer.account()) == (["called_off"], {"owed": 0, "credit": 0})


async def test_what_is_asked_for_is_what_is_owed_when_a_part_was_paid_after_the_charge_had_begun(shop: Shop, books: Books) -> None:
    customer, invoice_id = await owing(shop, books)
    await minute(shop)
    await minute(shop, days=3, kinds=("plan_charges",))
    await pay(shop.world, 1_000, invoice_id=invoice_id)
    await minute(shop, kinds=("charge_saved_method",))
    assert [(one["state"], one["amount"]["amount"]) for one in await customer.charges()] == [("paid", 3_990)]
    assert await customer.account() == {"owed": 0, "credit": 0}


async def test_what_is_asked_for_is_what_is_owed_when_a_part_was_paid_before_it_was_confirmed(
    shop: Shop, books: Books, standin: Standin
) -> None:
    customer, invoice_id = await owing(shop, books)
    await minute(shop)
    await standin.fail_next(how="unavailable", method="POST", path_starts="/v1/payment_intents/pi")
    await minute(shop, days=3)
    assert [one["state"] for one in await customer.charges()] == ["running"]
    await pay(shop.world, 1_000, invoice_id=invoice_id)
    shop.world.clock.forward(minutes=10)
    await minute(shop)
    assert [(one["state"], one["amount"]["amount"]) for one in await customer.charges()] == [("paid", 3_990)]
    assert await customer.account() == {"owed": 0, "credit": 0}


async def test_the_customer_confirms_no_more_than_is_owed_by_then(shop: Shop, books: Books, standin: Standin) -> None:
    customer, invoice_id = await owing(shop, books, ASKS)
    await minute(shop)
    await minute(shop, days=3)
    (charge,) = await customer.charges()
    for part in (1_000, 500):  # before they go to their bank's page, and while they are on it
        await pay(shop.world, part, invoice_id=invoice_id)
        assert "/pay/" in (await customer.send(do="confirm", id=charge["id"])).text
    intent = (await shop.world.done("GET", f"/v1/card-attempts/{charge['id']}"))["intent_id"]
    await standin.pay(intent=intent, payment_method=await customer.provider_method())
    await customer.get("/back")
    assert [(one["state"], one["amount"]["amount"]) for one in await customer.charges()] == [("paid", 3_490)]
    assert await customer.account() == {"owed": 0, "credit": 0}


async def test_whoever_takes_their_word_back_is_charged_no_more_and_the_method_leaves_the_provider(shop: Shop, books: Books) -> None:
    customer, _ = await owing(shop, books)
    await minute(shop)
    method = (await customer.methods())[0]
    assert (await customer.send(do="withdraw", id=method["id"])).status_code == 303
    assert (await customer.send(do="withdraw", id=method["id"])).status_code == 303
    await minute(shop, days=3)
    assert (await customer.charges(), await customer.planned()) == ([], [])
    assert (await customer.methods())[0]["state"] == "withdrawn"
    at_provider = await shop.world.app.state.outside.stripe.client.v1.payment_methods.retrieve_async(await customer.provider_method())
    assert at_provider.customer is None


async def test_the_office_removes_a_method_and_a_link_of_another_customer_cannot(shop: Shop, books: Books) -> None:
    customer, _ = await owing(shop, books)
    stranger = await saver(shop, await books.customer())
    method = (await customer.methods())[0]
    assert (await stranger.send(do="withdraw", id=method["id"])).status_code == 404
    removed = await shop.world.done("POST", f"/v1/saved-methods/{method['id']}/remove", role="back_office")
    assert removed["state"] == "removed"


async def test_what_the_network_and_the_bank_tell_of_a_method_is_taken_over(shop: Shop, books: Books) -> None:
    customer, _ = await owing(shop, books)
    name = await customer.provider_method()
    told: dict[str, Any] = {"object": "payment_method", "id": name, "type": "card", "customer": "cus_1", "livemode": False}
    card = {"brand": "visa", "last4": "4243", "exp_month": 2, "exp_year": 2040}
    for _ in "12":
        assert await shop.tell("payment_method.automatically_updated", {**told, "card": card}, event_id="evt_renewed") == 200
    method = (await customer.methods())[0]
    assert (method["state"], method["last4"], method["expires_on"]) == ("renewed", "4243", "2040-02-29")
    assert await shop.tell("payment_method.detached", {**told, "card": card, "customer": None}, event_id="evt_gone") == 200
    assert await shop.tell("payment_method.updated", {**told, "card": {**card, "last4": "9999"}}, event_id="evt_late") == 200
    method = (await customer.methods())[0]
    assert (method["state"], method["last4"], method["charged"]) == ("detached", "4243", False)


async def test_a_mandate_that_ended_at_the_bank_stops_charging_at_once(shop: Shop, books: Books) -> None:
    customer, _ = await owing(shop, books, ACCOUNT)
    await minute(shop)
    (row,) = await shop.world.sql("select provider_mandate_id from billing.saved_method where customer_id = $1", customer.customer_id)
    mandate = {"object": "mandate", "id": row["provider_mandate_id"], "status": "inactive", "livemode": False}
    assert await shop.tell("mandate.updated", mandate, event_id="evt_mandate") == 200
    await minute(shop, days=3)
    assert (await customer.charges(), (await customer.methods())[0]["state"]) == ([], "mandate_ended")


async def test_two_workers_and_cash_at_the_same_moment_charge_once_and_lose_nothing(shop: Shop, books: Books) -> None:
    customer, invoice_id = await owing(shop, books)
    await minute(shop)
    shop.world.clock.forward(days=3)
    await asyncio.gather(worker_for(shop).drain(), worker_for(shop).drain(), pay(shop.world, 4_990, invoice_id=invoice_id))
    await minute(shop)
    charges = await customer.charges()
    assert len(charges) <= 1
    paid = sum(one["amount"]["amount"] for one in charges if one["state"] == "paid")
    assert await customer.account() == {"owed": 0, "credit": paid}
    assert set((await shop.world.done("GET", "/v1/ledger/trial-balance"))["sums"].values()) == {0}


@pytest.mark.parametrize("how", ["cut_after", "error_after_commit", "unavailable"])
async def test_a_worker_that_never_heard_the_providers_yes_charges_once(shop: Shop, books: Books, standin: Standin, how: Any) -> None:
    customer, _ = await owing(shop, books)
    await minute(shop)
    await standin.fail_next(how=how, method="POST", path_starts="/v1/payment_intents/pi")
    await minute(shop, days=3)
    for _ in "123":
        await minute(shop)
    (charge,) = await customer.charges()
    assert charge["state"] == "paid"
    (row,) = await shop.world.sql("select count(*) as paid from billing.payment where customer_id = $1", customer.customer_id)
    assert (row["paid"], await customer.account()) == (1, {"owed": 0, "credit": 0})


@pytest.mark.parametrize("path", ["/v1/payment_intents", "/v1/payment_intents/pi"])
async def test_what_the_provider_answers_by_its_own_error_is_tried_on_another_day_and_can_be_paid_soon(
    shop: Shop, books: Books, standin: Standin, path: str
) -> None:
    customer, _ = await owing(shop, books)
    other, second = await owing(shop, books)
    settled, third = await owing(shop, books)
    await minute(shop)
    await standin.fail_next(how="error", method="POST", path_starts=path, times=3)
    await minute(shop, days=3)
    await pay(shop.world, 4_990, invoice_id=third)
    shop.world.clock.forward(hours=2)
    for _ in "12":
        await minute(shop)
    assert [[one["code"] for one in await who.charges()] for who in (customer, other)] == [["no_answer"]] * 2
    assert ([one["state"] for one in await settled.charges()], "charge_failed" in await settled.mails()) == (["called_off"], False)
    begun = await shop.begin(second)
    await standin.pay(intent=begun["intent_id"])
    await minute(shop, days=2)
    assert [one["state"] for one in await customer.charges()] == ["failed", "paid"]


def of_charge(shop: Shop, charge: dict[str, Any], attempt: dict[str, Any], **differences: Any) -> dict[str, Any]:
    """The intent of a charge as the provider would tell it."""
    ours = {
        "organisation_id": str(shop.world.organisation_id),
        "invoice_id": charge["invoice_id"],
        "attempt_id": charge["id"],
        "way": "saved",
    }
    return shop.intent({**attempt, "attempt_id": charge["id"]}, metadata=ours, **differences)


async def test_whoever_the_provider_gave_no_answer_about_is_not_forgotten_though_its_answer_to_calling_off_is_lost_too(
    shop: Shop, books: Books, standin: Standin
) -> None:
    customer, _ = await owing(shop, books)
    await minute(shop)
    await standin.fail_next(how="error", method="POST", path_starts="/v1/payment_intents/pi")
    await minute(shop, days=3)
    (charge,) = await customer.charges()
    attempt = await shop.world.done("GET", f"/v1/card-attempts/{charge['id']}")
    await standin.fail_next(how="cut_after", method="POST", path_starts=f"/v1/payment_intents/{attempt['intent_id']}/cancel")
    shop.world.clock.forward(hours=2)
    await minute(shop, kinds=("sweep_charges", "cancel_attempt"))
    over = of_charge(shop, charge, attempt, status="canceled", amount_received=0)
    assert await shop.tell("payment_intent.canceled", over, event_id="evt_over") == 200
    shop.world.clock.forward(hours=1)
    await minute(shop)
    assert [(one["state"], one["verdict"], one["code"]) for one in await customer.charges()] == [("failed", "again", "no_answer")]
    assert ("charge_failed" in await customer.mails(), len(await customer.planned())) == (True, 1)
    at_provider = await shop.world.app.state.outside.stripe.client.v1.payment_intents.retrieve_async(attempt["intent_id"])
    assert at_provider.status == "canceled"
    await minute(shop, days=2)
    assert [one["state"] for one in await customer.charges()] == ["failed", "paid"]


async def test_what_is_given_up_is_asked_about_a_last_time_and_what_the_bank_had_said_decides(
    shop: Shop, books: Books, standin: Standin
) -> None:
    stolen, _ = await owing(shop, books)
    asked, _ = await owing(shop, books, ASKS)
    paid, _ = await owing(shop, books)
    await standin.decline_method(payment_method=await stolen.provider_method(), decline_code="stolen_card")
    await minute(shop)
    await standin.fail_next(how="cut_after", method="POST", path_starts="/v1/payment_intents/pi", times=3)
    await minute(shop, days=3)
    assert [[one["state"] for one in await who.charges()] for who in (stolen, asked, paid)] == [["running"]] * 3
    shop.world.clock.forward(hours=2)
    await minute(shop)
    assert [[(one["state"], one["verdict"], one["code"]) for one in await who.charges()] for who in (stolen, asked, paid)] == [
        [("failed", "never", "stolen_card")],
        [("failed", "ask_customer", "authentication_required")],
        [("paid", None, None)],
    ]
    assert "Confirm with my bank" in (await asked.get()).text


async def test_a_refusal_heard_after_its_customer_began_to_pay_otherwise_changes_nothing(
    shop: Shop, books: Books, standin: Standin
) -> None:
    customer, invoice_id = await owing(shop, books, ASKS)
    await minute(shop)
    await standin.fail_next(how="cut_after", method="POST", path_starts="/v1/payment_intents/pi")
    await minute(shop, days=3)
    (charge,) = await customer.charges()
    attempt = await shop.world.done("GET", f"/v1/card-attempts/{charge['id']}")
    begun = await shop.world.done("POST", f"/v1/invoices/{invoice_id}/card-attempts", {"way": "checkout"}, key=str(shop.world.id()))
    for code in ("authentication_required", "card_declined"):
        refused = {"code": code, "type": "card_error", "message": "No"}
        late = of_charge(shop, charge, attempt, status="requires_payment_method", amount_received=0, last_payment_error=refused)
        assert await shop.tell("payment_intent.payment_failed", late, event_id=f"evt_{code}") == 200
    await minute(shop)
    assert [(one["state"], one["verdict"]) for one in await customer.charges()] == [("called_off", None)]
    assert ("charge_failed" in await customer.mails(), await customer.planned()) == (False, [])
    (page,) = await shop.world.sql(
        "select provider_session_id from billing.collection_attempt where attempt_id = $1", UUID(begun["attempt_id"])
    )
    await standin.submit(session=page["provider_session_id"])
    for _ in "12":
        await minute(shop, kinds=("sweep_attempts", "plan_charges", "charge_saved_method", "sweep_charges"))
    assert [one["state"] for one in await customer.charges()] == ["called_off"]
    assert await customer.account() == {"owed": 0, "credit": 0}


async def test_a_debit_that_another_run_asked_for_meanwhile_is_left_alone(shop: Shop, books: Books, standin: Standin) -> None:
    customer, _ = await owing(shop, books, ACCOUNT)
    await minute(shop)
    await minute(shop, days=3, kinds=("plan_charges",))
    (charge,) = await customer.charges()
    world, outside, heard = shop.world, shop.world.app.state.outside, []
    who: dict[str, Any] = {"principal": world.principal(), "at": world.clock.now, "request_id": world.id()}

    async def ask(question: Any, **values: Any) -> Any:
        return await world.database.read(question, **who, values=values)

    async def do(rule: Any, **values: Any) -> None:
        await world.database.perform(rule, **who, remember=None, values=values)
        heard.append(rule)
        if len(heard) == 1:  # the intent is made and nothing asked for yet: here another run comes in between
            await drive_charge(desk, attempt_id=UUID(charge["id"]))
            intent = (await world.done("GET", f"/v1/card-attempts/{charge['id']}"))["intent_id"]
            await standin.fail_next(how="error", method="POST", path_starts=f"/v1/payment_intents/{intent}/cancel")

    desk = Desk(world.organisation_id, world.clock.now, do, ask, outside.stripe)
    await drive_charge(desk, attempt_id=UUID(charge["id"]))  # raises ProviderSilent where it asks to call the debit off
    attempt = await world.done("GET", f"/v1/card-attempts/{charge['id']}")
    at_provider = await outside.stripe.client.v1.payment_intents.retrieve_async(attempt["intent_id"])
    assert (attempt["state"], at_provider.status, len(heard)) == ("processing", "processing", 3)


async def test_policies_are_kept_version_by_version_and_lists_leave_as_files(shop: Shop, books: Books) -> None:
    customer, _ = await owing(shop, books)
    await minute(shop)
    await minute(shop, days=3)
    listed = await leaves_whole(shop.world, "/v1/charge-policies")
    assert [(one["version"], one["notice_days"], one["retry_days"], one["keeps_quiet_hours"]) for one in listed] == [
        (1, 3, [2, 4], False),
        (0, 3, [2, 4], True),
    ]
    for path, said in (("saved-methods", "4242"), ("charges", "paid")):
        for suffix in ("csv", "jsonl"):
            assert said in (await shop.world.get(f"/v1/{path}.{suffix}?customer_id={customer.customer_id}")).text


async def test_an_erased_customer_s_method_is_gone_at_the_provider_too(shop: Shop, books: Books) -> None:
    customer = await saver(shop, await books.customer())
    await customer.save()
    erased = await shop.world.post(f"/v1/customers/{customer.customer_id}/erasures", {}, role="manager")
    assert erased.status_code == 201, erased.text
    await minute(shop)
    method = (await customer.methods())[0]
    assert (method["state"], method["brand"], method["last4"], method["expires_on"]) == ("erased", None, None, None)
    kept = await shop.world.sql("select kind from kit.fact where customer_id = $1 and body::text like '%4242%'", customer.customer_id)
    assert kept == []
    at_provider = await shop.world.app.state.outside.stripe.client.v1.payment_methods.retrieve_async(await customer.provider_method())
    assert at_provider.customer is None


async def test_what_is_contested_or_promised_is_not_charged_until_that_is_over(shop: Shop, books: Books) -> None:
    contested, invoice_id = await owing(shop, books)
    promised, _ = await owing(shop, books)
    await minute(shop)
    path = f"/v1/customers/{contested.customer_id}/dunning-holds"
    held = await shop.world.done("POST", path, {"kind": "dispute", "invoice_id": str(invoice_id)}, role="back_office")
    later = str((shop.world.clock.now + timedelta(days=5)).date())
    promise = {"amount": {"amount": 4_990, "currency": "EUR"}, "pay_by": later}
    await shop.world.done("POST", f"/v1/customers/{promised.customer_id}/payment-promises", promise, role="back_office")
    await minute(shop, days=3)
    assert [await one.charges() for one in (contested, promised)] == [[], []]
    await shop.world.done("POST", f"/v1/dunning-holds/{held['id']}/release", role="back_office")
    await minute(shop, days=4)
    assert [len(await one.charges()) for one in (contested, promised)] == [1, 1]


async def test_what_is_contested_at_the_last_moment_is_called_off(shop: Shop, books: Books) -> None:
    customer, invoice_id = await owing(shop, books)
    await minute(shop)
    await minute(shop, days=3, kinds=("plan_charges",))
    path = f"/v1/customers/{customer.customer_id}/dunning-holds"
    await shop.world.done("POST", path, {"kind": "dispute", "invoice_id": str(invoice_id)}, role="back_office")
    await minute(shop)
    assert ([one["state"] for one in await customer.charges()], await customer.account()) == (["called_off"], {"owed": 4_990, "credit": 0})


async def test_a_word_taken_back_at_the_moment_of_the_charge_leaves_the_books_right(shop: Shop, books: Books) -> None:
    customer, _ = await owing(shop, books)
    await minute(shop)
    method = (await customer.methods())[0]
    shop.world.clock.forward(days=3, minutes=1)
    await asyncio.gather(worker_for(shop).drain(), customer.send(do="withdraw", id=method["id"]), worker_for(shop).drain())
    for _ in "123":
        await minute(shop)
    charges = await customer.charges()
    assert [one["state"] for one in charges] in ([], ["paid"], ["called_off"])
    paid = [one for one in charges if one["state"] == "paid"]
    assert await customer.account() == {"owed": 0 if paid else 4_990, "credit": 0}
    assert (await customer.methods())[0]["state"] == "withdrawn"


FORGED = {
    "charged_not_too_soon": {"begun_at": "n.notified_at"},
    "charged_no_more_than_told": {"amount_minor": "n.amount_minor + 1"},
    "charged_by_the_method_agreed": {"consent_id": "gen_random_uuid()"},
    "tried_again_only_after_a_passing_no": {"ordinal": "2"},
    "charge_was_told": {"turn": "2"},
}


@pytest.mark.parametrize("promise, lie", FORGED.items())
async def test_the_tables_refuse_a_charge_that_was_not_agreed_to(shop: Shop, books: Books, promise: str, lie: dict[str, str]) -> None:
    _, invoice_id = await owing(shop, books)
    await minute(shop)
    attempt_id = UUID((await shop.begin(invoice_id))["attempt_id"])
    honest = {
        "organisation_id": "n.organisation_id", "attempt_id": "$1", "invoice_id": "n.invoice_id", "customer_id": "n.customer_id", "consent_id": "n.consent_id",
        "method_id": "m.method_id", "turn": "n.turn", "ordinal": "1", "amount_minor": "n.amount_minor", "noticed_minor": "n.amount_minor", "charge_on": "n.charge_on", "zone": "n.zone",
        "begun_at": "n.notified_at + interval '4 days'",
    }  # fmt: skip
    row = {**honest, **lie}
    forging = f"insert into billing.charge ({', '.join(row)}) select {', '.join(row.values())} from billing.charge_notice n join billing.saved_method m using (organisation_id, consent_id) where n.invoice_id = $2"
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await shop.world.sql(forging, attempt_id, invoice_id)
    broken = refused.value.constraint_name
    assert broken == promise or (promise, broken) in {
        ("charged_no_more_than_told", "charge_of_attempt"),
        ("charged_by_the_method_agreed", "charge_was_told"),
    }


async def test_a_failure_is_of_the_very_charge_that_it_opens_another_try_of(shop: Shop, books: Books, standin: Standin) -> None:
    refused_for_good, _ = await owing(shop, books)
    paid, _ = await owing(shop, books)
    await standin.decline_method(payment_method=await refused_for_good.provider_method(), decline_code="stolen_card")
    await minute(shop)
    await minute(shop, days=3)
    attempt_id = UUID((await paid.charges())[0]["id"])
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="failed_charge"):
        await shop.world.sql(
            "insert into billing.charge_failure (organisation_id, attempt_id, invoice_id, consent_id, turn, ordinal, verdict, code, failed_at)"
            " select organisation_id, $1, invoice_id, consent_id, turn, ordinal, 'again', 'insufficient_funds', failed_at"
            " from billing.charge_failure where attempt_id = $2",
            attempt_id,
            UUID((await refused_for_good.charges())[0]["id"]),
        )


@pytest.mark.parametrize("order", ["fsp", "sfp", "pfsf", "spfs"])
async def test_events_of_a_charge_in_any_order_and_twice_end_as_paid_once(shop: Shop, books: Books, order: str) -> None:
    customer, _ = await owing(shop, books, ACCOUNT)
    await minute(shop)
    await minute(shop, days=3)
    (charge,) = await customer.charges()
    attempt = await shop.world.done("GET", f"/v1/card-attempts/{charge['id']}")
    honest = of_charge(shop, charge, attempt)
    refused = {"code": "payment_intent_payment_attempt_failed", "type": "card_error", "message": "No"}
    events = {
        "f": (
            "payment_intent.payment_failed",
            {**honest, "status": "requires_payment_method", "amount_received": 0, "last_payment_error": refused},
        ),
        "p": ("payment_intent.processing", {**honest, "status": "processing", "amount_received": 0}),
        "s": ("payment_intent.succeeded", honest),
    }
    for number, letter in enumerate(order):
        assert await shop.tell(*events[letter], event_id=f"evt_{number}") == 200
        assert await shop.tell(*events[letter], event_id=f"evt_{number}") == 200
    (charge,) = await customer.charges()
    assert (charge["state"], charge["verdict"], await customer.account()) == ("paid", None, {"owed": 0, "credit": 0})
    assert ("charge_failed" in await customer.mails()) == (order.index("f") < order.index("s"))


async def test_what_the_bank_is_busy_with_is_not_called_off_by_another_try(shop: Shop, books: Books) -> None:
    customer, invoice_id = await owing(shop, books, ACCOUNT)
    await minute(shop)
    await minute(shop, days=3)
    refused = await shop.world.post(f"/v1/invoices/{invoice_id}/card-attempts", {"way": "checkout"}, key=str(shop.world.id()))
    assert (refused.status_code, refused.json()["code"]) == (409, "ATTEMPT_RUNNING")
    assert [charge["state"] for charge in await customer.charges()] == ["running"]
    assert len(await customer.planned()) == 1
