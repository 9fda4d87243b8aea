"""What an outage or a missed appointment comes to as it stands: what is shown before it is given, and given as it was shown."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from service.billing.compensations.policies import compensation_policy_in_force, compensation_policy_of
from service.billing.compensations.rule import days_due, visit_due
from service.billing.outages.rule import Span, union, within
from service.billing.queries.compensations import (
    APPOINTMENT_TO_COMPENSATE,
    APPOINTMENTS_TO_JUDGE,
    COMPENSATED_DAYS,
    COMPENSATION_OF_OUTAGE,
    COMPENSATION_OF_PROMISE,
    COMPENSATIONS_OF_CUSTOMER,
    FIND_COMPENSATION,
    FIRST_REPORT,
    GIVEN_BACK_OF_PRICE,
    OUTAGE_TO_COMPENSATE,
    OUTAGES_TO_JUDGE,
    PRICED_SERVICE,
    TIME_WITHOUT_SERVICE,
)
from service.billing.records.compensations import (
    Appointment,
    AppointmentCompensation,
    CompensatedDay,
    Compensation,
    CompensationPolicy,
    CustomersCompensations,
    FirstReport,
    OutageCompensation,
    PricedService,
    ToldOutageOf,
    WhyNotDue,
)
from service.customers.customers import find_customer
from service.kit.verbs import Work


class JudgedOutage(NamedTuple):
    """What an outage comes to."""

    outage: ToldOutageOf
    policy: CompensationPolicy
    service: PricedService
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
    service: PricedService | None
    due_minor: int
    not_due: WhyNotDue | None


async def judge_outage(work: Work, outage_id: UUID) -> JudgedOutage:
    """By the policy in force, for days that nothing was given for."""
    outage = await work.one(OUTAGE_TO_COMPENSATE, outage_id=outage_id)
    policy = await compensation_policy_in_force(work)
    service = await work.one(
        PRICED_SERVICE, customer_id=outage.customer_id, subscription_id=outage.subscription_id, site_id=None, currency=None
    )
    if not any(one.what == "outage_day" for one in policy.rates) or service.currency != policy.currency:
        not_due: WhyNotDue = "other_currency" if policy.rates and service.currency != policy.currency else "nothing_set"
        return JudgedOutage(outage, policy, service, [], 0, None, not_due)
    runs = await _runs(work, outage)
    reports = [await _report(work, outage, service, run) for run in runs]
    given = set(await work.all(COMPENSATED_DAYS, subscription_id=outage.subscription_id))
    every = [
        day
        for run, report in zip(runs, reports, strict=True)
        for day in days_due(policy, run, month_minor=service.month_minor, zone=service.zone, report=report)
    ]
    days = [one for one in every if one.day not in given]
    first = min((one.reported_at for one in reports if one), default=None) if policy.counts_from == "report" else None
    if days:
        back = await work.one(
            GIVEN_BACK_OF_PRICE, subscription_id=outage.subscription_id, from_at=runs[0].from_at, until_at=runs[-1].until_at
        )
        return JudgedOutage(outage, policy, service, days, min(sum(one.due_minor for one in days), max(0, back)), first, None)
    unreported = policy.counts_from == "report" and first is None
    return JudgedOutage(outage, policy, service, [], 0, first, "given_before" if every else "not_reported" if unreported else "too_short")


async def judge_visit(work: Work, promise_id: UUID) -> JudgedVisit:
    """By the policy in force and the dearest of the customer's services where it was."""
    found = await work.one(APPOINTMENT_TO_COMPENSATE, promise_id=promise_id)
    policy = await compensation_policy_in_force(work)
    service = await work.first(
        PRICED_SERVICE, customer_id=found.customer_id, subscription_id=None, site_id=found.site_id, currency=policy.currency
    )
    due = visit_due(policy, month_minor=service.month_minor) if service else 0
    not_due: WhyNotDue | None = None
    if not found.broken:
        not_due = "not_missed"
    elif not any(one.what == "missed_visit" for one in policy.rates):
        not_due = "nothing_set"
    elif not due:
        not_due = "no_service"
    return JudgedVisit(found, policy, service, due if not_due is None else 0, not_due)


async def find_outage_compensation(work: Work, *, outage_id: UUID) -> OutageCompensation:
    """What an outage on record would be compensated with, day by day, or why with nothing; nothing is written. Once given, as it was given."""
    judged = await judge_outage(work, outage_id)
    known = await work.first(COMPENSATION_OF_OUTAGE, outage_id=outage_id)
    given = None if known is None else await find_compensation(work, compensation_id=known.id)
    outage = judged.outage
    policy = await compensation_policy_of(work, version=given.policy_version) if given else judged.policy
    return OutageCompensation(
        outage_id=outage_id,
        subscription_id=outage.subscription_id,
        customer_id=outage.customer_id,
        from_at=outage.from_at,
        until_at=outage.until_at,
        policy_version=policy.version,
        citation=policy.citation,
        counts_from=policy.counts_from,
        reported_at=judged.reported_at,
        currency=given.currency if given else judged.service.currency,
        month_minor=given.month_minor if given else judged.service.month_minor,
        days=given.days if given else judged.days,
        due_minor=given.due_minor if given else judged.due_minor,
        set_off_minor=given.set_off_minor if given else judged.set_off_minor,
        amount_minor=given.amount_minor if given else judged.due_minor - judged.set_off_minor,
        not_due=None if given else judged.not_due,
        compensation_id=given.id if given else None,
    )


async def find_visit_compensation(work: Work, *, promise_id: UUID) -> AppointmentCompensation:
    """What an appointment would be compensated with, or why with nothing; nothing is written. Once given, as it was given."""
    judged = await judge_visit(work, promise_id)
    known = await work.first(COMPENSATION_OF_PROMISE, promise_id=promise_id)
    given = None if known is None else await find_compensation(work, compensation_id=known.id)
    service = judged.service
    policy = await compensation_policy_of(work, version=given.policy_version) if given else judged.policy
    return AppointmentCompensation(
        promise_id=promise_id,
        customer_id=judged.appointment.customer_id,
        due_at=judged.appointment.due_at,
        subscription_id=given.subscription_id if given else service.subscription_id if service else None,
        policy_version=policy.version,
        citation=policy.citation,
        currency=given.currency if given else policy.currency,
        month_minor=given.month_minor if given else service.month_minor if service else 0,
        amount_minor=given.amount_minor if given else judged.due_minor,
        not_due=None if given else judged.not_due,
        compensation_id=given.id if given else None,
    )


async def find_compensation(work: Work, *, compensation_id: UUID) -> Compensation:
    """What was given, how it was computed, and whether it was taken back."""
    return await work.one(FIND_COMPENSATION, compensation_id=compensation_id)


async def find_compensations_of_customer(work: Work, *, customer_id: UUID) -> CustomersCompensations:
    """What a customer was given, and what they could be given as it stands, each with how it is computed."""
    await find_customer(work, customer_id=customer_id)
    return CustomersCompensations(
        given=await work.all(COMPENSATIONS_OF_CUSTOMER, customer_id=customer_id),
        outages=[await find_outage_compensation(work, outage_id=one) for one in await work.all(OUTAGES_TO_JUDGE, customer_id=customer_id)],
        appointments=[
            await find_visit_compensation(work, promise_id=one) for one in await work.all(APPOINTMENTS_TO_JUDGE, customer_id=customer_id)
        ],
    )


async def _runs(work: Work, outage: ToldOutageOf) -> list[Span]:
    """The time without service that an outage is part of, with what others told of it."""
    told = await work.all(TIME_WITHOUT_SERVICE, subscription_id=outage.subscription_id)
    return [one for one in union(Span(one.from_at, one.until_at) for one in told) if within(one, [Span(outage.from_at, outage.until_at)])]


async def _report(work: Work, outage: ToldOutageOf, service: PricedService, run: Span) -> FirstReport | None:
    """The customer's first of that fault."""
    from_on = run.from_at.astimezone(ZoneInfo(service.zone)).date()
    return await work.first(FIRST_REPORT, subscription_id=outage.subscription_id, from_on=from_on, until_at=run.until_at)
