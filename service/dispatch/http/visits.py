"""Routes of the visits: one a change of state."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.dispatch.records import Act, ActWithReason, Cancel, Instant, Start, Stepped, Visit, VisitLine, VisitState
from service.dispatch.visits import (
    accept_visit,
    arrive_at_visit,
    cancel_visit,
    complete_visit,
    dispatch_visit,
    fail_visit,
    find_no_access,
    find_visit,
    list_visits,
    partly_complete_visit,
    pause_visit,
    release_visit,
    resume_visit,
    set_out_to_visit,
    start_visit,
)
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@get("/v1/visits/{visit_id:uuid}", **question(find_visit, scope="visits:read"))
async def find_visit_route(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Visit]:
    return await call.read(find_visit, visit_id=visit_id)


@get("/v1/visits", **question(list_visits, scope="visits:read"))
async def list_visits_route(
    call: NamedDependency[Call[Any]],
    from_at: Annotated[Instant, QueryParameter(name="from", description="The first instant at which a visit may begin, with an offset.")],
    until_at: Annotated[Instant, QueryParameter(name="until", description="They begin before this; at most 35 days later.")],
    technician_id: FromQuery[UUID | None] = None,
    in_state: Annotated[VisitState | None, QueryParameter(name="state")] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[VisitLine]]:
    return await call.read(
        list_visits,
        from_at=from_at,
        until_at=until_at,
        technician_id=technician_id,
        states=None if in_state is None else [in_state],
        limit=limit,
        cursor=cursor,
    )


@post("/v1/visits/{visit_id:uuid}/dispatch", **command(dispatch_visit, scope="visits:write", status=200))
async def dispatch_visit_route(visit_id: FromPath[UUID], data: JSONBody[Act], call: NamedDependency[Call[Any]]) -> Response[Stepped]:
    return await call.perform(dispatch_visit, visit_id=visit_id, captured_at=data.captured_at)


@post("/v1/visits/{visit_id:uuid}/accept", **command(accept_visit, scope="visits:work", status=200))
async def accept_visit_route(visit_id: FromPath[UUID], data: JSONBody[Act], call: NamedDependency[Call[Any]]) -> Response[Stepped]:
    return await call.perform(accept_visit, visit_id=visit_id, captured_at=data.captured_at)


@post("/v1/visits/{visit_id:uuid}/en-route", **command(set_out_to_visit, scope="visits:work", status=200))
async def set_out_to_visit_route(visit_id: FromPath[UUID], data: JSONBody[Act], call: NamedDependency[Call[Any]]) -> Response[Stepped]:
    return await call.perform(set_out_to_visit, visit_id=visit_id, captured_at=data.captured_at)


@post("/v1/visits/{visit_id:uuid}/arrive", **command(arrive_at_visit, scope="visits:work", status=200))
async def arrive_at_visit_route(visit_id: FromPath[UUID], data: JSONBody[Act], call: NamedDependency[Call[Any]]) -> Response[Stepped]:
    return await call.perform(arrive_at_visit, visit_id=visit_id, captured_at=data.captured_at)


@post("/v1/visits/{visit_id:uuid}/start", **command(start_visit, scope="visits:work", status=200))
async def start_visit_route(visit_id: FromPath[UUID], data: JSONBody[Start], call: NamedDependency[Call[Any]]) -> Response[Stepped]:
    return await call.perform(start_visit, visit_id=visit_id, item_ids=data.item_ids, captured_at=data.captured_at)


@post("/v1/visits/{visit_id:uuid}/pause", **command(pause_visit, scope="visits:work", status=200))
async def pause_visit_route(visit_id: FromPath[UUID], data: JSONBody[Act], call: NamedDependency[Call[Any]]) -> Response[Stepped]:
    return await call.perform(pause_visit, visit_id=visit_id, captured_at=data.captured_at)


@post("/v1/visits/{visit_id:uuid}/resume", **command(resume_visit, scope="visits:work", status=200))
async def resume_visit_route(visit_id: FromPath[UUID], data: JSONBody[Act], call: NamedDependency[Call[Any]]) -> Response[Stepped]:
    return await call.perform(resume_visit, visit_id=visit_id, captured_at=data.captured_at)


@post("/v1/visits/{visit_id:uuid}/complete", **command(complete_visit, scope="visits:work", status=200))
async def complete_visit_route(visit_id: FromPath[UUID], data: JSONBody[Act], call: NamedDependency[Call[Any]]) -> Response[Stepped]:
    return await call.perform(complete_visit, visit_id=visit_id, captured_at=data.captured_at)


@post("/v1/visits/{visit_id:uuid}/partly-complete", **command(partly_complete_visit, scope="visits:work", status=200))
async def partly_complete_visit_route(
    visit_id: FromPath[UUID], data: JSONBody[ActWithReason], call: NamedDependency[Call[Any]]
) -> Response[Stepped]:
    return await call.perform(partly_complete_visit, visit_id=visit_id, reason=data.reason, captured_at=data.captured_at)


@post("/v1/visits/{visit_id:uuid}/could-not-complete", **command(fail_visit, scope="visits:work", status=200))
async def fail_visit_route(visit_id: FromPath[UUID], data: JSONBody[ActWithReason], call: NamedDependency[Call[Any]]) -> Response[Stepped]:
    return await call.perform(fail_visit, visit_id=visit_id, reason=data.reason, captured_at=data.captured_at)


@post("/v1/visits/{visit_id:uuid}/no-access", **command(find_no_access, scope="visits:work", status=200))
async def find_no_access_route(visit_id: FromPath[UUID], data: JSONBody[Act], call: NamedDependency[Call[Any]]) -> Response[Stepped]:
    return await call.perform(find_no_access, visit_id=visit_id, captured_at=data.captured_at)


@post("/v1/visits/{visit_id:uuid}/release", **command(release_visit, scope="visits:write", status=200))
async def release_visit_route(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Stepped]:
    return await call.perform(release_visit, visit_id=visit_id)


@post("/v1/visits/{visit_id:uuid}/cancel", **command(cancel_visit, scope="visits:write", status=200))
async def cancel_visit_route(visit_id: FromPath[UUID], data: JSONBody[Cancel], call: NamedDependency[Call[Any]]) -> Response[Stepped]:
    return await call.perform(cancel_visit, visit_id=visit_id, reason=data.reason)


ROUTES = [
    find_visit_route,
    list_visits_route,
    dispatch_visit_route,
    accept_visit_route,
    set_out_to_visit_route,
    arrive_at_visit_route,
    start_visit_route,
    pause_visit_route,
    resume_visit_route,
    complete_visit_route,
    partly_complete_visit_route,
    fail_visit_route,
    find_no_access_route,
    release_visit_route,
    cancel_visit_route,
]
