import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.billing.builders import Books, cash, pay
from tests.files import leaves_whole
from tests.world import World


async def facts(world: World, customer_id: UUID) -> list[str]:
    """The kinds of what happened to a customer, in order."""
    rows = await world.sql("select kind from kit.fact where customer_id = $1 order by epoch, transaction_id, sequence", customer_id)
    return [row["kind"] for row in rows]


async def test_cash_at_the_door_pays_the_invoice_it_names(world: World, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    paid = await pay(world, 4_990, invoice_id=invoice_id)
    assert paid["paid"] == [{"invoice_id": str(invoice_id), "paid_minor": 4_990, "open_minor": 0}]
    account = await world.done("GET", f"/v1/customers/{customer_id}/account")
    assert account["open_invoices"] == []
    assert account["balances"] == [{"currency": "EUR", "owed_minor": 0, "credit_minor": 0}]
    assert (await facts(world, customer_id))[-2:] == ["payment_recorded", "invoice_paid"]


async def test_the_named_invoice_is_paid_first_then_the_oldest_due_and_the_rest_is_credit(world: World, books: Books) -> None:
    customer_id = await books.customer()
    young = await books.invoice(customer_id, 1_000, due_on="2026-01-25")
    old = await books.invoice(customer_id, 2_000, due_on="2026-01-20")
    named = await books.invoice(customer_id, 3_000, due_on="2026-01-30")
    paid = await pay(world, 5_500, invoice_id=named)
    assert [(one["invoice_id"], one["paid_minor"], one["open_minor"]) for one in paid["paid"]] == [
        (str(named), 3_000, 0),
        (str(old), 2_000, 0),
        (str(young), 500, 500),
    ]
    assert paid.get("credit_minor", 0) == 0
    over = await pay(world, 700, customer_id=customer_id)
    assert (over["paid"][0]["paid_minor"], over["credit_minor"]) == (500, 200)


async def test_money_in_another_currency_becomes_credit_in_it_and_pays_nothing(world: World, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 1_000)
    refused = await world.post("/v1/payments/cash", cash(1_000, currency="USD", invoice_id=invoice_id), key="key-of-usd-1")
    assert (refused.status_code, refused.json()["code"]) == (422, "CURRENCY_DIFFERS")
    await pay(world, 1_000, currency="USD", customer_id=customer_id)
    balances = (await world.done("GET", f"/v1/customers/{customer_id}/account"))["balances"]
    assert balances == [
        {"currency": "EUR", "owed_minor": 1_000, "credit_minor": 0},
        {"currency": "USD", "owed_minor": 0, "credit_minor": 1_000},
    ]


async def test_the_same_payment_told_twenty_times_at_once_is_one_payment(world: World, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    body = cash(4_990, invoice_id=invoice_id, id=world.id())
    answers = await asyncio.gather(*(world.post("/v1/payments/cash", body, role="agent", key=str(world.id())) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [200] * 19 + [201]
    assert len({answer.content for answer in answers}) == 1
    assert [kind for kind in await facts(world, customer_id) if kind in {"payment_recorded", "invoice_paid"}] == [
        "payment_recorded",
        "invoice_paid",
    ]
    payments = await leaves_whole(world, f"/v1/customers/{customer_id}/payments")
    assert [one["id"] for one in payments] == [body["id"]]


async def test_a_collection_tapped_twice_at_one_visit_without_an_id_is_one_payment(world: World, books: Books) -> None:
    invoice_id, visit_id = await books.invoice(customer_id := await books.customer(), 4_990), await books.visit(customer_id)
    body = cash(4_990, invoice_id=invoice_id, visit_id=visit_id)
    answers = await asyncio.gather(*(world.post("/v1/payments/cash", body, role="agent", key=str(world.id())) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [201]
    assert len({answer.content for answer in answers}) == 1


async def test_money_collected_twice_at_one_visit_is_two_payments_by_the_takers_own_ids(world: World, books: Books) -> None:
    invoice_id, visit_id = await books.invoice(customer_id := await books.customer(), 10_000), await books.visit(customer_id)
    first, second = [await pay(world, 5_000, invoice_id=invoice_id, visit_id=visit_id, id=world.id()) for _ in "12"]
    assert (first["paid"][0]["open_minor"], second["paid"][0]["open_minor"]) == (5_000, 0)
    untold = await world.post("/v1/payments/cash", cash(5_000, invoice_id=invoice_id, visit_id=visit_id), role="agent", key=str(world.id()))
    assert (untold.status_code, untold.json()["payment_id"] in {first["payment_id"], second["payment_id"]}) == (200, True)
    assert len((await world.done("GET", f"/v1/customers/{customer_id}/payments"))["items"]) == 2


async def test_two_who_each_took_the_same_at_one_visit_hold_it_both(world: World, books: Books) -> None:
    invoice_id, visit_id = await books.invoice(customer_id := await books.customer(), 10_000), await books.visit(customer_id)
    for role in ("agent", "technician"):
        await pay(world, 5_000, role=role, invoice_id=invoice_id, visit_id=visit_id)
    assert [one["held_minor"] for one in await leaves_whole(world, "/v1/cash/agents", rows_in="agents")] == [5_000, 5_000]


async def test_what_was_taken_back_is_collected_again_at_its_visit_under_an_id_of_its_own(world: World, books: Books) -> None:
    invoice_id, visit_id = await books.invoice(customer_id := await books.customer(), 4_990), await books.visit(customer_id)
    told: dict[str, Any] = {"invoice_id": invoice_id, "visit_id": visit_id}
    paid = await pay(world, 4_990, **told)
    for _ in range(2):
        await world.done("POST", f"/v1/payments/{paid['payment_id']}/reverse", {"reason": "False notes"}, key=str(world.id()))
        late = await world.post("/v1/payments/cash", cash(4_990, **told), role="agent", key=str(world.id()))
        assert (late.status_code, late.json()["code"], late.json()["payment_id"]) == (409, "PAYMENT_DIFFERS", paid["payment_id"])
        world.clock.forward(minutes=1)
        paid = await pay(world, 4_990, **told, id=world.id())
        assert paid["paid"] == [{"invoice_id": str(invoice_id), "paid_minor": 4_990, "open_minor": 0}]
        again = await world.post("/v1/payments/cash", cash(4_990, **told), role="agent", key=str(world.id()))
        assert (again.status_code, again.json()) == (200, paid)


async def test_another_amount_under_the_same_id_is_refused_and_names_the_first(world: World, books: Books) -> None:
    invoice_id, payment_id = await books.invoice(await books.customer(), 4_990), str(world.id())
    await pay(world, 4_990, invoice_id=invoice_id, id=payment_id)
    refused = await world.post("/v1/payments/cash", cash(4_900, invoice_id=invoice_id, id=payment_id), key=str(world.id()))
    assert (refused.status_code, refused.json()["code"], refused.json()["payment_id"]) == (409, "PAYMENT_DIFFERS", payment_id)


async def test_a_replay_by_key_answers_the_same_bytes(world: World, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 4_990)
    body = cash(4_990, invoice_id=invoice_id)
    first, again = [await world.post("/v1/payments/cash", body, role="agent", key="key-of-door-1") for _ in "12"]
    assert (again.status_code, again.content, again.headers["idempotency-replayed"]) == (201, first.content, "true")


async def test_money_moves_only_under_a_key(world: World) -> None:
    refused = await world.post("/v1/payments/cash", cash(1, customer_id=world.id()))
    assert (refused.status_code, refused.json()["code"]) == (422, "IDEMPOTENCY_KEY_MISSING")


async def test_cash_for_nobody_known_is_not_found(world: World, books: Books) -> None:
    stranger = await world.post("/v1/payments/cash", cash(1, customer_id=world.id()), key="key-of-nobody")
    assert stranger.status_code == 404
    ours, other = await books.customer(), await books.customer()
    invoice_id = await books.invoice(ours, 1_000)
    crossed = await world.post("/v1/payments/cash", cash(1, invoice_id=invoice_id, customer_id=other), key="key-of-crossed")
    assert crossed.status_code == 404
    unclear = await world.post("/v1/payments/cash", cash(1), key="key-of-unclear")
    assert (unclear.status_code, unclear.json()["code"]) == (422, "PAYER_UNCLEAR")


@pytest.mark.parametrize("days, code", [(2, "CAPTURED_OUT_OF_REACH"), (-401, "CAPTURED_OUT_OF_REACH"), (-3, None)])
async def test_the_time_of_the_taker_is_kept_within_reach(world: World, books: Books, days: int, code: str | None) -> None:
    customer_id = await books.customer()
    told_at = world.clock.now + timedelta(days=days)
    answer = await world.post(
        "/v1/payments/cash", {**cash(1, customer_id=customer_id), "captured_at": told_at.isoformat()}, role="agent", key="key-of-time-1"
    )
    assert answer.json().get("code") == code
    if code is None:
        payment = await world.done("GET", f"/v1/payments/{answer.json()['payment_id']}")
        assert (payment["captured_at"], payment["recorded_at"]) == (
            told_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            world.clock.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        )


async def test_somebody_elses_cash_is_entered_only_by_who_may_accept_cash(world: World, books: Books) -> None:
    customer_id = await books.customer()
    agent: dict[str, Any] = await world.staff("agent")
    body = cash(1_000, customer_id=customer_id, taken_by=agent["id"])
    refused = await world.post("/v1/payments/cash", body, role="technician", key="key-of-other-1")
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")
    entered = await pay(world, 1_000, role="back_office", customer_id=customer_id, taken_by=agent["id"])
    assert entered["taken_by"] == str(agent["id"])


async def test_a_technician_who_may_not_take_cash_takes_none(world: World, books: Books) -> None:
    customer_id, taker = await books.customer(), await world.staff("agent")
    technician = {"zone": "UTC", "skills": {}, "may_take_cash": False, "home": None, "reach_metres": 1_000}
    await world.done("POST", "/v1/technicians", {"staff_id": str(taker["id"]), **technician})
    body = cash(1_000, customer_id=customer_id, taken_by=taker["id"], id=world.id())
    refused = await world.post("/v1/payments/cash", body, role="back_office", key=str(world.id()))
    assert (refused.status_code, refused.json()["code"]) == (409, "TAKER_NOT_ALLOWED")
    assert (await world.done("GET", "/v1/cash/agents"))["agents"] == []
    change = f"/v1/technicians/{taker['id']}"
    await world.done("PUT", change, {**technician, "may_take_cash": True, "active": True}, headers={"If-Match": '"1"'})
    paid = await world.done("POST", "/v1/payments/cash", body, role="back_office", key=str(world.id()))
    await world.done("PUT", change, {**technician, "active": True}, headers={"If-Match": '"2"'})
    told_again = await world.post("/v1/payments/cash", body, role="back_office", key=str(world.id()))
    assert (told_again.status_code, told_again.json()) == (200, paid)


async def test_the_receipt_says_later_what_was_told_at_the_door(world: World, books: Books) -> None:
    told = await pay(world, 1_000, customer_id=await books.customer())
    receipt = await world.done("GET", f"/v1/payments/{told['payment_id']}/receipt")
    assert receipt["outcome"] == told
    assert receipt["receipt_number"] == told["receipt_number"]


async def test_a_bank_entry_told_again_is_one_payment(world: World, books: Books) -> None:
    customer_id = await books.customer()
    body = {**cash(1_000, customer_id=customer_id), "bank_reference": "2026-03-04/17"}
    first, again = [await world.post("/v1/payments/bank-transfers", body, key=str(world.id())) for _ in "12"]
    assert (first.status_code, again.status_code, again.content) == (201, 200, first.content)


async def test_without_a_provider_cards_are_refused_and_cash_still_works(world: World, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 100)
    refused = await world.post(f"/v1/invoices/{invoice_id}/card-attempts", {}, key="key-of-no-card")
    assert (refused.status_code, refused.json()["code"]) == (409, "CARDS_NOT_SET_UP")
    assert (await world.post("/v1/payments/cash", cash(100, invoice_id=invoice_id), key="key-of-cash-1")).status_code == 201
