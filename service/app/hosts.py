"""Which names this service answers to: exactly one `Host` header, one of ours, whatever its port."""

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from service.kit.refusals import Refusal


class WrongHost(Refusal):
    """This service doesn't answer to that name."""

    code, status, remedy = "WRONG_HOST", 421, "Send one `Host` header with a name the operator has set."


class Hosts(ASGIMiddleware):
    """Answers requests for the allowed names alone."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self.allowed = frozenset(name.lower().encode() for name in allowed)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Refuses the rest."""
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or _without_port(hosts[0].lower()) not in self.allowed:
            raise WrongHost
        await next_app(scope, receive, send)


def _without_port(host: bytes) -> bytes:
    name, colon, port = host.rpartition(b":")
    return name if colon and port.isdigit() else host
