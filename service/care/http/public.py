"""Routes of events and ideas."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.care.public import announce_event, answer_idea, change_event, list_events, list_ideas
from service.care.records.public import Event, EventPut, Idea, IdeaReceipt, NewEvent, NewIdeaAnswer
from service.kit.http import Call, command, question


@post("/v1/events", **command(announce_event, scope="customers:write", status=200))
async def announce_event_route(data: JSONBody[NewEvent], call: NamedDependency[Call[Any]]) -> Response[EventPut]:
    return await call.perform(announce_event, event=data)


@put("/v1/events/{event_id:uuid}", **command(change_event, scope="customers:write", status=200, versioned=True))
async def change_event_route(event_id: FromPath[UUID], data: JSONBody[NewEvent], call: NamedDependency[Call[Any]]) -> Response[EventPut]:
    return await call.perform(change_event, event_id=event_id, version=call.expected_version, event=data)


@get("/v1/events", **question(list_events, scope="customers:read"))
async def list_events_route(call: NamedDependency[Call[Any]]) -> Response[list[Event]]:
    return await call.read(list_events)


@get("/v1/ideas", **question(list_ideas, scope="customers:read"))
async def list_ideas_route(call: NamedDependency[Call[Any]]) -> Response[list[Idea]]:
    return await call.read(list_ideas)


@post("/v1/ideas/{idea_id:uuid}/answer", **command(answer_idea, scope="customers:write", status=200))
async def answer_idea_route(
    idea_id: FromPath[UUID], data: JSONBody[NewIdeaAnswer], call: NamedDependency[Call[Any]]
) -> Response[IdeaReceipt]:
    return await call.perform(answer_idea, idea_id=idea_id, answer=data)


ROUTES = [announce_event_route, change_event_route, list_events_route, list_ideas_route, answer_idea_route]
