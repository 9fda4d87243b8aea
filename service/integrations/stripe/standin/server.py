"""Starts the stand-in: as a process of its own, or inside another one, on a free port or without any socket."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

import httpx

from service.integrations.asgi import Application, application, running
from service.integrations.stripe.standin.account import StandIn
from service.integrations.stripe.standin.app import BODY_LIMIT_BYTES, handle
from service.integrations.stripe.standin.remote import Standin

DEFAULT_API_KEY = "sk_test_sayso"


@asynccontextmanager
async def _living(standin: StandIn) -> AsyncIterator[Application]:
    """The stand-in's application, while what it planned happens by itself."""
    living = asyncio.create_task(standin.live())
    try:
        yield application(partial(handle, standin), body_limit_bytes=BODY_LIMIT_BYTES)
    finally:
        living.cancel()
        await asyncio.gather(living, return_exceptions=True)
        await standin.courier.close()


@asynccontextmanager
async def running_standin(
    *, host: str = "127.0.0.1", port: int = 0, api_key: str = DEFAULT_API_KEY, public_url: str | None = None
) -> AsyncIterator[Standin]:
    """A stand-in that lives as long as this block, on a real socket; port 0 takes a free one."""
    async with (
        _living(StandIn(api_key, public_url)) as app,
        running(app, host=host, port=port) as url,
        Standin(url=url, api_key=api_key) as remote,
    ):
        yield remote


@asynccontextmanager
async def standin_in_process(*, api_key: str = DEFAULT_API_KEY) -> AsyncIterator[Standin]:
    """A stand-in without a socket: hand its `transport` to an HTTP client, the `stripe` package's too."""
    async with _living(StandIn(api_key)) as app:
        transport = httpx.ASGITransport(app)
        async with Standin(url="http://stripe.stand-in", api_key=api_key, transport=transport) as remote:
            yield remote


async def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 12111,
    api_key: str = DEFAULT_API_KEY,
    webhook_url: str | None = None,
    webhook_secret: str | None = None,
    public_url: str | None = None,
    announce: Callable[[str, str | None], None] = lambda _url, _secret: None,
) -> None:
    """Serves until SIGINT or SIGTERM. `announce` hears the address, and the secret that signs, once it answers."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no handlers on the loop: there the process is simply ended
            loop.add_signal_handler(each, stopped.set)
    async with running_standin(host=host, port=port, api_key=api_key, public_url=public_url) as standin:
        signs = None if webhook_url is None else (await standin.register(url=webhook_url, secret=webhook_secret))["secret"]
        announce(standin.url, signs)
        await stopped.wait()
