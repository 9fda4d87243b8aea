"""Routes of the feed."""

from typing import Annotated, Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery, QueryParameter
from litestar.response import Stream

from service.kit.facts.feed import Feed
from service.kit.facts.reading import FeedReset, read_facts
from service.kit.facts.records import MOST_FACTS, FactPage
from service.kit.http import Call, question
from service.kit.refusals import TooManyRequests

FactLimit = Annotated[int, QueryParameter(ge=1, le=MOST_FACTS)]


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
    return await feed.answer(call.principal, after=cursor)


ROUTES: list[Any] = [read_facts_route, follow_facts_route]
