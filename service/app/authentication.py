"""Who asks, found before any handler runs; what they may do is the route's one scope."""

import hashlib
import re
from collections import OrderedDict
from datetime import datetime
from typing import Any, Final

from litestar.connection import ASGIConnection
from litestar.enums import ScopeType
from litestar.handlers import BaseRouteHandler
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from service.app.helping import Helpers
from service.app.questions import check_query
from service.identity import api_keys, links
from service.kit.database import Database
from service.kit.principals import Principal
from service.kit.rates import Rate
from service.kit.refusals import LinkGone, NotAllowed, NotAuthenticated, SeparationOfDuties
from service.web import sessions

_OF_A_PAGE = re.compile(r"/(?:a|l|feed)/(l_[A-Za-z0-9_-]{43})(?:/|$)", re.ASCII)
_KEYS_KEPT = 5_000

UNKNOWN_CREDENTIALS: Final = Rate("unknown-credentials", 60, 60)
"""How many credentials nobody ever made one peer may try in a minute: guessing is hopeless anyhow, this keeps it cheap."""
LINK: Final = Rate("link", 120, 60)
"""How often one link may be used in a minute."""


class Authentication(ASGIMiddleware):
    """Gives every request that carries credentials a principal, and lets by who may ask what its route answers.

    No guard of Litestar's: for each request it would copy the route's handler.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self) -> None:
        # Keys and links never change but for being revoked, which the opening message of every transaction checks.
        self._known: OrderedDict[bytes, tuple[Principal, datetime | None]] = OrderedDict()
        self._helpers = Helpers()

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Reads the credentials of one request, and holds them to its route."""
        connection: ASGIConnection[Any, Any, Any, Any] = ASGIConnection(scope)
        scope["user"] = await self._principal(connection)
        require_scope(connection, scope["route_handler"])
        await next_app(scope, receive, send)

    async def _principal(self, connection: ASGIConnection[Any, Any, Any, Any]) -> Principal | None:
        at: datetime = connection.scope["state"]["at"]
        sent = connection.headers.getall("authorization", [])
        # An address open to all reads no credentials: a stale token in an app's headers doesn't keep it from signing in.
        if not sent or connection.scope["route_handler"].opt.get("scope") is None:
            return await self._of_a_page(connection, at)
        kind, _, credential = sent[0].partition(" ")
        if len(sent) > 1 or kind.lower() != "bearer" or not 0 < len(credential) <= 4096:
            raise NotAuthenticated("Send one `Authorization: Bearer …`.")
        if credential.startswith((api_keys.PREFIX, links.PREFIX)):
            return await self._looked_up(connection, credential, at)
        principal: Principal = connection.app.state.tokens.check(credential, at=connection.scope["state"]["now"])
        return principal

    async def _of_a_page(self, connection: ASGIConnection[Any, Any, Any, Any], at: datetime) -> Principal | None:
        """Who looks at a page: a customer by the link in its address, staff by the cookie; neither counts anywhere else."""
        path = connection.scope["path"]
        if link := _OF_A_PAGE.match(path):
            return await self._looked_up(connection, link[1], at)
        if path.startswith("/app/") and (cookie := connection.cookies.get(sessions.COOKIE)):
            return sessions.principal_in(cookie, cursors=connection.app.state.database.cursors, at=at)
        return None

    async def _looked_up(self, connection: ASGIConnection[Any, Any, Any, Any], text: str, at: datetime) -> Principal:
        """The principal of an API key or link, by its hash."""
        token_hash = hashlib.sha256(text.encode()).digest()
        is_link = text.startswith(links.PREFIX)
        known = self._known.get(token_hash)
        if known is None:
            known = await self._read(connection, token_hash, at, is_link=is_link)
            self._known[token_hash] = known
            if len(self._known) > _KEYS_KEPT:
                self._known.popitem(last=False)
        principal, expires_at = known
        if expires_at is not None and at >= expires_at:
            raise LinkGone if is_link else NotAuthenticated("This key has expired.")
        if is_link:
            state = connection.scope["state"]
            if connection.scope["path"].startswith("/v1/"):
                state["help"] = await self._helpers.of(connection.app.state.database, token_hash, at=at)
            state["rate"] = connection.app.state.limiter.take(LINK, str(principal.id), at=state["now"])
        return principal

    async def _read(
        self, connection: ASGIConnection[Any, Any, Any, Any], token_hash: bytes, at: datetime, *, is_link: bool
    ) -> tuple[Principal, datetime | None]:
        state = connection.app.state
        database: Database = state.database
        if is_link:
            found = await links.find_link(database, token_hash=token_hash, at=at)
        else:
            found = await api_keys.find_api_key(database, token_hash=token_hash)
        if found is None:
            state.limiter.take(UNKNOWN_CREDENTIALS, peer_of(connection), at=connection.scope["state"]["now"])
            raise NotAuthenticated("This isn't a key or link of ours.")
        return found


def peer_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The address that the request came from, as the server sees it."""
    client = connection.scope.get("client")
    return client[0] if client else "unknown"


def require_scope(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """A route without a scope is open to all; every other needs a principal who holds it. A route with a rate counts its caller."""
    rate: Rate | None = handler.opt.get("rate")
    if rate is not None:
        state = connection.scope["state"]
        state["rate"] = connection.app.state.limiter.take(rate, peer_of(connection), at=state["now"])
    scope = handler.opt.get("scope")
    if scope is not None:
        _hold(connection, scope)
    check_query(connection, handler)


def _hold(connection: ASGIConnection[Any, Any, Any, Any], scope: str) -> None:
    principal: Principal | None = connection.scope["user"]
    if principal is None:
        raise NotAuthenticated
    if not principal.may(scope):
        raise SeparationOfDuties if scope == links.DECIDE else NotAllowed(scope=scope)
