"""Routes of plans."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.dispatch.plans.plans import ask_plan, cancel_plan, find_plan, list_plans, publish_plan
from service.dispatch.records import Plan, PlanAsked, PlanLine, PlanPublished, PlanReceipt, Publish
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/plans", **command(ask_plan, scope="visits:write", status=202))
async def ask_plan_route(data: JSONBody[PlanAsked], call: NamedDependency[Call[Any]]) -> Response[PlanReceipt]:
    return await call.perform(ask_plan, asked=data)


@get("/v1/plans", **question(list_plans, scope="visits:read"))
async def list_plans_route(
    call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[PlanLine]]:
    return await call.read(list_plans, limit=limit, cursor=cursor)


@get("/v1/plans/{plan_id:uuid}", **question(find_plan, scope="visits:read"))
async def find_plan_route(plan_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Plan]:
    return await call.read(find_plan, plan_id=plan_id)


@post("/v1/plans/{plan_id:uuid}/cancel", **command(cancel_plan, scope="visits:write", status=200))
async def cancel_plan_route(plan_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[PlanReceipt]:
    return await call.perform(cancel_plan, plan_id=plan_id)


@post("/v1/plans/{plan_id:uuid}/publish", **command(publish_plan, scope="visits:write", status=200))
async def publish_plan_route(plan_id: FromPath[UUID], data: JSONBody[Publish], call: NamedDependency[Call[Any]]) -> Response[PlanPublished]:
    return await call.perform(publish_plan, plan_id=plan_id, publish=data)


ROUTES = [ask_plan_route, list_plans_route, find_plan_route, cancel_plan_route, publish_plan_route]
