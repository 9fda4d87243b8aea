"""What Stripe says when it refuses, and what an operator of the stand-in may ask to go wrong."""

import copy
from typing import Any, Literal

import msgspec

How = Literal["error", "error_after_commit", "unavailable", "rate_limited", "hang_before", "hang_after", "cut_before", "cut_after"]


class StripeFault(Exception):
    """An answer of 4xx or 5xx, shaped like Stripe's.

    `kept`: replayed for the same idempotency key. Stripe keeps whatever began to be executed, and forgets what failed validation.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        code: str | None = None,
        param: str | None = None,
        kept: bool = True,
        more: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kept = kept
        stated = {"code": code, "message": message, "param": param, "type": kind, **(more or {})}
        self.error = {name: value for name, value in stated.items() if value is not None}
        if code is not None:
            self.error["doc_url"] = f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"

    def body(self) -> dict[str, Any]:
        return {"error": self.error}


def invalid(message: str, *, code: str | None = None, param: str | None = None) -> StripeFault:
    """A parameter that failed validation: nothing was executed, so nothing is kept."""
    return StripeFault(400, message, code=code, param=param, kept=False)


def left_out(param: str) -> StripeFault:
    return invalid(f"Missing required param: {param}.", code="parameter_missing", param=param)


def missing(noun: str, key: str, *, param: str = "id") -> StripeFault:
    return StripeFault(404, f"No such {noun}: '{key}'", code="resource_missing", param=param, kept=False)


class PlannedFault(msgspec.Struct, forbid_unknown_fields=True):
    """What goes wrong with the next matching calls.

    `error`: 500, nothing done. `error_after_commit`: done, 500 said. `unavailable`: 503 before anything began. `rate_limited`: 429.
    `hang_before`: nothing is done and no answer comes, unless it's let go. `hang_after`: done, and no answer ever.
    `cut_before`, `cut_after`: the same, but the connection breaks at once.
    """

    how: How
    method: str | None = None
    path_starts: str = "/v1/"
    times: int = 1
    chance: float = 1.0
    """Of each matching call; the dice are those of the control `dice`."""

    def meets(self, *, method: str, path: str) -> bool:
        return self.times > 0 and self.method in {None, method} and path.startswith(self.path_starts)


def internal_error(*, kept: bool) -> StripeFault:
    message = "An unknown error occurred; asked for by whoever drives the stand-in."
    return StripeFault(500 if kept else 503, message, kind="api_error", kept=kept)


def unexpected_state(message: str, *, noun: str, thing: dict[str, Any], code: str | None = None) -> StripeFault:
    """The object is in no state for that; the error carries it."""
    return StripeFault(400, message, code=code or f"{noun}_unexpected_state", more={noun: copy.deepcopy(thing)})


def rate_limited() -> StripeFault:
    return StripeFault(429, "Request rate limit exceeded.", code="rate_limit", kept=False)
