"""Routes of absences."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.dispatch.absences import add_absence, cancel_absence, list_absences
from service.dispatch.records import Absence, AbsenceReceipt, Instant, NewAbsence
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/technicians/{technician_id:uuid}/absences", **command(add_absence, scope="technicians:write"))
async def add_absence_route(
    technician_id: FromPath[UUID], data: JSONBody[NewAbsence], call: NamedDependency[Call[Any]]
) -> Response[AbsenceReceipt]:
    return await call.perform(add_absence, technician_id=technician_id, absence=data)


@post(
    "/v1/technicians/{technician_id:uuid}/absences/{absence_id:uuid}/cancel",
    **command(cancel_absence, scope="technicians:write", status=200),
)
async def cancel_absence_route(
    technician_id: FromPath[UUID], absence_id: FromPath[UUID], call: NamedDependency[Call[Any]]
) -> Response[AbsenceReceipt]:
    return await call.perform(cancel_absence, technician_id=technician_id, absence_id=absence_id)


@get("/v1/absences", **question(list_absences, scope="technicians:read"))
async def list_absences_route(
    call: NamedDependency[Call[Any]],
    from_at: Annotated[Instant, QueryParameter(name="from", description="They end after this instant.")],
    until_at: Annotated[Instant, QueryParameter(name="until", description="They begin before this; at most 400 days later.")],
    technician_id: FromQuery[UUID | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Absence]]:
    return await call.read(list_absences, from_at=from_at, until_at=until_at, technician_id=technician_id, limit=limit, cursor=cursor)


ROUTES = [add_absence_route, cancel_absence_route, list_absences_route]
