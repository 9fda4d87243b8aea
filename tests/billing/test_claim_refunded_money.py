"""A transfer that the bank takes back after its money was refunded is booked all the same: the customer owes it again, by no invoice."""

from uuid import UUID

import asyncpg

from service.settings import Settings
from tests.billing.bank_files import balances, with_account
from tests.billing.builders import Books, pay
from tests.billing.test_match_bank_line import act, owed
from tests.billing.test_undo_bank_steps import SUM, made_of, moved, refund, reverse, told
from tests.billing.test_use_credit import worker_of
from tests.proofs.soundness import offences
from tests.world import World


async def refunded_and_returned(world: World, customer_id: UUID) -> tuple[str, dict[str, str]]:
    """Money that came, was paid back, and was taken back by the bank: the line that says so."""
    came, out, went = await moved(world, SUM, -SUM, -SUM)
    await act(world, came, "match", {"parts": [{"amount_minor": SUM, "customer_id": str(customer_id)}]})
    payment_id = str((await made_of(world, came))["payment_id"])
    assert (await act(world, out, "match", {"refund_id": await refund(world, customer_id)})).status_code == 200
    assert (await act(world, went, "match", {"payment_id": payment_id})).status_code == 200
    return payment_id, went


async def test_what_was_refunded_and_then_returned_is_owed_again_and_told_everywhere(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    await with_account(world)
    payment_id, _ = await refunded_and_returned(world, customer_id := await books.customer())
    account = await world.done("GET", f"/v1/customers/{customer_id}/account")
    [claim] = account["claims"]
    assert (claim["payment_id"], claim["amount_minor"], claim["open_minor"]) == (payment_id, SUM, SUM)
    assert (account["open_invoices"], await owed(world, customer_id)) == ([], (SUM, 0))
    after = await balances(world)
    assert {name: amount for name, amount in after.items() if amount} == {"bank": -SUM, "receivable": SUM}
    report = await world.done("GET", "/v1/reports/receivables")
    [aged] = report["items"]
    assert (aged["open_minor"], aged["not_due_minor"], aged["invoices"], report["totals"][0]["open_minor"]) == (SUM, SUM, 0, SUM)
    assert await offences(owner, settings, world) == {}


async def test_no_line_shows_a_refund_that_was_called_off(world: World, books: Books) -> None:
    await with_account(world)
    customer_id = await books.customer()
    came, out = await moved(world, SUM, -SUM)
    await act(world, came, "match", {"parts": [{"amount_minor": SUM, "customer_id": str(customer_id)}]})
    refund_id = await refund(world, customer_id)
    await world.done("POST", f"/v1/refunds/{refund_id}/cancel", key=str(world.id()))
    refused = await act(world, out, "match", {"refund_id": refund_id})
    assert (refused.status_code, refused.json()["code"]) == (422, "BANK_MATCH_UNCLEAR")
    assert await owed(world, customer_id) == (0, SUM)


async def test_what_is_owed_again_is_paid_by_what_comes_next_after_invoices(world: World, books: Books) -> None:
    await with_account(world)
    await refunded_and_returned(world, customer_id := await books.customer())
    await books.invoice(customer_id, 300)
    for taken, left in ((500, (SUM - 200, 0)), (900, (0, 100))):
        await pay(world, taken, customer_id=customer_id)
        world.clock.forward(minutes=2)
        await worker_of(world, "use_credit").drain()
        assert await owed(world, customer_id) == left
    assert (await world.done("GET", f"/v1/customers/{customer_id}/account"))["claims"] == []
    world.clock.forward(minutes=2)
    await worker_of(world, "use_credit").drain()
    assert await owed(world, customer_id) == (0, 100)


async def test_undoing_the_return_pays_what_was_owed_again(world: World, books: Books) -> None:
    await with_account(world)
    _, went = await refunded_and_returned(world, customer_id := await books.customer())
    assert (await act(world, went, "undo")).status_code == 200
    await worker_of(world, "use_credit").drain()
    assert await owed(world, customer_id) == (0, 0)
    assert ((await balances(world))["unmatched"], (await balances(world))["receivable"]) == (SUM, 0)


async def test_a_transfer_told_by_hand_is_claimed_and_cash_is_not(world: World, books: Books) -> None:
    await with_account(world)
    customer_id = await books.customer()
    payment_id = await told(world, customer_id)
    await refund(world, customer_id)
    assert (await reverse(world, payment_id)).json()["claimed_minor"] == SUM
    other = await books.customer()
    cash_id = (await pay(world, SUM, customer_id=other))["payment_id"]
    await refund(world, other)
    refused = await reverse(world, cash_id)
    assert (refused.status_code, refused.json()["code"]) == (409, "CREDIT_ALREADY_USED")
