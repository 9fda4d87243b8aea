"""Whoever takes numbers at once, by whichever verb: nobody waits in a circle, and no number is left out or given out of turn."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg

from service.billing.plan_changes import change_plan
from service.kit.database import opening
from service.kit.verbs import Lock
from service.settings import Settings
from tests.authorisations.matters import Matter
from tests.billing.test_change_plan import asked
from tests.documents.test_print_credit_note import credited
from tests.proofs.soundness import offences
from tests.subscriptions.builders import authorise, pay, plan, renew, subscribed
from tests.world import World

WAITING = (
    "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
    " where d.datname = current_database() and l.locktype = 'advisory' and l.classid = 5 and not l.granted"
)
EACH, MOST_WAITING = 2, 7
RATE = {"tax_category": "S", "tax_rate": "19"}


async def test_postings_credit_notes_renewals_stops_plan_changes_and_payments_at_once(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    """The account of a tax rate is new to all who post to it first: also to whoever changes a plan, who has a number
    by then and goes on to take more.
    """
    begins_on, change_on = str(world.clock.now.date()), world.clock.now.date() + timedelta(days=10)
    old, stopped = [[await subscribed(world, begins_on=begins_on, grace_days=90) for _ in range(EACH)] for _ in range(2)]
    due = [await subscribed(world, begins_on=begins_on, grace_days=90) for _ in range(EACH)]
    billed = [await renew(world, one) for one in stopped]
    dearer = (await plan(world, tax_category="S", tax_rate_bp=1900))["id"]
    changes = [await asked(world, one, plan_item_id=dearer, change_on=str(change_on)) for one in old]
    for change in changes:
        await authorise(world, change)
    matters = [await Matter(world).begin() for _ in range(EACH)]
    items = [await matter.done({}, RATE, {"kind": "part"} | RATE) for matter in matters]
    invoices = [await matter.posted({"item_id": first}) for matter, (first, _, _) in zip(matters, items, strict=True)]
    world.clock.now += timedelta(days=10)
    rest = (
        [matter.posted({"item_id": second}, {"item_id": third}) for matter, (_, second, third) in zip(matters, items, strict=True)],
        [renew(world, one) for one in due],
        [credited(matter, invoice, {}) for matter, invoice in zip(matters, invoices, strict=True)],
        [world.done("POST", f"/v1/subscriptions/{one['id']}/stop", role="back_office", key=str(world.id())) for one in stopped],
        [pay(world, invoice) for invoice in billed],
    )
    async with world.database.pool.acquire() as holder:
        await holder.execute(opening(world.principal(), at=world.clock.now, locks=[Lock.series()]))
        doing = [asyncio.create_task(change_of(world, one, change)) for one, change in zip(old, changes, strict=True)]
        await until_waiting(owner, EACH)
        doing += [asyncio.create_task(one) for together in zip(*rest, strict=True) for one in together]
        await until_waiting(owner, MOST_WAITING)
        await holder.execute("rollback")
    await asyncio.gather(*doing)
    counted = await world.sql(
        "select (select array_agg(number order by number) from billing.invoice where organisation_id = $1) as invoices,"
        " (select array_agg(number order by number) from billing.credit_note where organisation_id = $1) as notes",
        world.organisation_id,
    )
    assert counted[0]["invoices"] == list(range(1, 6 * EACH + 1))
    assert counted[0]["notes"] == list(range(1, 3 * EACH + 1))
    assert await offences(owner, settings, world) == {}


async def change_of(world: World, old: dict[str, Any], change: dict[str, Any]) -> None:
    """The plan changes, as the worker lets it."""
    values = {"subscription_id": UUID(old["id"]), "successor_id": UUID(change["successor_id"])}
    await world.database.perform(
        change_plan, principal=world.principal(), at=world.clock.now, request_id=world.id(), remember=None, values=values
    )


async def until_waiting(owner: asyncpg.Connection, many: int) -> None:
    """Goes on once so many wait for a number."""
    async with asyncio.timeout(60):
        while await owner.fetchval(WAITING) < many:
            pass
