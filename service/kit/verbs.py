"""A verb changes something: its locks, its refusals in order of precedence, and the work inside one transaction."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from copy import copy
from datetime import date, datetime
from typing import Any, Concatenate, Generic, Literal, ParamSpec, TypeVar, cast, get_type_hints
from uuid import UUID

import asyncpg
import msgspec

from service.kit.ids import Randomness, uuid7
from service.kit.paging import Cursors
from service.kit.principals import Principal
from service.kit.refusals import BY_CODE, NotFound, Refusal
from service.kit.signatures import Keys
from service.kit.sql import Query, Verb
from service.kit.zones import require_reachable

T = TypeVar("T")
P = ParamSpec("P")
Row = TypeVar("Row")

LockKind = Literal["account", "scope", "job", "day", "series"]
LOCK_ORDER: tuple[LockKind, ...] = ("account", "scope", "job", "day", "series")


class Lock(msgspec.Struct, frozen=True):
    """One advisory lock of the house order, by key or looked up by an immutable column in the opening message."""

    kind: LockKind
    key: UUID | None
    """None is the caller's organisation."""
    table: str | None = None
    """Where what belongs to `key` stands; its migration makes it `kit.lockable`."""

    @classmethod
    def account(cls, customer_id: UUID) -> "Lock":
        """The billing account of a customer: money and service state."""
        return cls("account", customer_id)

    @classmethod
    def account_of(cls, table: str, key: UUID) -> "Lock":
        """The billing account that a row of a table belongs to."""
        return cls("account", key, table)

    @classmethod
    def scope(cls, scope_id: UUID) -> "Lock":
        """What may be charged for one matter."""
        return cls("scope", scope_id)

    @classmethod
    def scope_of(cls, table: str, key: UUID) -> "Lock":
        """The scope that a row of a table belongs to."""
        return cls("scope", key, table)

    @classmethod
    def job(cls, job_id: UUID) -> "Lock":
        """One job with its visits."""
        return cls("job", job_id)

    @classmethod
    def job_of(cls, table: str, key: UUID) -> "Lock":
        """The job that a row of a table belongs to."""
        return cls("job", key, table)

    @classmethod
    def day(cls, technician_id: UUID) -> "Lock":
        """A technician's calendar."""
        return cls("day", technician_id)

    @classmethod
    def day_of(cls, table: str, key: UUID) -> "Lock":
        """The calendar that a row of a table stands in."""
        return cls("day", key, table)

    @classmethod
    def bank(cls) -> "Lock":
        """The caller's organisation's own accounts at its banks: one file is taken in at a time."""
        return cls("account", None)

    @classmethod
    def series(cls) -> "Lock":
        """The number series of the caller's organisation, always last."""
        return cls("series", None)


class Work:
    """An open transaction with everything a rule may need: who, when, and statements to run."""

    __slots__ = ("_connection", "_kept", "_randomness", "_standard", "again", "also", "at", "cursors", "keys", "principal", "status")

    def __init__(
        self,
        *,
        connection: Any,
        principal: Principal,
        at: datetime,
        request_id: UUID,
        remember: "Remember | None",
        randomness: Randomness,
        cursors: Cursors,
        keys: Keys,
        kept: dict[type, Any] | None = None,
    ) -> None:
        self._kept = {} if kept is None else kept
        self._connection: asyncpg.Connection[asyncpg.Record] = connection
        self._randomness = randomness
        self.principal = principal
        self.at = at
        self.cursors = cursors
        self.keys = keys
        self.status: int | None = None
        self.again = False
        """Whether the verb asked to be done from its beginning once more."""
        self.also: tuple[Lock, ...] = ()
        """The locks that it asked for then."""
        self._standard: dict[str, Any] = {
            "organisation": principal.organisation_id,
            "actor": principal.actor,
            "request_id": request_id,
            "at": at,
            "route": remember.route if remember else "",
            "key_hash": remember.key_hash if remember else None,
            "body_hash": remember.body_hash if remember else None,
        }

    @property
    def organisation_id(self) -> UUID:
        """The tenant; every statement names it as `:organisation`."""
        return self.principal.organisation_id

    @property
    def request_id(self) -> UUID:
        """The request that this is done for."""
        request_id: UUID = self._standard["request_id"]
        return request_id

    def new_id(self) -> UUID:
        """A fresh UUIDv7 of this request's instant."""
        return uuid7(at=self.at, randomness=self._randomness)

    def new_secret(self, size: int = 32) -> bytes:
        """Fresh random bytes for a token."""
        return self._randomness(size)

    def kept(self, kind: type[T]) -> T:
        """What this process keeps of that kind from one request to the next: only what can't have changed, or says as of when it holds."""
        if kind not in self._kept:
            self._kept[kind] = kind()
        return cast("T", self._kept[kind])

    def part(self) -> "Work":
        """The same transaction for a step whose answer isn't the request's own, so nothing is remembered of it under the request's key."""
        part = copy(self)
        part._standard = {**self._standard, "key_hash": None}  # noqa: SLF001 — its own kind
        return part

    @asynccontextmanager
    async def undoable(self) -> AsyncIterator[None]:
        """Undoes what is done in the block if it raises, and nothing before it."""
        await self._connection.execute("SAVEPOINT undoable")
        try:
            yield
        except BaseException:
            await self._connection.execute("ROLLBACK TO SAVEPOINT undoable; RELEASE SAVEPOINT undoable")
            raise
        await self._connection.execute("RELEASE SAVEPOINT undoable")

    async def all(self, query: Query[Row], **values: Any) -> list[Row]:
        """Every row, as records."""
        rows = await self._connection.fetch(query.text, *self._bound(query.parameters, values))
        return [query.read(row) for row in rows]

    async def first(self, query: Query[Row], **values: Any) -> Row | None:
        """The first row or None."""
        row = await self._connection.fetchrow(query.text, *self._bound(query.parameters, values))
        return None if row is None else query.read(row)

    async def one(self, query: Query[Row], **values: Any) -> Row:
        """The first row; NotFound where there is none."""
        row = await self.first(query, **values)
        if row is None:
            raise NotFound
        return row

    async def run(self, statement: Verb[Row], **values: Any) -> Row:
        """Does the change in one round trip and gives its answer; raises the refusal it answered with, which is kept."""
        row = await self._connection.fetchrow(statement.text, *self._bound(statement.parameters, values))
        if row is None:
            raise NotFound
        return self.answered(statement, row[0], row[1], row[2])

    def answered(self, statement: Verb[Row], status: int, code: str | None, body: str) -> Row:
        """The answer as a record, or its kept refusal."""
        if code is not None:
            raise Kept(code, status, msgspec.json.decode(body))
        self.status = status
        return statement.decoder.decode(body)

    def _bound(self, names: Sequence[str], values: dict[str, Any]) -> list[Any]:
        standard = self._standard
        if values.keys() - set(names):
            raise TypeError(f"the statement takes no {sorted(values.keys() - set(names))}")
        for value in values.values():
            if isinstance(value, date):
                require_reachable(value)
        return [values[name] if name in values else standard[name] for name in names]


class Again(Exception):
    """Nothing of this stays, and the verb is done once more with `work.again`: for what is so rare that it isn't looked for the first time, or under locks that only looking tells."""

    def __init__(self, *locks: Lock) -> None:
        super().__init__()
        self.locks = locks


class Kept(Exception):
    """A refusal that commits: decisions, fact and idempotency row stay."""

    def __init__(self, code: str, status: int, extras: dict[str, Any]) -> None:
        super().__init__(code)
        self.refusal = BY_CODE[code](str(extras.pop("detail", "")), **extras)
        self.refusal.final = True
        self.status = status

    def undone(self) -> Refusal:
        """The refusal where nothing of its statement stays: remembered like one that no statement answered."""
        self.refusal.final = False
        return self.refusal


class Remember(msgspec.Struct, frozen=True):
    """Under which key an answer is remembered: the caller's own, the route and a hash of the body."""

    route: str
    key_hash: bytes
    body_hash: bytes


Rule = Callable[Concatenate[Work, P], Awaitable[T]]


class VerbRule(Generic[P, T]):
    """A rule that changes something, with what it may answer and what it locks."""

    def __init__(
        self,
        rule: Rule[P, T],
        refusals: Sequence[type[Exception]],
        locks: Callable[..., Iterable[Lock]] | None,
        remembers: type[Any] | None,
        finish: Callable[[Work, Any], T | Awaitable[T]] | None,
    ) -> None:
        self.rule = rule
        self.remembers = remembers or get_type_hints(rule)["return"]
        self.finish = finish
        self.refusals = tuple(refusals)
        self.locks = locks
        self.__name__ = rule.__name__
        self.__doc__ = rule.__doc__

    async def __call__(self, work: Work, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._finished(work, await self.rule(work, *args, **kwargs))

    async def replayed(self, work: Work, body: str) -> T:
        """The first answer again, from what was remembered of it, in a transaction that reads."""
        return await self._finished(work, msgspec.json.decode(body, type=self.remembers))

    async def _finished(self, work: Work, answer: Any) -> T:
        if self.finish is None:
            return cast("T", answer)
        finished = self.finish(work, answer)
        return await finished if isinstance(finished, Awaitable) else finished

    def locks_for(self, **values: Any) -> list[Lock]:
        """The locks of one call, in the house order."""
        return sorted(self.locks(**values), key=lambda lock: LOCK_ORDER.index(lock.kind)) if self.locks else []


def verb(
    *,
    refusals: Sequence[type[Exception]] = (),
    locks: Callable[..., Iterable[Lock]] | None = None,
    remembers: type[Any] | None = None,
    finish: Callable[[Work, Any], Any] | None = None,
) -> Callable[[Rule[P, T]], VerbRule[P, T]]:
    """Declares a rule as a verb: `refusals` in the order they are checked, `locks` from the call's own values.

    What a statement answers is remembered under the caller's idempotency key. Where the reply holds more than may be kept
    (a link's token), `remembers` names the kept record and `finish` makes the reply of it, the first time and on replay. Where it stands
    on a row (a signed receipt) it is `async`: written with the act itself, read on replay.
    """
    return lambda rule: VerbRule(rule, refusals, locks, remembers, finish)
