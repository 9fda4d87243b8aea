"""Incidents on a page: what doesn't work is declared, widened and ended here, and whom it reaches is listed."""

from collections import Counter
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.billing.outages.incidents import credits_of_incident, find_outage_order, order_outage_credits
from service.billing.records.outages import OutageCredit, OutageOrder
from service.care.case_lists import count_cases_of_incident
from service.dispatch.records.waits import WaitingVisit
from service.dispatch.waits import list_waiting_visits
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import MOST, Page
from service.kit.refusals import Refusal
from service.kit.sheets import ROWS_AT_ONCE, Whole
from service.kit.verbs import Work
from service.notices.notices import count_told_of_incident
from service.notices.records import IncidentTelling
from service.subscriptions.incidents import (
    close_incident,
    declare_incident,
    explain_incident,
    find_incident,
    is_over,
    list_incident_services,
    list_incidents,
    move_incident,
    widen_incident,
)
from service.subscriptions.records.incidents import (
    Incident,
    IncidentService,
    NewEstimate,
    NewExplanation,
    NewIncident,
    WiderIncident,
)
from service.web.forms import acted, converted, filled_in, moment_in
from service.web.guard import from_our_own_page
from service.web.incident_forms import ReferenceUnknown, area_in, called, words_in
from service.web.pages import page
from service.web.refusal_words import said_to_people

PAGE = "/app/incidents"
READ, WRITE, CREDIT = "subscriptions:read", "subscriptions:write", "invoices:credit"


class IncidentsShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    incidents: list[Incident]
    incident_id: UUID
    """Made before the form is sent, so that a form sent twice is one incident."""


class IncidentShown(msgspec.Struct, frozen=True):
    """One incident and whom it reaches."""

    organisation: Organisation
    incident: Incident
    services: Page[IncidentService]
    credits: list[OutageCredit]
    """What each service listed is given back, once it is over."""
    order: OutageOrder | None
    telling: IncidentTelling
    cases: int
    waiting: Page[WaitingVisit]


@get(PAGE, opt={"scope": READ}, include_in_schema=False)
async def show_incidents(call: NamedDependency[Call[Any]]) -> Response[str]:
    """What is down, what is announced, and what is over, the one that ends last first."""
    return await _list(call)


@post(PAGE, opt={"scope": WRITE}, include_in_schema=False)
async def declare(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Declares that something doesn't work."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        organisation: Organisation = await call.ask(find_organisation)
        found = await called(call, form.get("services", ""))
        document = {
            "id": form.get("id"),
            "what": form.get("what"),
            "until_at": moment_in(form.get("until", ""), organisation.zone),
            "subscription_ids": [str(one.subscription_id) for one in found],
            "kind": form.get("kind", "fault"),
            "tags": words_in(form.get("tags", "")),
            "symptoms": words_in(form.get("symptoms", "")),
            "is_public": form.get("public") == "yes",
        }
        if form.get("from"):
            document["begins_at"] = moment_in(form["from"], organisation.zone)
        incident: NewIncident = converted(document, NewIncident)
        if form.get("around", "").strip():
            incident = msgspec.structs.replace(incident, area=await area_in(call, form["around"].strip(), form.get("metres", "")))
        await call.do(declare_incident, incident=incident)

    return await acted(act, to=lambda: PAGE, again=lambda refusal: _list(call, refusal=refusal, form=form))


@get(PAGE + "/{incident_id:uuid}", opt={"scope": READ}, include_in_schema=False)
async def show_incident(
    incident_id: FromPath[UUID], call: NamedDependency[Call[Any]], cursor: FromQuery[str | None] = None
) -> Response[str]:
    """Whom it reaches, and so holds."""
    return await incident_page(call, incident_id, cursor=cursor)


@post(PAGE + "/{incident_id:uuid}/widen", opt={"scope": WRITE}, include_in_schema=False)
async def widen(incident_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Adds services to what it reaches."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        found = await called(call, form.get("services", ""))
        await call.do(widen_incident, incident_id=incident_id, wider=WiderIncident(subscription_ids=[one.subscription_id for one in found]))

    return await acted(
        act,
        to=lambda: f"{PAGE}/{incident_id}",
        again=lambda refusal: incident_page(call, incident_id, refusal=refusal, form=form),
    )


@post(PAGE + "/{incident_id:uuid}/estimate", opt={"scope": WRITE}, include_in_schema=False)
async def move(incident_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Says until when it takes after all, and why."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        organisation: Organisation = await call.ask(find_organisation)
        document = {"until_at": moment_in(form.get("until", ""), organisation.zone), "reason": form.get("reason")}
        await call.do(move_incident, incident_id=incident_id, estimate=converted(document, NewEstimate))

    return await acted(
        act,
        to=lambda: f"{PAGE}/{incident_id}",
        again=lambda refusal: incident_page(call, incident_id, refusal=refusal, form=form),
    )


@post(PAGE + "/{incident_id:uuid}/explanation", opt={"scope": WRITE}, include_in_schema=False)
async def explain(incident_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Says what it was."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        explanation: NewExplanation = converted({"words": form.get("explanation", "").strip()}, NewExplanation)
        await call.do(explain_incident, incident_id=incident_id, explanation=explanation)

    return await acted(
        act,
        to=lambda: f"{PAGE}/{incident_id}",
        again=lambda refusal: incident_page(call, incident_id, refusal=refusal, form=form),
    )


@post(PAGE + "/{incident_id:uuid}/close", opt={"scope": WRITE}, include_in_schema=False)
async def close(incident_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Ends it now."""
    from_our_own_page(call.request)
    return await acted(
        lambda: call.do(close_incident, incident_id=incident_id),
        to=lambda: PAGE,
        again=lambda refusal: incident_page(call, incident_id, refusal=refusal),
    )


@post(PAGE + "/{incident_id:uuid}/credits", opt={"scope": CREDIT}, include_in_schema=False)
async def credit(incident_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Gives back what is shown there."""
    from_our_own_page(call.request)
    return await acted(
        lambda: call.do(order_outage_credits, incident_id=incident_id),
        to=lambda: f"{PAGE}/{incident_id}",
        again=lambda refusal: incident_page(call, incident_id, refusal=refusal),
    )


@get(PAGE + "/{incident_id:uuid}/services.csv", opt={"scope": READ}, include_in_schema=False)
async def download_services(incident_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[str]:
    """Whom it reaches, as a file."""
    whole = Whole(call, IncidentService, "incident-services", "csv")
    answer: Response[str] = await whole.read(list_incident_services, incident_id=incident_id, limit=ROWS_AT_ONCE, cursor=None)
    return answer


async def look_at_incidents(work: Work) -> IncidentsShown:
    """All of it in one snapshot."""
    return IncidentsShown(
        await find_organisation(work), (await list_incidents(work, running=False, limit=MOST, cursor=None)).items, work.new_id()
    )


async def look_at_incident(work: Work, *, incident_id: UUID, cursor: str | None) -> IncidentShown:
    """One and whom it reaches, in one snapshot."""
    incident = await find_incident(work, incident_id=incident_id)
    services = await list_incident_services(work, incident_id=incident_id, limit=MOST, cursor=cursor)
    return IncidentShown(
        await find_organisation(work),
        incident,
        services,
        await credits_of_incident(work, incident, services.items) if is_over(incident, work.at) else [],
        await find_outage_order(work, incident_id=incident_id),
        await count_told_of_incident(work, incident_id=incident_id),
        await count_cases_of_incident(work, incident_id=incident_id),
        await list_waiting_visits(work, incident_id=incident_id, limit=MOST, cursor=None),
    )


async def _list(call: Call[Any], *, refusal: Refusal | None = None, form: dict[str, str] | None = None) -> Response[str]:
    shown: IncidentsShown = await call.ask(look_at_incidents)
    over = [one for one in shown.incidents if is_over(one, call.at)]
    return page(
        "incidents.html",
        **_told(call, shown.organisation, refusal, form),
        under_way=[one for one in shown.incidents if one not in over],
        over=over,
        incident_id=shown.incident_id,
    )


async def incident_page(
    call: Call[Any],
    incident_id: UUID,
    *,
    cursor: str | None = None,
    refusal: Refusal | None = None,
    form: dict[str, str] | None = None,
) -> Response[str]:
    """One incident; a refusal is told at its top."""
    shown: IncidentShown = await call.ask(look_at_incident, incident_id=incident_id, cursor=cursor)
    one = shown.incident
    return page(
        "incident.html",
        **_told(call, shown.organisation, refusal, form),
        one=one,
        over=is_over(one, call.at),
        services=shown.services,
        credits={credit.subscription_id: credit for credit in shown.credits},
        sums=_sums(shown.credits),
        order=shown.order,
        telling=shown.telling,
        cases=shown.cases,
        waiting=shown.waiting,
        may_send=call.principal.may("visits:write"),
        may_credit=call.principal.may(CREDIT),
    )


def _sums(given: list[OutageCredit]) -> list[tuple[str, int]]:
    """What they come to, by currency."""
    sums: Counter[str] = Counter()
    for one in given:
        sums[one.currency] += one.credit_minor
    return sorted(sums.items())


def _told(call: Call[Any], organisation: Organisation, refusal: Refusal | None, form: dict[str, str] | None) -> dict[str, Any]:
    """What both pages say."""
    return {
        "language": organisation.language,
        "status": 200 if refusal is None else refusal.status,
        "organisation": organisation,
        "refused": None if refusal is None else said_to_people(refusal, language=organisation.language),
        "unknown": refusal.extras.get("names", []) if isinstance(refusal, ReferenceUnknown) else [],
        "may_declare": call.principal.may(WRITE),
        "form": form or {},
        "reference": None,
    }


ROUTES: list[Any] = [show_incidents, declare, show_incident, widen, move, explain, close, credit, download_services]
