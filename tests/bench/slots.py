"""How long a search for slots takes, HTTP included: fifty people, a fortnight, five hundred visits a day."""

import gc
import time
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from service.dispatch.gaps import ends_of, gaps_of, ways_of
from service.dispatch.known_places import places_of
from service.dispatch.openings import openings, overtime_price
from service.dispatch.queries import FIND_HANDS, FIND_SOUGHT
from service.dispatch.travel.straight import USUAL
from service.kit.verbs import Work
from tests.bench.company import Company
from tests.bench.wire import Wire
from tests.dispatch.builders import job
from tests.dispatch.region import region
from tests.world import World

TECHNICIANS, DAYS, VISITS_EACH = 50, 14, 10
BESIDE, SEARCH_SECONDS = 300, 120
HOW_FAR = "select to_state, percent, reason from dispatch.plan_step where organisation_id = $1 and plan_id = $2 order by step desc limit 1"


class _Built:
    """A company as the tests' builders know one."""

    def __init__(self, company: Company, wire: Wire) -> None:
        self.company, self.wire = company, wire
        self.organisation_id, self.id = company.organisation_id, company.id
        self.clock = SimpleNamespace(now=datetime.now(UTC))

    async def sql(self, statement: str, *values: Any) -> list[Any]:
        async with self.company.database.pool.acquire() as connection, connection.transaction():
            await connection.execute(f"set local sayso.organisation = '{self.organisation_id}'")
            return await connection.fetch(statement, *values)

    async def done(self, _: str, path: str, document: Any) -> Any:
        return await self.wire.post(path, document)

    async def customer(self, **differences: Any) -> Any:
        return await self.wire.post("/v1/customers", {"name": "Ada Owner", "zone": "Europe/Berlin", **differences})


async def measure(database_of: Company, address: str, count: int) -> dict[str, Any]:
    """In an organisation of its own: the visits leave gaps of 18 minutes and the ends of the days; jobs of 20 and of 10 minutes in turns."""
    company = Company(database_of.database, database_of.settings)
    async with Wire(address, await company.begin()) as wire:
        built = _Built(company, wire)
        world = cast("World", built)
        since = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        await region(world, technicians=TECHNICIANS, visits_each=VISITS_EACH, days=DAYS, since=since, minutes=40, every=58)
        places = [(524100000 + 30000 * number, 132600000 + 50000 * number) for number in range(10)]
        jobs = [await job(world, place=place, duration_minutes=10 + 10 * (number % 2)) for number, place in enumerate(places)]
        gc.collect()
        gc.disable()  # what is looked through for garbage here isn't the service's time
        taken, found = await _asked(wire, jobs, since, count)
        beside = await _beside_search(built, jobs, since)
        gc.enable()
        engine = [await _engine_ms(company, UUID(one["id"])) for one in jobs * 3]
    cuts = quantiles(taken[count // 10 :], n=100)
    return beside | {
        "slots_p50_ms": round(cuts[49], 1),
        "slots_p99_ms": round(cuts[98], 1),
        "slots_engine_ms": round(median(one for one, _ in engine), 2),
        "slots_floor_ms": round(median(floor for _, floor in engine), 1),
        "slots_offered": round(found / count),
    }


async def _asked(wire: Wire, jobs: list[Any], since: datetime, count: int) -> tuple[list[float], int]:
    """How many milliseconds each answer took, and how many slots there were."""
    taken, found = [], 0
    for number in range(count):
        began = time.perf_counter()
        answer = await wire.post(f"/v1/jobs/{jobs[number % len(jobs)]['id']}/slots", {"from_on": since.date().isoformat()})
        taken.append(1000 * (time.perf_counter() - began))
        found += sum(len(day["slots"]) for day in answer["days"])
    return taken, found


async def _beside_search(built: _Built, jobs: list[Any], since: datetime) -> dict[str, Any]:
    """How much longer an answer takes while a plan of the first day is searched for, in a process that takes a core: before, beside and after, as the machine may change meanwhile."""
    wire = built.wire
    before, _ = await _asked(wire, jobs, since, BESIDE)
    plan = await wire.post("/v1/plans", {"on": since.date().isoformat(), "kind": "improve", "seconds": SEARCH_SECONDS})
    while not await _searching(built, plan["id"]):
        await _asked(wire, jobs, since, 1)
    beside, _ = await _asked(wire, jobs, since, BESIDE)
    if not await _searching(built, plan["id"]):
        raise AssertionError("the search was over before it was measured beside")
    await wire.post(f"/v1/plans/{plan['id']}/cancel", {})
    after, _ = await _asked(wire, jobs, since, BESIDE)
    alone = sorted(before + after)
    return {
        "beside_search_p50": round(median(beside) / median(alone), 2),
        "beside_search_p99": round(quantiles(beside, n=100)[98] / quantiles(alone, n=100)[98], 2),
    }


async def _searching(built: _Built, plan_id: str) -> bool:
    """Whether it has said how far it is; raises AssertionError where it came to an end, whichever."""
    [[state, percent, reason]] = await built.sql(HOW_FAR, built.organisation_id, UUID(plan_id))
    if state not in {"asked", "computing"}:
        raise AssertionError(f"the search ended: {state}, {reason}")
    return bool(percent)


async def _engine_ms(company: Company, job_id: UUID) -> tuple[float, float]:
    """What of it is arithmetic, as time on a core; and the floor: the one statement that reads the days, waited for."""
    now = datetime.now(UTC)

    async def rule(work: Work) -> tuple[float, float]:
        sought = await work.one(FIND_SOUGHT, job_id=job_id, moves=None, days=DAYS + 1, from_on=None, starts_at=None, starts_wall=None)
        began = time.perf_counter()
        hands = await work.all(FIND_HANDS, job_id=job_id, from_at=now, until_at=sought.begins[-1], moves=None)
        floor = 1000 * (time.perf_counter() - began)
        began = time.thread_time()
        days, gaps, beside = gaps_of(hands, now=int(now.timestamp()) + 1, seconds=60 * sought.duration_minutes, overtime=True)
        spent = time.thread_time() - began
        places = await places_of(work, beside, sites_moved=sought.sites_moved)
        began = time.thread_time()
        site = (sought.latitude_e7 or 0, sought.longitude_e7 or 0)
        ways = ways_of(
            days, gaps, hands, ends_of(gaps, hands, places), seconds=60 * sought.duration_minutes, site=site, speeds=USUAL, roads=None
        )
        openings(
            sought,
            hands,
            days,
            gaps,
            ways,
            overtime_price(hands, days, metres_an_hour=USUAL.pace.metres_an_hour),
            asked_from=int(now.timestamp()) + 1,
            now=int(now.timestamp()) + 1,
            only=None,
            hours=None,
            most_a_day=12,
        )
        return 1000 * (spent + time.thread_time() - began), floor

    return await company.database.read(rule, principal=company.principal, at=now, request_id=company.id(), values={})
