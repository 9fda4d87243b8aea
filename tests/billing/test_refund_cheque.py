"""What a cheque brought goes back to nobody before the bank has it, whichever way it became credit; what isn't the cheque's does."""

from typing import Any

import pytest

from tests.authorisations.matters import Matter
from tests.billing.builders import Books, cash
from tests.billing.test_credit_invoice import credited
from tests.billing.test_receive_cheque import BOUNCED, acted, received
from tests.billing.test_use_credit import worker_of
from tests.world import World


async def refunded(world: World, customer_id: object, amount: int) -> Any:
    refund = {"amount": {"amount": amount, "currency": "EUR"}, "via": "bank_transfer", "reason": "Too much"}
    return await world.post(f"/v1/customers/{customer_id}/refunds", refund, role="back_office", key=str(world.id()))


async def paid_out(world: World, refund_id: str) -> Any:
    return await world.post(f"/v1/refunds/{refund_id}/pay", role="back_office", key=str(world.id()))


async def cash_on_account(world: World, customer_id: object, amount: int) -> None:
    await world.done("POST", "/v1/payments/cash", cash(amount, customer_id=customer_id), role="agent", key=str(world.id()))


async def used(world: World) -> None:
    """Credit pays what is open."""
    world.clock.forward(minutes=2)
    await worker_of(world, "use_credit").drain()


async def billed(matter: Matter) -> dict[str, Any]:
    [item] = await matter.done({})
    return await matter.posted({"item_id": item})


async def test_what_a_credit_note_gave_back_of_what_a_cheque_paid_waits_for_its_clearing(world: World) -> None:
    matter = await Matter(world).begin()
    invoice = await billed(matter)
    await cash_on_account(world, matter.customer_id, 500)
    answer = await received(world, invoice["id"], amount={"amount": 9_500, "currency": "EUR"})
    assert (await credited(matter, invoice)).status_code == 201
    assert (await refunded(world, matter.customer_id, 501)).json()["code"] == "CREDIT_NOT_CLEARED"
    assert (await refunded(world, matter.customer_id, 500)).status_code == 201
    await acted(world, answer.json()["payment_id"], "clear", {"bank_reference": "B1"})
    assert (await refunded(world, matter.customer_id, 9_500)).status_code == 201


async def test_what_a_credit_note_gave_back_of_what_a_cheques_rest_paid_waits_for_its_clearing(world: World) -> None:
    matter = await Matter(world).begin()
    await received(world, (await billed(matter))["id"], amount={"amount": 20_000, "currency": "EUR"})
    second = await billed(matter)
    await used(world)
    await cash_on_account(world, matter.customer_id, 500)
    assert (await credited(matter, second)).status_code == 201
    assert (await refunded(world, matter.customer_id, 501)).json()["code"] == "CREDIT_NOT_CLEARED"
    assert (await refunded(world, matter.customer_id, 500)).status_code == 201


async def test_a_cheque_whose_rest_paid_another_invoice_holds_nothing_back(world: World, books: Books) -> None:
    customer_id = await books.customer()
    await received(world, await books.invoice(customer_id, 1_000))
    await books.invoice(customer_id, 4_000)
    await used(world)
    await cash_on_account(world, customer_id, 4_000)
    assert (await refunded(world, customer_id, 4_000)).status_code == 201


@pytest.mark.parametrize("verb, body, code", [("clear/undo", None, "CREDIT_NOT_CLEARED"), ("reverse", BOUNCED, "CREDIT_OWED")])
async def test_a_refund_is_not_paid_once_its_cheque_has_not_cleared_after_all(
    world: World, books: Books, verb: str, body: Any, code: str
) -> None:
    paid = (await received(world, await books.invoice(customer_id := await books.customer(), 1_000))).json()["payment_id"]
    await acted(world, paid, "clear", {"bank_reference": "B1"})
    refund_id = (await refunded(world, customer_id, 4_000)).json()["refund_id"]
    assert (await acted(world, paid, verb, body)).status_code == 201
    refused = await paid_out(world, refund_id)
    assert (refused.status_code, refused.json()["code"]) == (409, code)
    if verb == "clear/undo":
        await acted(world, paid, "clear", {"bank_reference": "B2"})
    else:
        await cash_on_account(world, customer_id, 5_000)
        await used(world)
    await books.invoice(customer_id, 700)  # what is billed since is no reason to keep it
    paid_back = await paid_out(world, refund_id)
    assert paid_back.status_code == 200, paid_back.text


async def test_no_credit_goes_back_that_is_owed_again(world: World) -> None:
    matter = await Matter(world).begin()
    invoice = await billed(matter)
    paid = (await received(world, invoice["id"], amount={"amount": 10_000, "currency": "EUR"})).json()["payment_id"]
    assert (await credited(matter, invoice)).status_code == 201
    assert (await acted(world, paid, "reverse", BOUNCED)).status_code == 201
    assert (await refunded(world, matter.customer_id, 10_000)).json()["code"] == "CREDIT_OWED"
    await used(world)
    assert (await refunded(world, matter.customer_id, 1)).json()["code"] == "CREDIT_ALREADY_USED"
