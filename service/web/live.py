"""Pages that hear of what happens while they are open: where the feed stands when they are made, and how they may follow it."""

from typing import Any
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from service.kit.facts.feed import Feed
from service.kit.facts.reading import FeedCursors, find_horizon
from service.kit.http import Call
from service.kit.verbs import Work
from service.web.pages import SCRIPTED

LIVE = {"Content-Security-Policy": SCRIPTED["Content-Security-Policy"].replace("script-src", "connect-src 'self'; script-src")}
"""For a page whose script asks us alone."""


async def feed_position(work: Work) -> str:
    """Behind everything that this snapshot shows."""
    horizon = await find_horizon(work)
    return FeedCursors(work.cursors).write(work.organisation_id, horizon.start, epoch=horizon.epoch)


@get("/app/customers/{customer_id:uuid}/events", opt={"scope": "timeline:read"}, include_in_schema=False, media_type="text/event-stream")
async def follow_customer(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]], after: FromQuery[str | None] = None) -> Stream:
    """What happens about one customer from there on, as server-sent events."""
    feed: Feed = call.request.app.state.feed
    return await feed.answer(call.principal, after=call.request.headers.get("last-event-id") or after, customer_id=customer_id)


ROUTES: list[Any] = [follow_customer]
