"""Whoever pays waits for no webhook: what happens is written as if nobody listened."""

from collections.abc import Awaitable, Callable

import asyncpg

from tests.architecture.house import rooms
from tests.billing.builders import Books, pay
from tests.webhooks.builders import Hooks
from tests.world import World


def test_no_other_rooms_statement_names_them() -> None:
    texts = {f"{package}: {name}": one.text for package, room in rooms().items() for name, one in room.used.items()}
    assert [name for name, text in texts.items() if "webhooks." in text and not name.startswith("service.webhooks")] == []


async def test_nothing_in_the_database_leads_from_what_happens_to_them(owner: asyncpg.Connection) -> None:
    leading = await owner.fetch(
        "select conname from pg_constraint where contype = 'f' and confrelid::regclass::text like 'webhooks.%' and conrelid::regclass::text not like 'webhooks.%'"
        " union all select tgname from pg_trigger where not tgisinternal"
    )
    assert leading == []


async def test_money_is_taken_while_the_worker_holds_all_that_it_ever_holds(
    world: World, hooks: Hooks, work: Callable[[], Awaitable[int]]
) -> None:
    await hooks.add()
    customer_id = await Books(world).customer()
    await work()
    async with world.database.pool.acquire() as connection, connection.transaction():
        await connection.execute(f"SET LOCAL sayso.organisation = '{world.organisation_id}'")
        for table, column in (("progress", "silent_rounds"), ("delivery", "attempts"), ("webhook", "version")):
            await connection.execute(f"update webhooks.{table} set {column} = {column} + 1")
        held = (
            "select from kit.fact f join webhooks.delivery d using (organisation_id, transaction_id, sequence) where organisation_id = $1"
        )
        assert await connection.fetch(held, world.organisation_id)
        await pay(world, 1_000, customer_id=customer_id)
