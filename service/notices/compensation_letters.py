"""What customers hear of compensation: what for, how much and how it is computed, and that it wasn't due after all."""

from typing import Any
from uuid import UUID

from service.billing.compensations.judging import find_compensation
from service.billing.compensations.policies import compensation_policy_of
from service.billing.records.compensations import Compensation
from service.customers.customers import find_customer
from service.kit.verbs import Work
from service.notices.letters import to_customer
from service.notices.records import Letter, Withdrawn
from service.promises.promises import find_promise


async def write_compensation_given(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """What is theirs, day by day, unless it was taken back by now."""
    given = await find_compensation(work, compensation_id=subject_id)
    if given.taken_back_at is not None:
        return Withdrawn("taken_back")
    return await to_customer(work, await find_customer(work, customer_id=customer_id), await _computed(work, given))


async def write_compensation_taken_back(work: Work, *, customer_id: UUID, subject_id: UUID) -> Letter | Withdrawn:
    """That it is no longer theirs, and why."""
    given = await find_compensation(work, compensation_id=subject_id)
    return await to_customer(work, await find_customer(work, customer_id=customer_id), await _computed(work, given))


async def _computed(work: Work, given: Compensation) -> dict[str, Any]:
    policy = await compensation_policy_of(work, version=given.policy_version)
    reported = [day.counted_from for day in given.days if day.report_id is not None]
    return {
        "given": given,
        "appointment": await find_promise(work, promise_id=given.promise_id) if given.promise_id else None,
        "reported_on": min(reported, default=None),
        "citation": policy.citation,
    }
