"""What holds for every request before and after any route: its host, its size, its id, the headers of its answer, its count."""

import re
import time
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final, cast
from uuid import UUID

import msgspec
import structlog
from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.types import HTTPScope, LifeSpanScope, Receive, Scope, Send

from service.app import helping
from service.app.metrics import Metrics
from service.customers.records import Help
from service.kit import problems
from service.kit.ids import uuid7
from service.kit.rates import Standing
from service.kit.refusals import Refusal

HEADER_BYTES: Final = 16 * 1024
HEADER_COUNT: Final = 100
_REQUEST_ID: Final = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

# A page of ours sets its own policy; an answer for programs shows nothing, is framed by nobody and is kept by no cache.
ALWAYS: Final = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"content-security-policy": b"default-src 'none'; frame-ancestors 'none'",
    b"x-frame-options": b"DENY",
    b"cross-origin-resource-policy": b"same-origin",
    b"cache-control": b"no-store",
}


class WrongHost(Refusal):
    """This service doesn't answer to that name."""

    final = True
    code, status, remedy = "WRONG_HOST", 421, "Send one `Host` header with a name the operator has set (`SAYSO_ALLOWED_HOSTS`)."


class HeadersTooLarge(Refusal):
    """The request's headers are larger than this service reads."""

    final = True
    code, status, remedy = "HEADERS_TOO_LARGE", 431, "Send at most 100 headers of 16 KiB together."


class Edge(Litestar):
    """The application, with the checks that come before its routes and the headers that every answer carries."""

    async def __call__(self, scope: Scope | LifeSpanScope, receive: Receive, send: Send) -> None:  # type: ignore[override]
        """Serves one request."""
        if scope["type"] == ScopeType.HTTP:
            await self._serve(cast("HTTPScope", scope), receive, send)
        else:
            await super().__call__(scope, receive, send)

    async def _serve(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        state: dict[str, Any] = scope.setdefault("state", {})
        state["now"] = self.state.clock(ASGIConnection(scope))
        state["at"] = _test_clock(scope["headers"], state["now"]) if self.state.settings.settable_clock else state["now"]
        state["request_id"] = _request_id(scope["headers"], state["at"])
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=str(state["request_id"]))
        began = time.perf_counter()
        answered = 500

        async def completed(message: Any) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = message["status"]
                message = {**message, "headers": [*_completed(message["headers"], state)]}
            await send(message)

        try:
            refusal = _refused(scope["headers"], self.state.settings.allowed_hosts)
            if refusal is not None:
                await _refuse(refusal, state["request_id"], completed)
            else:
                await super().__call__(scope, receive, completed)
        finally:
            metrics: Metrics = self.state.metrics
            metrics.count(
                method=str(scope["method"]),
                route=str(scope.get("path_template") or "none"),
                status=answered,
                seconds=time.perf_counter() - began,
            )


def _refused(headers: Iterable[tuple[bytes, bytes]], allowed: tuple[str, ...]) -> Refusal | None:
    pairs = list(headers)
    if len(pairs) > HEADER_COUNT or sum(len(name) + len(value) for name, value in pairs) > HEADER_BYTES:
        return HeadersTooLarge()
    hosts = [value for name, value in pairs if name == b"host"]
    if len(hosts) != 1 or _host_name(hosts[0]) not in allowed:
        return WrongHost()
    return None


def _host_name(host: bytes) -> str:
    """The name without its port."""
    text = host.decode("latin-1").lower()
    if text.startswith("["):
        return text.partition("]")[0] + "]"
    name, _, port = text.partition(":")
    return name if not port or (port.isascii() and port.isdigit()) else ""


def _completed(headers: Iterable[tuple[bytes, bytes]], state: dict[str, Any]) -> Iterable[tuple[bytes, bytes]]:
    pairs = [(name.lower(), value) for name, value in headers]
    present = {name for name, _ in pairs}
    yield from pairs
    yield from ((name, value) for name, value in ALWAYS.items() if name not in present)
    yield b"x-request-id", str(state["request_id"]).encode()
    helps: Help | None = state.get("help")
    if helps is not None:
        yield from helping.headers(helps)
    rate: Standing | None = state.get("rate")
    if rate is not None:
        yield from ((name.lower().encode(), value.encode()) for name, value in rate.headers.items())


async def _refuse(refusal: Refusal, request_id: UUID, send: Any) -> None:
    """An answer before Litestar has seen anything of the request."""
    body = msgspec.json.encode(problems.problem_of(refusal, instance=f"urn:uuid:{request_id}"))
    headers = [(b"content-type", problems.MEDIA_TYPE.encode()), (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _test_clock(headers: Iterable[tuple[bytes, bytes]], now: datetime) -> datetime:
    """When a test says that the request happens; credentials and rates stay on the server's own clock."""
    said = next((value for name, value in headers if name == b"sayso-test-clock"), b"")
    return datetime.fromisoformat(said.decode()) if said else now


def _request_id(headers: Iterable[tuple[bytes, bytes]], at: Any) -> UUID:
    """The caller's `X-Request-Id` where it is a UUID."""
    sent = next((value for name, value in headers if name == b"x-request-id"), b"")
    return UUID(sent.decode()) if _REQUEST_ID.fullmatch(sent) else uuid7(at=at)
