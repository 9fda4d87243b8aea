"""Ten thousand lines are imported and matched while somebody waits for it."""

import resource
import time
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from service.billing.bank.posting import match_next
from tests.billing.bank_files import balances, entry, sent, statement, with_account
from tests.billing.builders import Books
from tests.world import World

LINES, MATCHED, INVOICES, CUSTOMERS = 10_000, 9_800, 980, 490
PART, WAITING = 1_000, 77


async def references(world: World, books: Books) -> list[str]:
    """Invoices that are paid in ten parts each, under the reference that is printed on them."""
    customers: list[UUID] = [await books.customer() for _ in range(CUSTOMERS)]
    for at in range(INVOICES):
        await books.invoice(customers[at % CUSTOMERS], PART * MATCHED // INVOICES)
    rows = await world.sql("select kit.creditor_reference(series || '-' || number) as reference from billing.invoice order by number")
    return [row["reference"] for row in rows]


def desk(world: World) -> tuple[Callable[..., Awaitable[Any]], Callable[..., Awaitable[Any]]]:
    """How the worker asks and does."""
    who: dict[str, Any] = {"principal": world.principal(), "at": world.clock.now, "request_id": world.id()}

    async def ask(question: Any, **values: Any) -> Any:
        return await world.database.read(question, **who, values=values)

    async def do(rule: Any, **values: Any) -> Any:
        return await world.database.perform(rule, **who, remember=None, values=values)

    return ask, do


@pytest.mark.soak
@pytest.mark.clocked
async def test_ten_thousand_lines_are_imported_and_matched_in_a_minute_at_bounded_memory(world: World, books: Books) -> None:
    await with_account(world)
    printed = await references(world, books)
    entries = [entry(PART, "Rate", creditor=printed[at % INVOICES], reference=f"A{at}") for at in range(MATCHED)]
    entries += [entry(WAITING, f"unknown {at}", reference=f"B{at}") for at in range(LINES - MATCHED)]
    total = PART * MATCHED + WAITING * (LINES - MATCHED)
    content = statement(0, total, *entries)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()
    answer = await sent(world, content)
    assert answer.status_code == 201, answer.text
    imported = time.perf_counter()
    while await match_next(*desk(world)):
        pass
    done = time.perf_counter()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"\n{LINES} lines ({len(content) / 1e6:.1f} MB) imported in {imported - began:.1f} s and matched in {done - imported:.1f} s;"
        f" {grown:.0f} MiB more at the peak"
    )
    assert (await sent(world, content)).json()["already_imported"]
    [waiting] = await world.sql("select count(*) as lines from billing.bank_waiting")
    after = await balances(world)
    assert (waiting["lines"], after["bank"], after["unmatched"], after["receivable"]) == (
        LINES - MATCHED,
        total,
        -WAITING * (LINES - MATCHED),
        0,
    )
    assert done - began < 60
    assert grown < 300
