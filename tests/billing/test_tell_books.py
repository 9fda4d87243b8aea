"""What the books say: balances at any instant, statements, the journal, and what accountants call the accounts."""

import csv
import io
import json
import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import pytest

from service.billing.queries.ledger import BALANCE_UP_TO, LIST_TRANSFERS, TRIAL_BALANCE
from service.kit.paging import MOST
from service.kit.sheets import ROWS_AT_ONCE
from service.kit.sql import Query
from tests.billing.builders import Books, carry, pay
from tests.billing.many_transfers import written
from tests.world import World

LEDGER = "/v1/ledger"
UNSAID = {"If-Match": '"0"'}
PARAMETERS = {
    "until": "timestamptz", "until_at": "timestamptz", "up_to_at": "timestamptz", "after_at": "timestamptz", "up_to_posting": "uuid", "after_posting": "uuid",
    "up_to_ordinal": "int", "after_ordinal": "int", "kind": "text", "holder": "text", "currency": "text", "limit": "int",
}  # fmt: skip


async def busy(world: World, books: Books, days: int, *, seed: int) -> list[datetime]:
    """Some days of money moving in three currencies: the instants at which it did."""
    chance, moments = random.Random(seed), []
    customers = [await books.customer() for _ in range(2)]
    for _ in range(days):
        for _ in range(chance.randint(0, 3)):
            world.clock.forward(minutes=chance.randint(1, 400))
            moments.append(world.clock.now)
            customer, currency = chance.choice(customers), chance.choice(["EUR", "JPY", "KWD"])
            if chance.random() < 0.5:
                await books.invoice(customer, chance.randint(1, 5_000), currency=currency)
            else:
                await pay(world, chance.randint(1, 5_000), currency=currency, customer_id=customer)
        world.clock.now = world.clock.now.replace(hour=12) + timedelta(days=1)
    return moments


async def summed(world: World, until: datetime) -> dict[tuple[str, str, str], int]:
    """The balances at an instant from all transfers, one by one."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for row in await world.sql(
        "select * from billing.transfer where organisation_id = $1 and recorded_at <= $2", world.organisation_id, until
    ):
        for side, sign in (("debit", 1), ("credit", -1)):
            kind = row[f"{side}_kind"]
            holder = "" if kind in {"receivable", "customer_credit"} else row[f"{side}_holder"]
            sums[kind, holder, row["currency"]] += sign * row["amount_minor"]
    return dict(sums)


async def told(world: World, until: datetime) -> dict[tuple[str, str, str], int]:
    """The balances at an instant as the books tell them."""
    found = await world.done("GET", f"{LEDGER}/trial-balance?until={until.isoformat().replace('+00:00', 'Z')}")
    assert set(found["sums"].values()) <= {0}
    return {(one["kind"], one["holder"], one["currency"]): one["balance_minor"] for one in found["accounts"]}


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_the_trial_balance_of_any_past_instant_is_what_the_transfers_until_then_come_to(
    world: World, books: Books, seed: int
) -> None:
    began = world.clock.now
    moments = await busy(world, books, 6, seed=seed)
    chance = random.Random(seed)
    wanted = [
        *moments,
        *(one - timedelta(microseconds=1) for one in moments),
        *(began + timedelta(hours=chance.uniform(0, 150)) for _ in range(10)),
    ]
    before = [await told(world, until) for until in wanted]
    assert before == [await summed(world, until) for until in wanted]
    assert await carry(world) >= 5
    assert [await told(world, until) for until in wanted] == before


async def test_a_statement_runs_from_its_opening_to_its_closing_balance_page_by_page(world: World, books: Books) -> None:
    customer_id = await books.customer()
    for amount in (1_000, 700, 40):
        await books.invoice(customer_id, amount)
        world.clock.forward(days=1)
    await pay(world, 1_200, customer_id=customer_id)
    await carry(world)
    path = f"{LEDGER}/transfers?kind=receivable&holder={customer_id}&currency=EUR"
    for account in (path, f"{LEDGER}/transfers?kind=revenue&holder=labour&currency=EUR"):
        whole = await world.done("GET", account)
        assert (whole["opening_minor"], whole["closing_minor"]) == (0, whole["items"][-1]["balance_minor"])
        paged, page = [], await world.done("GET", f"{account}&limit=1")
        while True:
            assert (page["opening_minor"], page["closing_minor"]) == (0, whole["closing_minor"])
            paged += page["items"]
            if page["next"] is None:
                break
            page = await world.done("GET", f"{account}&limit=1&cursor={page['next']}")
        assert paged == whole["items"]
    days = await world.done("GET", f"{path}&from_on=2026-03-05&until_on=2026-03-07")
    assert (days["opening_minor"], [one["balance_minor"] for one in days["items"]], days["closing_minor"]) == (1_000, [1_700, 1_740], 1_740)
    assert (await world.done("GET", path))["closing_minor"] == 540


async def test_the_journal_has_every_transfer_once_with_both_accounts_and_their_numbers(world: World, books: Books) -> None:
    numbers = [
        {"kind": "receivable", "number": "1400"},
        {"kind": "revenue", "number": "8400"},
        {"kind": "revenue", "holder": "labour", "number": "8401", "name": "Work"},
    ]
    kept = await world.done("PUT", f"{LEDGER}/account-numbers", {"items": numbers}, headers=UNSAID)
    assert await world.done("GET", f"{LEDGER}/account-numbers") == kept
    customer_id = await books.customer()
    await books.invoice(customer_id, 1_000)
    world.clock.forward(minutes=5)
    await pay(world, 1_200, customer_id=customer_id)
    whole = (await world.done("GET", f"{LEDGER}/journal"))["items"]
    stored = await world.sql("select posting_id, ordinal from billing.transfer where organisation_id = $1", world.organisation_id)
    assert sorted((one["posting_id"], one["ordinal"]) for one in whole) == sorted(
        (str(row["posting_id"]), row["ordinal"]) for row in stored
    )
    sale = whole[0]
    assert (sale["booked_on"], sale["debit_number"], sale["credit_number"], sale["debit_name"]) == (
        "2026-03-04",
        "1400",
        "8401",
        "Ada Owner",
    )
    assert sale["document_number"].endswith("-1")
    sheet = await world.get(f"{LEDGER}/journal.csv?until_on=2026-03-05")
    assert [row["amount_minor"] for row in csv.DictReader(io.StringIO(sheet.text, newline=""))] == [
        str(one["amount_minor"]) for one in whole
    ]
    lines = await world.get(f"{LEDGER}/journal.jsonl")
    assert [json.loads(line) for line in lines.text.splitlines()] == whole
    accounts = (await world.done("GET", f"{LEDGER}/accounts?kind=receivable"))["items"]
    assert accounts == [{"kind": "receivable", "holder": str(customer_id), "currency": "EUR", "number": "1400", "name": "Ada Owner"}]


async def test_the_trial_balance_leaves_as_a_file(world: World, books: Books) -> None:
    await books.invoice(await books.customer(), 1_000)
    rows = (await world.done("GET", f"{LEDGER}/trial-balance"))["accounts"]
    lines = await world.get(f"{LEDGER}/trial-balance.jsonl")
    assert [json.loads(line) for line in lines.text.splitlines()] == rows
    sheet = await world.get(f"{LEDGER}/trial-balance.csv?until=2026-03-05T00:00:00Z")
    assert [row["balance_minor"] for row in csv.DictReader(io.StringIO(sheet.text, newline=""))] == [
        str(row["balance_minor"]) for row in rows
    ]


async def test_an_account_has_one_number(world: World) -> None:
    twice = [{"kind": "bank", "number": "1200"}, {"kind": "bank", "number": "1210"}]
    assert (await world.request("PUT", f"{LEDGER}/account-numbers", json={"items": twice}, headers=UNSAID)).status_code == 422
    assert (
        await world.request("PUT", f"{LEDGER}/account-numbers", json={"items": twice[:1]}, role="back_office", headers=UNSAID)
    ).status_code == 403
    assert await world.done("GET", f"{LEDGER}/account-numbers") == {"items": [], "version": 0}


async def test_a_long_list_leaves_whole_as_a_file(world: World, owner: asyncpg.Connection) -> None:
    customers = ROWS_AT_ONCE // 2 + 1
    await written(owner, world.organisation_id, 6 * customers, turns=6)
    for path, conditions in (("journal", ""), ("transfers", "kind=bank&currency=EUR"), ("accounts", "")):
        rows: list[dict[str, Any]] = []
        page: dict[str, Any] = {"next": ""}
        while page["next"] is not None:
            cursor = f"&cursor={page['next']}" if rows else ""
            page = await world.done("GET", f"{LEDGER}/{path}?limit={MOST}&{conditions}{cursor}")
            rows += page["items"]
        lines = await world.get(f"{LEDGER}/{path}.jsonl?{conditions}")
        assert lines.headers["content-disposition"] == f'attachment; filename="{path}.jsonl"'
        assert [json.loads(line) for line in lines.text.splitlines()] == rows
        sheet = await world.get(f"{LEDGER}/{path}.csv?{conditions}")
        assert len(list(csv.DictReader(io.StringIO(sheet.text, newline="")))) == len(rows) > ROWS_AT_ONCE


async def test_nobody_elses_books_are_told(world: World, books: Books, other_world: World) -> None:
    customer_id = await books.customer()
    await pay(world, 5, customer_id=customer_id)
    assert (await other_world.done("GET", f"{LEDGER}/journal"))["items"] == []
    statement = await other_world.done("GET", f"{LEDGER}/transfers?kind=customer_credit&holder={customer_id}&currency=EUR")
    assert (statement["items"], statement["closing_minor"]) == ([], 0)
    assert (await world.get(f"{LEDGER}/journal", role="technician")).status_code == 403


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Every node of a plan that reads a table or an index."""
    own = [plan] if "Relation Name" in plan else []
    return own + [one for inner in plan.get("Plans", []) for one in nodes(inner)]


@pytest.mark.parametrize("query", [TRIAL_BALANCE, BALANCE_UP_TO, LIST_TRANSFERS])
async def test_balances_and_statements_are_read_from_indexes_alone(world: World, query: Query[Any]) -> None:
    """As planned once for all parameters, which is how the service runs them; the size of the books doesn't come into it."""
    async with world.database.pool.acquire() as connection, connection.transaction():
        await connection.execute(f"set local sayso.organisation = '{world.organisation_id}'")
        await connection.execute(f"prepare told ({', '.join(PARAMETERS[name] for name in query.parameters)}) as {query.text}")
        (row,) = await connection.fetch(f"explain (format json) execute told ({', '.join('null' for _ in query.parameters)})")
        await connection.execute("deallocate told")
    read = nodes(json.loads(row[0])[0]["Plan"])
    assert {one["Relation Name"] for one in read} >= {"transfer"}
    of_the_books = [one for one in read if one["Relation Name"] in {"transfer", "carry_forward"}]
    assert [(one["Node Type"], one["Index Name"]) for one in of_the_books if one["Node Type"] != "Index Only Scan"] == []
    assert [one["Filter"] for one in of_the_books if "recorded_at >=" in one.get("Filter", "")] == [], (
        "where they begin and end is looked up, not read up to"
    )
