"""Who asks, found before any handler runs; what they may do is the route's one scope."""

import re
from typing import Any
from uuid import UUID

import structlog
from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from service.kit.ids import uuid7
from service.kit.principals import Principal
from service.kit.refusals import NotAllowed, NotAuthenticated

_REQUEST_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)


class Authentication(ASGIMiddleware):
    """Gives every request an id (the caller's `X-Request-Id` where it is a UUID) and, where it carries credentials, a principal."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Reads the credentials of one request."""
        connection: ASGIConnection[Any, Any, Any, Any] = ASGIConnection(scope)
        at = scope["litestar_app"].state.clock(connection)
        request_id = _request_id(connection.headers.get("x-request-id", ""), at)
        scope["state"]["request_id"] = request_id
        structlog.contextvars.bind_contextvars(request_id=str(request_id))
        scope["user"] = self._principal(connection, at)

        async def with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-request-id", str(request_id).encode())]
            await send(message)

        await next_app(scope, receive, with_id)

    def _principal(self, connection: ASGIConnection[Any, Any, Any, Any], at: Any) -> Principal | None:
        header = connection.headers.get("authorization")
        if header is None:
            return None
        kind, _, credential = header.partition(" ")
        if kind.lower() != "bearer" or not credential:
            raise NotAuthenticated("Send `Authorization: Bearer …`.")
        principal: Principal = connection.app.state.tokens.check(credential, at=at)
        return principal


async def require_scope(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A route without a scope is open to all; every other needs a principal who holds it."""
    scope = handler.opt.get("scope")
    if scope is None:
        return
    principal: Principal | None = connection.scope["user"]
    if principal is None:
        raise NotAuthenticated
    if not principal.may(scope):
        raise NotAllowed(scope=scope)


def _request_id(text: str, at: Any) -> UUID:
    return UUID(text) if _REQUEST_ID.fullmatch(text) else uuid7(at=at)
