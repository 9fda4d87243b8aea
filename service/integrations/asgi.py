"""The few lines of HTTP that the stand-ins need: a request read whole, an answer, a server on a socket of our own.

Bare on purpose: a stand-in must also do what a framework prevents (never answer, answer first and act later, check a signature over raw bytes).
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import msgspec
import uvicorn

BODY_LIMIT_BYTES = 1 << 20

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Request:
    method: str
    path: str
    query: str
    headers: dict[str, str]
    """Names in lower case; of a repeated header the last one."""
    body: bytes
    gone: Callable[[], Awaitable[None]]
    """Returns once the client has hung up."""

    def query_value(self, name: str) -> str:
        return parse_qs(self.query).get(name, [""])[0]


@dataclass(frozen=True, kw_only=True)
class Answer:
    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    then: Callable[[], None] | None = None
    """Called once the answer has been handed to the network."""
    cut: bool = False
    """The connection breaks in the middle of the answer."""


def json_answer(status: int, value: object, **headers: str) -> Answer:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Answer(status=status, body=msgspec.json.encode(value), headers={"content-type": "application/json", **named})


Handler = Callable[[Request], Awaitable[Answer | None]]
"""`None`: never answered; the connection stays open until the client gives up."""
Application = Callable[[Any, Any, Any], Awaitable[None]]
"""Of ASGI's three parts, which each framework types by names of its own."""


def application(handle: Handler, *, body_limit_bytes: int = BODY_LIMIT_BYTES) -> Application:
    """The ASGI application that answers every request by `handle`; bodies over the limit, one megabyte unless told, are 413."""

    async def app(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        body = await _read_body(receive, body_limit_bytes)
        if body is None:
            await _answer(send, json_answer(413, {"error": {"message": "The body is too large."}}))
            return
        request = Request(
            method=scope["method"],
            path=scope["path"],
            query=scope["query_string"].decode("latin-1"),
            headers={name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]},
            body=body,
            gone=lambda: _until_gone(receive),
        )
        answer = await handle(request)
        if answer is None:
            await request.gone()
        else:
            await _answer(send, answer)

    return app


async def _read_body(receive: Receive, limit_bytes: int) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit_bytes:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _answer(send: Send, answer: Answer) -> None:
    headers = {"content-length": str(len(answer.body) + answer.cut), **answer.headers}
    try:
        await send(
            {
                "type": "http.response.start",
                "status": answer.status,
                "headers": [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()],
            }
        )
        await send({"type": "http.response.body", "body": answer.body, "more_body": answer.cut})
    finally:
        if answer.then is not None:
            answer.then()


class _Server(uvicorn.Server):
    """Leaves the process's signals to whoever started us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def running(app: Application, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serves `app` inside, on a real socket, and gives its address; port 0 takes a free one.

    The socket listens before this yields: whoever connects at once is served.
    """
    listening = socket.create_server((host, port))
    # asyncio sets this only on sockets that name their protocol, which a socket made by `create_server` doesn't: 40 ms an answer without
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    bound_port = listening.getsockname()[1]
    config = uvicorn.Config(
        app, lifespan="off", ws="none", log_config=None, access_log=False, log_level="critical", timeout_graceful_shutdown=1
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield f"http://{host}:{bound_port}"
    finally:
        server.should_exit = True
        await serving
        listening.close()
