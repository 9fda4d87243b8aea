"""`python -m tests.bench.search`: how long it takes to find one customer among a million, by what people say, through the rule and row-level security.

Prints the figures and, last, one line of JSON; more than 50 ms at the 95th percentile is a failure.
"""

import argparse
import asyncio
import json
import random
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import quantiles
from uuid import UUID, uuid4

import asyncpg
from rich.console import Console

from service.care.searching import search_customers
from service.cli._place import open_place
from service.customers.folding import words_of
from service.settings import Settings
from tests.bench.company import Company, opened

FOLDER = Path(".sayso") / "bench-search"
TELL = Console(stderr=True)
BOUND_MS = 50
SYLLABLES = (
    "an",
    "ber",
    "col",
    "dor",
    "el",
    "fen",
    "gar",
    "hol",
    "ing",
    "jan",
    "kel",
    "lor",
    "mer",
    "nor",
    "os",
    "pet",
    "qui",
    "ros",
    "sen",
    "tal",
)
TOWNS = [f"{a}{b}stadt" for a in SYLLABLES for b in SYLLABLES[:10]]
DIGITS = 10_000_000


def people(count: int, chance: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """Name, telephone, address and serial number of each: names and towns as unevenly spread as they are."""

    def word(parts: int) -> str:
        return "".join(SYLLABLES[min(int(chance.expovariate(0.25)), len(SYLLABLES) - 1)] for _ in range(parts))

    for _ in range(count):
        town = TOWNS[min(int(chance.expovariate(0.05)), len(TOWNS) - 1)]
        name = f"{word(2).title()} {word(chance.choice((2, 3, 4))).title()}"
        yield (
            name,
            f"+49 30 {chance.randrange(DIGITS):07}",
            f"{word(3).title()}straße {chance.randrange(1, 200)}, {town.title()}",
            f"SN{uuid4().hex[:10]}",
        )


def said(person: tuple[str, str, str, str], chance: random.Random) -> dict[str, str]:
    """What such a person says, by the kind of it."""
    name, phone, address, serial = person
    first, last = name.split()
    at = chance.randrange(1, len(last) - 1)
    return {
        "name": name,
        "name with a slip": f"{first} {last[:at]}{last[at + 1] if at + 1 < len(last) else ''}{last[at]}{last[at + 2 :]}",
        "beginning": f"{first} {last[:4]}",
        "telephone": phone,
        "address": address,
        "serial": serial,
        "one common word": first,
    }


async def fill(url: str, organisation_id: UUID, count: int, chance: random.Random) -> list[tuple[UUID, tuple[str, str, str, str]]]:
    """So many customers with their words, written as the service's own rows; a thousand of them to be looked for."""
    connection = await asyncpg.connect(url)
    kept: list[tuple[UUID, tuple[str, str, str, str]]] = []
    try:
        await connection.execute("set session_replication_role = replica")
        now, done = datetime.now(UTC), 0
        stream = people(count, chance)
        while batch := [(uuid4(), one) for one in islice(stream, 50_000)]:
            customers = [(organisation_id, key, one[0], "de", "Europe/Berlin", now) for key, one in batch]
            await connection.copy_records_to_table(
                "customer",
                schema_name="customers",
                records=customers,
                columns=["organisation_id", "customer_id", "name", "language", "zone", "created_at"],
            )
            words = [
                (organisation_id, key, key, word)
                for key, (name, phone, address, serial) in batch
                for word in words_of(name, address) | {phone.replace(" ", "")[-8:].lstrip("0"), serial.lower()}
            ]
            await connection.copy_records_to_table(
                "find_word", schema_name="customers", records=words, columns=["organisation_id", "customer_id", "source_id", "word"]
            )
            kept += batch[:: max(1, count // 1000)]
            done += len(batch)
            TELL.print(f"  {done:,} customers", style="dim")
        await connection.execute("vacuum analyze customers.find_word")
        await connection.execute("analyze customers.customer")
    finally:
        await connection.close()
    return kept


async def measured(
    company: Company, kept: list[tuple[UUID, tuple[str, str, str, str]]], rounds: int, chance: random.Random
) -> dict[str, dict[str, float]]:
    """By the kind of what was said: how long it took, and how often the right one was among the twenty."""
    took: dict[str, list[float]] = {}
    hits: dict[str, int] = {}
    for customer_id, person in chance.sample(kept, min(rounds, len(kept))):
        for kind, words in said(person, chance).items():
            began = time.perf_counter()
            found = await company.database.read(
                search_customers, principal=company.principal, at=datetime.now(UTC), request_id=uuid4(), values={"said": words}
            )
            took.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
            hits[kind] = hits.get(kind, 0) + (customer_id in {one.id for one in found.items})
    return {
        kind: {
            "p50_ms": round(quantiles(times, n=20)[9], 1),
            "p95_ms": round(quantiles(times, n=20)[18], 1),
            "worst_ms": round(max(times), 1),
            "found_percent": round(100 * hits[kind] / len(times)),
        }
        for kind, times in took.items()
    }


async def run(settings: Settings, owner_url: str, options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Fills and measures."""
    chance = random.Random(options.seed)
    async with opened(settings) as company:
        await company.begin()
        kept = await fill(owner_url, company.principal.organisation_id, options.customers, chance)
        await measured(company, kept, 20, chance)  # warms the pages that everything is read from
        return await measured(company, kept, options.rounds, chance)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    shutil.rmtree(FOLDER, ignore_errors=True)
    try:
        with open_place(FOLDER, told=lambda line: TELL.print(f"  {line}", style="dim")) as place:
            figures = asyncio.run(run(place.settings, place.require_admin_url(), options))
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    for kind, one in figures.items():
        TELL.print(kind, one)
    print(json.dumps({"customers": options.customers} | figures))
    if any(one["p95_ms"] > BOUND_MS for one in figures.values()):
        raise SystemExit(f"slower than {BOUND_MS} ms")


if __name__ == "__main__":
    main()
