"""Routes of the jobs."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.authorisations.records import NewOffer, OfferReceipt
from service.dispatch.jobs import cancel_job, close_job, find_job, list_jobs, need_visits, offer_on_job, open_job, wait_for_parts
from service.dispatch.records import Job, JobEnded, JobLine, JobParts, JobReceipt, JobState, NeededVisits, NewJob, Reference
from service.dispatch.records.jobs import PartsDue, PartsSaid
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/jobs", **command(open_job, scope="jobs:write"))
async def open_job_route(data: JSONBody[NewJob], call: NamedDependency[Call[Any]]) -> Response[JobReceipt]:
    return await call.perform(open_job, job=data)


@get("/v1/jobs/{job_id:uuid}", **question(find_job, scope="jobs:read"))
async def find_job_route(job_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Job]:
    return await call.read(find_job, job_id=job_id)


@get("/v1/jobs", **question(list_jobs, scope="jobs:read"))
async def list_jobs_route(
    call: NamedDependency[Call[Any]],
    in_state: Annotated[JobState | None, QueryParameter(name="state")] = None,
    customer_id: FromQuery[UUID | None] = None,
    reference: FromQuery[Reference | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[JobLine]]:
    return await call.read(list_jobs, state=in_state, customer_id=customer_id, reference=reference, limit=limit, cursor=cursor)


@post("/v1/jobs/{job_id:uuid}/offers", **command(offer_on_job, scope="offers:write"))
async def offer_on_job_route(job_id: FromPath[UUID], data: JSONBody[NewOffer], call: NamedDependency[Call[Any]]) -> Response[OfferReceipt]:
    return await call.perform(offer_on_job, job_id=job_id, offer=data)


@post("/v1/jobs/{job_id:uuid}/visits-needed", **command(need_visits, scope="jobs:write", status=200))
async def need_visits_route(job_id: FromPath[UUID], data: JSONBody[NeededVisits], call: NamedDependency[Call[Any]]) -> Response[JobParts]:
    return await call.perform(need_visits, job_id=job_id, visits_needed=data.visits_needed)


@post("/v1/jobs/{job_id:uuid}/parts", **command(wait_for_parts, scope="jobs:write", status=200))
async def wait_for_parts_route(job_id: FromPath[UUID], data: JSONBody[PartsDue], call: NamedDependency[Call[Any]]) -> Response[PartsSaid]:
    return await call.perform(wait_for_parts, job_id=job_id, parts=data)


@post("/v1/jobs/{job_id:uuid}/close", **command(close_job, scope="jobs:write", status=200))
async def close_job_route(job_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[JobEnded]:
    return await call.perform(close_job, job_id=job_id)


@post("/v1/jobs/{job_id:uuid}/cancel", **command(cancel_job, scope="jobs:write", status=200))
async def cancel_job_route(job_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[JobEnded]:
    return await call.perform(cancel_job, job_id=job_id)


ROUTES = [
    open_job_route,
    offer_on_job_route,
    find_job_route,
    list_jobs_route,
    need_visits_route,
    wait_for_parts_route,
    close_job_route,
    cancel_job_route,
]
