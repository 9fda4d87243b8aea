"""Routes of what plans go by."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.dispatch.profiles import find_preference, find_profile, plan_technician, prefer_technician
from service.dispatch.records import CustomerPreference, PlanningProfile, PlanningProfileFound, Preference, TechnicianReceipt
from service.kit.http import Call, command, question


@put("/v1/technicians/{technician_id:uuid}/planning", **command(plan_technician, scope="technicians:write", status=200, versioned=True))
async def plan_technician_route(
    technician_id: FromPath[UUID], data: JSONBody[PlanningProfile], call: NamedDependency[Call[Any]]
) -> Response[TechnicianReceipt]:
    return await call.perform(plan_technician, technician_id=technician_id, profile=data, version=call.expected_version)


@get("/v1/technicians/{technician_id:uuid}/planning", **question(find_profile, scope="technicians:read"))
async def find_profile_route(technician_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[PlanningProfileFound]:
    return await call.read(find_profile, technician_id=technician_id)


@post("/v1/customers/{customer_id:uuid}/prefer-technician", **command(prefer_technician, scope="customers:write", status=200))
async def prefer_technician_route(
    customer_id: FromPath[UUID], data: JSONBody[Preference], call: NamedDependency[Call[Any]]
) -> Response[CustomerPreference]:
    return await call.perform(prefer_technician, customer_id=customer_id, technician_id=data.technician_id)


@get("/v1/customers/{customer_id:uuid}/preferred-technician", **question(find_preference, scope="customers:read"))
async def find_preference_route(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[CustomerPreference]:
    return await call.read(find_preference, customer_id=customer_id)


ROUTES = [plan_technician_route, find_profile_route, prefer_technician_route, find_preference_route]
