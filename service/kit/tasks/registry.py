"""What kinds of background work there are: each room's `background.py` declares its own with `@task`."""

import hashlib
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import msgspec

from service.kit.database import Database
from service.kit.ids import uuid7
from service.kit.principals import Principal
from service.kit.refusals import Refusal
from service.kit.tasks.records import Claimed
from service.kit.tasks.together import Together
from service.kit.verbs import Remember, VerbRule

T = TypeVar("T")
WORKER = UUID(int=0)
"""How facts name background work: `system:0000…`."""


class TaskFailed(Exception):
    """This attempt failed; `reason` is kept and shown, so it holds no personal data and no secret."""

    def __init__(self, reason: str, *, retry_after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after = retry_after
        """Where the other side said how long to wait."""


class TaskHopeless(Exception):
    """No further attempt can succeed: the task is dead at once."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Later(Exception):
    """Nothing to do before then: the task waits, and no attempt is counted."""

    def __init__(self, due_at: datetime) -> None:
        super().__init__(due_at.isoformat())
        self.due_at = due_at


class Task:
    """One run of a task: what it is about, and the database as the organisation's worker."""

    def __init__(
        self, claimed: Claimed, *, organisation_id: UUID, last: bool, at: datetime, database: Database, outside: Any, together: Together
    ) -> None:
        self.task_id = claimed.task_id
        self.kind = claimed.kind
        self.subject_id = claimed.subject_id
        self.body = claimed.body
        self.attempt = claimed.attempts
        self.request_id = claimed.request_id
        self.last = last
        """Whether a failure now is final."""
        self.at = at
        self.outside = outside
        """What the worker was given to reach the outside world with."""
        self.principal = Principal(organisation_id=organisation_id, kind="system", id=WORKER)
        self.refused: str | None = None
        """The code of what refused somebody among many, the first of it: kept with periodic work, which goes on with the others and comes again."""
        self._database = database
        self._together = together

    @property
    def organisation_id(self) -> UUID:
        """Whose task it is."""
        return self.principal.organisation_id

    async def read(self, question: Callable[..., Coroutine[Any, Any, T]], **values: Any) -> T:
        """Answers a question; raises Refusal."""
        return await self._database.read(question, principal=self.principal, at=self.at, request_id=self.request_id, values=values)

    async def perform(self, rule: VerbRule[..., T], *, once: str | None = None, **values: Any) -> T:
        """Does a verb; raises Refusal. With `once` (a word for this step) at most once for this task, however often it runs."""
        remember = None
        if once is not None:
            route = f"TASK {self.kind} {once}"
            key = hashlib.sha256(f"{self.organisation_id} {self.task_id} {route}".encode()).digest()
            remember = Remember(route=route, key_hash=key, body_hash=hashlib.sha256(b"").digest())
        done = await self._database.perform(
            rule, principal=self.principal, at=self.at, request_id=self.request_id, remember=remember, values=values
        )
        record: T = done.record
        return record

    async def perform_apart(
        self, rule: VerbRule[..., Any], *, expected: type[Refusal] | tuple[type[Refusal], ...] = (), **values: Any
    ) -> bool:
        """Does a verb for one of many, of whom none waits for another's trouble: what refuses it is passed over, and kept as `refused` unless it was `expected`.

        Says whether it wasn't kept. Raises a Refusal that is nobody's trouble alone, as of a database that is away.
        """
        try:
            await self.perform(rule, **values)
        except expected:
            return True
        except Refusal as refusal:
            if refusal.status >= 500:
                raise
            self.refused = self.refused or refusal.code
            return False
        return True

    async def perform_together(self, rule: VerbRule[..., list[T]], item: Any) -> T:
        """Does a verb for this item and those of other runs of the organisation that ask for the same now; raises Refusal."""

        async def do(items: list[Any]) -> list[T]:
            done = await self._database.perform(
                rule, principal=self.principal, at=self.at, request_id=self.request_id, remember=None, values={"items": items}
            )
            answers: list[T] = done.record
            return answers

        answer: T = await self._together.ask(self.organisation_id, rule, item, do=do)
        return answer

    def new_id(self) -> UUID:
        """A fresh UUIDv7."""
        return uuid7(at=self.at, randomness=self._database.randomness)


Handler = Callable[[Task], Awaitable[None]]


class Kind(msgspec.Struct, frozen=True):
    """A kind of task: what runs it, how often it may fail, how long one run may take, and for periodic work how often it comes."""

    name: str
    handler: Handler
    attempts: int
    seconds: float
    first_pause_seconds: float
    longest_pause_seconds: float
    every: timedelta | None

    def pause(self, attempt: int, fraction: float) -> timedelta:
        """How long to wait after that failed attempt: doubling, with jitter (`fraction` in [0, 1)) so that a herd doesn't return together."""
        longest = min(self.longest_pause_seconds, self.first_pause_seconds * 2.0 ** min(attempt - 1, 40))
        return timedelta(seconds=longest * (0.5 + fraction / 2))


KINDS: dict[str, Kind] = {}


def task(
    kind: str,
    *,
    attempts: int = 10,
    seconds: float = 30,
    first_pause_seconds: float = 1,
    longest_pause_seconds: float = 6 * 3600,
    every: timedelta | None = None,
) -> Callable[[Handler], Handler]:
    """Declares the handler of a kind of task. A run over `seconds` is cancelled and counts as failed; `every` makes it periodic, one an organisation."""

    def declare(handler: Handler) -> Handler:
        known = KINDS.get(kind)
        if known is not None and known.handler.__module__ != handler.__module__:
            raise TypeError(f"two handlers for tasks of kind {kind}")
        KINDS[kind] = Kind(kind, handler, attempts, seconds, first_pause_seconds, longest_pause_seconds, every)
        return handler

    return declare
