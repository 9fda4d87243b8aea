"""The least HTTP client there is: one connection, one request at a time, so that the client costs the two cores little."""

import asyncio
import time
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import uuid4

import msgspec


class Refused(Exception):
    """An answer that isn't a success."""


class Wire:
    """A kept connection to the API as one bearer."""

    def __init__(self, base: str, bearer: str) -> None:
        parts = urlsplit(base)
        self.host, self.port = parts.hostname or "127.0.0.1", parts.port or 80
        self.bearer = bearer

    async def __aenter__(self) -> Self:
        self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.close()

    async def post(self, path: str, document: Any, *, bearer: str | None = None, expect: int = 2) -> Any:
        """The decoded answer; Refused unless its status begins with `expect`."""
        if self.reader.at_eof():  # the service closes what was idle for long, and preparing takes long
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        body = msgspec.json.encode(document)
        head = (
            f"POST {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAuthorization: Bearer {bearer or self.bearer}\r\n"
            f"Content-Type: application/json\r\nIdempotency-Key: {uuid4()}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.writer.write(head.encode() + body)
        received = await self.reader.readuntil(b"\r\n\r\n")
        length = next(int(line[15:]) for line in received.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        answer = await self.reader.readexactly(length)
        if int(received[9:10]) != expect:
            raise Refused(f"{path}: {received[9:12].decode()} {answer.decode()[:600]}")
        return msgspec.json.decode(answer)


class Stream:
    """A follower of the feed: when each fact's subject was first seen, by the clock that PostgreSQL tells the time of a commit by."""

    def __init__(self, base: str, bearer: str) -> None:
        parts = urlsplit(base)
        self.host, self.port, self.bearer = parts.hostname or "127.0.0.1", parts.port or 80, bearer
        self.moved = asyncio.Event()
        self.seen: dict[bytes, float] = {}
        self.ready = asyncio.Event()

    async def have_seen(self, subjects: set[bytes]) -> None:
        """Waits until all of them were."""
        while not subjects <= self.seen.keys():
            self.moved.clear()
            await self.moved.wait()

    async def follow(self) -> None:
        """Reads until cancelled."""
        reader, writer = await asyncio.open_connection(self.host, self.port)
        writer.write(
            f"GET /v1/facts/stream HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAuthorization: Bearer {self.bearer}\r\nAccept: text/event-stream\r\n\r\n".encode()
        )
        try:
            received = await reader.readuntil(b"\r\n\r\n")
            if received[9:12] != b"200":
                raise Refused(received.decode())
            self.ready.set()
            while line := await reader.readline():
                at = line.find(b'"subject_id":"')
                if at >= 0:
                    self.seen.setdefault(line[at + 14 : at + 50], time.time())
                    self.moved.set()
        finally:
            writer.close()
