"""Compensation on pages. Of everybody: what was given lately and why, and by what policy. Of one customer: what each time without service and each missed appointment comes to and why, given, taken back; what they reported, and when nothing worked."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.billing.compensations.compensations import (
    compensate_missed_visit,
    compensate_outage,
    list_latest_compensations,
    take_compensation_back,
)
from service.billing.compensations.judging import find_compensations_of_customer
from service.billing.compensations.policies import compensation_policy_in_force, give_compensation_by_itself
from service.billing.outages.outages import credit_outage, find_outage_credit
from service.billing.records.compensations import Compensation, CompensationPolicy, CompensationTakenBack, CustomersCompensations
from service.billing.records.outages import NewOutage, OutageCredit
from service.customers.customers import find_customer
from service.customers.records import Customer
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import Refusal
from service.kit.verbs import Work
from service.subscriptions.fault_reports import report_fault
from service.subscriptions.records import Subscription
from service.subscriptions.records.fault_reports import NewFaultReport
from service.subscriptions.subscriptions import list_subscriptions
from service.web.forms import acted, converted, filled_in, id_in, moment_in
from service.web.guard import from_our_own_page
from service.web.money_words import NOT_COMPENSATED
from service.web.pages import page
from service.web.refusal_words import said_to_people
from service.web.words import said

SCOPE = {"scope": "invoices:credit"}
PAGE = "/app/customers/{customer_id:uuid}/compensations"
LATEST = "/app/compensations"
MOST = 50


class LatestShown(msgspec.Struct, frozen=True):
    """Everything the page of everybody says."""

    organisation: Organisation
    policy: CompensationPolicy
    given: list[Compensation]


class CompensationsShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    customer: Customer
    policy: CompensationPolicy
    theirs: CustomersCompensations
    services: list[Subscription]
    outage_id: UUID
    """Made before the form is sent, so that a form sent twice is one outage."""


@get(LATEST, opt=SCOPE, include_in_schema=False)
async def show_latest(call: NamedDependency[Call[Any]]) -> Response[str]:
    """What was given lately, to whom, by whom and what for, and by what policy."""
    return await _latest(call)


@post(LATEST, opt={"scope": "organisation:write"}, include_in_schema=False)
async def switch_by_itself(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Has it given by itself from now on, or by people alone."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    return await acted(
        lambda: call.do(give_compensation_by_itself, by_itself=form.get("by_itself") == "yes"),
        to=lambda: LATEST,
        again=lambda refusal: _latest(call, refusal=refusal),
    )


@get(PAGE, opt=SCOPE, include_in_schema=False)
async def show_compensations(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[str]:
    """What they were given, and what could be given as it stands."""
    return await _page(call, customer_id)


@post(PAGE + "/outages/{outage_id:uuid}", opt=SCOPE, include_in_schema=False)
async def give_for_outage(customer_id: FromPath[UUID], outage_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Gives what is shown for a time without service."""
    from_our_own_page(call.request)
    return await _acted(call, customer_id, lambda: call.do(compensate_outage, outage_id=outage_id))


@post(PAGE + "/appointments/{promise_id:uuid}", opt=SCOPE, include_in_schema=False)
async def give_for_appointment(customer_id: FromPath[UUID], promise_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Gives what is shown for an appointment that was missed."""
    from_our_own_page(call.request)
    return await _acted(call, customer_id, lambda: call.do(compensate_missed_visit, promise_id=promise_id))


@post(PAGE + "/{compensation_id:uuid}/take-back", opt=SCOPE, include_in_schema=False)
async def take_back(customer_id: FromPath[UUID], compensation_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Takes back, whole, what wasn't due."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        reason = converted({"reason": form.get("reason")}, CompensationTakenBack).reason
        await call.do(take_compensation_back, compensation_id=compensation_id, reason=reason)

    return await _acted(call, customer_id, act)


@post(PAGE + "/reports", opt=SCOPE, include_in_schema=False)
async def note_report(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Notes when the customer told us that a service doesn't work."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    customer: Customer = await call.ask(find_customer, customer_id=customer_id)

    async def act() -> None:
        reported_at = moment_in(form.get("reported", ""), customer.zone) or form.get("reported", "")
        report = converted({"reported_at": reported_at}, NewFaultReport)
        await call.do(report_fault, subscription_id=id_in(form.get("service")), report=report)

    return await _acted(call, customer_id, act)


@post(PAGE + "/outages", opt=SCOPE, include_in_schema=False)
async def note_outage(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Shows what a time without service would give back of the price; noted, it gives that back at once."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    customer: Customer = await call.ask(find_customer, customer_id=customer_id)
    try:
        service_id = id_in(form.get("service"))
        lasted = {name: moment_in(form.get(name, ""), customer.zone) or form.get(name, "") for name in ("from", "until")}
        told = {"id": form.get("id"), "from_at": lasted["from"], "until_at": lasted["until"], "why": form.get("why")}
        outage: NewOutage = converted(told, NewOutage)
        if form.get("do") != "note":
            foreseen = await call.ask(find_outage_credit, subscription_id=service_id, from_at=outage.from_at, until_at=outage.until_at)
            return await _page(call, customer_id, form=form, foreseen=foreseen)
    except Refusal as refusal:
        return await _page(call, customer_id, refusal=refusal, form=form)
    return await _acted(call, customer_id, lambda: call.do(credit_outage, subscription_id=service_id, outage=outage))


async def look_at_latest(work: Work) -> LatestShown:
    """All of it in one snapshot."""
    return LatestShown(
        await find_organisation(work), await compensation_policy_in_force(work), await list_latest_compensations(work, limit=MOST)
    )


async def look_at_compensations(work: Work, *, customer_id: UUID) -> CompensationsShown:
    """All of it in one snapshot."""
    services = await list_subscriptions(work, customer_id=customer_id, state=None, reference=None, limit=MOST, cursor=None)
    return CompensationsShown(
        organisation=await find_organisation(work),
        customer=await find_customer(work, customer_id=customer_id),
        policy=await compensation_policy_in_force(work),
        theirs=await find_compensations_of_customer(work, customer_id=customer_id),
        services=services.items,
        outage_id=work.new_id(),
    )


async def _latest(call: Call[Any], *, refusal: Refusal | None = None) -> Response[str]:
    shown: LatestShown = await call.ask(look_at_latest)
    language = shown.organisation.language
    return page(
        "latest_compensations.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        shown=shown,
        may_set=call.principal.may("organisation:write"),
        reference=None,
    )


async def _acted(call: Call[Any], customer_id: UUID, act: Any) -> Response[Any]:
    return await acted(
        act,
        to=lambda: f"/app/customers/{customer_id}/compensations",
        again=lambda refusal: _page(call, customer_id, refusal=refusal),
    )


async def _page(
    call: Call[Any],
    customer_id: UUID,
    *,
    refusal: Refusal | None = None,
    form: dict[str, str] | None = None,
    foreseen: OutageCredit | None = None,
) -> Response[str]:
    shown: CompensationsShown = await call.ask(look_at_compensations, customer_id=customer_id)
    language = shown.organisation.language
    return page(
        "compensations.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        shown=shown,
        names={one.id: one.reference or str(one.id)[-12:] for one in shown.services},
        not_due=said(NOT_COMPENSATED, language),
        foreseen=foreseen,
        form=form or {},
        reference=shown.customer.reference,
    )


ROUTES: list[Any] = [
    show_latest,
    switch_by_itself,
    show_compensations,
    give_for_outage,
    give_for_appointment,
    take_back,
    note_report,
    note_outage,
]
