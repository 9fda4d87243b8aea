"""Routes of card payments, of the provider's webhook and of parked money."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from service.billing.hearing.events import drive_event_by_id, hear_webhook
from service.billing.provider.cards import (
    CardRefused,
    CardsNotSetUp,
    ProviderSilent,
    WebhookNotTaken,
    begin_card_attempt,
    drive_parked_again,
    find_attempt,
    hear_intent,
    list_parked,
)
from service.billing.provider.collecting import open_at_provider, refresh_attempt
from service.billing.provider.desk import Desk
from service.billing.provider.events import list_unapplied, settle_waiting
from service.billing.records.cards import CardAttempt, DriveAgain, EventReceipt, NewCardAttempt, OpenCardAttempt, ParkedMoney
from service.billing.records.events import EventSettled, Unapplied
from service.billing.records.payments import PaymentOutcome
from service.kit.http import Call, command, question
from service.kit.paging import LIMIT, Limit, Page
from service.kit.principals import Principal
from service.kit.sheets import files_of
from service.kit.tasks.registry import WORKER

PROVIDER = (CardsNotSetUp, CardRefused, ProviderSilent)
REFRESH = {
    **command(hear_intent, scope="payments:card", status=200, keyed=False, also=PROVIDER),
    "summary": "Asks the provider how an attempt stands, and takes that in as a webhook would have told it.",
}
DRIVE = {
    **command(settle_waiting, scope="payments:correct", status=200, keyed=False, also=PROVIDER),
    "summary": "Tries an event again that waits: the provider is asked about what it names, and it is taken in or waits on.",
}
IntentId = Annotated[str, msgspec.Meta(min_length=1, max_length=255, description="The provider's payment intent: why is it not applied?")]
EventId = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
WEBHOOK = {
    **command(hear_intent, scope=None, status=200, keyed=False, also=(WebhookNotTaken,)),
    "summary": "Takes in one signed message of the payment provider's.",
}


@post("/v1/invoices/{invoice_id:uuid}/card-attempts", **command(begin_card_attempt, scope="payments:card", money=True, also=PROVIDER))
async def begin_card_attempt_route(
    invoice_id: FromPath[UUID], data: JSONBody[NewCardAttempt], call: NamedDependency[Call[Any]]
) -> Response[OpenCardAttempt]:
    desk = desk_of(call)
    desk.require_provider()
    settings = call.request.app.state.settings
    answer = await call.perform(begin_card_attempt, invoice_id=invoice_id, attempt_id=data.id, livemode=is_live(call), way=data.way)
    opened = await open_at_provider(desk, begun=answer.content, home=settings.public_url)
    return Response(opened, status_code=answer.status_code, headers=answer.headers)


@post("/v1/card-attempts/{attempt_id:uuid}/refresh", **{**REFRESH, "operation_id": "refresh_card_attempt"})
async def refresh_card_attempt_route(attempt_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[CardAttempt]:
    return Response(await refresh_attempt(desk_of(call), attempt_id=attempt_id))


@get("/v1/card-attempts/{attempt_id:uuid}", **question(find_attempt, scope="payments:read"))
async def find_attempt_route(attempt_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[CardAttempt]:
    return await call.read(find_attempt, attempt_id=attempt_id)


@post("/v1/organisations/{organisation_id:uuid}/stripe-events", **{**WEBHOOK, "operation_id": "hear_webhook"})
async def hear_webhook_route(organisation_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[EventReceipt]:
    call.principal = Principal(organisation_id=organisation_id, kind="system", id=WORKER)
    event_id = await hear_webhook(
        desk_of(call),
        raw_body=await call.request.body(),
        signature=call.request.headers.get("stripe-signature"),
        secrets=call.request.app.state.settings.stripe_webhook_secrets,
    )
    return Response(EventReceipt(event_id))


@get("/v1/parked-money", **question(list_parked, scope="ledger:read"))
async def list_parked_route(
    call: NamedDependency[Call[Any]],
    resolved: FromQuery[bool] = False,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[ParkedMoney]]:
    return await call.read(list_parked, resolved=resolved, limit=limit, cursor=cursor)


@post("/v1/parked-money/{parked_id:uuid}/drive-again", **command(drive_parked_again, scope="payments:correct", money=True))
async def drive_parked_again_route(
    parked_id: FromPath[UUID], data: JSONBody[DriveAgain], call: NamedDependency[Call[Any]]
) -> Response[PaymentOutcome]:
    return await call.perform(drive_parked_again, parked_id=parked_id, whose=data)


@get("/v1/payments/unapplied", **question(list_unapplied, scope="ledger:read"))
async def list_unapplied_route(
    call: NamedDependency[Call[Any]],
    intent_id: FromQuery[IntentId | None] = None,
    limit: FromQuery[Limit] = LIMIT,
    cursor: FromQuery[str | None] = None,
) -> Response[Page[Unapplied]]:
    return await call.read(list_unapplied, intent_id=intent_id, limit=limit, cursor=cursor)


@post("/v1/payments/unapplied/{event_id:str}/drive", **{**DRIVE, "operation_id": "drive_unapplied"})
async def drive_unapplied_route(event_id: FromPath[EventId], call: NamedDependency[Call[Any]]) -> Response[EventSettled]:
    return Response(await drive_event_by_id(desk_of(call), event_id=event_id))


def is_live(call: Call[Any]) -> bool:
    """Whether the provider's key moves real money."""
    return bool(call.request.app.state.settings.stripe_api_key.startswith(("sk_live_", "rk_live_")))


def desk_of(call: Call[Any]) -> Desk:
    """The provider's desk for one request; what it does isn't remembered under the request's key, which is its first verb's."""
    outside = call.request.app.state.get("outside")
    who: dict[str, Any] = {"principal": call.principal, "at": call.at, "request_id": call.request_id}

    async def do(rule: Any, **values: Any) -> Any:
        return (await call.database.perform(rule, **who, remember=None, values=values)).record

    async def ask(question: Any, **values: Any) -> Any:
        return await call.database.read(question, **who, values=values)

    return Desk(call.principal.organisation_id, call.at, do, ask, outside.stripe if outside else None)


ROUTES = [
    begin_card_attempt_route, refresh_card_attempt_route, find_attempt_route, hear_webhook_route, list_parked_route, drive_parked_again_route,
    list_unapplied_route, drive_unapplied_route,
    *files_of(list_parked_route, ParkedMoney), *files_of(list_unapplied_route, Unapplied, name="unapplied-payments"),
]  # fmt: skip
