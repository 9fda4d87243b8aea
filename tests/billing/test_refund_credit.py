import asyncio
from typing import Any
from uuid import UUID

import pytest

from tests.billing.builders import Books, cash, pay
from tests.files import leaves_whole
from tests.world import World


async def refund(world: World, customer_id: UUID, amount: int, *, key: str | None = None, **more: Any) -> Any:
    body = {"amount": {"amount": amount, "currency": "EUR"}, "via": "cash", "reason": "Paid twice", **more}
    return await world.post(f"/v1/customers/{customer_id}/refunds", body, key=key or str(world.id()))


async def balances(world: World) -> dict[str, int]:
    return {one["kind"]: one["balance_minor"] for one in (await world.done("GET", "/v1/ledger/trial-balance"))["accounts"]}


async def test_an_overpayment_goes_back_in_cash(world: World, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 1_000)
    await pay(world, 1_300, role="manager", invoice_id=invoice_id)
    proposed = await refund(world, customer_id, 300)
    assert (proposed.status_code, proposed.json()["state"]) == (201, "proposed")
    assert (await balances(world))["refunds_due"] == -300
    paid = await world.done("POST", f"/v1/refunds/{proposed.json()['refund_id']}/pay", key="key-of-paying")
    assert paid["state"] == "paid"
    after = await balances(world)
    assert (after["refunds_due"], after["cash_on_agent"], after["customer_credit"]) == (0, 1_000, 0)
    assert (await world.done("GET", f"/v1/refunds/{paid['refund_id']}"))["state"] == "paid"


async def test_no_more_goes_back_than_is_credit(world: World, books: Books) -> None:
    customer_id = await books.customer()
    await pay(world, 300, customer_id=customer_id)
    assert (await refund(world, customer_id, 301)).json()["code"] == "CREDIT_ALREADY_USED"
    assert (await refund(world, customer_id, 200)).status_code == 201
    assert (await refund(world, customer_id, 200)).json()["code"] == "CREDIT_ALREADY_USED"


async def test_a_refund_told_again_is_one(world: World, books: Books) -> None:
    customer_id, refund_id = await books.customer(), str(world.id())
    await pay(world, 300, customer_id=customer_id)
    first, again = await refund(world, customer_id, 200, id=refund_id), await refund(world, customer_id, 200, id=refund_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (await refund(world, customer_id, 100, id=refund_id)).json()["code"] == "REFUND_DIFFERS"
    assert len(await leaves_whole(world, f"/v1/customers/{customer_id}/refunds")) == 1


async def test_only_a_card_payment_is_refunded_to_its_card(world: World, books: Books) -> None:
    customer_id = await books.customer()
    paid = await pay(world, 300, customer_id=customer_id)
    assert (await refund(world, customer_id, 200, via="card")).json()["code"] == "REFUND_WAY_UNCLEAR"
    assert (await refund(world, customer_id, 200, via="card", payment_id=paid["payment_id"])).json()["code"] == "REFUND_WAY_UNCLEAR"


async def on_account(world: World, books: Books, amount: int) -> str:
    """A proposed cash refund of money that came by bank, so that nobody holds it: its id."""
    transfer = {**cash(amount, customer_id=(customer_id := await books.customer())), "bank_reference": str(world.id())}
    await world.done("POST", "/v1/payments/bank-transfers", transfer, key=str(world.id()))
    return str((await refund(world, customer_id, amount)).json()["refund_id"])


async def test_nobody_pays_a_refund_out_of_cash_that_they_do_not_hold(world: World, books: Books) -> None:
    refund_id = await on_account(world, books, 500)
    await pay(world, 499, role="manager", customer_id=await books.customer())
    await pay(world, 500, role="agent", customer_id=await books.customer())
    await pay(world, 500, role="manager", currency="USD", customer_id=await books.customer())
    refused = await world.post(f"/v1/refunds/{refund_id}/pay", key="key-of-paying-1")
    assert (refused.status_code, refused.json()["code"]) == (409, "MORE_THAN_HELD")
    assert (await world.done("GET", f"/v1/refunds/{refund_id}"))["state"] == "proposed"
    await pay(world, 1, role="manager", customer_id=await books.customer())
    assert (await world.done("POST", f"/v1/refunds/{refund_id}/pay", key="key-of-paying-2"))["state"] == "paid"


async def test_the_same_cash_leaves_a_hand_once_however_many_refunds_and_hand_ins_come_at_once(world: World, books: Books) -> None:
    counted = {"counted": {"amount": 500, "currency": "EUR"}}
    for _ in range(6):
        refunds = [await on_account(world, books, 500) for _ in range(3)]
        await pay(world, 500, role="manager", customer_id=await books.customer())
        answers = await asyncio.gather(
            world.post("/v1/cash/hand-ins", counted, key=str(world.id())),
            *(world.post(f"/v1/refunds/{refund_id}/pay", key=str(world.id())) for refund_id in refunds),
        )
        assert sorted(answer.json().get("code", "") for answer in answers) == ["", *["MORE_THAN_HELD"] * 3]
        assert [one["held_minor"] for one in (await world.done("GET", "/v1/cash/agents"))["agents"]] == [0]


async def told(world: World, refund_id: Any, act: str) -> tuple[int, Any]:
    answer = await world.post(f"/v1/refunds/{refund_id}/{act}", key=str(world.id()))
    return answer.status_code, answer.json().get("code") or answer.json()["state"]


@pytest.mark.parametrize("via", ["cash", "bank_transfer"])
async def test_a_refund_that_was_not_paid_is_called_off_and_is_the_customers_credit_again(world: World, books: Books, via: str) -> None:
    await pay(world, 300, customer_id=(customer_id := await books.customer()))
    refund_id = (await refund(world, customer_id, 300, via=via)).json()["refund_id"]
    assert [await told(world, refund_id, "cancel") for _ in range(2)] == [(200, "cancelled")] * 2
    after = await balances(world)
    assert (after["refunds_due"], after["customer_credit"], after["cash_on_agent"]) == (0, -300, 300)
    assert await told(world, refund_id, "pay") == (409, "REFUND_SETTLED")
    found = await world.done("GET", f"/v1/refunds/{refund_id}")
    assert (found["state"], found["settled_at"] is not None) == ("cancelled", True)
    assert (await refund(world, customer_id, 300)).status_code == 201


async def test_a_refund_that_was_called_off_pays_what_is_owed_by_then(world: World, books: Books) -> None:
    await pay(world, 300, customer_id=(customer_id := await books.customer()))
    refund_id = (await refund(world, customer_id, 300)).json()["refund_id"]
    await books.invoice(customer_id, 200)
    await told(world, refund_id, "cancel")
    await world.done("POST", f"/v1/customers/{customer_id}/use-credit", {"currency": "EUR"}, key="key-of-the-credit")
    account = await world.done("GET", f"/v1/customers/{customer_id}/account")
    assert (account["open_invoices"], [one["credit_minor"] for one in account["balances"]]) == ([], [100])


async def test_what_was_paid_is_not_called_off(world: World, books: Books) -> None:
    await pay(world, 300, role="manager", customer_id=(customer_id := await books.customer()))
    refund_id = (await refund(world, customer_id, 300)).json()["refund_id"]
    await told(world, refund_id, "pay")
    assert await told(world, refund_id, "cancel") == (409, "REFUND_SETTLED")
    assert await told(world, world.id(), "cancel") == (404, "NOT_FOUND")


async def test_refunds_are_listed_by_how_they_stand(world: World, books: Books) -> None:
    await pay(world, 300, role="manager", customer_id=(customer_id := await books.customer()))
    refunds = [(await refund(world, customer_id, 100)).json()["refund_id"] for _ in range(3)]
    await told(world, refunds[0], "pay")
    await told(world, refunds[1], "cancel")
    for state, expected in (("paid", refunds[:1]), ("cancelled", refunds[1:2]), ("proposed", refunds[2:]), ("failed", [])):
        listed = await leaves_whole(world, f"/v1/refunds?state={state}")
        assert [one["id"] for one in listed] == expected, state
