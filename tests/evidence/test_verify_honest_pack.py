"""What is honestly agreed, done and billed verifies, in each way in which a bill may differ from the plain one."""

from uuid import UUID

from tests.authorisations.matters import Matter
from tests.evidence.packs import Job, codes
from tests.subscriptions.builders import pay, renew, subscribed
from tests.world import World


async def test_a_subscription_renewed_period_after_period(world: World) -> None:
    matter = Matter(world)
    subscription = await subscribed(world)
    for _ in range(2):
        await pay(world, await renew(world, subscription))
        world.clock.forward(days=20)
    offer = await world.done("GET", f"/v1/offers/{subscription['offer_id']}")
    matter.scope_id = UUID(offer["scope_id"])
    assert codes(await Job(matter, []).evidence(), world.database.keys) == set()


async def test_parts_discounts_lower_prices_and_other_units(world: World) -> None:
    matter = await Matter(world).begin()
    thirds, minutes, cheaper = await matter.done(
        {"quantity": "1", "unit_price": "10001", "tax_rate": "19"}, {"quantity": "2", "conversions": {"MIN": "1/60"}}, {"quantity": "3"}
    )
    for _ in range(3):
        await matter.posted({"item_id": thirds, "quantity": "1/3", "unit_price": "10001"})
    await matter.posted(
        {"item_id": minutes, "quantity": "90", "unit": "MIN", "unit_price": "500/3", "discount": 100},
        {"item_id": cheaper, "quantity": "2.5", "unit_price": "3333"},
        {"quantity": "1", "unit_price": "0", "description": "Coffee"},
    )
    assert codes(await Job(matter, []).evidence(), world.database.keys) == set()


async def test_corrected_work_a_second_revision_and_something_taken_back(world: World) -> None:
    matter = await Matter(world).begin()
    [item] = await matter.authorised({"quantity": "4"}, cap=50_000)
    done = await matter.work(item, "4")
    at = world.clock.now.isoformat()
    await world.done("POST", f"/v1/work-records/{done['id']}/corrections", {"quantity": "3", "started_at": at, "ended_at": at})
    await matter.posted({"item_id": item, "quantity": "3"})
    offer = await matter.offer({"quantity": "2"})
    act = await matter.consent(offer)
    world.clock.forward(minutes=1)
    await matter.work(str(offer.item_ids[0]))
    world.clock.forward(minutes=1)
    await world.done("POST", f"/v1/authorisations/{act['id']}/revoke", {"channel": "oral_phone"})
    world.clock.forward(minutes=1)
    await matter.work(str(offer.item_ids[0]))
    await matter.posted({"item_id": str(offer.item_ids[0])})
    assert codes(await Job(matter, []).evidence(), world.database.keys) == set()


async def test_a_bill_that_goes_over_as_far_as_the_policy_tolerates(world: World) -> None:
    matter = await Matter(world).begin(combine="lesser", pct_numerator=1, pct_denominator=5, abs_minor=5000)
    one, other = await matter.done({"quantity": "2"}, {"quantity": "1"})
    await matter.work(one, "0.5")
    await matter.posted({"item_id": one, "quantity": "2.5"}, {"item_id": other})
    assert codes(await Job(matter, []).evidence(), world.database.keys) == set()
