"""Compensation is given once for an outage and once for a missed appointment, as credit of the customer's, and can be taken back."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

import msgspec

from service.billing.compensations.judging import JudgedOutage, judge_outage, judge_visit
from service.billing.money_lists import listed
from service.billing.queries.compensations import (
    COMPENSATE,
    COMPENSATION_OF_OUTAGE,
    COMPENSATION_OF_PROMISE,
    COMPENSATIONS_OF_CUSTOMER,
    LATEST_COMPENSATIONS,
    LIST_COMPENSATIONS,
    LOOK_IN_VAIN,
    MISSED_APPOINTMENTS,
    OUTAGES_TO_COMPENSATE,
    TAKE_COMPENSATION_BACK,
)
from service.billing.records.compensations import (
    CompensatedDay,
    Compensation,
    CompensationPolicy,
    CompensationReceipt,
    CompensationReversed,
    LookedInVain,
    PricedService,
)
from service.billing.refusals import CreditAlreadyUsed
from service.kit.card_numbers import refuse_card_numbers
from service.kit.paging import Page
from service.kit.refusals import CardNumber, Refusal
from service.kit.verbs import Lock, Work, verb


class CompensationNotDue(Refusal):
    """By the policy in force nothing is due for this."""

    code, status, remedy = (
        "COMPENSATION_NOT_DUE",
        409,
        "Read `/v1/compensations/policies`: from which day on it gives, to services in which currency, and whether for a missed appointment.",
    )


class FaultNotReported(Refusal):
    """By the policy in force days count from the customer's report of the fault, and none is on record."""

    code, status, remedy = (
        "FAULT_NOT_REPORTED",
        409,
        "Note when they told you: `POST /v1/subscriptions/{subscription_id}/fault-reports`; words in a case about a fault report it by themselves.",
    )


class AppointmentNotMissed(Refusal):
    """This is no appointment that was missed: it was kept, called off by the customer, or may be kept yet."""

    code, status, remedy = "APPOINTMENT_NOT_MISSED", 409, "Read the promise: only one to arrive that was broken is compensated."


class CompensationKnown(Refusal):
    """This was given at the same moment by somebody else."""

    code, status, remedy = "COMPENSATION_KNOWN", 409, "Read the customer's compensations."
    constraints = (
        "billing.one_compensation_an_outage",
        "billing.one_compensation_a_missed_visit",
        "billing.one_compensation_a_day",
    )


def _outage(*, outage_id: UUID, **_: object) -> Iterator[Lock]:
    yield Lock.account_of("billing.outage", outage_id)


@verb(refusals=(FaultNotReported, CompensationNotDue, CompensationKnown), locks=_outage)
async def compensate_outage(work: Work, *, outage_id: UUID) -> CompensationReceipt:
    """Gives what is due for the whole days of an outage on record that nothing was given for, less what it gave back of the price; once."""
    known = await work.first(COMPENSATION_OF_OUTAGE, outage_id=outage_id)
    if known is not None:
        return _known(work, known)
    judged = await judge_outage(work, outage_id)
    if judged.not_due == "not_reported":
        raise FaultNotReported
    if judged.not_due is not None:
        raise CompensationNotDue
    return await _of_outage(work, judged)


@verb(refusals=(CompensationKnown,), locks=_outage)
async def compensate_outage_by_itself(work: Work, *, outage_id: UUID) -> LookedInVain:
    """The same for a policy that gives by itself: that nothing was due is noted, and not looked at again before another report is."""
    known = await work.first(COMPENSATION_OF_OUTAGE, outage_id=outage_id)
    if known is None:
        judged = await judge_outage(work, outage_id)
        if judged.not_due is not None:
            return await work.run(LOOK_IN_VAIN, outage_id=outage_id)
        known = await _of_outage(work, judged)
    return LookedInVain(outage_id, known.id)


@verb(
    refusals=(AppointmentNotMissed, CompensationNotDue, CompensationKnown),
    locks=lambda *, promise_id: (Lock.account_of("promises.promise", promise_id),),
)
async def compensate_missed_visit(work: Work, *, promise_id: UUID) -> CompensationReceipt:
    """Gives what is due for an appointment that we missed, by the dearest of the customer's services where it was; once."""
    known = await work.first(COMPENSATION_OF_PROMISE, promise_id=promise_id)
    if known is not None:
        return _known(work, known)
    judged = await judge_visit(work, promise_id)
    if judged.not_due == "not_missed":
        raise AppointmentNotMissed
    if judged.not_due is not None or judged.appointment.service is None:
        raise CompensationNotDue
    return await _given(
        work,
        judged.policy,
        judged.appointment.service,
        customer_id=judged.appointment.customer_id,
        promise_id=promise_id,
        due_minor=judged.due_minor,
    )


@verb(
    refusals=(CardNumber, CreditAlreadyUsed),
    locks=lambda *, compensation_id, **_: (Lock.account_of("billing.compensation", compensation_id),),
)
async def take_compensation_back(work: Work, *, compensation_id: UUID, reason: str) -> CompensationReversed:
    """Takes back, whole, what wasn't due after all, while the customer's credit holds it; taken back again it is as it is, and it isn't given again."""
    refuse_card_numbers(reason)
    return await work.run(TAKE_COMPENSATION_BACK, reversal_id=work.new_id(), compensation_id=compensation_id, reason=reason)


async def list_compensations(
    work: Work, *, from_on: date | None, until_on: date | None, limit: int, cursor: str | None
) -> Page[Compensation]:
    """Every compensation given on those days, how it was computed, and whether it was taken back."""
    return await listed(work, LIST_COMPENSATIONS, from_on, until_on, limit, cursor)


async def list_latest_compensations(work: Work, *, limit: int) -> list[Compensation]:
    """What was given lately, the last first."""
    return await work.all(LATEST_COMPENSATIONS, limit=limit)


async def list_compensations_of_customer(work: Work, *, customer_id: UUID) -> list[Compensation]:
    """What a customer was given, the latest two hundred."""
    return await work.all(COMPENSATIONS_OF_CUSTOMER, customer_id=customer_id)


async def outages_to_compensate(work: Work) -> list[UUID]:
    """Outages told since policies give by themselves that weren't looked at yet, or of which another report was noted since."""
    return await work.all(OUTAGES_TO_COMPENSATE)


async def missed_appointments(work: Work) -> list[UUID]:
    """Promises to arrive that were broken since policies give by themselves, of customers with a service there."""
    return await work.all(MISSED_APPOINTMENTS)


async def _of_outage(work: Work, judged: JudgedOutage) -> CompensationReceipt:
    return await _given(
        work,
        judged.policy,
        judged.outage.service,
        customer_id=judged.outage.customer_id,
        outage_id=judged.outage.outage_id,
        days=judged.days,
        due_minor=judged.due_minor,
        set_off_minor=judged.set_off_minor,
    )


async def _given(
    work: Work,
    policy: CompensationPolicy,
    service: PricedService,
    *,
    customer_id: UUID,
    due_minor: int,
    set_off_minor: int = 0,
    days: Sequence[CompensatedDay] = (),
    outage_id: UUID | None = None,
    promise_id: UUID | None = None,
) -> CompensationReceipt:
    return await work.run(
        COMPENSATE,
        compensation_id=work.new_id(),
        customer_id=customer_id,
        subscription_id=service.subscription_id,
        outage_id=outage_id,
        promise_id=promise_id,
        policy_version=policy.version,
        currency=service.currency,
        month_minor=service.month_minor,
        due_minor=due_minor,
        set_off_minor=set_off_minor,
        days=msgspec.json.encode(days).decode(),
    )


def _known(work: Work, known: CompensationReceipt) -> CompensationReceipt:
    work.status = 200
    return known
