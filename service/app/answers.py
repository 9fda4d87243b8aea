"""What an operation may answer, as OpenAPI says it: its success, and every refusal it declares, by status."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from litestar.handlers import HTTPRouteHandler

from service.kit import problems
from service.kit.refusals import NotAuthenticated, Refusal

_TEXT: Final = {"type": "string"}
_COUNT: Final = {"type": "integer", "minimum": 0}
HEADERS: Final[dict[str, Any]] = {
    "X-Request-Id": {"description": "The request's id, in its logs and facts too.", "schema": {"type": "string", "format": "uuid"}},
    "RateLimit": {"description": "What is left of the limit, and the seconds until it is whole again.", "schema": _TEXT},
    "RateLimit-Policy": {"description": "The limit itself.", "schema": _TEXT},
    "ETag": {"description": "The version, for `If-Match`.", "schema": _TEXT},
    "Link": {
        "description": 'The next page, `rel="next"`, where there is one; to a customer by their link who can help, `rel="help"`, with what to quote as its title.',
        "schema": _TEXT,
    },
    "Idempotency-Replayed": {"description": "`true` where this is the first answer to the same key again.", "schema": _TEXT},
    "Retry-After": {"description": "Seconds until trying again may help.", "schema": _COUNT},
    "WWW-Authenticate": {"description": "`Bearer`.", "schema": _TEXT},
}


def examples_of(refusals: Iterable[type[Refusal]]) -> dict[str, Any]:
    """Each refusal as sent, by code."""
    return {
        one.code: {"summary": one.sentence(), "value": problems.problem_of(one(), instance="urn:uuid:…")}
        for one in sorted(set(refusals), key=lambda one: one.code)
    }


def answers_of(
    handler: HTTPRouteHandler, *, schema: dict[str, Any] | None, problem: dict[str, Any], paged: bool, versioned: bool, example: Any
) -> dict[str, Any]:
    """The responses of one operation."""
    rated = ["RateLimit", "RateLimit-Policy"] if handler.opt.get("rate") else []
    told: dict[str, Any] = {}
    content = _content(handler, schema)
    replayed = ["Idempotency-Replayed"] if _is_keyed(handler) else []
    headers = _headers("X-Request-Id", *rated, *(["ETag"] if versioned else []), *(["Link"] if paged else []), *replayed)
    for status, description in _successes(handler):
        told[str(status)] = {"description": description, "headers": headers, "content": _with_example(content, example, status)}
    for status, group in _by_status(handler.opt.get("refusals", ())).items():
        told[str(status)] = {
            "description": " · ".join(f"`{one.code}` {one.sentence()}" for one in group),
            "headers": _headers("X-Request-Id", *rated, *_headers_of(group), *replayed),
            "content": {
                problems.MEDIA_TYPE: {
                    "schema": problem,
                    "examples": {one.code: {"$ref": f"#/components/examples/{one.code}"} for one in group},
                }
            },
        }
    if handler.operation_id == "health_ready":
        told["503"] = {"description": "Not ready; `reason` says why.", "headers": _headers("X-Request-Id"), "content": content}
    return dict(sorted(told.items()))


def _is_keyed(handler: HTTPRouteHandler) -> bool:
    return any(parameter.name == "Idempotency-Key" for parameter in handler.opt.get("headers", ()))


def _successes(handler: HTTPRouteHandler) -> list[tuple[int, str]]:
    status = handler.status_code
    if status == 201 and _is_keyed(handler):
        return [(200, "It was there already, with the same id and the same content."), (201, "It is made.")]
    return [(status, {200: "The answer.", 202: "Accepted; it will be done.", 201: "It is made."}.get(status, "Done."))]


def _content(handler: HTTPRouteHandler, schema: dict[str, Any] | None) -> dict[str, Any]:
    if schema is not None:
        return {"application/json": {"schema": schema}}
    media_type = handler.opt.get("media_type") or handler.media_type or "application/octet-stream"
    return {str(getattr(media_type, "value", media_type)).partition(";")[0]: {"schema": _TEXT}}


def _with_example(content: dict[str, Any], example: Any, status: int) -> dict[str, Any]:
    if example is None or example["response"]["status"] != status or "body" not in example["response"]:
        return content
    return {media_type: {**one, "example": example["response"]["body"]} for media_type, one in content.items()}


def _by_status(refusals: Sequence[type[Refusal]]) -> dict[int, list[type[Refusal]]]:
    groups: defaultdict[int, list[type[Refusal]]] = defaultdict(list)
    for refusal in refusals:
        groups[refusal.status].append(refusal)
    return groups


def _headers(*names: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _headers_of(group: Sequence[type[Refusal]]) -> list[str]:
    waits = ["Retry-After"] if any(one.retry_after is not None for one in group) else []
    return [*waits, *(["WWW-Authenticate"] if any(issubclass(one, NotAuthenticated) for one in group) else [])]
