"""The stand-in as one ASGI application: Stripe's API, the payable pages, and the controls."""

from collections.abc import Callable
from typing import Any

import msgspec

from service.integrations.asgi import Answer, Request, json_answer
from service.integrations.stripe import API_VERSION
from service.integrations.stripe.standin import control, page
from service.integrations.stripe.standin.account import StandIn
from service.integrations.stripe.standin.auth import check_key, check_version
from service.integrations.stripe.standin.expand import expanded
from service.integrations.stripe.standin.faults import How, StripeFault, internal_error, rate_limited
from service.integrations.stripe.standin.forms import Fields, decode, decode_multipart
from service.integrations.stripe.standin.routes import find_route
from service.integrations.stripe.standin.state import Call

BODY_LIMIT_BYTES = 6 << 20
"""A file of five megabytes and its form."""


async def handle(standin: StandIn, request: Request) -> Answer | None:
    if request.path.startswith("/_standin/"):
        return await control.handle(standin, request)
    await standin.run_due()
    address = standin.reached_at(request)
    if request.path.startswith(page.PLACES):
        return await page.handle(standin, request)
    request_id = standin.provider.new_id("req")
    try:
        return await _answer(standin, request, request_id, address)
    except StripeFault as fault:
        return _refusal(fault, request_id)


async def _answer(standin: StandIn, request: Request, request_id: str, address: str) -> Answer | None:
    if standin.provider.is_down:
        raise internal_error(kept=False)
    check_key(request, standin.api_key)
    check_version(request)
    route, ids = find_route(request.method, request.path)
    params = _parameters(request)
    fields = Fields(params, accepts={*route.accepts, "expand"})
    key = request.headers.get("idempotency-key") if request.method == "POST" else None
    if key is not None:
        now = standin.provider.clock.now()
        replay = standin.keys.begin(key, method=request.method, path=request.path, params=params, now=now)
        if replay is not None:
            return Answer(status=replay.status, body=replay.body, headers={**replay.headers, "idempotent-replayed": "true"})
    call = Call(standin.provider, fields, request_id, key, address)
    return await _execute(standin, request, call, lambda: expanded(call.provider, route.answer(call, *ids), fields.texts("expand")))


def _parameters(request: Request) -> dict[str, Any]:
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("multipart/form-data"):
        return decode_multipart(request.body, content_type)
    return decode(request.query if request.method != "POST" else request.body.decode("utf-8", "replace"))


async def _execute(standin: StandIn, request: Request, call: Call, act: Callable[[], Any]) -> Answer | None:
    """Runs one call with whatever was asked to go wrong, and lets its events leave with or before the answer."""
    fault = standin.provider.planned_fault(method=request.method, path=request.path)
    how = None if fault is None else fault.how
    if how == "cut_before" or (how == "hang_before" and not await standin.hang(request)):
        standin.keys.forget(call.idempotency_key)
        return CUT if how == "cut_before" else None
    answer, kept = _outcome(call, act, how)
    if kept:
        standin.keys.keep(call.idempotency_key, answer)
    else:
        standin.keys.forget(call.idempotency_key)
    let_leave = await standin.send_early(call)
    if how in {"hang_after", "cut_after"}:
        let_leave()
        return CUT if how == "cut_after" else None
    return Answer(status=answer.status, body=answer.body, headers=answer.headers, then=let_leave)


CUT = Answer(status=200, cut=True)


def _outcome(call: Call, act: Callable[[], Any], how: How | None) -> tuple[Answer, bool]:
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
        return _refusal(refused, call.request_id or "", key=call.idempotency_key), refused.kept
    headers = _headers(call.request_id or "", call.idempotency_key)
    if isinstance(done, bytes):
        return Answer(status=200, body=done, headers={"content-type": "application/octet-stream"}), True
    return json_answer(200, done, **headers), True


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
