"""Four invoices of one customer paid at the same moment, and the same with the lock where it is too late: that run must fail."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from service.app import build
from service.kit.database import Database
from service.settings import Settings
from tests.catalogue.builders import item
from tests.customers.builders import site
from tests.proofs.late_lock import LateLock
from tests.proofs.soundness import offences
from tests.subscriptions.builders import renew, subscribed
from tests.world import Clock, World

AT_A_TIME = 2
"""Customers at once: with four payments each, fewer than the connections of the pool, so that payments meet in the database, not before it."""
ROUNDS = 10
SIZES = [pytest.param(4), pytest.param(100, marks=pytest.mark.soak)]


async def cut_off(world: World, *, customers: int, invoices: int) -> list[list[dict[str, Any]]]:
    """So many customers, each with so many subscriptions cut off as unpaid and as many invoices overdue: their invoices."""
    plan = await item(world, kind="plan", name="Internet 100", unit="MON", price="2990", tax_category="Z", tax_rate_bp=0)
    turn = asyncio.Semaphore(AT_A_TIME)

    async def one() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        async with turn:
            customer_id = (await world.customer())["id"]
            place = {"customer_id": customer_id, "site_id": (await site(world, customer_id))["id"], "plan_item_id": plan["id"]}
            taken = [await subscribed(world, begins_on="2026-03-05", **place) for _ in range(invoices)]
            return taken, [await renew(world, subscription) for subscription in taken]

    pairs = await asyncio.gather(*(one() for _ in range(customers)))
    world.clock.forward(days=20)
    for taken, _ in pairs:
        for subscription in taken:
            lapsed = await world.done("POST", f"/v1/subscriptions/{subscription['id']}/lapse", role="back_office")
            assert lapsed["state"] == "suspended"
    return [billed for _, billed in pairs]


async def pay_at_once(world: World, billed: list[list[dict[str, Any]]]) -> list[int]:
    """Each customer's invoices paid in cash at one moment, each to somebody else: the answers' statuses."""
    turn = asyncio.Semaphore(AT_A_TIME)
    await world.token("back_office")
    takers = {invoice["id"]: (await world.staff("agent"))["id"] for invoices in billed for invoice in invoices}

    async def pay(invoice: dict[str, Any]) -> int:
        money = {"amount": invoice["total_minor"], "currency": invoice["currency"]}
        told = {"amount": money, "invoice_id": invoice["id"], "taken_by": str(takers[invoice["id"]])}
        answer = await world.post("/v1/payments/cash", told, role="back_office", key=str(world.id()))
        return answer.status_code

    async def settle(invoices: list[dict[str, Any]]) -> list[int]:
        async with turn:
            return await asyncio.gather(*(pay(invoice) for invoice in invoices))

    return [status for answers in await asyncio.gather(*(settle(invoices) for invoices in billed)) for status in answers]


async def states(world: World) -> list[str]:
    """The state of every subscription: the last row of each history."""
    rows = await world.sql(
        "select distinct on (subscription_id) to_state from subscriptions.subscription_step order by subscription_id, step desc"
    )
    return [row["to_state"] for row in rows]


@pytest.fixture
async def late(settings: Settings, database: Database) -> AsyncIterator[World]:
    """An organisation whose service takes the lock too late."""
    clock = Clock()
    changed = LateLock(database.pool, randomness=database.randomness, cursors=database.cursors, keys=database.keys)
    world = World(app=build(settings=settings, database=changed, clock=clock), database=changed, clock=clock)
    await world.begin()
    yield world
    await world.end()


@pytest.mark.parametrize("customers", SIZES)
async def test_four_invoices_of_a_customer_paid_at_the_same_moment_leave_nobody_suspended(
    world: World, owner: asyncpg.Connection, settings: Settings, customers: int
) -> None:
    billed = await cut_off(world, customers=customers, invoices=4)
    assert await pay_at_once(world, billed) == [201] * customers * 4
    assert await states(world) == ["active"] * customers * 4
    facts = await world.sql("select kind, count(*) from kit.fact where kind in ('subscription_activated', 'invoice_paid') group by 1")
    assert dict(facts) == {"subscription_activated": customers * 4, "invoice_paid": customers * 4}
    assert await offences(owner, settings, world) == {}


async def test_the_same_run_leaves_somebody_suspended_once_the_lock_is_taken_in_the_working_statement(late: World) -> None:
    """Of two payers the ledger's chain and the verb's second run still save the later one; of four, one comes twice with old figures, if not in the first round."""
    found: list[str] = []
    for _ in range(ROUNDS):
        await pay_at_once(late, await cut_off(late, customers=4, invoices=4))
        if "suspended" in (found := await states(late)):
            break
    assert "suspended" in found, "the lock may be taken late, and nobody notices"
