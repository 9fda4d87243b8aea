"""Computes plans that were asked for."""

from uuid import UUID

from service.dispatch.plans.days import read_days
from service.dispatch.plans.plans import COMPUTE, COMPUTE_NOW, begin_plan, fail_plan, find_plan, propose_plan, tell_progress
from service.dispatch.plans.results import Result
from service.dispatch.plans.search import CalledOff, SearchFailed, search
from service.kit.tasks.registry import Task, TaskFailed, TaskHopeless, task

LONGEST_SECONDS = 3600


@task(COMPUTE, attempts=3, seconds=LONGEST_SECONDS)
async def run_compute_plan(run: Task) -> None:
    """Reads the days, searches in another process, and writes down what was found."""
    plan_id = UUID(run.body["plan_id"])
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
    except (TimeoutError, SearchFailed) as failed:
        if not run.last:
            raise TaskFailed(str(failed)) from failed
        await run.perform(fail_plan, plan_id=plan_id, reason="search_failed")
        raise TaskHopeless(str(failed)) from failed
    await run.perform(propose_plan, plan_id=plan_id, result=Result(days, found))


task(COMPUTE_NOW, attempts=3, seconds=LONGEST_SECONDS)(run_compute_plan)
