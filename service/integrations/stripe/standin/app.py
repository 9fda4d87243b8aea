"""The stand-in as one ASGI application: Stripe's API, the payable page, and the controls."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from service.integrations.asgi import Answer, Request, json_answer
from service.integrations.stripe import API_VERSION
from service.integrations.stripe.standin import charges, control, endpoints, events, intents, page, refunds
from service.integrations.stripe.standin.account import StandIn
from service.integrations.stripe.standin.auth import check_key, check_version
from service.integrations.stripe.standin.faults import How, StripeFault, internal_error, rate_limited
from service.integrations.stripe.standin.forms import Fields, decode
from service.integrations.stripe.standin.state import Call, Thing


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    """`*` stands for an id."""
    answer: Callable[..., Thing]
    accepts: frozenset[str] = frozenset()
    parameters: str | None = None
    """The class of the `stripe` package that declares these parameters."""


ROUTES = (
    Route("POST", "/v1/payment_intents", intents.create, intents.CREATE, "PaymentIntentCreateParams"),
    Route("GET", "/v1/payment_intents", intents.list_intents, intents.LIST, "PaymentIntentListParams"),
    Route("GET", "/v1/payment_intents/*", intents.retrieve),
    Route("POST", "/v1/payment_intents/*/confirm", intents.confirm, intents.CONFIRM, "PaymentIntentConfirmParams"),
    Route("POST", "/v1/payment_intents/*/cancel", intents.cancel, intents.CANCEL, "PaymentIntentCancelParams"),
    Route("GET", "/v1/charges/*", charges.retrieve),
    Route("POST", "/v1/refunds", refunds.create, refunds.CREATE, "RefundCreateParams"),
    Route("GET", "/v1/refunds", refunds.list_refunds, refunds.LIST, "RefundListParams"),
    Route("GET", "/v1/refunds/*", refunds.retrieve),
    Route("GET", "/v1/events", events.list_events, events.LIST, "EventListParams"),
    Route("GET", "/v1/events/*", events.retrieve),
    Route("POST", "/v1/webhook_endpoints", endpoints.create, endpoints.CREATE, "WebhookEndpointCreateParams"),
    Route("GET", "/v1/webhook_endpoints", endpoints.list_endpoints, endpoints.LIST, "WebhookEndpointListParams"),
    Route("GET", "/v1/webhook_endpoints/*", endpoints.retrieve),
    Route("DELETE", "/v1/webhook_endpoints/*", endpoints.delete),
)
_ID = r"([A-Za-z0-9_]{1,255})"
_PATTERNS = [(re.compile(route.path.replace("*", _ID)), route) for route in ROUTES]


async def handle(standin: StandIn, request: Request) -> Answer | None:
    if request.path.startswith("/_standin/"):
        return await control.handle(standin, request)
    if request.path.startswith("/pay/"):
        return await page.handle(standin, request)
    request_id = standin.provider.new_id("req")
    try:
        return await _answer(standin, request, request_id)
    except StripeFault as fault:
        return _refusal(fault, request_id)


async def _answer(standin: StandIn, request: Request, request_id: str) -> Answer | None:
    check_key(request, standin.api_key)
    check_version(request)
    route, ids = _find_route(request)
    encoded = request.query if request.method == "GET" else request.body.decode("utf-8", "replace")
    fields = Fields(decode(encoded), accepts=route.accepts)
    key = request.headers.get("idempotency-key") if request.method == "POST" else None
    if key is not None:
        replay = standin.keys.begin(key, method=request.method, path=request.path, body=request.body, now=standin.provider.clock.now())
        if replay is not None:
            return Answer(status=replay.status, body=replay.body, headers={**replay.headers, "idempotent-replayed": "true"})
    call = Call(standin.provider, fields, request_id, key)
    return await _execute(standin, request, call, lambda: route.answer(call, *ids))


async def _execute(standin: StandIn, request: Request, call: Call, act: Callable[[], Thing]) -> Answer | None:
    """Runs one call with whatever was asked to go wrong, and lets its events leave with or before the answer."""
    fault = standin.provider.planned_fault(method=request.method, path=request.path)
    how = None if fault is None else fault.how
    if how == "hang_before" and not await standin.hang(request):
        standin.keys.forget(call.idempotency_key)
        return None
    answer, kept = _outcome(call, act, how)
    if kept:
        standin.keys.keep(call.idempotency_key, answer)
    else:
        standin.keys.forget(call.idempotency_key)
    let_leave = await standin.send_early(call)
    if how == "hang_after":
        let_leave()
        return None
    return Answer(status=answer.status, body=answer.body, headers=answer.headers, then=let_leave)


def _outcome(call: Call, act: Callable[[], Thing], how: How | None) -> tuple[Answer, bool]:
    """What is answered, and whether the same idempotency key hears it again."""
    try:
        if how == "unavailable":
            raise internal_error(kept=False)
        if how == "rate_limited":
            raise rate_limited()
        if how == "error":
            raise internal_error(kept=True)
        done = act()
        if how == "error_after_commit":
            raise internal_error(kept=True)
    except StripeFault as refused:
        return _refusal(refused, call.request_id, key=call.idempotency_key), refused.kept
    return json_answer(200, done, **_headers(call.request_id, call.idempotency_key)), True


def _find_route(request: Request) -> tuple[Route, tuple[str | Any, ...]]:
    for pattern, route in _PATTERNS:
        found = pattern.fullmatch(request.path)
        if found is not None and route.method == request.method:
            return route, found.groups()
    raise StripeFault(404, f"Unrecognized request URL ({request.method}: {request.path}).", kept=False)


def _headers(request_id: str, key: str | None) -> dict[str, str]:
    headers = {"request_id": request_id, "stripe_version": API_VERSION}
    if key is not None:
        headers |= {"idempotency_key": key, "original_request": request_id}
    return headers


def _refusal(fault: StripeFault, request_id: str, *, key: str | None = None) -> Answer:
    headers = _headers(request_id, key)
    if fault.status >= 500:
        headers["stripe_should_retry"] = "false" if fault.kept else "true"
    return json_answer(fault.status, msgspec.to_builtins(fault.body()), **headers)
