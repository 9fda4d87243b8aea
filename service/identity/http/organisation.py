"""Routes of the organisation itself."""

from typing import Any

from litestar import Response, get, patch
from litestar.di import NamedDependency
from litestar.params import JSONBody

from service.identity.organisations import change_organisation, find_organisation
from service.identity.records import Changed, Organisation, OrganisationChange
from service.kit.http import Call, command, question


@get("/v1/organisation", **question(find_organisation, scope="organisation:read"))
async def find_organisation_route(call: NamedDependency[Call[Any]]) -> Response[Organisation]:
    return await call.read(find_organisation)


@patch("/v1/organisation", **command(change_organisation, scope="organisation:write", status=200, versioned=True))
async def change_organisation_route(data: JSONBody[OrganisationChange], call: NamedDependency[Call[Any]]) -> Response[Changed]:
    return await call.perform(change_organisation, version=call.expected_version, change=data)


ROUTES = [find_organisation_route, change_organisation_route]
