"""A real server on a real socket, for what an in-memory transport can't show: streams."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import uvicorn

from service.app.serve import Timely
from tests.world import World


class Announced(uvicorn.Server):
    """Says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@pytest.fixture
async def served(world: World) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the world's application behind uvicorn, as it is served."""
    server = Announced(uvicorn.Config(world.app, http=Timely, port=0, log_config=None, timeout_graceful_shutdown=5))
    running = asyncio.create_task(server.serve())
    await server.ready.wait()
    port = server.servers[0].sockets[0].getsockname()[1]
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20, limits=limits) as client:
        yield client
    world.app.state.feed.close()
    server.should_exit = True
    await running
