"""Routes of the API keys."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.identity.api_keys import list_api_keys, make_api_key, revoke_api_key
from service.identity.records import ApiKey, MadeApiKey, NewApiKey, RevokedKey
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@post("/v1/api-keys", **command(make_api_key, scope="keys:write"))
async def make_api_key_route(data: JSONBody[NewApiKey], call: NamedDependency[Call[Any]]) -> Response[MadeApiKey]:
    return await call.perform(make_api_key, new=data)


@post("/v1/api-keys/{api_key_id:uuid}/revoke", **command(revoke_api_key, scope="keys:write", status=200))
async def revoke_api_key_route(api_key_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[RevokedKey]:
    return await call.perform(revoke_api_key, api_key_id=api_key_id)


@get("/v1/api-keys", **question(list_api_keys, scope="keys:write"))
async def list_api_keys_route(
    call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[ApiKey]]:
    return await call.read(list_api_keys, limit=limit, cursor=cursor)


ROUTES = [make_api_key_route, revoke_api_key_route, list_api_keys_route]
