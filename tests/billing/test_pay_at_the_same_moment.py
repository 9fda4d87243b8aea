import asyncio

import pytest

from tests.subscriptions.builders import pay, renew, standing, subscribed
from tests.world import World

AT_ONCE = 4
"""Customers whose two invoices are paid at one time: within the pool, so that both payments of each really meet."""


@pytest.mark.parametrize("customers", [4, pytest.param(300, marks=pytest.mark.soak)])
async def test_two_invoices_of_one_customer_paid_at_the_same_moment_leave_nobody_suspended(world: World, customers: int) -> None:
    pairs = []
    for _ in range(customers):
        customer_id = (await world.customer())["id"]
        both = [await subscribed(world, customer_id=customer_id, begins_on="2026-03-05") for _ in "12"]
        pairs.append((both, [await renew(world, one) for one in both]))
    world.clock.forward(days=2)
    for both, _ in pairs:
        for one in both:
            await world.done("POST", f"/v1/subscriptions/{one['id']}/lapse", role="back_office")
    for first in range(0, customers, AT_ONCE):
        await asyncio.gather(*(pay(world, invoice) for _, invoices in pairs[first : first + AT_ONCE] for invoice in invoices))
    suspended = [one["id"] for both, _ in pairs for one in both if await standing(world, one) != ("active", [], "2026-04-04")]
    assert suspended == []
    (twice,) = await world.sql(
        "select count(*) from (select subject_id from kit.fact where kind in ('invoice_paid', 'payment_recorded') group by kind, subject_id having count(*) > 1) s"
    )
    assert twice["count"] == 0
    assert (await world.done("GET", "/v1/ledger/trial-balance"))["sums"] == {"EUR": 0}
