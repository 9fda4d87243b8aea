"""Webhooks as a manager adds them, and what happens for them to hear."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec
import standardwebhooks

from service.integrations.asgi import Answer, Request, application, running
from tests.integrations.receiver import DEADLINE_S, Receiver
from tests.world import World


@dataclass
class Hearer(Receiver):
    """Somebody else's server that takes nothing about some, or answers some never."""

    refused: set[str] = field(default_factory=set)
    """Subjects of which it takes nothing."""
    silent: bool = False
    """Whether it never answers who comes to it by `?slow`."""

    knocks: int = 0
    _knocked: asyncio.Event = field(default_factory=asyncio.Event)
    _held: asyncio.Event | None = None

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Answers nobody meanwhile."""
        self._held = asyncio.Event()
        try:
            yield
        finally:
            self._held.set()
            self._held = None

    async def knocked(self, count: int) -> None:
        """Waits until so many came to it, wherever they wanted."""
        while self.knocks < count:
            await asyncio.wait_for(self._knocked.wait(), DEADLINE_S)
            self._knocked.clear()

    async def handle(self, request: Request) -> Answer | None:  # type: ignore[override]
        """Answers as told."""
        answer = await super().handle(request)
        self.knocks += 1
        self._knocked.set()
        if self._held is not None:
            await self._held.wait()
        if self.silent and "slow" in request.query:
            return None
        return Answer(status=422, body=b"No such\ncustomer here") if data(request)["subject_id"] in self.refused else answer


@asynccontextmanager
async def running_hearer() -> AsyncIterator[Hearer]:
    """One on a socket of its own."""
    hearer = Hearer("")
    async with running(application(hearer.handle)) as hearer.base_url:
        yield hearer


class Hooks:
    """One organisation's webhooks to one address."""

    def __init__(self, world: World, url: str) -> None:
        self.world = world
        self.url = url

    async def add(self, **differences: Any) -> dict[str, Any]:
        """One more, but for the differences: its id and its secret."""
        return await self.world.done("POST", "/v1/webhooks", {"url": self.url, **differences})

    async def look(self, hook: dict[str, Any]) -> dict[str, Any]:
        """How it stands."""
        return await self.world.done("GET", f"/v1/webhooks/{hook['id']}")

    async def log(self, hook: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
        """What was sent to it, the newest first."""
        items: list[dict[str, Any]] = (await self.world.done("GET", f"/v1/webhooks/{hook['id']}/deliveries{query}"))["items"]
        return items

    async def do(self, hook: dict[str, Any], what: str, json: Any = None) -> dict[str, Any]:
        """What one does with it."""
        return await self.world.done("POST", f"/v1/webhooks/{hook['id']}/{what}", json)

    async def customer(self, name: str = "Ada Owner") -> str:
        """Something that happens: a customer is there; its id."""
        self.world.clock.forward(seconds=1)
        return str((await self.world.customer(name=name))["id"])

    async def change(self, customer_id: str, **change: Any) -> None:
        """Something more happens to them."""
        self.world.clock.forward(seconds=1)
        await self.world.changed(f"/v1/customers/{customer_id}", **change)


def data(request: Request) -> dict[str, Any]:
    """The fact that was sent."""
    fact: dict[str, Any] = msgspec.json.decode(request.body)["data"]
    return fact


def signed_by(request: Request, secret: str) -> bool:
    """Whether that secret made one of the signatures, at the time that the message says."""
    at = datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), UTC)
    expected = standardwebhooks.Webhook(secret).sign(request.headers["webhook-id"], at, request.body.decode())
    return expected in request.headers["webhook-signature"].split()
