"""A refund that was promised is kept when it is paid, not when somebody says that it is on its way."""

from tests.billing.builders import Books, pay
from tests.billing.test_refund_credit import refund
from tests.promises.builders import promised, state_of
from tests.world import World


async def test_a_refund_that_was_paid_keeps_the_promise_that_is_due_first(world: World, books: Books) -> None:
    customer_id = await books.customer()
    await pay(world, 300, role="manager", customer_id=customer_id)
    later = await promised(world, str(customer_id), kind="refund", within_minutes=600)
    first = await promised(world, str(customer_id), kind="refund")
    proposed = (await refund(world, customer_id, 300)).json()["refund_id"]
    assert await state_of(world, first["id"]) == "open"
    await world.done("POST", f"/v1/refunds/{proposed}/pay", key="key-of-paying")
    assert [await state_of(world, made["id"]) for made in (first, later)] == ["kept", "open"]
