"""Asks a road engine that is a server, within bounds of time and size."""

from typing import Any, TypeVar

import httpx
import msgspec

from service.integrations.travel.records import EngineUnavailable, QuestionRefused

T = TypeVar("T")
ANSWER_WITHIN_S = 10.0
ANSWER_LIMIT_BYTES = 4 << 20
BUSY = frozenset({408, 425, 429})


class RoadServer:
    """One server, by its address."""

    def __init__(self, client: httpx.AsyncClient, address: str) -> None:
        self._client = client
        self._address = address.rstrip("/")

    async def asked(self, method: str, path: str, *, answer: type[T], question: Any = None) -> T:
        """Its answer; raises QuestionRefused where it says no, and EngineUnavailable for whatever else isn't an answer."""
        body = None if question is None else msgspec.json.encode(question)
        try:
            async with self._client.stream(
                method, self._address + path, content=body, headers={"content-type": "application/json"} if body else {}
            ) as told:
                content = bytearray()
                async for part in told.aiter_bytes():
                    content += part
                    if len(content) > ANSWER_LIMIT_BYTES:
                        raise EngineUnavailable("The answer of the road engine is too long.")
        except httpx.HTTPError as error:
            raise EngineUnavailable(f"The road engine doesn't answer: {type(error).__name__}.") from error
        if told.is_client_error and told.status_code not in BUSY:
            raise QuestionRefused(f"The road engine says {told.status_code}: {content[:200].decode(errors='replace')}")
        if not told.is_success:
            raise EngineUnavailable(f"The road engine says {told.status_code}.")
        try:
            return msgspec.json.decode(content, type=answer)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise EngineUnavailable("The road engine answers what can't be read.") from error
