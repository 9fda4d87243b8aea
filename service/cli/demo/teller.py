"""Tells a story against the public API, a step a request: what was asked, what was answered, how long it took, what of it held."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

import httpx
import msgspec

PATIENCE_SECONDS = 15.0
Claims = Mapping[str, bool]
"""What should be so, each in words."""


class Step(msgspec.Struct, frozen=True):
    """One thing that was told."""

    story: str
    told: str
    asked: str
    answered: str
    milliseconds: float
    claims: dict[str, bool]

    @property
    def held(self) -> bool:
        """Whether all of it was so."""
        return all(self.claims.values())


class StoryBroken(Exception):
    """An answer was so unlike the expected one that the story can't go on."""


class Voice:
    """Somebody who asks: their name in the story, and their credential."""

    def __init__(self, http: httpx.AsyncClient, *, name: str, credential: str) -> None:
        self.http = http
        self.name = name
        self.headers = {"Authorization": f"Bearer {credential}"}

    async def send(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """One request, with a document or a file; what changes something carries a fresh idempotency key."""
        keyed = {} if method == "GET" else {"Idempotency-Key": str(uuid.uuid4())}
        sent: dict[str, Any] = {"content": body} if isinstance(body, bytes) else {"json": body}
        return await self.http.request(method, path, **sent, headers=self.headers | keyed)


class Teller:
    """One story as it is told; `told` hears each step."""

    def __init__(self, story: str, told: Callable[[Step], None] = lambda _: None) -> None:
        self.story = story
        self.steps: list[Step] = []
        self._told = told

    async def ask(
        self,
        told: str,
        voice: Voice,
        method: str,
        path: str,
        body: Any = None,
        *,
        expects: int | tuple[int, ...] = (200, 201),
        says: Callable[[Any], str] = lambda _: "",
        claims: Callable[[Any], Claims] = lambda _: {},
    ) -> Any:
        """One request and its answer; raises StoryBroken where the status isn't the expected one."""
        expected = (expects,) if isinstance(expects, int) else expects
        began = perf_counter()
        answer = await voice.send(method, path, body)
        taken = (perf_counter() - began) * 1000
        if answer.status_code not in expected:
            self._say(told, f"{voice.name}: {method} {_short(path)}", _refusal(answer), taken, {f"it answers {expected}": False})
            raise StoryBroken(f"{told}: {answer.status_code} {answer.text}")
        document = answer.json()
        said = f"{answer.status_code} {says(document)}".strip()
        self._say(told, f"{voice.name}: {method} {_short(path)}", said, taken, {**claims(document)})
        return document

    async def hear(
        self,
        told: str,
        follower: "Follower",
        kinds: set[str],
        *,
        says: Callable[[Any], str] = lambda _: "",
        claims: Callable[[Any], Claims] = lambda _: {},
    ) -> Any:
        """Waits until facts of these kinds have come in, and tells them; raises StoryBroken where they don't come."""
        began = perf_counter()
        facts = await follower.until(kinds)
        taken = (perf_counter() - began) * 1000
        seen = {fact["kind"]: fact for fact in facts}
        missing = kinds - seen.keys()
        asked = f"{follower.voice.name}: follows /v1/facts/stream"
        heard = f"{', '.join(sorted(kinds & seen.keys()))} {says(seen) if not missing else ''}".strip()
        self._say(told, asked, heard, taken, {f"{kind} is heard": kind in seen for kind in kinds} | {**claims(seen)})
        if missing:
            raise StoryBroken(f"{told}: no fact {', '.join(sorted(missing))} within {PATIENCE_SECONDS:.0f} s")
        return seen

    def break_off(self, broken: StoryBroken) -> None:
        """Tells that the story can't go on, and why: what was told of it until then may all have held."""
        self._say("the story can't go on", "", str(broken), 0, {"the story is told to its end": False})

    def _say(self, told: str, asked: str, answered: str, taken: float, claims: dict[str, bool]) -> None:
        step = Step(self.story, told, asked, answered, taken, claims)
        self.steps.append(step)
        self._told(step)


class Follower:
    """Hears the facts about one customer from a moment on, by the change feed."""

    def __init__(self, voice: Voice, customer_id: str) -> None:
        self.voice = voice
        self.customer_id = customer_id
        self.facts: list[dict[str, Any]] = []
        self._more = asyncio.Event()

    async def until(self, kinds: set[str]) -> list[dict[str, Any]]:
        """All facts so far, once each of these kinds is among them or patience ends."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while kinds - {fact["kind"] for fact in self.facts}:
                    self._more.clear()
                    await self._more.wait()
        except TimeoutError:
            pass
        return self.facts

    async def read(self, lines: AsyncIterator[str]) -> None:
        """Reads server-sent events until the stream ends."""
        async for line in lines:
            if line.startswith("data:"):
                fact = json.loads(line.removeprefix("data:"))
                if fact.get("customer_id") == self.customer_id:
                    self.facts.append(fact)
                    self._more.set()


@asynccontextmanager
async def following(voice: Voice, customer_id: str) -> AsyncIterator[Follower]:
    """Follows the change feed as long as the block lasts."""
    follower = Follower(voice, customer_id)
    async with voice.http.stream("GET", "/v1/facts/stream", headers=voice.headers, timeout=None) as answer:
        reading = asyncio.create_task(follower.read(answer.aiter_lines()))
        try:
            yield follower
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


def _short(path: str) -> str:
    """The path with its ids cut to their last four digits: a line has to fit."""
    parts = [f"…{part[-4:]}" if len(part) == 36 and part.count("-") == 4 else part for part in path.partition("?")[0].split("/")]
    return "/".join(parts).removeprefix("/v1")


def _refusal(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
        return f"{answer.status_code} {problem.get('code', '')}: {problem.get('detail') or problem.get('title', '')}"
    except ValueError:
        return f"{answer.status_code}"
