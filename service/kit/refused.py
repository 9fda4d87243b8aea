"""The problem document that a refusal becomes, Litestar's own errors and defects included."""

from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.routes import HTTPRoute

from service.kit import problems
from service.kit.refusals import (
    BodyEncoded,
    BodyTooLarge,
    InvalidDocument,
    MethodNotAllowed,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    Refusal,
    WrongMediaType,
)

LOG = structlog.get_logger("http")


def refuse(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any]:
    """The answer a refusal becomes."""
    headers = {}
    retry_after = refusal.extras.get("retry_after", refusal.retry_after)
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    if refusal.replay_of is not None:
        headers["Idempotency-Replayed"] = "true"
    if isinstance(refusal, NotAuthenticated):
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(refusal, BodyEncoded):
        headers["Accept-Encoding"] = "identity"  # RFC 9110, section 12.5.3
    instance = f"urn:uuid:{refusal.replay_of or request.scope['state'].get('request_id')}"
    return Response(
        problems.problem_of(refusal, instance=instance), status_code=refusal.status, media_type=problems.MEDIA_TYPE, headers=headers
    )


OF_LITESTAR: dict[int, type[Refusal]] = {
    400: InvalidDocument, 401: NotAuthenticated, 403: NotAllowed, 404: NotFound, 405: MethodNotAllowed, 413: BodyTooLarge, 415: WrongMediaType,
}  # fmt: skip

NO_BODY = "data: 'data'"
"""What Litestar says of a request without one."""


def refuse_litestar(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Litestar's own errors in our words: its 400 is our 422."""
    kind = OF_LITESTAR.get(error.status_code)
    if kind is None:
        return refuse_unexpected(request, error)
    if kind is MethodNotAllowed:
        answer = refuse(request, kind())
        answer.headers["Allow"] = ", ".join(_methods_at(request))
        return answer
    if kind is not InvalidDocument:
        return refuse(request, kind())
    extra = error.extra if isinstance(error.extra, list) else []
    named = "; ".join(f"{one.get('key', '')}: {one.get('message', '')}" for one in extra if isinstance(one, dict))
    if named == NO_BODY:
        named = "The request has no body: send a JSON object, if only `{}`."
    return refuse(request, InvalidDocument(named or "The request can't be read."))


def _methods_at(request: Request[Any, Any, Any]) -> list[str]:
    """What the address answers to (RFC 9110, section 15.5.6)."""
    parts = request.url.path.strip("/").split("/")
    methods: set[str] = set()
    for route in request.app.routes:
        own = route.path_format.strip("/").split("/")
        if isinstance(route, HTTPRoute) and len(own) == len(parts) and all(a == b or a[:1] == "{" for a, b in zip(own, parts, strict=True)):
            methods |= set(route.methods)
    return sorted(methods)


class Defect(Refusal):
    """Something went wrong on our side; nothing of this request was done unless a later read shows it."""

    code, status, remedy = "DEFECT", 500, "Quote `instance` to the operator; send the same request with the same key again."
    final = True


def refuse_unexpected(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """A defect: told without internals, logged with them."""
    LOG.error("defect", path=request.url.path, exc_info=error)
    return refuse(request, Defect())
