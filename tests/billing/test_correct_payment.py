from uuid import UUID

from tests.billing.builders import Books, cash, pay
from tests.world import World


async def correct(world: World, payment_id: str, amount: int, **more: object) -> dict[str, object]:
    return await world.done(
        "POST",
        f"/v1/payments/{payment_id}/correct",
        {"amount": {"amount": amount, "currency": "EUR"}, "reason": "One nought too many", **more},
        key=str(world.id()),
    )


async def test_a_mistyped_entry_is_followed_by_one_that_names_it(world: World, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 5_000)
    mistyped = await pay(world, 50_000, invoice_id=invoice_id)
    corrected = await correct(world, mistyped["payment_id"], 4_000)
    assert corrected["corrects"] == mistyped["payment_id"]
    assert corrected["paid"] == [{"invoice_id": str(invoice_id), "paid_minor": 4_000, "open_minor": 1_000}]
    old = await world.done("GET", f"/v1/payments/{mistyped['payment_id']}")
    assert (old["reversed"], old["corrected_by"], old["amount"]["amount"]) == (True, corrected["payment_id"], 50_000)
    account = await world.done("GET", f"/v1/customers/{customer_id}/account")
    assert account["balances"] == [{"currency": "EUR", "owed_minor": 1_000, "credit_minor": 0}]
    held = (await world.done("GET", "/v1/cash/agents"))["agents"]
    assert [one["held_minor"] for one in held] == [4_000]


async def test_an_entry_is_corrected_once_and_then_its_correction(world: World, books: Books) -> None:
    mistyped = await pay(world, 500, customer_id=await books.customer())
    corrected = await correct(world, mistyped["payment_id"], 400)
    again = await world.post(
        f"/v1/payments/{mistyped['payment_id']}/correct",
        {"amount": {"amount": 300, "currency": "EUR"}, "reason": "Again"},
        key=str(world.id()),
    )
    assert (again.status_code, again.json()["code"]) == (409, "ALREADY_REVERSED")
    assert (await correct(world, str(corrected["payment_id"]), 300))["credit_minor"] == 300


async def test_a_correction_replayed_by_key_answers_the_same(world: World, books: Books) -> None:
    mistyped = await pay(world, 500, customer_id=await books.customer())
    body = {"amount": {"amount": 400, "currency": "EUR"}, "reason": "Typo"}
    first, again = [await world.post(f"/v1/payments/{mistyped['payment_id']}/correct", body, key="key-of-correction") for _ in "12"]
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)


async def test_money_whose_credit_paid_something_else_is_not_taken_back(world: World, books: Books) -> None:
    customer_id = await books.customer()
    over = await pay(world, 500, customer_id=customer_id)
    await world.done(
        "POST",
        f"/v1/customers/{customer_id}/refunds",
        {"amount": {"amount": 500, "currency": "EUR"}, "via": "bank_transfer", "reason": "Paid twice"},
        key=str(world.id()),
    )
    refused = await world.post(f"/v1/payments/{over['payment_id']}/reverse", {"reason": "Bounced"}, key=str(world.id()))
    assert (refused.status_code, refused.json()["code"]) == (409, "CREDIT_ALREADY_USED")


async def test_a_reversed_payment_opens_what_it_had_paid(world: World, books: Books) -> None:
    customer_id = await books.customer()
    one, two = await books.invoice(customer_id, 1_000), await books.invoice(customer_id, 2_000)
    paid = await pay(world, 2_500, invoice_id=two)
    reversed_ = await world.done("POST", f"/v1/payments/{paid['payment_id']}/reverse", {"reason": "False notes"}, key=str(world.id()))
    assert {(part["invoice_id"], part["open_minor"]) for part in reversed_["reopened"]} == {(str(one), 1_000), (str(two), 2_000)}
    kinds = [row["kind"] for row in await world.sql("select kind from kit.fact where subject_id = $1", UUID(paid["payment_id"]))]
    assert kinds == ["payment_recorded", "payment_reversed"]


async def test_a_returned_payment_opens_what_its_credit_paid_later_the_last_due_first(world: World, books: Books) -> None:
    customer_id = await books.customer()
    own = await books.invoice(customer_id, 1_000)
    body = {**cash(2_500, invoice_id=own), "bank_reference": "9/2"}
    returned = await world.done("POST", "/v1/payments/bank-transfers", body, key=str(world.id()))
    earlier = await books.invoice(customer_id, 700, due_on="2026-02-01")
    later = await books.invoice(customer_id, 600, due_on="2026-02-02")
    await world.done("POST", f"/v1/customers/{customer_id}/use-credit", {"currency": "EUR"}, key=str(world.id()))
    kept = await books.invoice(customer_id, 900, due_on="2026-02-03")
    cash_of_kept = await pay(world, 1_000, invoice_id=kept)
    reversed_ = await world.done("POST", f"/v1/payments/{returned['payment_id']}/reverse", {"reason": "Returned"}, key=str(world.id()))
    # 300 of credit is there: 1,000 of its own, 600 and then 600 of 700 make the 2,500
    assert {(one["invoice_id"], one["open_minor"]) for one in reversed_["reopened"]} == {
        (str(own), 1_000),
        (str(later), 600),
        (str(earlier), 600),
    }
    account = await world.done("GET", f"/v1/customers/{customer_id}/account")
    assert account["balances"] == [{"currency": "EUR", "owed_minor": 2_200, "credit_minor": 0}]
    again = await world.done("POST", f"/v1/payments/{cash_of_kept['payment_id']}/reverse", {"reason": "False notes"}, key=str(world.id()))
    assert {(one["invoice_id"], one["open_minor"]) for one in again["reopened"]} == {(str(kept), 900), (str(earlier), 700)}
    balances = {one["kind"]: one["balance_minor"] for one in (await world.done("GET", "/v1/ledger/trial-balance"))["accounts"]}
    assert (balances["bank"], balances["cash_on_agent"], balances["customer_credit"], balances["receivable"]) == (0, 0, 0, 3_200)


async def test_only_cash_entries_are_corrected(world: World, books: Books) -> None:
    body = {**cash(100, customer_id=await books.customer()), "bank_reference": "9/1"}
    transfer = await world.done("POST", "/v1/payments/bank-transfers", body, key=str(world.id()))
    refused = await world.post(
        f"/v1/payments/{transfer['payment_id']}/correct",
        {"amount": {"amount": 1, "currency": "EUR"}, "reason": "Typo"},
        key=str(world.id()),
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "NOT_CASH")
