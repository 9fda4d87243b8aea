import asyncio

import pytest

from tests.billing.dunning import beat
from tests.subscriptions.builders import opened, pay, renew, standing, subscribed
from tests.world import World


async def lapse(world: World, subscription: dict[str, object], status: int = 201) -> dict[str, object]:
    answer = await world.post(f"/v1/subscriptions/{subscription['id']}/lapse", role="back_office")
    assert answer.status_code == status, answer.text
    document: dict[str, object] = answer.json()
    return document


async def test_it_lapses_at_midnight_where_it_is_after_its_grace(world: World) -> None:
    subscription = await opened(world, begins_on="2026-03-05", grace_days=2, zone="Asia/Tokyo")
    world.clock.forward(days=1, hours=2)  # Thursday 14:00 UTC: still the 5th in Tokyo
    assert (await lapse(world, subscription, 409))["code"] == "NOT_LAPSED"
    world.clock.forward(hours=25)  # Friday 15:00 UTC: the 7th in Tokyo
    assert (await lapse(world, subscription))["state"] == "suspended"
    assert await standing(world, subscription) == ("suspended", ["unpaid"], "2026-03-04")
    assert (await lapse(world, subscription, 200))["state"] == "suspended"


async def test_nobody_who_is_paid_through_is_cut_off(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-03-05")
    await pay(world, await renew(world, subscription))
    world.clock.forward(days=20)
    refused = await lapse(world, subscription, 409)
    assert (refused["code"], refused["paid_through_on"]) == ("NOT_LAPSED", "2026-04-04")


async def test_paying_after_the_lapse_brings_the_service_back_from_that_day(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-03-05")
    world.clock.forward(days=10)
    await lapse(world, subscription)
    invoice = await renew(world, subscription)
    told = await pay(world, invoice)
    assert [(one["from_state"], one["to_state"], one["paid_through_on"]) for one in told["services"]] == [
        ("suspended", "active", "2026-04-13")
    ]
    assert told["renewal_calls_withdrawn"] == [subscription["id"]]
    assert await standing(world, subscription) == ("active", [], "2026-04-13")


async def test_the_worker_lets_lapse_what_lapsed_and_leaves_the_rest(world: World) -> None:
    lapsed, graced = await opened(world, begins_on="2026-03-05"), await opened(world, begins_on="2026-03-05", grace_days=3)
    world.clock.forward(days=1)
    await beat(world)
    assert (await standing(world, lapsed))[0] == "suspended"
    assert (await standing(world, graced))[0] == "active"


async def test_two_invoices_paid_at_the_same_moment_leave_nobody_suspended(world: World) -> None:
    pairs = []
    for _ in range(10):
        customer_id = (await world.customer())["id"]
        both = [await subscribed(world, customer_id=customer_id, begins_on="2026-03-05") for _ in range(2)]
        pairs.append((both, [await renew(world, subscription) for subscription in both]))
    world.clock.forward(days=2)
    for both, invoices in pairs:
        for subscription in both:
            await lapse(world, subscription)
        await asyncio.gather(*(pay(world, invoice) for invoice in invoices))
        assert [await standing(world, subscription) for subscription in both] == [("active", [], "2026-04-04")] * 2


async def test_a_service_stays_off_while_anything_is_overdue_and_comes_back_with_the_last_of_it(world: World) -> None:
    customer_id = (await world.customer())["id"]
    first = await subscribed(world, customer_id=customer_id, begins_on="2026-03-05")
    second = await subscribed(world, customer_id=customer_id, begins_on="2026-03-05")
    invoices = [await renew(world, first), await renew(world, second)]
    world.clock.forward(days=2)
    await lapse(world, first)
    await lapse(world, second)
    await pay(world, invoices[0])
    assert await standing(world, first) == ("suspended", ["unpaid"], "2026-04-04")
    told = await pay(world, invoices[1])
    assert {one["to_state"] for one in told["services"]} == {"active"}
    assert len(told["services"]) == 2


@pytest.mark.parametrize("reason", ["fault", "customer_request", "misuse", "equipment", "moving"])
async def test_other_reasons_stay_when_the_money_comes(world: World, reason: str) -> None:
    subscription = await subscribed(world, begins_on="2026-03-05")
    invoice = await renew(world, subscription)
    await world.done("POST", f"/v1/subscriptions/{subscription['id']}/suspend", {"reason": reason}, role="back_office")
    world.clock.forward(days=1)
    await lapse(world, subscription)
    await pay(world, invoice)
    assert await standing(world, subscription) == ("suspended", [reason], "2026-04-04")
    lifted = await world.done("POST", f"/v1/subscriptions/{subscription['id']}/lift", {"reason": reason}, role="back_office")
    assert lifted["state"] == "active"


async def test_a_corrected_payment_opens_the_period_again_and_the_call_is_due_again(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-03-05")
    told = await pay(world, await renew(world, subscription))
    assert (await world.get("/v1/renewal-calls")).json()["items"] == []
    reverse = f"/v1/payments/{told['payment_id']}/reverse"
    answer = await world.post(reverse, {"reason": "Mistyped"}, key=str(world.id()))
    assert answer.status_code in {200, 201}, answer.text
    assert await standing(world, subscription) == ("active", [], "2026-03-04")
    assert [one["subscription_id"] for one in (await world.get("/v1/renewal-calls")).json()["items"]] == [subscription["id"]]
    world.clock.forward(days=1)
    assert (await lapse(world, subscription, 409))["held_by"] == ["notice"]
    await beat(world)  # now they are told
    await lapse(world, subscription)
