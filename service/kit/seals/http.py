"""Routes of the checkpoints, and of the keys that they and all other proofs verify with."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from service.kit.http import Call, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.seals.checkpoints import list_checkpoints, list_public_keys
from service.kit.seals.records import Checkpoint
from service.kit.signatures import KeySet


@get("/v1/checkpoints", **question(list_checkpoints, scope="facts:read"))
async def list_checkpoints_route(
    call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Checkpoint]]:
    return await call.read(list_checkpoints, limit=limit, cursor=cursor)


@get("/.well-known/jwks.json", **question(list_public_keys, scope=None))
async def list_public_keys_route(call: NamedDependency[Call[Any]]) -> Response[KeySet]:
    return Response(list_public_keys(call.database.keys), headers={"Cache-Control": "public, max-age=300"})


ROUTES: list[Any] = [list_checkpoints_route, list_public_keys_route]
