"""Routes of incidents, of services' tags, and of what customers report as not working."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.sheets import files_of
from service.subscriptions.fault_reports import list_fault_reports, report_fault
from service.subscriptions.incidents import (
    close_incident,
    declare_incident,
    explain_incident,
    find_incident,
    find_tags,
    list_incident_services,
    list_incidents,
    move_incident,
    tag_subscription,
    widen_incident,
)
from service.subscriptions.records.fault_reports import FaultReport, FaultReported, NewFaultReport
from service.subscriptions.records.incidents import (
    Incident,
    IncidentReceipt,
    IncidentService,
    NewEstimate,
    NewExplanation,
    NewIncident,
    NewTags,
    Tagged,
    WiderIncident,
)

Asked = NamedDependency[Call[Any]]


@post("/v1/incidents", **command(declare_incident, scope="subscriptions:write"))
async def declare_incident_route(data: JSONBody[NewIncident], call: Asked) -> Response[IncidentReceipt]:
    return await call.perform(declare_incident, incident=data)


@post("/v1/incidents/{incident_id:uuid}/widen", **command(widen_incident, scope="subscriptions:write", status=200))
async def widen_incident_route(incident_id: FromPath[UUID], data: JSONBody[WiderIncident], call: Asked) -> Response[IncidentReceipt]:
    return await call.perform(widen_incident, incident_id=incident_id, wider=data)


@post("/v1/incidents/{incident_id:uuid}/estimate", **command(move_incident, scope="subscriptions:write", status=200))
async def move_incident_route(incident_id: FromPath[UUID], data: JSONBody[NewEstimate], call: Asked) -> Response[IncidentReceipt]:
    return await call.perform(move_incident, incident_id=incident_id, estimate=data)


@get("/v1/incidents/{incident_id:uuid}/services", **question(list_incident_services, scope="subscriptions:read"))
async def list_incident_services_route(
    incident_id: FromPath[UUID], call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[IncidentService]]:
    return await call.read(list_incident_services, incident_id=incident_id, limit=limit, cursor=cursor)


@post("/v1/incidents/{incident_id:uuid}/close", **command(close_incident, scope="subscriptions:write", status=200))
async def close_incident_route(incident_id: FromPath[UUID], call: Asked) -> Response[IncidentReceipt]:
    return await call.perform(close_incident, incident_id=incident_id)


@post("/v1/incidents/{incident_id:uuid}/explanation", **command(explain_incident, scope="subscriptions:write", status=200))
async def explain_incident_route(incident_id: FromPath[UUID], data: JSONBody[NewExplanation], call: Asked) -> Response[IncidentReceipt]:
    return await call.perform(explain_incident, incident_id=incident_id, explanation=data)


@get("/v1/incidents/{incident_id:uuid}", **question(find_incident, scope="subscriptions:read"))
async def find_incident_route(incident_id: FromPath[UUID], call: Asked) -> Response[Incident]:
    return await call.read(find_incident, incident_id=incident_id)


@put("/v1/subscriptions/{subscription_id:uuid}/tags", **command(tag_subscription, scope="subscriptions:write", status=200, versioned=True))
async def tag_subscription_route(subscription_id: FromPath[UUID], data: JSONBody[NewTags], call: Asked) -> Response[Tagged]:
    return await call.perform(tag_subscription, subscription_id=subscription_id, version=call.expected_version, tags=data)


@get("/v1/subscriptions/{subscription_id:uuid}/tags", **question(find_tags, scope="subscriptions:read"))
async def find_tags_route(subscription_id: FromPath[UUID], call: Asked) -> Response[Tagged]:
    return await call.read(find_tags, subscription_id=subscription_id)


@get("/v1/incidents", **question(list_incidents, scope="subscriptions:read"))
async def list_incidents_route(
    call: Asked, running: FromQuery[bool] = False, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Incident]]:
    return await call.read(list_incidents, running=running, limit=limit, cursor=cursor)


@post("/v1/subscriptions/{subscription_id:uuid}/fault-reports", **command(report_fault, scope="messages:write"))
async def report_fault_route(subscription_id: FromPath[UUID], data: JSONBody[NewFaultReport], call: Asked) -> Response[FaultReported]:
    return await call.perform(report_fault, subscription_id=subscription_id, report=data)


@get("/v1/subscriptions/{subscription_id:uuid}/fault-reports", **question(list_fault_reports, scope="subscriptions:read"))
async def list_fault_reports_route(
    subscription_id: FromPath[UUID], call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[FaultReport]]:
    return await call.read(list_fault_reports, subscription_id=subscription_id, limit=limit, cursor=cursor)


ROUTES = [
    declare_incident_route,
    widen_incident_route,
    move_incident_route,
    list_incident_services_route,
    close_incident_route,
    explain_incident_route,
    find_incident_route,
    tag_subscription_route,
    find_tags_route,
    list_incidents_route,
    report_fault_route,
    list_fault_reports_route,
    *files_of(list_incident_services_route, IncidentService, name="incident-services"),
    *files_of(list_fault_reports_route, FaultReport, name="fault-reports"),
]
