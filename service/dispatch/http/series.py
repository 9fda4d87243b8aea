"""Routes of series of visits."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.dispatch.records.series import NewSeries, Occurrences, Series, SeriesReceipt, SeriesState, Skip, Skipped
from service.dispatch.series import (
    begin_series,
    end_series,
    find_occurrences,
    find_series,
    list_series,
    pause_series,
    resume_series,
    skip_occurrence,
)
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/visit-series", **command(begin_series, scope="jobs:write"))
async def begin_series_route(data: JSONBody[NewSeries], call: NamedDependency[Call[Any]]) -> Response[SeriesReceipt]:
    return await call.perform(begin_series, series=data)


@get("/v1/visit-series/{series_id:uuid}", **question(find_series, scope="jobs:read"))
async def find_series_route(series_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Series]:
    return await call.read(find_series, series_id=series_id)


@get("/v1/visit-series", **question(list_series, scope="jobs:read"))
async def list_series_route(
    call: NamedDependency[Call[Any]],
    in_state: Annotated[SeriesState | None, QueryParameter(name="state")] = None,
    customer_id: FromQuery[UUID | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Series]]:
    return await call.read(list_series, state=in_state, customer_id=customer_id, limit=limit, cursor=cursor)


@get("/v1/visit-series/{series_id:uuid}/occurrences", **question(find_occurrences, scope="jobs:read"))
async def find_occurrences_route(
    series_id: FromPath[UUID], call: NamedDependency[Call[Any]], from_on: FromQuery[date], until_on: FromQuery[date]
) -> Response[Occurrences]:
    return await call.read(find_occurrences, series_id=series_id, from_on=from_on, until_on=until_on)


@post("/v1/visit-series/{series_id:uuid}/pause", **command(pause_series, scope="jobs:write", status=200))
async def pause_series_route(series_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[SeriesReceipt]:
    return await call.perform(pause_series, series_id=series_id)


@post("/v1/visit-series/{series_id:uuid}/resume", **command(resume_series, scope="jobs:write", status=200))
async def resume_series_route(series_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[SeriesReceipt]:
    return await call.perform(resume_series, series_id=series_id)


@post("/v1/visit-series/{series_id:uuid}/end", **command(end_series, scope="jobs:write", status=200))
async def end_series_route(series_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[SeriesReceipt]:
    return await call.perform(end_series, series_id=series_id)


@post("/v1/visit-series/{series_id:uuid}/skip", **command(skip_occurrence, scope="jobs:write", status=200))
async def skip_occurrence_route(series_id: FromPath[UUID], data: JSONBody[Skip], call: NamedDependency[Call[Any]]) -> Response[Skipped]:
    return await call.perform(skip_occurrence, series_id=series_id, starts=data.local_from)


ROUTES = [
    begin_series_route,
    find_series_route,
    list_series_route,
    find_occurrences_route,
    pause_series_route,
    resume_series_route,
    end_series_route,
    skip_occurrence_route,
]
