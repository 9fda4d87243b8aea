"""Computes plans that were asked for."""

import asyncio
from uuid import UUID

from service.dispatch.plans.days import read_days
from service.dispatch.plans.plans import COMPUTE, COMPUTE_NOW, begin_plan, fail_plan, find_plan, propose_plan, tell_progress
from service.dispatch.plans.results import Result
from service.dispatch.plans.search import CalledOff, search
from service.kit.tasks.registry import Task, task

LONGEST_SECONDS, SPARE_SECONDS = 3600, 60
"""How long one try may take, and to say that it was the last and failed."""


@task(COMPUTE, attempts=3, seconds=LONGEST_SECONDS + SPARE_SECONDS)
async def run_compute_plan(run: Task) -> None:
    """Computes a plan; whatever stops the last try, the plan has failed."""
    plan_id = UUID(run.body["plan_id"])
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            await _compute(run, plan_id)
    except Exception:
        if run.last:
            await run.perform(fail_plan, plan_id=plan_id, reason="search_failed")
        raise


async def _compute(run: Task, plan_id: UUID) -> None:
    """Reads the days, searches in another process, and writes down what was found."""
    if (await run.perform(begin_plan, plan_id=plan_id)).state != "computing":
        return
    furthest = 0

    async def told(percent: int) -> bool:
        nonlocal furthest
        if percent == furthest:
            return (await run.read(find_plan, plan_id=plan_id)).state == "computing"
        furthest = percent
        return (await run.perform(tell_progress, plan_id=plan_id, percent=percent)).state == "computing"

    try:
        days = await run.read(read_days, plan_id=plan_id)
        found = await search(days.brief, told)
    except CalledOff:
        return
    await run.perform(propose_plan, plan_id=plan_id, result=Result(days, found))


task(COMPUTE_NOW, attempts=3, seconds=LONGEST_SECONDS + SPARE_SECONDS)(run_compute_plan)
