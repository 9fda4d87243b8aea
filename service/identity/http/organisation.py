"""Routes of the organisation itself."""

from typing import Any

from litestar import Response, delete, get, patch, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from service.identity.branding import MOST_BYTES, LogoUnreadable, logo_of, remove_logo, set_logo
from service.identity.organisations import change_organisation, find_organisation
from service.identity.records import Changed, LogoSet, Organisation, OrganisationChange
from service.kit.http import Call, File, command, question

PICTURE = File(("image/png", "image/jpeg", "image/webp"), MOST_BYTES)


@get("/v1/organisation", **question(find_organisation, scope="organisation:read"))
async def find_organisation_route(call: NamedDependency[Call[Any]]) -> Response[Organisation]:
    return await call.read(find_organisation)


@patch("/v1/organisation", **command(change_organisation, scope="organisation:write", status=200, versioned=True))
async def change_organisation_route(data: JSONBody[OrganisationChange], call: NamedDependency[Call[Any]]) -> Response[Changed]:
    return await call.perform(change_organisation, version=call.expected_version, change=data)


@put("/v1/organisation/logo", **command(set_logo, scope="organisation:write", status=200, file=PICTURE, also=(LogoUnreadable,)))
async def set_logo_route(call: NamedDependency[Call[Any]]) -> Response[LogoSet]:
    return await call.perform(set_logo, content=await logo_of(await call.request.body()))


@delete("/v1/organisation/logo", **command(remove_logo, scope="organisation:write", status=200))
async def remove_logo_route(call: NamedDependency[Call[Any]]) -> Response[LogoSet]:
    return await call.perform(remove_logo)


ROUTES = [find_organisation_route, change_organisation_route, set_logo_route, remove_logo_route]
