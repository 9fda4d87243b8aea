"""Routes of the timeline, of words in and out, and of looking for a customer."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.care.messages import list_messages, note_message
from service.care.records import Entry, Found, Message, MessageReceipt, NewMessage
from service.care.searching import search_customers
from service.care.timeline import list_timeline
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page


@get("/v1/customers/{customer_id:uuid}/timeline", **question(list_timeline, scope="timeline:read"))
async def list_timeline_route(
    customer_id: FromPath[UUID], call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Entry]]:
    return await call.read(list_timeline, customer_id=customer_id, limit=limit, cursor=cursor)


@post("/v1/customers/{customer_id:uuid}/messages", **command(note_message, scope="messages:write"))
async def note_message_route(
    customer_id: FromPath[UUID], data: JSONBody[NewMessage], call: NamedDependency[Call[Any]]
) -> Response[MessageReceipt]:
    return await call.perform(note_message, customer_id=customer_id, message=data)


@get("/v1/customers/{customer_id:uuid}/messages", **question(list_messages, scope="timeline:read"))
async def list_messages_route(
    customer_id: FromPath[UUID], call: NamedDependency[Call[Any]], limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Message]]:
    return await call.read(list_messages, customer_id=customer_id, limit=limit, cursor=cursor)


@get("/v1/search/customers", **question(search_customers, scope="customers:read"))
async def search_customers_route(
    said: Annotated[str, QueryParameter(min_length=1, max_length=200)], call: NamedDependency[Call[Any]]
) -> Response[Found]:
    return await call.read(search_customers, said=said)


ROUTES = [list_timeline_route, note_message_route, list_messages_route, search_customers_route]
