"""One process that serves: its pool, its socket, and an end that finishes what was begun."""

import asyncio
import contextlib
import gc
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.app import build
from service.integrations.outside import open_outside
from service.kit.database import Database
from service.kit.facts.feed import Feed
from service.settings import NotServing, Settings

REQUEST_SECONDS = 20
"""How long a request may take to arrive whole."""
KEEP_ALIVE_SECONDS = 30
HEAD_BYTES = 64 * 1024
CONNECTIONS = 1000
JOINED_BYTES = 16 * 1024
FINISH_SECONDS = 20
"""How long what was begun may take to finish once the process is told to stop."""


class Joined:
    """A transport that sends at once what is written within one turn of the loop: an answer's head and body are one packet, and wake their reader once."""

    def __init__(self, transport: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._held = bytearray()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Sends it by the next turn; more than JOINED_BYTES at once, so that whoever reads slowly is noticed."""
        if not self._held:
            self._loop.call_soon(self._flush)
        self._held += data
        if len(self._held) > JOINED_BYTES:
            self._flush()

    def close(self) -> None:
        """Closes after what was written."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        held, self._held = self._held, bytearray()
        if held and not self._transport.is_closing():
            self._transport.write(held)


class Timely(HttpToolsProtocol):
    """Cuts whoever takes too long over a request, or sends a head without end."""

    def connection_made(self, transport: Any) -> None:
        joined: Any = Joined(transport, self.loop)
        super().connection_made(joined)
        self._head_bytes = 0
        self._deadline = self.loop.call_later(REQUEST_SECONDS, self.transport.close)

    def connection_lost(self, exc: Exception | None) -> None:
        self._deadline.cancel()
        super().connection_lost(exc)

    def eof_received(self) -> None:
        """Whoever has said their last still gets what was written by then."""
        self.transport.close()

    def data_received(self, data: bytes) -> None:
        self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > HEAD_BYTES and not self._deadline.cancelled() and not self.headers_complete:
            self.transport.close()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.headers_complete = False
        self._deadline.cancel()
        self._deadline = self.loop.call_later(REQUEST_SECONDS, self.transport.close)

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self.headers_complete = True

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._head_bytes = 0
        self._deadline.cancel()

    headers_complete = False


class Server(uvicorn.Server):
    """Tells those who follow the feed before it closes, and leaves the process's signals to us."""

    def __init__(self, config: uvicorn.Config, feed: Feed) -> None:
        super().__init__(config)
        self.feed = feed

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops listening, ends streams, finishes requests."""
        self.feed.close()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are handled where the process is put together: its other halves have to stop too."""
        yield


async def serve(
    *, settings: Settings, database: Database, host: str, port: int, stop: asyncio.Event, announce: Callable[[str], None]
) -> None:
    """Serves until `stop`, then finishes what was begun; `announce` hears the address once it answers. Raises NotServing."""
    async with open_outside(settings) as outside:
        listening = listen(host, port)
        app = build(settings=settings, database=database, outside=outside)
        config = uvicorn.Config(
            app,
            http=Timely,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            proxy_headers=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=FINISH_SECONDS,
            limit_concurrency=CONNECTIONS,
        )
        server = Server(config, app.state.feed)
        gc.collect()
        gc.freeze()  # what was put together stays: looking through it again for garbage would stop all requests for an eighth of a second, time and again
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        shown = f"[{host}]" if ":" in host else host
        announce(f"http://{shown}:{listening.getsockname()[1]}")
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait([serving, stopped], return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving
        stopped.cancel()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; raises NotServing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # asyncio sets this only on sockets that name their protocol, which this one doesn't: 40 ms an answer without
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise NotServing(f"{host}:{port} can't be listened on: {error.strerror}.") from error
    listening.listen(2048)
    return listening


def stop_on_signals() -> asyncio.Event:
    """Set by SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop
