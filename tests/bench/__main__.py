"""`make bench`: the README's figures. Ratios within one run; the last line is JSON."""

import argparse
import asyncio
import json
import re
import shutil
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import asyncpg
import uvloop
from rich.console import Console
from rich.table import Table

from service.billing.invoices import post_invoice
from service.billing.payments import take_cash
from service.billing.records.payments import NewCash, PositiveMoney
from service.cli._place import open_place
from tests.bench import floor, slots, webhooks
from tests.bench.company import HOUR, Company, invoice_of, many, opened
from tests.bench.wire import Stream, Wire
from tests.served import served

CLIENTS = 8
FOLDER = Path(".sayso") / "bench"
TELL = Console(stderr=True)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10, help="how long each measurement runs, about")
    parser.add_argument("--flows", type=int, default=1200, help="flows measured at most")
    options = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    try:
        with open_place(FOLDER, told=lambda said: TELL.print(f"  {said}", style="dim")) as place:
            uvloop.run(_tell_commits(place.admin_url))
        with open_place(FOLDER) as place:
            idle = _idle_memory()  # the first start also warms the disk
            with served(FOLDER) as (address, startup_s, process):
                figures = uvloop.run(_measure(place.settings, address, options))
                figures |= {"start_up_s": round(startup_s, 2), **idle, "memory_after_all_mib": _memory_mib(process.pid)}
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    table = Table("figure", "value", title="Sayso, client and PostgreSQL on the same cores, fsync on")
    for name, value in figures.items():
        table.add_row(name, str(value))
    TELL.print(table)
    print(json.dumps(figures))


async def _measure(settings: Any, address: str, options: argparse.Namespace) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    async with opened(settings) as company, AsyncExitStack() as stack:
        bearer = await company.begin()
        wires = [await stack.enter_async_context(Wire(address, bearer)) for _ in range(CLIENTS)]
        count = int(options.seconds * 60)
        for measurement in (_idle, _payments, _webhooks, _invoices, _long_invoices, _flows, _slots, _feed):
            with TELL.status(f"{measurement.__name__.strip('_')} …"):
                figures |= await measurement(company, wires, count if measurement is not _flows else options.flows)
    return figures


async def _idle(_: Company, __: list[Wire], ___: int) -> dict[str, Any]:
    return {"at": datetime.now(UTC).isoformat(timespec="seconds"), "clients": CLIENTS}


async def _payments(company: Company, wires: list[Wire], count: int) -> dict[str, Any]:
    """Cash for an invoice each, taken by as many people as there are clients: through the API, and by bare asyncpg."""
    bills = await many(2 * count, lambda _: company.billed())
    takers = await company.technicians(CLIENTS)
    bare = [
        await floor.statements_of(
            company,
            take_cash,
            cash=NewCash(
                amount=PositiveMoney(amount=minor, currency="EUR"),
                invoice_id=invoice_id,
                captured_at=datetime.now(UTC),
                taken_by=takers[number % CLIENTS],
            ),
            caller=company.manager_id,
        )
        for number, (_, invoice_id, minor) in enumerate(bills[count:])
    ]
    body = [
        {"amount": {"amount": minor, "currency": "EUR"}, "invoice_id": str(invoice_id), "taken_by": str(takers[number % CLIENTS])}
        for number, (_, invoice_id, minor) in enumerate(bills[:count])
    ]
    api = await rate_of(CLIENTS, body, lambda client, document: wires[client].post("/v1/payments/cash", document))
    return _against_floor("pay", api, await _bare(company, bare))


async def _webhooks(company: Company, _: list[Wire], count: int) -> dict[str, Any]:
    """A card payment told by webhook, in this process."""
    return await webhooks.measure(company, min(count, 200))


async def _invoices(company: Company, wires: list[Wire], count: int) -> dict[str, Any]:
    """An invoice of ten lines: posted through the API and by bare asyncpg, and refused through the API."""
    count = count // 4
    done = await many(3 * count, lambda _: company.performed(items=10))
    bare = [
        await floor.statements_of(company, post_invoice, invoice=invoice_of(customer, items)) for customer, items in done[count : 2 * count]
    ]
    good = [_document(customer, items) for customer, items in done[:count]]
    bad = [_document(customer, items, price="9001") for customer, items in done[2 * count :]]
    api = await rate_of(CLIENTS, good, lambda client, document: wires[client].post("/v1/invoices", document))
    refused = await rate_of(CLIENTS, bad, lambda client, document: wires[client].post("/v1/invoices", document, expect=4))
    return _against_floor("post_invoice", api, await _bare(company, bare)) | {"refused_vs_posted_cost": round(api / refused, 2)}


async def _long_invoices(company: Company, wires: list[Wire], _: int) -> dict[str, Any]:
    """One after another: an invoice of a thousand lines against one of ten, each posted in one statement."""
    ten = await many(60, lambda _: company.performed(items=10))
    thousand = [await company.performed(items=1000) for _ in range(6)]
    medians = []
    for done in (ten, thousand):
        bodies = [_document(customer, items) for customer, items in done]
        taken = []
        for body in bodies:
            began = time.perf_counter()
            await wires[0].post("/v1/invoices", body)
            taken.append((time.perf_counter() - began) * 1000)
        medians.append(median(taken[1:]))
    return {"post_1000_ms": round(medians[1]), "post_1000_vs_10": round(medians[1] / medians[0], 1)}


async def _flows(company: Company, wires: list[Wire], count: int) -> dict[str, Any]:
    """Offer of three items → present → approve → start → record work → post → pay cash: seven requests each."""
    people = await company.technicians(-(-count // 250))
    visits = await many(count, lambda number: company.visit(people[number % len(people)], number // len(people)))
    takers = await company.technicians(CLIENTS)
    rate = await rate_of(CLIENTS, visits, lambda client, visit: _flow(wires[client], takers[client], *visit))
    return {"flows_per_s": round(rate, 1), "flows": count, "failed_flows": 0}


async def _flow(wire: Wire, taker: Any, job_id: Any, visit_id: Any, customer_id: Any, contact_id: Any) -> None:
    items = [{"quantity": "1", **HOUR}] * 3
    offer = await wire.post(f"/v1/jobs/{job_id}/offers", {"items": items})
    shown = await wire.post(f"/v1/offers/{offer['id']}/present", {"contact_id": contact_id, "channel": "on_device"})
    answer = {"offer_hash": shown["offer_hash"], "approved": offer["item_ids"]}
    await wire.post(f"/v1/presentations/{shown['presentation_id']}/answer", answer, bearer=shown["token"])
    await wire.post(f"/v1/visits/{visit_id}/start", {"item_ids": offer["item_ids"]})
    now = datetime.now(UTC).isoformat()
    records = [{"item_id": item, "quantity": "1", "started_at": now, "ended_at": now, "visit_id": visit_id} for item in offer["item_ids"]]
    await wire.post("/v1/work-records/several", {"records": records})
    lines = [{"item_id": item, "quantity": "1", "unit_price": "9000"} for item in offer["item_ids"]]
    invoice = await wire.post("/v1/invoices", {"customer_id": customer_id, "currency": "EUR", "lines": lines})
    await wire.post(
        "/v1/payments/cash",
        {
            "amount": {"amount": invoice["total_minor"], "currency": "EUR"},
            "invoice_id": invoice["id"],
            "visit_id": visit_id,
            "taken_by": taker,
        },
    )


async def _slots(company: Company, wires: list[Wire], count: int) -> dict[str, Any]:
    """Slots over a fortnight that is nearly full, one search after another."""
    return await slots.measure(company, f"http://{wires[0].host}:{wires[0].port}", min(count, 400))


async def _feed(company: Company, wires: list[Wire], count: int) -> dict[str, Any]:
    """From the commit, as PostgreSQL timed it before it wrote it to disk, to each of a hundred readers."""
    count = min(count, 200)
    streams = [Stream(f"http://{wires[0].host}:{wires[0].port}", wires[0].bearer) for _ in range(100)]
    tasks = [asyncio.create_task(stream.follow()) for stream in streams]
    await asyncio.gather(*(stream.ready.wait() for stream in streams))
    told: set[bytes] = set()
    for _number in range(count):
        customer = await wires[0].post("/v1/customers", {"name": "Ada Owner", "zone": "Europe/Berlin"})
        told.add(customer["id"].encode())
        await asyncio.sleep(0.02)
    async with asyncio.timeout(10):
        await asyncio.gather(*(stream.have_seen(told) for stream in streams))
    for task in tasks:
        task.cancel()
    committed = await company.commits(told)
    lags = [(stream.seen[subject] - at) * 1000 for stream in streams for subject, at in committed.items()]
    cuts = quantiles(lags, n=100)
    return {"feed_lag_ms_p50": round(cuts[49], 1), "feed_lag_ms": round(cuts[98], 1), "feed_readers": len(streams)}


def _document(customer_id: Any, items: list[Any], *, price: str = "9000") -> dict[str, Any]:
    lines = [{"item_id": str(item), "quantity": "1", "unit_price": price} for item in items]
    return {"customer_id": str(customer_id), "currency": "EUR", "lines": lines}


def _against_floor(name: str, api: float, bare: float) -> dict[str, Any]:
    return {f"{name}_per_s": round(api), f"{name}_floor_per_s": round(bare), f"{name}_vs_floor": round(api / bare, 2)}


async def _bare(company: Company, statements: list[Any]) -> float:
    async with AsyncExitStack() as stack:
        connections = [await stack.enter_async_context(company.database.pool.acquire()) for _ in range(CLIENTS)]
        return await rate_of(CLIENTS, statements, lambda client, one: floor.run(connections[client], one))


async def rate_of(clients: int, things: list[Any], act: Callable[[int, Any], Awaitable[Any]]) -> float:
    """How many a second, after a tenth of them to warm up."""
    warm = max(clients * 6, len(things) // 10)
    await all_of(clients, things[:warm], act)
    began = time.perf_counter()
    await all_of(clients, things[warm:], act)
    return (len(things) - warm) / (time.perf_counter() - began)


async def all_of(clients: int, things: list[Any], act: Callable[[int, Any], Awaitable[Any]]) -> None:
    queue = iter(things)

    async def client(number: int) -> None:
        for thing in queue:
            await act(number, thing)

    await asyncio.gather(*(client(number) for number in range(clients)))


async def _tell_commits(admin_url: str) -> None:
    """Has PostgreSQL keep the time of each commit, from its next start on."""
    connection = await asyncpg.connect(admin_url)
    await connection.execute("alter system set track_commit_timestamp = on")
    await connection.close()


def _idle_memory() -> dict[str, int]:
    """Of each process as it stands once it answers, with nothing asked of it: PostgreSQL's own apart."""
    figures = {}
    for name, options in {"api_and_worker": (), "api": ("--no-worker",)}.items():
        with served(FOLDER, *options) as (_, __, process):
            figures[f"idle_{name}_mib"] = _memory_mib(process.pid)
    with served(FOLDER, command="worker") as (_, __, process):
        figures["idle_worker_mib"] = _memory_mib(process.pid)
    return figures


def _memory_mib(pid: int) -> int:
    """Resident memory of the process now."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) // 1024


if __name__ == "__main__":
    main()
