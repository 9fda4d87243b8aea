"""Routes of what the meter of a job's thing shows."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.dispatch.readings import find_readings, read_meter
from service.dispatch.records.readings import NewReading, ReadingReceipt, Readings
from service.kit.http import Call, command, question


@post("/v1/jobs/{job_id:uuid}/readings", **command(read_meter, scope="work:record"))
async def read_meter_route(
    job_id: FromPath[UUID], data: JSONBody[NewReading], call: NamedDependency[Call[Any]]
) -> Response[ReadingReceipt]:
    return await call.perform(read_meter, job_id=job_id, reading=data)


@get("/v1/jobs/{job_id:uuid}/readings", **question(find_readings, scope="jobs:read"))
async def find_readings_route(job_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Readings]:
    return await call.read(find_readings, job_id=job_id)


ROUTES = [read_meter_route, find_readings_route]
