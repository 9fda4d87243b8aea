"""Routes of the feed."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Any

import structlog
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from litestar.response import Stream
from litestar.types import HTTPScope, Message, Receive, Send

from service.kit.facts.feed import Feed
from service.kit.facts.reading import FeedReset, read_facts
from service.kit.facts.records import MOST_FACTS, FactPage
from service.kit.http import Call, question
from service.kit.refusals import TooManyRequests

FactLimit = Annotated[int, QueryParameter(ge=1, le=MOST_FACTS)]
LOG = structlog.get_logger("feed")
PATIENCE_SECONDS = 30.0
"""How long a reader may take nothing before its connection is cut."""


class EventStream(Stream):
    """Server-sent events (HTML Living Standard, section 9.2) to a reader who has to keep reading."""

    def __init__(self, events: AsyncGenerator[bytes, None]) -> None:
        super().__init__(events, media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        self.events = events

    def to_asgi_response(self, *args: Any, **kwargs: Any) -> Any:
        """The response that sends them."""
        response = super().to_asgi_response(*args, **kwargs)

        async def respond(scope: HTTPScope, receive: Receive, send: Send) -> None:
            async def send_in_time(message: Message) -> None:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await send(message)

            async with aclosing(self.events):
                try:
                    await response(scope, receive, send_in_time)
                except* TimeoutError:
                    LOG.info("reader_stopped_reading")

        return respond


@get("/v1/facts", **question(read_facts, scope="facts:read", also=(FeedReset,)))
async def read_facts_route(
    call: NamedDependency[Call[Any]], after: FromQuery[str | None] = None, limit: FactLimit = 200
) -> Response[FactPage]:
    feed: Feed = call.request.app.state.feed
    return await call.read(read_facts, after=after, limit=limit, subjects=feed.subjects(call.principal))


async def follow_facts() -> None:
    """Follows what happens as server-sent events, from now on or behind `Last-Event-ID` (or `after`, for the first connection).

    Each event `fact` carries a fact and, as its id, the cursor behind it. The stream ends with an event `end` that says why and where to read on:
    `slow` (the reader couldn't keep up), `expired` (15 minutes; come back with a fresh token), `closing` (the process stops), `FEED_RESET`.
    """


@get("/v1/facts/stream", media_type="text/event-stream", **question(follow_facts, scope="facts:read", also=(FeedReset, TooManyRequests)))
async def follow_facts_route(call: NamedDependency[Call[Any]], after: FromQuery[str | None] = None) -> Stream:
    feed: Feed = call.request.app.state.feed
    cursor = call.request.headers.get("last-event-id") or after
    events = await feed.follow(call.principal, after=cursor)
    return EventStream(events)


ROUTES: list[Any] = [read_facts_route, follow_facts_route]
