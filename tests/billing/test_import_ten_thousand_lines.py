"""Ten thousand lines are imported and matched while somebody waits for it."""

import resource
import time

import pytest

from service.billing.bank.posting import match_next
from tests.billing.bank_files import balances, entry, sent, statement, with_account
from tests.billing.builders import Books
from tests.world import World

LINES, CUSTOMERS, MATCHED = 10_000, 500, 9_800


@pytest.mark.soak
async def test_ten_thousand_lines_are_imported_and_matched_in_a_minute(world: World, books: Books) -> None:
    await with_account(world)
    numbers = await open_invoices(world, books)
    entries = [entry(1_000 + at % 7, f"Rechnung {numbers[at]}", reference=f"A{at}") for at in range(MATCHED)]
    entries += [entry(77, f"unknown {at}", reference=f"B{at}") for at in range(LINES - MATCHED)]
    total = sum(1_000 + at % 7 for at in range(MATCHED)) + 77 * (LINES - MATCHED)
    content = statement(0, total, *entries)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.perf_counter()
    answer = await sent(world, content)
    assert answer.status_code == 201, answer.text
    imported = time.perf_counter()
    while await match_next(*desk(world)):
        pass
    done = time.perf_counter()
    again = await sent(world, content)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"\n{LINES} lines, {len(content) / 1e6:.1f} MB: imported in {imported - began:.1f} s, matched in {done - imported:.1f} s, {grown:.0f} MiB more at the peak"
    )
    assert again.json()["already_imported"]
    assert done - began < 60
    assert grown < 200
    assert (await world.sql("select count(*) from billing.bank_waiting"))[0][0] == LINES - MATCHED
    assert ((await balances(world))["bank"], (await balances(world))["unmatched"]) == (total, -77 * (LINES - MATCHED))


def desk(world: World):
    async def ask(rule, **values):
        return await world.database.read(rule, principal=world.principal(), at=world.clock.now, request_id=world.id(), values=values)

    async def do(rule, **values):
        return await world.database.perform(
            rule, principal=world.principal(), at=world.clock.now, request_id=world.id(), remember=None, values=values
        )

    return ask, do


async def open_invoices(world: World, books: Books) -> list[str]:
    """The numbers of so many open invoices of a few hundred customers."""
    customers = [await books.customer() for _ in range(CUSTOMERS)]
    for at in range(MATCHED):
        await books.invoice(customers[at % CUSTOMERS], 1_000 + at % 7)
    rows = await world.sql("select series || '-' || number as number from billing.invoice order by invoice.number")
    return [row["number"] for row in rows]
