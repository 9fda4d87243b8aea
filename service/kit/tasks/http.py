"""Routes of background work."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.tasks.leases import drive_again, list_dead_tasks
from service.kit.tasks.records import DeadTask, DrivenAgain


@get("/v1/tasks/dead", **question(list_dead_tasks, scope="tasks:read"))
async def list_dead_tasks_route(
    call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[DeadTask]]:
    return await call.read(list_dead_tasks, limit=limit, cursor=cursor)


@post("/v1/tasks/{task_id:uuid}/drive-again", **command(drive_again, scope="tasks:write", status=200))
async def drive_again_route(task_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[DrivenAgain]:
    return await call.perform(drive_again, task_id=task_id)


ROUTES: list[Any] = [list_dead_tasks_route, drive_again_route]
