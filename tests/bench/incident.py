"""`python -m tests.bench.incident`: how soon everybody whom an incident reaches is queued for telling, and payments a second beside it to those without it: taken in turn while the process that tells is stopped and let go on. The last line is JSON."""

import argparse
import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import asyncpg
import uvloop

from service.cli._database import open_database
from service.cli._place import open_place
from service.kit.tasks.runner import Runner
from service.worker.rooms import kinds
from tests.bench.__main__ import CLIENTS, TELL
from tests.bench.company import Company, many, opened
from tests.bench.wire import Wire
from tests.billing.many_debtors import CONTACTS, CUSTOMERS
from tests.notices.test_tell_many import SERVICES, STEPS, TAGS
from tests.served import served

FOLDER = Path(".sayso") / "bench-incident"
SLICE_SECONDS = 1.0
TOLD = "select count(*) from subscriptions.incident_told where organisation_id = $1"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--services", type=int, default=100_000)
    parser.add_argument("--payments", type=int, default=4_000, help="bills that there are to pay meanwhile")
    parser.add_argument("--tell", type=UUID, help="be the process that tells for this organisation")
    options = parser.parse_args()
    if options.tell:
        with open_place(FOLDER, told=lambda _: None) as place:
            uvloop.run(_tell(place.settings, options.tell))
        return
    shutil.rmtree(FOLDER, ignore_errors=True)
    try:
        with (
            open_place(FOLDER, told=lambda said: TELL.print(f"  {said}", style="dim")) as place,
            served(FOLDER, "--no-worker") as (address, _, __),
        ):
            print(json.dumps(uvloop.run(_measure(place.settings, place.admin_url, address, options))))
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)


async def _tell(settings: Any, organisation_id: UUID) -> None:
    async with open_database(settings) as database:
        runner = Runner(database, kinds={"tell_incidents": kinds()["tell_incidents"]})
        runner._committed(organisation_id)
        print(flush=True)  # it begins
        await runner.drain()


@contextmanager
def _teller(organisation_id: UUID) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.incident", "--tell", f"{organisation_id}"], stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def _measure(settings: Any, admin_url: str, address: str, options: argparse.Namespace) -> dict[str, Any]:
    async with opened(settings) as company, AsyncExitStack() as stack:
        bearer = await company.begin()
        wires = [await stack.enter_async_context(Wire(address, bearer)) for _ in range(CLIENTS)]
        owner = await asyncpg.connect(admin_url)
        stack.push_async_callback(owner.close)
        with TELL.status("services …"):
            for statement in (CUSTOMERS, CONTACTS, SERVICES, STEPS, TAGS):
                async with owner.transaction():
                    await owner.execute("set local session_replication_role = replica")
                    more = (datetime.now(UTC).date(), options.services) if statement is CUSTOMERS else ()
                    await owner.execute(statement, company.organisation_id, *more, timeout=900)
        with TELL.status("bills …"):
            bills = iter(await _bills(company, options.payments))
        await _rate(wires, bills, SLICE_SECONDS)  # warms up
        until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        await wires[0].post("/v1/incidents", {"what": "No light in the city", "until_at": until, "tags": ["olt-7"]})
        teller = stack.enter_context(_teller(company.organisation_id))
        measured = await _beside(wires, bills, teller)
        told = await owner.fetchval(TOLD, company.organisation_id)
        if told != options.services:
            raise SystemExit(f"{told} of {options.services} were queued.")
        return {**measured, "services": told, "load": round(os.getloadavg()[0], 1), "cores": os.cpu_count()}


async def _beside(wires: list[Wire], bills: Iterator[Any], teller: subprocess.Popen[bytes]) -> dict[str, Any]:
    """In turn with it and without, until it ends because everybody is queued."""
    assert teller.stdout is not None
    await asyncio.to_thread(teller.stdout.readline)
    queueing, pairs = 0.0, []
    while teller.poll() is None:
        began = time.perf_counter()
        beside = await _rate(wires, bills, SLICE_SECONDS)
        if not beside:  # all bills are paid
            await asyncio.to_thread(teller.wait)
        queueing += time.perf_counter() - began
        if teller.poll() is not None:
            break
        teller.send_signal(signal.SIGSTOP)
        alone = await _rate(wires, bills, SLICE_SECONDS)
        teller.send_signal(signal.SIGCONT)
        if alone:
            pairs.append(beside / alone)
    return {
        "payments_beside_to_alone": round(median(pairs), 3) if pairs else None,
        "slices": len(pairs),
        "queued_s": round(queueing, 1),
    }


async def _rate(wires: list[Wire], bills: Iterator[Any], seconds: float) -> float:
    """Payments a second for so long; none once the bills run out."""
    began, taken = time.perf_counter(), 0

    async def client(wire: Wire) -> None:
        nonlocal taken
        while time.perf_counter() - began < seconds and (bill := next(bills, None)) is not None:
            await wire.post("/v1/payments/cash", bill)
            taken += 1

    await asyncio.gather(*map(client, wires))
    lasted = time.perf_counter() - began
    return taken / lasted if lasted >= seconds else 0.0


async def _bills(company: Company, count: int) -> list[dict[str, Any]]:
    takers = await company.technicians(CLIENTS)
    bills = await many(count, lambda _: company.billed())
    return [
        {"amount": {"amount": minor, "currency": "EUR"}, "invoice_id": str(invoice_id), "taken_by": str(takers[number % CLIENTS])}
        for number, (_, invoice_id, minor) in enumerate(bills)
    ]


if __name__ == "__main__":
    main()
