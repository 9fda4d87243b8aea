"""A plan beside what is so now, as the board shows it."""

from uuid import UUID

from service.dispatch.plans.plans import find_plan
from service.dispatch.queries import PLAN_NAMES, PLANNED_JOBS, PLANS_OF_DAY
from service.dispatch.records import BoardDay
from service.dispatch.records.shown_plans import ShownPlan
from service.kit.verbs import Work

LIVE = frozenset({"asked", "computing", "proposed"})


async def show_plan(work: Work, *, plan_id: UUID) -> ShownPlan:
    """A plan with the names of whom it is about, and of whose days have moved underneath."""
    plan = await find_plan(work, plan_id=plan_id)
    changes = [stop for stop in plan.stops if stop.change is not None]
    jobs = {one.job_id for one in changes} | {one.job_id for one in plan.left_out}
    names = {one.technician_id for one in changes} | {one.was.technician_id for one in changes if one.was} | set(plan.absent)
    return ShownPlan(
        plan=plan,
        jobs={one.id: one for one in await work.all(PLANNED_JOBS, job_ids=sorted(jobs))},
        technicians={one.id: one for one in await work.all(PLAN_NAMES, plan_id=plan_id, technician_ids=sorted(names))},
        at=work.at,
    )


async def show_plan_of_day(work: Work, *, day: BoardDay) -> ShownPlan | None:
    """The latest plan for a day that is still to be published or dropped."""
    latest = next((one for one in await work.all(PLANS_OF_DAY, from_at=day.from_, until_at=day.until) if one.state in LIVE), None)
    return None if latest is None else await show_plan(work, plan_id=latest.id)
