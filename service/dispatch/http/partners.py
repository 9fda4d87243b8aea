"""Routes of partners, over what they brought."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.dispatch.partners import (
    book_brought,
    bring_job,
    cancel_brought_job,
    cancel_brought_visit,
    find_brought_job,
    find_brought_times,
    follow_brought_jobs,
    hold_brought,
    list_brought_jobs,
    move_brought,
    release_brought,
)
from service.dispatch.records import JobEnded, JobState
from service.dispatch.records.partners import (
    BroughtFacts,
    BroughtJob,
    BroughtLine,
    BroughtReceipt,
    BroughtTimes,
    BroughtVisit,
    NewBroughtJob,
    PartnersHold,
    PartnersMove,
    PartnersReference,
)
from service.kit.facts.reading import FeedReset
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/partner/jobs", **command(bring_job, scope="partner:act"))
async def bring_job_route(data: JSONBody[NewBroughtJob], call: NamedDependency[Call[Any]]) -> Response[BroughtReceipt]:
    return await call.perform(bring_job, job=data)


@get("/v1/partner/jobs", **question(list_brought_jobs, scope="partner:read"))
async def list_brought_jobs_route(
    call: NamedDependency[Call[Any]],
    in_state: Annotated[JobState | None, QueryParameter(name="state")] = None,
    reference: FromQuery[PartnersReference | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[BroughtLine]]:
    return await call.read(list_brought_jobs, state=in_state, reference=reference, limit=limit, cursor=cursor)


@get("/v1/partner/facts", **question(follow_brought_jobs, scope="partner:read", also=(FeedReset,)))
async def follow_brought_jobs_route(
    call: NamedDependency[Call[Any]], after: FromQuery[str | None] = None, limit: FromQuery[Limit] = LIMIT
) -> Response[BroughtFacts]:
    return await call.read(follow_brought_jobs, after=after, limit=limit)


@get("/v1/partner/jobs/{job_id:uuid}", **question(find_brought_job, scope="partner:read"))
async def find_brought_job_route(job_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[BroughtJob]:
    return await call.read(find_brought_job, job_id=job_id)


@get("/v1/partner/jobs/{job_id:uuid}/times", **question(find_brought_times, scope="partner:read"))
async def find_brought_times_route(job_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[BroughtTimes]:
    return await call.read(find_brought_times, job_id=job_id)


@post("/v1/partner/jobs/{job_id:uuid}/holds", **command(hold_brought, scope="partner:act"))
async def hold_brought_route(
    job_id: FromPath[UUID], data: JSONBody[PartnersHold], call: NamedDependency[Call[Any]]
) -> Response[BroughtVisit]:
    return await call.perform(hold_brought, job_id=job_id, hold=data)


@post("/v1/partner/jobs/{job_id:uuid}/cancel", **command(cancel_brought_job, scope="partner:act", status=200))
async def cancel_brought_job_route(job_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[JobEnded]:
    return await call.perform(cancel_brought_job, job_id=job_id)


@post("/v1/partner/visits/{visit_id:uuid}/book", **command(book_brought, scope="partner:act", status=200))
async def book_brought_route(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[BroughtVisit]:
    return await call.perform(book_brought, visit_id=visit_id)


@post("/v1/partner/visits/{visit_id:uuid}/move", **command(move_brought, scope="partner:act", status=200))
async def move_brought_route(
    visit_id: FromPath[UUID], data: JSONBody[PartnersMove], call: NamedDependency[Call[Any]]
) -> Response[BroughtVisit]:
    return await call.perform(move_brought, visit_id=visit_id, move=data)


@post("/v1/partner/visits/{visit_id:uuid}/release", **command(release_brought, scope="partner:act", status=200))
async def release_brought_route(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[BroughtVisit]:
    return await call.perform(release_brought, visit_id=visit_id)


@post("/v1/partner/visits/{visit_id:uuid}/cancel", **command(cancel_brought_visit, scope="partner:act", status=200))
async def cancel_brought_visit_route(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[BroughtVisit]:
    return await call.perform(cancel_brought_visit, visit_id=visit_id)


ROUTES = [
    bring_job_route,
    list_brought_jobs_route,
    follow_brought_jobs_route,
    find_brought_job_route,
    find_brought_times_route,
    hold_brought_route,
    cancel_brought_job_route,
    book_brought_route,
    move_brought_route,
    release_brought_route,
    cancel_brought_visit_route,
]
