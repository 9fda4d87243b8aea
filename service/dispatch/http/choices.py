"""Routes of what customers may choose, and of the links by which they do."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.dispatch.choices import find_choice_policy, make_choice_link, set_choice_policy
from service.dispatch.records.choices import ChoiceLink, ChoicePolicy, ChoicePolicyFound, ChoicePolicyReceipt
from service.kit.http import Call, command, question


@put("/v1/choice-policy", **command(set_choice_policy, scope="technicians:write", status=200, versioned=True))
async def set_choice_policy_route(data: JSONBody[ChoicePolicy], call: NamedDependency[Call[Any]]) -> Response[ChoicePolicyReceipt]:
    return await call.perform(set_choice_policy, policy=data, version=call.expected_version)


@get("/v1/choice-policy", **question(find_choice_policy, scope="visits:read"))
async def find_choice_policy_route(call: NamedDependency[Call[Any]]) -> Response[ChoicePolicyFound]:
    return await call.read(find_choice_policy)


@post("/v1/jobs/{job_id:uuid}/choice-links", **command(make_choice_link, scope="visits:write"))
async def make_choice_link_route(job_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[ChoiceLink]:
    return await call.perform(make_choice_link, job_id=job_id)


ROUTES = [set_choice_policy_route, find_choice_policy_route, make_choice_link_route]
