"""The minute's lapsing reads what changed and whose grace is over, and finds each service that lapses."""

import asyncpg

from service.settings import Settings
from tests.billing.dunning import beat, live
from tests.proofs.soundness import offences
from tests.subscriptions.builders import pay, renew, standing, subscribed
from tests.world import World


async def looked_at(world: World) -> list[str]:
    rows = await world.sql("select from_on::text from subscriptions.lapsing where organisation_id = $1", world.organisation_id)
    return [row["from_on"] for row in rows]


async def test_a_service_is_looked_at_from_the_day_its_grace_is_over_until_it_is_cut_off_or_ended(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    subscription = await subscribed(world, begins_on="2026-03-04")
    await pay(world, await renew(world, subscription))
    await beat(world)
    [from_on] = await looked_at(world)
    assert from_on > "2026-04-01"
    await live(world, 60)
    assert (await standing(world, subscription))[0] == "suspended"
    await beat(world)
    assert await looked_at(world) == []
    await pay(world, await renew(world, subscription))
    await beat(world)
    assert len(await looked_at(world)) == 1
    await world.done("POST", f"/v1/subscriptions/{subscription['id']}/end", {}, role="back_office", key=str(world.id()))
    await beat(world)
    assert await looked_at(world) == []
    assert await offences(owner, settings, world) == {}


async def test_what_runs_still_is_read_the_next_time(world: World, owner: asyncpg.Connection) -> None:
    subscription = await subscribed(world, begins_on="2026-03-04")
    invoice = await renew(world, subscription)
    async with owner.transaction():
        running = await owner.fetchval("select pg_current_xact_id()::text::bigint")
        await pay(world, invoice)
        await beat(world)
        cursor = "select until_transaction from subscriptions.lapsing_cursor where organisation_id = $1"
        assert [row["until_transaction"] for row in await world.sql(cursor, world.organisation_id)] == [running]
    await beat(world)
    [read] = await world.sql(cursor, world.organisation_id)
    assert read["until_transaction"] > running
    assert len(await looked_at(world)) == 1
