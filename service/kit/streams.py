"""Answers that are sent bit by bit, to a reader who has to keep reading."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

import structlog
from litestar.response import Stream
from litestar.types import HTTPScope, Message, Receive, Send

LOG = structlog.get_logger("streams")
PATIENCE_SECONDS = 30.0
"""How long a reader may take nothing before its connection is cut."""


class PatientStream(Stream):
    """Parts of an answer as they come; whoever takes none of them for half a minute is cut off, and what makes them is closed."""

    def __init__(self, parts: AsyncGenerator[bytes, None], *, media_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(parts, media_type=media_type, headers=dict(headers))
        self.parts = parts

    def to_asgi_response(self, *args: Any, **kwargs: Any) -> Any:
        """The response that sends them."""
        response = super().to_asgi_response(*args, **kwargs)

        async def respond(scope: HTTPScope, receive: Receive, send: Send) -> None:
            async def send_in_time(message: Message) -> None:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await send(message)

            async with aclosing(self.parts):
                try:
                    await response(scope, receive, send_in_time)
                except* TimeoutError:
                    LOG.info("reader_stopped_reading")

        return respond
