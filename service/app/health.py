"""Whether this process lives, and whether it can serve: two different questions."""

from typing import Any, Literal

import asyncpg
import msgspec
from litestar import Request, Response, get

from db.migrate import MigrationRefused, pending


class Health(msgspec.Struct, frozen=True):
    """How it stands."""

    status: Literal["ok", "not_ready"]
    reason: str | None = None


@get("/health/live", operation_id="health_live", summary="Whether this process answers.", opt={"scope": None})
async def live_route() -> Health:
    """Whether this process answers; asks nobody else, so that a sick database doesn't get it restarted."""
    return Health("ok")


@get("/health/ready", operation_id="health_ready", summary="Whether this process can serve.", opt={"scope": None})
async def ready_route(request: Request[Any, Any, Any]) -> Response[Health]:
    """Whether the database answers and has the schema that this program knows."""
    pool = request.app.state.database.pool
    try:
        async with pool.acquire(timeout=2) as connection:
            waiting = await pending(connection)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
        return Response(Health("not_ready", "The database doesn't answer."), status_code=503)
    except MigrationRefused as refused:
        return Response(Health("not_ready", str(refused)), status_code=503)
    if waiting:
        return Response(Health("not_ready", f"Migrations wait: {', '.join(one.name for one in waiting)}."), status_code=503)
    return Response(Health("ok"))
