"""Asking for a plan, watching it, calling it off, publishing it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from service.dispatch.plans.results import Result
from service.dispatch.queries import ASK_PLAN, BOARD_DAY, FIND_PLAN, LIST_PLANS, PROPOSE_PLAN, PUBLISH_PLAN, STEP_PLAN
from service.dispatch.records import Plan, PlanAsked, PlanLine, PlanPublished, PlanReceipt, Publish
from service.dispatch.refusals import CashLimitReached, SlotTaken, TechnicianUnknown
from service.kit.paging import Page
from service.kit.refusals import IdTaken, InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb

LAST = UUID(int=(1 << 128) - 1)
SECONDS, EMERGENCY_SECONDS = 5, 2
COMPUTE, COMPUTE_NOW = "compute_plan", "compute_emergency"
"""Kinds of tasks: an organisation's plans are computed one after the other, and emergencies wait for no other plan."""


class JobUnknown(Refusal):
    """There is no such job."""

    code, status, remedy = "JOB_UNKNOWN", 422, "Name jobs by the ids that opening them answered."


class PlanNotInState(Refusal):
    """The plan's present state doesn't allow this."""

    code, status, remedy = "PLAN_NOT_IN_STATE", 409, "Read the plan and act on its present `state`."
    constraints = ("dispatch.plan_moves_as_declared", "dispatch.plan_step_follows", "dispatch.one_plan_step_a_number")


class PlanOutdated(Refusal):
    """Days that the plan changes no longer stand as they were when it was computed, so nothing of it is published."""

    code, status, remedy = "PLAN_OUTDATED", 409, "Ask for a new plan; `moved` names the technicians, jobs and visits that stand otherwise."


class PromisesWouldBreak(Refusal):
    """The plan would break promises to customers."""

    code, status, remedy = (
        "PROMISES_WOULD_BREAK",
        409,
        "Call the customers of `visits`, and publish with `break_promises`; or ask for another plan.",
    )


@verb(refusals=(IdTaken, JobUnknown, TechnicianUnknown))
async def ask_plan(work: Work, *, asked: PlanAsked) -> PlanReceipt:
    """Asks for a proposal for one day or several; it is computed elsewhere, and changes nothing until it is published."""
    if asked.kind == "emergency" and not asked.job_ids:
        raise InvalidDocument("An emergency names its jobs in `job_ids`.")
    if asked.seconds is not None and asked.iterations is not None:
        raise InvalidDocument("Say how long to search by `seconds` or by `iterations`.")
    day = await work.one(BOARD_DAY, on_day=asked.on)
    last = await work.one(BOARD_DAY, on_day=day.on + timedelta(days=asked.days - 1))
    if last.until <= work.at:
        raise InvalidDocument("Those days are over.")
    usual = EMERGENCY_SECONDS if asked.kind == "emergency" else SECONDS
    return await work.run(
        ASK_PLAN,
        plan_id=asked.id or work.new_id(),
        task_id=work.new_id(),
        task_kind=COMPUTE_NOW if asked.kind == "emergency" else COMPUTE,
        kind=asked.kind,
        from_at=day.from_,
        until_at=last.until,
        job_ids=None if asked.job_ids is None else sorted(set(asked.job_ids)),
        absent=sorted(set(asked.absent)),
        budget_seconds=None if asked.iterations is not None else asked.seconds or usual,
        budget_iterations=asked.iterations,
        seed=asked.seed,
        fairness_percent=asked.fairness_percent,
    )


@verb(refusals=(PlanNotInState,))
async def cancel_plan(work: Work, *, plan_id: UUID) -> PlanReceipt:
    """Calls a plan off before it is published; its search ends within moments."""
    return await _step(work, plan_id, to="withdrawn", after=("asked", "computing", "proposed"), must=True)


@verb()
async def begin_plan(work: Work, *, plan_id: UUID) -> PlanReceipt:
    """Its search begins, also once more where the worker was stopped; answers where it stands if it was called off."""
    return await _step(work, plan_id, to="computing", after=("asked", "computing"), percent=0)


@verb()
async def tell_progress(work: Work, *, plan_id: UUID, percent: int) -> PlanReceipt:
    """How much of the budget is used; answers where it stands if it was called off."""
    return await _step(work, plan_id, to="computing", after=("computing",), percent=percent)


@verb()
async def fail_plan(work: Work, *, plan_id: UUID, reason: str) -> PlanReceipt:
    """The search ended without a plan."""
    return await _step(work, plan_id, to="failed", after=("asked", "computing"), reason=reason)


@verb()
async def propose_plan(work: Work, *, plan_id: UUID, result: Result) -> PlanReceipt:
    """Writes down what was found, all at once, unless the plan was called off."""
    return await work.run(PROPOSE_PLAN, plan_id=plan_id, **result.written(work.new_id))


@verb(
    refusals=(PlanNotInState, PlanOutdated, PromisesWouldBreak, CashLimitReached, SlotTaken),
    locks=lambda *, plan_id, **_: (
        Lock.account_of("dispatch.plan_stop", plan_id),
        Lock.job_of("dispatch.plan_stop", plan_id),
        Lock.day_of("dispatch.plan_technician", plan_id),
    ),
)
async def publish_plan(work: Work, *, plan_id: UUID, publish: Publish) -> PlanPublished:
    """Makes a plan so: books and moves all that it changes, or nothing where its days have moved underneath.

    What stays within the window that a customer was told keeps its promise. A plan that breaks promises needs `break_promises`; each is then broken and promised anew.
    """
    return await work.run(PUBLISH_PLAN, plan_id=plan_id, break_promises=publish.break_promises, via=publish.via)


async def find_plan(work: Work, *, plan_id: UUID) -> Plan:
    """A plan with its progress; once it is proposed, with all visits of its days, what changes, what it breaks, and who is left out and why."""
    return await work.one(FIND_PLAN, plan_id=plan_id)


async def list_plans(work: Work, *, limit: int, cursor: str | None) -> Page[PlanLine]:
    """Plans, the latest first."""
    purpose = f"plans {work.organisation_id}"
    before = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else LAST
    rows = await work.all(LIST_PLANS, before=before, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def _step(work: Work, plan_id: UUID, *, to: str, after: tuple[str, ...], must: bool = False, **values: Any) -> PlanReceipt:
    return await work.run(
        STEP_PLAN, **{"percent": None, "reason": None, **values}, plan_id=plan_id, to_state=to, from_states=list(after), must=must
    )
