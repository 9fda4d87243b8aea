"""Routes of visits that wait for an incident to end."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.dispatch.records.waits import VisitWaiting, WaitingVisit
from service.dispatch.waits import have_visit_go_ahead, list_waiting_visits
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@get("/v1/waiting-visits", **question(list_waiting_visits, scope="visits:read"))
async def list_waiting_visits_route(
    call: NamedDependency[Call[Any]],
    incident_id: FromQuery[UUID | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[WaitingVisit]]:
    return await call.read(list_waiting_visits, incident_id=incident_id, limit=limit, cursor=cursor)


@post("/v1/visits/{visit_id:uuid}/go-ahead", **command(have_visit_go_ahead, scope="visits:write", status=200))
async def have_visit_go_ahead_route(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[VisitWaiting]:
    return await call.perform(have_visit_go_ahead, visit_id=visit_id)


ROUTES = [list_waiting_visits_route, have_visit_go_ahead_route]
