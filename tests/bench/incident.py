"""`python -m tests.bench.incident`: payments a second beside an incident over many services, as a ratio within one run, and how soon everybody is queued. The last line is JSON."""

import argparse
import asyncio
import json
import shutil
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import uvloop

from service.cli._place import open_place
from tests.bench.__main__ import CLIENTS, TELL, all_of, rate_of
from tests.bench.company import Company, many, opened
from tests.bench.wire import Wire
from tests.billing.many_debtors import CONTACTS, CUSTOMERS
from tests.notices.test_tell_many import SERVICES, STEPS, TAGS
from tests.served import served

FOLDER = Path(".sayso") / "bench-incident"
TOLD = "select count(*) from subscriptions.incident_told where organisation_id = $1"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--services", type=int, default=100_000)
    parser.add_argument("--payments", type=int, default=2_000, help="taken before, and beside it")
    options = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    try:
        with open_place(FOLDER, told=lambda said: TELL.print(f"  {said}", style="dim")) as place, served(FOLDER) as (address, _, __):
            print(json.dumps(uvloop.run(_measure(place.settings, place.admin_url, address, options))))
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)


async def _measure(settings: Any, admin_url: str, address: str, options: argparse.Namespace) -> dict[str, Any]:
    async with opened(settings) as company, AsyncExitStack() as stack:
        bearer = await company.begin()
        wires = [await stack.enter_async_context(Wire(address, bearer)) for _ in range(CLIENTS)]
        owner = await asyncpg.connect(admin_url)
        with TELL.status("services …"):
            for statement in (CUSTOMERS, CONTACTS, SERVICES, STEPS, TAGS):
                async with owner.transaction():
                    await owner.execute("set local session_replication_role = replica")
                    more = (datetime.now(UTC).date(), options.services) if statement is CUSTOMERS else ()
                    await owner.execute(statement, company.organisation_id, *more, timeout=900)
        with TELL.status("bills …"):
            before, beside = [await _bills(company, options.payments) for _ in range(2)]
        pay = _payer(wires)
        alone = await rate_of(CLIENTS, before, pay)
        until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
        await wires[0].post("/v1/incidents", {"what": "No light in the city", "until_at": until, "tags": ["olt-7"]})
        while not await owner.fetchval(TOLD, company.organisation_id):  # noqa: ASYNC110 — another process tells them
            await asyncio.sleep(0.05)
        began = time.perf_counter()
        await all_of(CLIENTS, beside, pay)
        taken = time.perf_counter() - began
        told_beside = await owner.fetchval(TOLD, company.organisation_id)
        while await owner.fetchval(TOLD, company.organisation_id) < options.services:  # noqa: ASYNC110 — another process tells them
            await asyncio.sleep(0.05)
        queued = time.perf_counter() - began
        await owner.close()
    ratio = len(beside) / taken / alone
    return {
        "payments_beside_to_alone": round(ratio, 3),
        "told_meanwhile": told_beside,
        "services": options.services,
        "queued_s": round(queued, 1),
    }


async def _bills(company: Company, count: int) -> list[dict[str, Any]]:
    takers = await company.technicians(CLIENTS)
    bills = await many(count, lambda _: company.billed())
    return [
        {"amount": {"amount": minor, "currency": "EUR"}, "invoice_id": str(invoice_id), "taken_by": str(takers[number % CLIENTS])}
        for number, (_, invoice_id, minor) in enumerate(bills)
    ]


def _payer(wires: list[Wire]) -> Any:
    async def pay(client: int, document: Any) -> None:
        await wires[client].post("/v1/payments/cash", document)

    return pay


if __name__ == "__main__":
    main()
