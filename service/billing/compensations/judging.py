"""What an outage or a missed appointment comes to as it stands: what is shown before it is given, and given as it was shown."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace

from service.billing.compensations.policies import compensation_policy_in_force, compensation_policy_of
from service.billing.compensations.rule import days_due, visit_due
from service.billing.queries.compensations import (
    APPOINTMENT_TO_JUDGE,
    APPOINTMENTS_TO_JUDGE,
    COMPENSATION_OF_OUTAGE,
    COMPENSATION_OF_PROMISE,
    COMPENSATIONS_OF_CUSTOMER,
    FIND_COMPENSATION,
    OUTAGE_TO_JUDGE,
    OUTAGES_TO_JUDGE,
)
from service.billing.records.compensations import (
    Appointment,
    AppointmentCompensation,
    CompensatedDay,
    Compensation,
    CompensationPolicy,
    CustomersCompensations,
    OutageCompensation,
    OutageToJudge,
    WhyNotDue,
)
from service.customers.customers import find_customer
from service.kit.verbs import Work


class JudgedOutage(NamedTuple):
    """What an outage comes to."""

    outage: OutageToJudge
    policy: CompensationPolicy
    days: list[CompensatedDay]
    set_off_minor: int
    reported_at: datetime | None
    not_due: WhyNotDue | None

    @property
    def due_minor(self) -> int:
        """For all its days."""
        return sum(one.due_minor for one in self.days)


class JudgedVisit(NamedTuple):
    """What an appointment comes to."""

    appointment: Appointment
    policy: CompensationPolicy
    due_minor: int
    not_due: WhyNotDue | None


async def judge_outage(work: Work, outage_id: UUID) -> JudgedOutage:
    """By the policy in force, for days that nothing was given for."""
    return _outage(await compensation_policy_in_force(work), await work.one(OUTAGE_TO_JUDGE, outage_id=outage_id))


async def judge_visit(work: Work, promise_id: UUID) -> JudgedVisit:
    """By the policy in force and the dearest of the customer's services where it was."""
    policy = await compensation_policy_in_force(work)
    return _visit(policy, await work.one(APPOINTMENT_TO_JUDGE, promise_id=promise_id, currency=policy.currency))


async def find_outage_compensation(work: Work, *, outage_id: UUID) -> OutageCompensation:
    """What an outage on record would be compensated with, day by day, or why with nothing; nothing is written. Once given, as it was given."""
    foreseen = _foreseen_of_outage(await judge_outage(work, outage_id))
    known = await work.first(COMPENSATION_OF_OUTAGE, outage_id=outage_id)
    if known is None:
        return foreseen
    given = await find_compensation(work, compensation_id=known.id)
    policy = await compensation_policy_of(work, version=given.policy_version)
    return replace(
        foreseen,
        policy_version=policy.version,
        citation=policy.citation,
        counts_from=policy.counts_from,
        currency=given.currency,
        month_minor=given.month_minor,
        days=given.days,
        due_minor=given.due_minor,
        set_off_minor=given.set_off_minor,
        amount_minor=given.amount_minor,
        not_due=None,
        compensation_id=given.id,
    )


async def find_visit_compensation(work: Work, *, promise_id: UUID) -> AppointmentCompensation:
    """What an appointment would be compensated with, or why with nothing; nothing is written. Once given, as it was given."""
    foreseen = _foreseen_of_visit(await judge_visit(work, promise_id))
    known = await work.first(COMPENSATION_OF_PROMISE, promise_id=promise_id)
    if known is None:
        return foreseen
    given = await find_compensation(work, compensation_id=known.id)
    policy = await compensation_policy_of(work, version=given.policy_version)
    return replace(
        foreseen,
        subscription_id=given.subscription_id,
        policy_version=policy.version,
        citation=policy.citation,
        currency=given.currency,
        month_minor=given.month_minor,
        amount_minor=given.amount_minor,
        not_due=None,
        compensation_id=given.id,
    )


async def find_compensation(work: Work, *, compensation_id: UUID) -> Compensation:
    """What was given, how it was computed, and whether it was taken back."""
    return await work.one(FIND_COMPENSATION, compensation_id=compensation_id)


async def find_compensations_of_customer(work: Work, *, customer_id: UUID) -> CustomersCompensations:
    """What a customer was given, and what they could be given as it stands, each with how it is computed."""
    await find_customer(work, customer_id=customer_id)
    policy = await compensation_policy_in_force(work)
    outages = await work.all(OUTAGES_TO_JUDGE, customer_id=customer_id)
    appointments = await work.all(APPOINTMENTS_TO_JUDGE, customer_id=customer_id, currency=policy.currency)
    return CustomersCompensations(
        given=await work.all(COMPENSATIONS_OF_CUSTOMER, customer_id=customer_id),
        outages=[_foreseen_of_outage(_outage(policy, one)) for one in outages],
        appointments=[_foreseen_of_visit(_visit(policy, one)) for one in appointments],
    )


def _outage(policy: CompensationPolicy, outage: OutageToJudge) -> JudgedOutage:
    service = outage.service
    if not any(one.what == "outage_day" for one in policy.rates) or service.currency != policy.currency:
        not_due: WhyNotDue = "other_currency" if policy.rates and service.currency != policy.currency else "nothing_set"
        return JudgedOutage(outage, policy, [], 0, None, not_due)
    every = [day for run in outage.runs for day in days_due(policy, run, month_minor=service.month_minor, zone=service.zone)]
    days = [one for one in every if one.day not in outage.given]
    reports = [run.report.reported_at for run in outage.runs if run.report] if policy.counts_from == "report" else []
    first = min(reports, default=None)
    if days:
        return JudgedOutage(outage, policy, days, min(sum(one.due_minor for one in days), max(0, outage.back_minor)), first, None)
    unreported = policy.counts_from == "report" and first is None
    return JudgedOutage(outage, policy, [], 0, first, "given_before" if every else "not_reported" if unreported else "too_short")


def _visit(policy: CompensationPolicy, found: Appointment) -> JudgedVisit:
    due = visit_due(policy, month_minor=found.service.month_minor) if found.service else 0
    not_due: WhyNotDue | None = None
    if not found.broken:
        not_due = "not_missed"
    elif not any(one.what == "missed_visit" for one in policy.rates):
        not_due = "nothing_set"
    elif not due:
        not_due = "no_service"
    return JudgedVisit(found, policy, due if not_due is None else 0, not_due)


def _foreseen_of_outage(judged: JudgedOutage) -> OutageCompensation:
    outage, policy = judged.outage, judged.policy
    return OutageCompensation(
        outage_id=outage.outage_id,
        subscription_id=outage.subscription_id,
        customer_id=outage.customer_id,
        from_at=outage.from_at,
        until_at=outage.until_at,
        policy_version=policy.version,
        citation=policy.citation,
        counts_from=policy.counts_from,
        reported_at=judged.reported_at,
        currency=outage.service.currency,
        month_minor=outage.service.month_minor,
        days=judged.days,
        due_minor=judged.due_minor,
        set_off_minor=judged.set_off_minor,
        amount_minor=judged.due_minor - judged.set_off_minor,
        not_due=judged.not_due,
        compensation_id=None,
    )


def _foreseen_of_visit(judged: JudgedVisit) -> AppointmentCompensation:
    appointment, policy, service = judged.appointment, judged.policy, judged.appointment.service
    return AppointmentCompensation(
        promise_id=appointment.promise_id,
        customer_id=appointment.customer_id,
        due_at=appointment.due_at,
        subscription_id=service.subscription_id if service else None,
        policy_version=policy.version,
        citation=policy.citation,
        currency=policy.currency,
        month_minor=service.month_minor if service else 0,
        amount_minor=judged.due_minor,
        not_due=judged.not_due,
        compensation_id=None,
    )
