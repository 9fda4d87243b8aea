"""A refund whose card is no more asks its customer where it goes: people see it, and the money is theirs or back in their credit in the end."""

import pytest

from service.integrations.stripe.standin import Standin
from tests.billing.builders import Books, pay
from tests.billing.cards.saving import minute
from tests.billing.cards.shop import Shop

KINDS = ("create_refund", "hear_missed_events")


@pytest.mark.parametrize("answered, ends, credit", [(True, "paid", 0), (False, "failed", 4_990)])
async def test_a_refund_that_asks_its_customer_is_on_their_timeline_and_ends_as_they_answer(
    shop: Shop, books: Books, standin: Standin, answered: bool, ends: str, credit: int
) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 4_990)
    attempt = await shop.begin(invoice_id)
    await standin.pay(intent=attempt["intent_id"], payment_method="pm_card_pendingRefund")
    await pay(shop.world, 4_990, invoice_id=invoice_id)
    await minute(shop, kinds=KINDS)
    (double,) = (await shop.world.done("GET", "/v1/double-payments"))["items"]
    refund = await shop.world.done("POST", f"/v1/double-payments/{double['payment_id']}/refund", key=str(shop.world.id()))
    await minute(shop, kinds=KINDS)
    stripe = shop.world.app.state.outside.stripe.client.v1
    (sent,) = (await stripe.refunds.list_async({"payment_intent": attempt["intent_id"]})).data
    await standin.need_customer(refund=sent.id)
    await minute(shop, kinds=KINDS)
    shop.world.clock.forward(minutes=6)
    await minute(shop, kinds=KINDS)
    assert "refund_needs_customer" in await shop.kinds(customer_id)
    assert (await shop.world.done("GET", f"/v1/refunds/{refund['refund_id']}"))["state"] == "proposed"
    if answered:
        await standin.answer_refund(refund=sent.id)
        await standin.advance(seconds=10)
    else:
        await stripe.test_helpers.refunds.expire_async(sent.id)
    shop.world.clock.forward(hours=6)
    await minute(shop, kinds=KINDS)
    assert (await shop.world.done("GET", f"/v1/refunds/{refund['refund_id']}"))["state"] == ends
    (balance,) = (await shop.world.done("GET", f"/v1/customers/{customer_id}/account"))["balances"]
    assert balance["credit_minor"] == credit
