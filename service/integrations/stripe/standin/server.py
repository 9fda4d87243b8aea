"""Starts the stand-in: as a process of its own, or inside another one on a free port."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial

from service.integrations.asgi import application, running
from service.integrations.stripe.standin.account import StandIn
from service.integrations.stripe.standin.app import handle
from service.integrations.stripe.standin.remote import Standin

DEFAULT_API_KEY = "sk_test_sayso"


@asynccontextmanager
async def running_standin(*, host: str = "127.0.0.1", port: int = 0, api_key: str = DEFAULT_API_KEY) -> AsyncIterator[Standin]:
    """A stand-in that lives as long as this block, on a real socket; port 0 takes a free one."""
    standin = StandIn(api_key)
    try:
        async with running(application(partial(handle, standin)), host=host, port=port) as url, Standin(url=url, api_key=api_key) as remote:
            yield remote
    finally:
        await standin.courier.close()


async def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 12111,
    api_key: str = DEFAULT_API_KEY,
    webhook_url: str | None = None,
    webhook_secret: str | None = None,
    announce: Callable[[str], None] = lambda _: None,
) -> None:
    """Serves until SIGINT or SIGTERM. `announce` hears the address once it answers."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows has no handlers on the loop: there the process is simply ended
            loop.add_signal_handler(each, stopped.set)
    async with running_standin(host=host, port=port, api_key=api_key) as standin:
        if webhook_url is not None:
            await standin.register(url=webhook_url, secret=webhook_secret)
        announce(standin.url)
        await stopped.wait()
