"""Routes of the webhooks."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from service.kit.facts.reading import FeedReset
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.webhooks.deliveries import list_webhook_deliveries, resend_delivery, resend_failed_deliveries
from service.webhooks.records import (
    Delivery,
    DeliveryState,
    MadeSecret,
    NewSecret,
    NewWebhook,
    ResendFailed,
    Resent,
    Webhook,
    WebhookChange,
    WebhookChanged,
    WebhookMoved,
)
from service.webhooks.webhooks import (
    add_webhook,
    change_webhook,
    end_webhook,
    find_webhook,
    list_webhooks,
    make_webhook_secret,
    pause_webhook,
    ping_webhook,
    resume_webhook,
)

READ, WRITE = "webhooks:read", "webhooks:write"
ONE = "/v1/webhooks/{webhook_id:uuid}"
Asked = NamedDependency[Call[Any]]
InState = Annotated[DeliveryState | None, QueryParameter(name="state", description="Only those that stand so.")]


def inside_of(call: Call[Any]) -> frozenset[str]:
    """The places inside our network that the operator lets webhooks reach."""
    return frozenset(call.request.app.state.settings.inside_webhooks)


@post("/v1/webhooks", **command(add_webhook, scope=WRITE))
async def add_webhook_route(data: JSONBody[NewWebhook], call: Asked) -> Response[MadeSecret]:
    return await call.perform(add_webhook, new=data, inside=inside_of(call))


@get("/v1/webhooks", **question(list_webhooks, scope=READ))
async def list_webhooks_route(
    call: Asked, limit: FromQuery[Limit] = LIMIT, cursor: FromQuery[str | None] = None
) -> Response[Page[Webhook]]:
    return await call.read(list_webhooks, limit=limit, cursor=cursor)


@get(ONE, **question(find_webhook, scope=READ))
async def find_webhook_route(webhook_id: FromPath[UUID], call: Asked) -> Response[Webhook]:
    return await call.read(find_webhook, webhook_id=webhook_id)


@put(ONE, **command(change_webhook, scope=WRITE, status=200, versioned=True))
async def change_webhook_route(webhook_id: FromPath[UUID], data: JSONBody[WebhookChange], call: Asked) -> Response[WebhookChanged]:
    return await call.perform(change_webhook, webhook_id=webhook_id, version=call.expected_version, change=data, inside=inside_of(call))


@post(f"{ONE}/secrets", **command(make_webhook_secret, scope=WRITE))
async def make_webhook_secret_route(webhook_id: FromPath[UUID], data: JSONBody[NewSecret], call: Asked) -> Response[MadeSecret]:
    return await call.perform(make_webhook_secret, webhook_id=webhook_id, new=data)


@post(f"{ONE}/pause", **command(pause_webhook, scope=WRITE, status=200))
async def pause_webhook_route(webhook_id: FromPath[UUID], call: Asked) -> Response[WebhookMoved]:
    return await call.perform(pause_webhook, webhook_id=webhook_id)


@post(f"{ONE}/resume", **command(resume_webhook, scope=WRITE, status=200))
async def resume_webhook_route(webhook_id: FromPath[UUID], call: Asked) -> Response[WebhookMoved]:
    return await call.perform(resume_webhook, webhook_id=webhook_id)


@post(f"{ONE}/end", **command(end_webhook, scope=WRITE, status=200))
async def end_webhook_route(webhook_id: FromPath[UUID], call: Asked) -> Response[WebhookMoved]:
    return await call.perform(end_webhook, webhook_id=webhook_id)


@post(f"{ONE}/ping", **command(ping_webhook, scope=WRITE, status=200))
async def ping_webhook_route(webhook_id: FromPath[UUID], call: Asked) -> Response[WebhookMoved]:
    return await call.perform(ping_webhook, webhook_id=webhook_id)


@get(f"{ONE}/deliveries", **question(list_webhook_deliveries, scope=READ, also=(FeedReset,)))
async def list_webhook_deliveries_route(
    webhook_id: FromPath[UUID],
    call: Asked,
    in_state: InState = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Delivery]]:
    return await call.read(list_webhook_deliveries, webhook_id=webhook_id, state=in_state, limit=limit, cursor=cursor)


@post(f"{ONE}/deliveries/{{delivery_id:uuid}}/resend", **command(resend_delivery, scope=WRITE, status=200))
async def resend_delivery_route(webhook_id: FromPath[UUID], delivery_id: FromPath[UUID], call: Asked) -> Response[Resent]:
    return await call.perform(resend_delivery, webhook_id=webhook_id, delivery_id=delivery_id)


@post(f"{ONE}/resend", **command(resend_failed_deliveries, scope=WRITE, status=200))
async def resend_failed_deliveries_route(webhook_id: FromPath[UUID], data: JSONBody[ResendFailed], call: Asked) -> Response[Resent]:
    return await call.perform(resend_failed_deliveries, webhook_id=webhook_id, since=data.failed_since)


ROUTES: list[Any] = [
    add_webhook_route,
    list_webhooks_route,
    find_webhook_route,
    change_webhook_route,
    make_webhook_secret_route,
    pause_webhook_route,
    resume_webhook_route,
    end_webhook_route,
    ping_webhook_route,
    list_webhook_deliveries_route,
    resend_delivery_route,
    resend_failed_deliveries_route,
]
