"""Pages that everybody may read: made once in so many seconds, however many ask, so that a crowd at an outage costs the database nothing."""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from litestar import Response

from service.kit.http import Call
from service.web.languages import chosen, reading
from service.web.pages import HEADERS

KEPT_FOR = timedelta(seconds=10)
"""As long as news may wait, and a browser or a cache between keeps it."""
MOST_KEPT = 1_000

Make = Callable[[], Awaitable[Response[Any]]]


class _Made(NamedTuple):
    until: datetime
    etag: str
    body: bytes
    media_type: str
    headers: dict[str, str]


class Crowd:
    """What was made lately, by its address and language; of those who ask at the same moment one has it made."""

    def __init__(self) -> None:
        self._made: OrderedDict[str, _Made] = OrderedDict()
        self._making: dict[str, asyncio.Task[_Made]] = {}

    async def show(self, call: Call[Any], make: Make) -> Response[bytes]:
        """The page at the address of this request, in its reader's language; without its body to whoever has it."""
        key = f"{call.request.url.path} {chosen(call.request)} {reading(call.request, otherwise='')}"
        made = self._made.get(key)
        if made is None or not made.until - KEPT_FOR <= call.at < made.until:
            made = await asyncio.shield(self._making.get(key) or self._begin(key, call.at, make))
        headers = {
            **HEADERS,
            **made.headers,
            "Cache-Control": f"public, max-age={int(KEPT_FOR.total_seconds())}",
            "ETag": made.etag,
            "Vary": "Accept-Language",
        }
        if made.etag in call.request.headers.get("if-none-match", ""):
            return Response(b"", status_code=304, headers=headers)
        return Response(made.body, media_type=made.media_type, headers=headers)

    def _begin(self, key: str, at: datetime, make: Make) -> "asyncio.Task[_Made]":
        task = asyncio.create_task(self._make(key, at, make))
        self._making[key] = task
        return task

    async def _make(self, key: str, at: datetime, make: Make) -> _Made:
        try:
            response = await make()
            body = response.content if isinstance(response.content, bytes) else str(response.content).encode()
            etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
            made = _Made(at + KEPT_FOR, etag, body, getattr(response.media_type, "value", str(response.media_type)), dict(response.headers))
            self._made[key] = made
            self._made.move_to_end(key)
            if len(self._made) > MOST_KEPT:
                self._made.popitem(last=False)
            return made
        finally:
            self._making.pop(key, None)


CROWD = Crowd()
