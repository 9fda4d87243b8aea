"""The edge, once for all routes: strict bodies, declared problems, idempotency keys, ETags; a handler makes one call."""

import hashlib
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response
from litestar.openapi.spec import Parameter, Schema
from litestar.openapi.spec.enums import OpenAPIType

from service.kit.database import Database, Done
from service.kit.paging import CursorInvalid, Page
from service.kit.principals import Principal
from service.kit.rates import Rate
from service.kit.refusals import (
    BodyEncoded,
    BodyTooLarge,
    Busy,
    Conflict,
    InvalidDocument,
    KeyInUse,
    KeyMissing,
    KeyReused,
    LinkGone,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    OutcomeUnknown,
    OutOfRange,
    Refusal,
    StaleVersion,
    TooManyRequests,
    VersionMissing,
    WrongMediaType,
)
from service.kit.requests import StrictRequest
from service.kit.verbs import Remember, VerbRule

T = TypeVar("T")
P = ParamSpec("P")
QUERY_TEXT_LENGTH = 500
"""No value of a query is longer, whatever its parameter."""


class Call(Generic[T]):
    """One request as the rules see it: who asks, when, and under which idempotency key."""

    def __init__(self, request: StrictRequest, body: bytes) -> None:
        self.request = request
        self.principal: Principal = request.scope["user"]
        self.at: datetime = request.scope["state"]["at"]
        self.request_id: UUID = request.scope["state"]["request_id"]
        self.database: Database = request.app.state.database
        self._body = body

    def limit(self, rate: Rate, who: str) -> None:
        """Counts this request against a rate of its caller's; raises TooManyRequests. The answer's headers say what is left."""
        self.request.scope["state"]["rate"] = self.request.app.state.limiter.take(rate, who, at=self.request.scope["state"]["now"])

    def give_back(self, rate: Rate, who: str) -> None:
        """Uncounts this request, where only failures are to count: it was counted first, so that many at once can't pass."""
        self.request.scope["state"]["rate"] = self.request.app.state.limiter.give_back(rate, who, at=self.request.scope["state"]["now"])

    def acting_as(self, principal: Principal) -> "Call[T]":
        """The same request as somebody whom its body proved, where the route takes no bearer."""
        other: Call[T] = Call(self.request, self._body)
        other.principal = principal
        return other

    async def ask(self, rule: Callable[..., Coroutine[Any, Any, Any]], **values: Any) -> Any:
        """What a question answers, as it is: for pages."""
        return await self.database.read(rule, principal=self.principal, at=self.at, request_id=self.request_id, values=values)

    async def do(self, rule: VerbRule[..., Any], **values: Any) -> Any:
        """What a verb answers, as it is: for pages."""
        done = await self.database.perform(
            rule, principal=self.principal, at=self.at, request_id=self.request_id, remember=None, values=values
        )
        return done.record

    async def perform(self, rule: VerbRule[..., T], **values: Any) -> Response[T]:
        """Does the verb and answers it, or its replay; raises Refusal."""
        done = await self.database.perform(
            rule, principal=self.principal, at=self.at, request_id=self.request_id, remember=self._remember(), values=values
        )
        return self._answer(done)

    async def read(self, rule: Callable[..., Coroutine[Any, Any, T]], **values: Any) -> Response[T]:
        """Answers a question; a page comes with the link to the next one."""
        record = await self.database.read(rule, principal=self.principal, at=self.at, request_id=self.request_id, values=values)
        response = self._answer(Done(record, None))
        if isinstance(record, Page) and record.next is not None:
            response.headers["Link"] = f'<{self.request.url.path}?{_with_cursor(self.request, record.next)}>; rel="next"'
        return response

    @property
    def expected_version(self) -> int:
        """The version in `If-Match`, which compares strongly (RFC 9110, section 13.1.1); raises VersionMissing, StaleVersion."""
        header = self.request.headers.get("if-match")
        if header is None:
            raise VersionMissing
        text = header.strip().strip('"')
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise StaleVersion
        return int(text)

    def _answer(self, done: Done) -> Response[T]:
        headers = {"Idempotency-Replayed": "true"} if done.replayed else {}
        version = getattr(done.record, "version", None)
        if isinstance(version, int):
            headers["ETag"] = f'"{version}"'
        return Response(done.record, headers=headers, status_code=done.status)

    def _remember(self) -> Remember | None:
        key = self.request.headers.get("idempotency-key")
        if key is None:
            if self.request.route_handler.opt.get("idempotency_required"):
                raise KeyMissing
            return None
        if not 8 <= len(key) <= 200 or not key.isascii() or not key.isprintable():
            raise InvalidDocument("An `Idempotency-Key` has 8 to 200 printable ASCII characters.")
        # What is said about a file stands in the query: it is part of what is asked, like a body.
        asked = self._body + self.request.url.query.encode()
        # The ids in the path are part of the route: one key may serve one effect only, however the path was spelled.
        ids = " ".join(str(value) for value in self.request.path_params.values())
        route = f"{self.request.method} {self.request.scope['path_template']} {ids}".strip()
        principal = f"{self.principal.organisation_id} {self.principal.actor}"
        return Remember(
            route=route,
            key_hash=hashlib.sha256(f"{principal} {route} {key}".encode()).digest(),
            body_hash=hashlib.sha256(asked).digest(),
        )


async def call_of(request: StrictRequest) -> Call[Any]:
    """The `call` that handlers take."""
    return Call(request, b"" if request.method == "GET" else await request.body())


def _with_cursor(request: StrictRequest, cursor: str) -> str:
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return urlencode([*pairs, ("cursor", cursor)])


_KEY_PARAMETER = Parameter(
    name="Idempotency-Key",
    param_in="header",
    description="A random id per intended effect; the same request again with the same key gives the first answer, byte for byte.",
    schema=Schema(type=OpenAPIType.STRING, min_length=8, max_length=200),
)
_VERSION_PARAMETER = Parameter(
    name="If-Match",
    param_in="header",
    required=False,
    description="The `ETag` you read.",
    schema=Schema(type=OpenAPIType.STRING, max_length=40),
)


class File(NamedTuple):
    """A body that is a file: the media types it may be of, and the most bytes that are read."""

    kinds: tuple[str, ...]
    most_bytes: int


def command(
    rule: VerbRule[..., Any],
    *,
    scope: str | None,
    status: int = 201,
    money: bool = False,
    versioned: bool = False,
    keyed: bool = True,
    rate: Rate | None = None,
    also: Sequence[type[Refusal]] = (),
    file: File | None = None,
) -> dict[str, Any]:
    """What a route that changes something declares: its scope (None: open to all), its refusals, its headers.

    `money` makes the idempotency key required, `versioned` makes `If-Match` required; a route that isn't `keyed` takes no
    idempotency key, since whoever asks isn't known yet. A `file` is a body that is no document. `rate` is counted by peer address before the handler runs.
    """
    refusals: list[type[Any]] = [
        *_who(scope, rate),
        BodyEncoded,
        BodyTooLarge,
        WrongMediaType,
        InvalidDocument,
        *([KeyMissing] if money else []),
        *([VersionMissing] if versioned else []),
        *([KeyInUse, KeyReused] if keyed else []),
        NotFound,
        *([StaleVersion] if versioned else []),
        *rule.refusals,
        *also,
        OutOfRange,
        Conflict,
        Busy,
        OutcomeUnknown,
    ]
    headers = [*([_KEY_PARAMETER] if keyed else []), *([_VERSION_PARAMETER] if versioned else [])]
    opt = {
        "idempotency_required": money,
        "headers": headers,
        "rate": rate,
        "takes": file.kinds if file else (),
        "most_bytes": file.most_bytes if file else None,
    }
    limit = {"request_max_body_size": file.most_bytes} if file else {}
    return _declared(rule, scope=scope, status=status, refusals=refusals, opt=opt) | limit


def question(rule: Callable[..., Any], *, scope: str | None, with_body: bool = False, also: Sequence[type[Refusal]] = ()) -> dict[str, Any]:
    """What a route that only reads declares; `with_body` where it is asked by a document."""
    body = [BodyEncoded, BodyTooLarge, WrongMediaType] if with_body else []
    refusals: list[type[Any]] = [*_who(scope, None), *body, InvalidDocument, CursorInvalid, NotFound, *also, OutOfRange, Busy]
    return _declared(rule, scope=scope, status=200, refusals=refusals, opt={})


def _who(scope: str | None, rate: Rate | None) -> list[type[Refusal]]:
    """What is checked before anything of the request is read."""
    known: list[type[Refusal]] = [] if scope is None else [NotAuthenticated, LinkGone, NotAllowed]
    return known if rate is None and scope is None else [*known, TooManyRequests]


def _declared(rule: Any, *, scope: str | None, status: int, refusals: Sequence[type[Any]], opt: dict[str, Any]) -> dict[str, Any]:
    return {
        "status_code": status,
        "operation_id": rule.__name__,
        "summary": (rule.__doc__ or rule.__name__.replace("_", " ")).strip().splitlines()[0],
        "description": (rule.__doc__ or "").strip(),
        "opt": {"scope": scope, "refusals": tuple(one for one in dict.fromkeys(refusals) if issubclass(one, Refusal)), **opt},
    }


def ids_in(text: str, *, name: str, most: int) -> list[UUID]:
    """Ids with commas between, as a query names them; raises InvalidDocument."""
    try:
        ids = [UUID(one) for one in text.split(",") if one]
    except ValueError:
        raise InvalidDocument(f"`{name}` are ids with commas between.") from None
    if len(ids) > most:
        raise InvalidDocument(f"Name at most {most} in `{name}`.")
    return ids
