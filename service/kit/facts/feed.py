"""Facts as they happen: one loop a process reads for all who follow, woken after each commit here and polling for the commits elsewhere."""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncGenerator, Callable, Collection, Coroutine, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

import msgspec
import structlog

from service.kit.database import Database
from service.kit.facts.reading import FeedCursors, FeedReset, fact_of, find_horizon, rows_after, visible_subjects
from service.kit.facts.records import MOST_FACTS, FactRow, Horizon, Position
from service.kit.ids import uuid7
from service.kit.principals import Principal
from service.kit.refusals import NotAuthenticated, Refusal, TooManyRequests
from service.kit.streams import PatientStream

T = TypeVar("T")
SHORTEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.005, 0.25
HEARTBEAT_SECONDS = 15.0
LONGEST_STREAM_SECONDS = 15 * 60.0
"""As long as a token lives: who reads on shows a fresh one."""
MOST_WAITING = 5_000
"""How many facts may wait for one reader before it is cut."""
MOST_STREAMS = 200
"""How many streams one caller may hold in this process: a fifth of its connections."""
NOBODY = UUID(int=0)

LOG = structlog.get_logger("feed")


class Event(msgspec.Struct, frozen=True):
    """One fact, encoded once for all who follow its organisation."""

    position: Position
    subject_kind: str
    customer_id: UUID | None
    text: bytes


class Follower:
    """One open stream: what waits for it, and why it should end."""

    __slots__ = ("customer_id", "ended", "events", "something", "subjects")

    def __init__(self, subjects: list[str] | None, customer_id: UUID | None) -> None:
        self.customer_id = customer_id
        self.subjects = None if subjects is None else frozenset(subjects)
        self.events: deque[Event] = deque()
        self.something = asyncio.Event()
        self.ended: str | None = None

    def offer(self, events: list[Event]) -> None:
        """Queues what this follower may see; one that can't keep up is cut and told where to read on."""
        seen = [event for event in events if self.hears(event)]
        if len(self.events) + len(seen) > MOST_WAITING:
            self.end("slow")
        elif seen:
            self.events.extend(seen)
            self.something.set()

    def hears(self, event: Event) -> bool:
        """Whether it is theirs to see, and about whom they asked."""
        return (self.subjects is None or event.subject_kind in self.subjects) and self.customer_id in (None, event.customer_id)

    def end(self, why: str) -> None:
        """Ends the stream after what it has been sent."""
        if self.ended is None:
            self.ended = why
            self.events.clear()
            self.something.set()


class Channel:
    """An organisation that somebody follows, and up to where its facts were handed out."""

    __slots__ = ("followers", "position")

    def __init__(self, position: Position) -> None:
        self.position = position
        self.followers: set[Follower] = set()


class Feed:
    """The followers of one process."""

    def __init__(self, database: Database, *, scope_of_subject: Mapping[str, str]) -> None:
        self.database = database
        self.scope_of_subject = scope_of_subject
        self.cursors = FeedCursors(database.cursors)
        self.heartbeat_seconds = HEARTBEAT_SECONDS
        self.most_streams = MOST_STREAMS
        self._streams: Counter[str] = Counter()
        self._channels: dict[UUID, Channel] = {}
        self._woken = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        self._read_up_to: Horizon | None = None
        self._closed = False

    def subjects(self, principal: Principal) -> list[str] | None:
        """The kinds of subject whose facts they may read; None is all."""
        return visible_subjects(principal, self.scope_of_subject)

    async def answer(
        self, principal: Principal, *, after: str | None, about: Collection[str] | None = None, customer_id: UUID | None = None
    ) -> PatientStream:
        """The stream as an answer: of what they may read, and only about those kinds of subject, or that customer, where named; raises Refusal."""
        events = await self.follow(principal, after=after, about=about, customer_id=customer_id)
        return PatientStream(events, media_type="text/event-stream", headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})

    async def follow(
        self, principal: Principal, *, after: str | None, about: Collection[str] | None = None, customer_id: UUID | None = None
    ) -> AsyncGenerator[bytes, None]:
        """The stream of server-sent events behind that cursor, or from now on; raises Refusal before it begins."""
        if self._streams[principal.actor] >= self.most_streams:
            raise TooManyRequests("You follow the feed often enough; close a stream first.")
        horizon = await self._horizon(principal)
        position = horizon.start if after is None else self.cursors.read(principal.organisation_id, after, epoch=horizon.epoch)
        seen = self.subjects(principal)
        subjects = seen if about is None else sorted(about) if seen is None else sorted({*about} & {*seen})
        return self._stream(principal, position, horizon, Follower(subjects, customer_id))

    def close(self) -> None:
        """Ends all streams, each with the cursor to read on from: the process is about to stop."""
        self._closed = True
        for channel in self._channels.values():
            for follower in channel.followers:
                follower.end("closing")

    async def _stream(self, principal: Principal, position: Position, horizon: Horizon, follower: Follower) -> AsyncGenerator[bytes, None]:
        self._streams[principal.actor] += 1
        self._join(principal.organisation_id, follower, horizon)
        ends_at = asyncio.get_running_loop().time() + LONGEST_STREAM_SECONDS
        try:
            yield b"retry: 1000\n\n"
            # What lies between the cursor and the moment of joining; everything later waits in the queue already.
            while rows := await self._rows(principal, position, follower.subjects):
                position = rows[-1].position
                events = [self._event(principal.organisation_id, row, horizon.epoch) for row in rows]
                yield b"".join(event.text for event in events if follower.hears(event))
                if len(rows) < MOST_FACTS or follower.ended:
                    break
            while follower.ended is None:
                try:
                    async with asyncio.timeout(self.heartbeat_seconds):
                        await follower.something.wait()
                except TimeoutError:
                    if asyncio.get_running_loop().time() > ends_at:
                        follower.end("expired")
                        break
                    await self._require_live(principal)
                    yield b": still here\n\n"
                    continue
                follower.something.clear()
                waiting = [event for event in follower.events if event.position > position]
                follower.events.clear()
                if waiting:
                    position = waiting[-1].position
                    yield b"".join(event.text for event in waiting)
            here = self.cursors.write(principal.organisation_id, position, epoch=horizon.epoch)
            yield b"id: %b\nevent: end\ndata: %b\n\n" % (here.encode(), msgspec.json.encode({"reason": follower.ended, "after": here}))
        except NotAuthenticated:
            return  # signed out meanwhile: nothing more for them, not even a goodbye
        finally:
            self._streams[principal.actor] -= 1
            self._leave(principal.organisation_id, follower)

    def _join(self, organisation_id: UUID, follower: Follower, horizon: Horizon) -> None:
        if self._closed:
            follower.end("closing")
        channel = self._channels.setdefault(organisation_id, Channel(horizon.start))
        channel.followers.add(follower)
        if self._loop is None or self._loop.done():
            self.database.on_commit.add(self._wake)
            self._read_up_to = None
            self._loop = asyncio.get_running_loop().create_task(self._hand_out())

    def _leave(self, organisation_id: UUID, follower: Follower) -> None:
        channel = self._channels[organisation_id]
        channel.followers.discard(follower)
        if not channel.followers:
            del self._channels[organisation_id]
        if not self._channels:
            self.database.on_commit.discard(self._wake)
            self._woken.set()

    def _wake(self, organisation_id: UUID) -> None:
        if organisation_id in self._channels:
            self._woken.set()

    async def _hand_out(self) -> None:
        """Reads while anybody follows. A commit behind a transaction that still runs shows up only when that one ends: look again soon."""
        pause = SHORTEST_PAUSE_SECONDS
        while self._channels:
            try:
                pause = SHORTEST_PAUSE_SECONDS if await self._read_on() else min(2 * pause, LONGEST_PAUSE_SECONDS)
            except Refusal as refusal:  # the database is away for a moment
                LOG.warning("feed_waits", code=refusal.code)
                pause = LONGEST_PAUSE_SECONDS
            except Exception:  # whatever it is: readers who hear nothing and aren't told are worse
                LOG.exception("feed_defect")
                pause = LONGEST_PAUSE_SECONDS
            await asyncio.sleep(SHORTEST_PAUSE_SECONDS)  # commits of one moment are read at once
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._woken.wait()
            if self._woken.is_set():
                self._woken.clear()
                pause = SHORTEST_PAUSE_SECONDS

    async def _read_on(self) -> bool:
        """Hands out what became readable; False when nothing can have. One short question while nothing happens anywhere."""
        organisation_id = next(iter(self._channels))
        horizon = await self._horizon(_system(organisation_id))
        if horizon == self._read_up_to:
            return False
        for organisation_id, channel in list(self._channels.items()):
            if horizon.epoch != channel.position.epoch:
                for follower in channel.followers:
                    follower.end(FeedReset.code)
                continue
            while rows := await self._rows(_system(organisation_id), channel.position, None):
                channel.position = rows[-1].position
                events = [self._event(organisation_id, row, horizon.epoch) for row in rows]
                for follower in channel.followers:
                    follower.offer(events)
                if len(rows) < MOST_FACTS:
                    break
        self._read_up_to = horizon
        return True

    def _event(self, organisation_id: UUID, row: FactRow, epoch: int) -> Event:
        fact = fact_of(row, cursors=self.cursors, organisation_id=organisation_id, epoch=epoch)
        text = b"id: %b\nevent: fact\ndata: %b\n\n" % (fact.cursor.encode(), msgspec.json.encode(fact))
        return Event(row.position, row.subject_kind, row.customer_id, text)

    async def _rows(self, principal: Principal, position: Position, subjects: frozenset[str] | None) -> list[FactRow]:
        values = {"position": position, "limit": MOST_FACTS, "subjects": None if subjects is None else sorted(subjects)}
        return await self._ask(rows_after, principal, values)

    async def _horizon(self, principal: Principal) -> Horizon:
        return await self._ask(find_horizon, principal, {})

    async def _require_live(self, principal: Principal) -> None:
        try:
            await self._ask(find_horizon, principal, {})
        except NotAuthenticated:
            raise
        except Refusal as refusal:
            LOG.warning("feed_waits", code=refusal.code)

    async def _ask(self, question: Callable[..., Coroutine[Any, Any, T]], principal: Principal, values: dict[str, Any]) -> T:
        at = datetime.now(UTC)
        return await self.database.read(question, principal=principal, at=at, request_id=uuid7(at=at), values=values)


def _system(organisation_id: UUID) -> Principal:
    return Principal(organisation_id=organisation_id, kind="system", id=NOBODY)
