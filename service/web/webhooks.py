"""Webhooks on pages: who is told, how that goes, and what to do where it doesn't."""

from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.ids import uuid7
from service.kit.paging import MOST, Page
from service.kit.refusals import InvalidDocument, NotFound, Refusal
from service.kit.verbs import VerbRule, Work
from service.web.forms import acted, converted, filled_in, whole_in
from service.web.guard import from_our_own_page
from service.web.pages import page
from service.web.refusal_words import said_to_people
from service.web.webhook_words import OUTCOMES, STANDING, STATES, WHY_PAUSED
from service.web.words import said
from service.webhooks.deliveries import list_webhook_deliveries, resend_delivery, resend_failed_deliveries
from service.webhooks.records import Delivery, DeliveryState, MadeSecret, NewSecret, NewWebhook, Webhook, WebhookChange
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

PAGE: Final = "/app/webhooks"
ONE: Final = PAGE + "/{webhook_id:uuid}"
READS: Final[dict[str, Any]] = {"opt": {"scope": "webhooks:read"}, "include_in_schema": False}
WRITES: Final[dict[str, Any]] = {"opt": {"scope": "webhooks:write"}, "include_in_schema": False}
MOVES: Final[dict[str, VerbRule[..., Any]]] = {"pause": pause_webhook, "resume": resume_webhook, "end": end_webhook, "ping": ping_webhook}
SHOWN: Final[dict[str, DeliveryState | None]] = {"all": None, "waiting": "waiting", "failed": "failed", "delivered": "delivered"}
A_PAGE: Final = 20
BEGINNING: Final = datetime(2000, 1, 1, tzinfo=UTC)
Asked = NamedDependency[Call[Any]]


class WebhooksShown(msgspec.Struct, frozen=True):
    """Everything the list says."""

    organisation: Organisation
    webhooks: list[Webhook]


class WebhookShown(msgspec.Struct, frozen=True):
    """Everything one's page says."""

    organisation: Organisation
    webhook: Webhook
    deliveries: Page[Delivery]


@get(PAGE, **READS)
async def show_webhooks(call: Asked) -> Response[str]:
    """Who is told, and how that goes."""
    return await _list(call)


@post(f"{PAGE}/add", **WRITES)
async def add(call: Asked) -> Response[Any]:
    """Adds one, and shows its secret this once: the form's own id makes it one however often it is sent."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    try:
        new = converted(_asked(form) | {"id": form.get("id")}, NewWebhook)
        made: MadeSecret = await call.do(add_webhook, new=new, inside=_inside(call))
    except Refusal as refusal:
        return await _list(call, refusal=refusal, form=form)
    return await _one(call, made.id, made=made)


@get(ONE, **READS)
async def show_webhook(webhook_id: FromPath[UUID], call: Asked) -> Response[str]:
    """One of them, and what was sent to it."""
    return await _one(call, webhook_id)


@post(ONE + "/change", **WRITES)
async def change(webhook_id: FromPath[UUID], call: Asked) -> Response[Any]:
    """Changes where it is told, and of what."""
    form = await filled_in(call)

    async def act() -> None:
        change = converted(_asked(form), WebhookChange)
        await call.do(
            change_webhook, webhook_id=webhook_id, version=whole_in(form.get("version", "")) or 0, change=change, inside=_inside(call)
        )

    return await _acted(call, webhook_id, act)


@post(ONE + "/secret", **WRITES)
async def make_secret(webhook_id: FromPath[UUID], call: Asked) -> Response[Any]:
    """Makes the secret of the number that the form names, and shows it this once."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    try:
        new = converted({"number": whole_in(form.get("number", "")), "former_hours": whole_in(form.get("former_hours", ""))}, NewSecret)
        made: MadeSecret = await call.do(make_webhook_secret, webhook_id=webhook_id, new=new)
    except NotFound:
        raise
    except Refusal as refusal:
        return await _one(call, webhook_id, refusal=refusal)
    return await _one(call, webhook_id, made=made)


@post(ONE + "/resend", **WRITES)
async def resend_failed(webhook_id: FromPath[UUID], call: Asked) -> Response[Any]:
    """Sends all again that was given up, or what was since a day."""
    form = await filled_in(call)

    async def act() -> None:
        await call.do(resend_failed_deliveries, webhook_id=webhook_id, since=await _since(call, form.get("since")))

    return await _acted(call, webhook_id, act)


@post(ONE + "/deliveries/{delivery_id:uuid}/resend", **WRITES)
async def resend(webhook_id: FromPath[UUID], delivery_id: FromPath[UUID], call: Asked) -> Response[Any]:
    """Sends one message again."""
    return await _acted(call, webhook_id, lambda: call.do(resend_delivery, webhook_id=webhook_id, delivery_id=delivery_id))


@post(ONE + "/{what:str}", **WRITES)
async def move(webhook_id: FromPath[UUID], what: FromPath[str], call: Asked) -> Response[Any]:
    """Pauses, resumes or ends it, or sends it a message to try it."""
    if what not in MOVES:
        raise NotFound
    return await _acted(call, webhook_id, lambda: call.do(MOVES[what], webhook_id=webhook_id))


async def look_at_webhooks(work: Work) -> WebhooksShown:
    """All of them, in one snapshot."""
    webhooks: list[Webhook] = []
    cursor: str | None = None
    while True:
        some = await list_webhooks(work, limit=MOST, cursor=cursor)
        webhooks += [one for one in some.items if one.state != "ended"]
        cursor = some.next
        if cursor is None:
            return WebhooksShown(await find_organisation(work), webhooks)


async def look_at_one(work: Work, *, webhook_id: UUID, state: DeliveryState | None, cursor: str | None) -> WebhookShown:
    """One and a page of its log, in one snapshot."""
    return WebhookShown(
        await find_organisation(work),
        await find_webhook(work, webhook_id=webhook_id),
        await list_webhook_deliveries(work, webhook_id=webhook_id, state=state, limit=A_PAGE, cursor=cursor),
    )


async def _acted(call: Call[Any], webhook_id: UUID, act: Any) -> Response[Any]:
    from_our_own_page(call.request)
    return await acted(act, to=lambda: f"{PAGE}/{webhook_id}", again=lambda refusal: _one(call, webhook_id, refusal=refusal))


async def _since(call: Call[Any], day: str | None) -> datetime:
    """The beginning of that day where the organisation is; of all days without one. Raises InvalidDocument."""
    if day is None:
        return BEGINNING
    try:
        return datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=ZoneInfo((await call.ask(find_organisation)).zone))
    except ValueError:
        raise InvalidDocument from None


def _asked(form: dict[str, str]) -> dict[str, Any]:
    return {
        "url": form.get("url", "").strip(),
        "kinds": form.get("kinds", "").replace(",", " ").split(),
        "description": form.get("description", "").strip(),
    }


def _inside(call: Call[Any]) -> frozenset[str]:
    return frozenset(call.request.app.state.settings.inside_webhooks)


async def _list(call: Call[Any], *, refusal: Refusal | None = None, form: dict[str, str] | None = None) -> Response[str]:
    shown: WebhooksShown = await call.ask(look_at_webhooks)
    language = shown.organisation.language
    return page(
        "webhooks.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        webhooks=shown.webhooks,
        standing=said(STANDING, language),
        form=form or {},
        new_id=uuid7(at=call.at),
        reference=None,
    )


async def _one(call: Call[Any], webhook_id: UUID, *, refusal: Refusal | None = None, made: MadeSecret | None = None) -> Response[str]:
    asked = call.request.query_params
    which = asked.get("which", "all")
    shown: WebhookShown = await call.ask(look_at_one, webhook_id=webhook_id, state=SHOWN.get(which), cursor=asked.get("cursor"))
    language = shown.organisation.language
    return page(
        "webhook.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        webhook=shown.webhook,
        deliveries=shown.deliveries,
        made=made,
        which=which if which in SHOWN else "all",
        former_is_live=shown.webhook.former_secret_until is not None and shown.webhook.former_secret_until > call.at,
        standing=said(STANDING, language),
        why=said(WHY_PAUSED, language),
        states=said(STATES, language),
        outcomes=said(OUTCOMES, language),
        reference=None,
    )


ROUTES: list[Any] = [show_webhooks, add, show_webhook, change, make_secret, resend_failed, resend, move]
