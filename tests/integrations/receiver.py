"""Somebody else's HTTP server: keeps what it's sent, answers what it's told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import msgspec

from service.integrations.asgi import Answer, Request, application, running

DEADLINE_S = 10.0


@dataclass
class Receiver:
    base_url: str
    path: str = "/hook"
    requests: list[Request] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    """What the next requests are answered, in turn; then 200."""
    on_request: Callable[[Request], None] = lambda _: None
    _came: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def url(self) -> str:
        return f"{self.base_url}{self.path}"

    def begin_anew(self, path: str) -> None:
        """Forgets everything and moves: what is still sent to the former address is gone."""
        self.path = path
        self.requests, self.answers = [], []
        self.on_request = lambda _: None

    async def handle(self, request: Request) -> Answer:
        if request.path != self.path:
            return Answer(status=410)
        async with self._came:
            self.requests.append(request)
            self.on_request(request)
            self._came.notify_all()
        return self.answers.pop(0) if self.answers else Answer(status=200)

    async def came(self, count: int) -> list[Request]:
        """Waits until so many requests came in all."""
        async with asyncio.timeout(DEADLINE_S), self._came:
            await self._came.wait_for(lambda: len(self.requests) >= count)
        return self.requests

    @property
    def kinds(self) -> list[str]:
        return [msgspec.json.decode(request.body)["type"] for request in self.requests]


@asynccontextmanager
async def running_receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver("")
    async with running(application(receiver.handle)) as receiver.base_url:
        yield receiver
