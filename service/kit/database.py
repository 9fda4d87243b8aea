"""The transaction recipe: an opening message with tenant and locks, the work, COMMIT; refusals commit, races run once more."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import msgspec
import structlog

from service.kit.ids import Randomness
from service.kit.paging import Cursors
from service.kit.principals import Principal
from service.kit.refusals import (
    BY_CODE,
    BY_CONSTRAINT,
    Busy,
    Conflict,
    KeyInUse,
    KeyReused,
    LinkGone,
    NotAuthenticated,
    OutcomeUnknown,
    OutOfRange,
    Refusal,
)
from service.kit.signatures import Keys
from service.kit.sql import Query
from service.kit.verbs import LOCK_ORDER, Again, Kept, Lock, Remember, VerbRule, Work

T = TypeVar("T")
LOG = structlog.get_logger("database")

RESTRICTED = 'row-level security policy "'
"""What a restrictive policy says, by its name; the tenant's own, which is permissive, says none. One judges when a row may come: the moment passes."""
LOST = (asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
"""What asyncpg says of a connection that is gone; InternalClientError where the server died between its last word and "ready"."""
_OURS: dict[str, Callable[[], Refusal]] = {
    "SY001": KeyInUse,
    "SY002": lambda: NotAuthenticated("This sign-in was ended."),
    "SY003": LinkGone,
}
"""The refusal of each SQLSTATE that kit.claim_key (the first) and identity.require_live raise."""

_REMEMBERED = "select body_hash, status, code, body::text, request_id from kit.idempotency where organisation_id = $1 and principal = $2 and route = $3 and key_hash = $4"
_REMEMBER = """insert into kit.idempotency (organisation_id, principal, route, key_hash, body_hash, status, code, body, request_id, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8::json, $9, $10) on conflict do nothing"""


class Done(msgspec.Struct, frozen=True):
    """What a verb answered: the record, its HTTP status where the statement chose one, and whether it is a replay."""

    record: Any
    status: int | None
    replayed: bool = False


class Database:
    """A pool of connections as the service's role, and the one way to use them."""

    patience_seconds = 5
    """How long a request waits for a connection before it is told to come back."""

    def __init__(self, pool: Any, *, randomness: Randomness, cursors: Cursors, keys: Keys) -> None:
        self.pool: asyncpg.Pool[asyncpg.Record] = pool
        self.randomness, self.cursors, self.keys = randomness, cursors, keys
        self.on_commit: set[Callable[[UUID], None]] = set()
        """Each is told the organisation after every commit of a verb: wakes readers of facts and tasks in this process."""
        self.kept: dict[type, Any] = {}  # see Work.kept

    async def read(
        self, rule: Callable[..., Coroutine[Any, Any, T]], *, principal: Principal, at: datetime, request_id: UUID, values: dict[str, Any]
    ) -> T:
        """Runs a question in one read-only snapshot."""
        async with self._connection() as connection:
            try:
                await connection.execute(opening(principal, at, read_only=True))
                work = self._work(connection, principal, at, request_id, None)
                return await rule(work, **values)
            except asyncpg.PostgresError as error:
                raise refusal_of(error) from error
            finally:
                await _close(connection)

    async def look_up(self, query: Query[T], **values: Any) -> T | None:
        """The first row of what belongs to no organisation, in one round trip; raises Refusal."""
        async with self._connection() as connection:
            try:
                row = await connection.fetchrow(query.text, *(values[name] for name in query.parameters))
            except asyncpg.PostgresError as error:
                raise refusal_of(error) from error
        return None if row is None else query.read(row)

    async def perform(
        self,
        rule: VerbRule[..., T],
        *,
        principal: Principal,
        at: datetime,
        request_id: UUID,
        remember: Remember | None,
        values: dict[str, Any],
    ) -> Done:
        """Does a verb whole or not at all.

        A constraint that refuses is given a second run with fresh figures; refused again, the refusal itself is remembered
        under the idempotency key. A key seen before answers what it answered then. Raises Refusal.
        """
        locks, key_hash = rule.locks_for(**values), remember.key_hash if remember else None
        message = opening(principal, at, locks=locks, key_hash=key_hash)
        async with self._connection() as connection:
            work = self._work(connection, principal, at, request_id, remember)
            for attempt in (1, 2):
                try:
                    try:
                        return await self._attempt(connection, message, work, rule, values)
                    except Again as again:
                        work.again, work.also = True, again.locks
                        message = opening(principal, at, locks=[*locks, *again.locks], key_hash=key_hash)
                        return await self._attempt(connection, message, work, rule, values)
                except Refusal as refusal:
                    if refusal.final:
                        raise
                    if remember is not None and (before := await self._before(connection, rule, work, remember)) is not None:
                        return before
                    if attempt == 1 and isinstance(refusal.__cause__, asyncpg.IntegrityConstraintViolationError):
                        continue
                    if remember is not None:
                        await self._remember_refusal(connection, work, remember, refusal)
                    raise
        raise AssertionError("the second attempt returns or raises")

    async def _attempt(self, connection: Any, message: str, work: Work, rule: VerbRule[..., T], values: dict[str, Any]) -> Done:
        try:
            await connection.execute(message)
            record = await rule(work, **values)
            await self._commit(connection, work.organisation_id)
            return Done(record, work.status)
        except Kept as kept:
            await self._commit(connection, work.organisation_id)
            raise kept.refusal from None
        except asyncpg.PostgresError as error:
            raise refusal_of(error) from error
        finally:
            await _close(connection)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        """One connection of the pool; a database that can't be reached is an answer, not a failure."""
        try:
            async with asyncio.timeout(self.patience_seconds):  # the pool's own timeout would make a task of each wait
                connection = await self.pool.acquire()
            try:
                yield connection
            finally:
                await self.pool.release(connection, timeout=self.patience_seconds)
        except (*LOST, asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError, TimeoutError) as error:
            raise Busy from error

    def _work(self, connection: Any, principal: Principal, at: datetime, request_id: UUID, remember: Remember | None) -> Work:
        return Work(
            connection=connection, principal=principal, at=at, request_id=request_id, remember=remember,
            randomness=self.randomness, cursors=self.cursors, keys=self.keys, kept=self.kept,
        )  # fmt: skip

    async def _commit(self, connection: Any, organisation_id: UUID) -> None:
        try:
            tag = await connection.execute("COMMIT")
        except (*LOST, asyncpg.ConnectionDoesNotExistError) as error:
            raise OutcomeUnknown from error
        if tag != "COMMIT":  # PostgreSQL answers ROLLBACK, without an error, to the COMMIT of an aborted transaction
            raise Busy("The transaction had been aborted; nothing was changed.")
        for told in self.on_commit:
            told(organisation_id)

    async def _before(self, connection: Any, rule: VerbRule[..., Any], work: Work, remember: Remember) -> Done | None:
        """What this key answered before, if it did."""
        principal = work.principal
        await connection.execute(opening(principal, work.at, read_only=True))
        try:
            row = await connection.fetchrow(_REMEMBERED, principal.organisation_id, principal.actor, remember.route, remember.key_hash)
            if row is None:
                return None
            if row["body_hash"] != remember.body_hash:
                raise KeyReused
            if row["code"] is None:
                return Done(await rule.replayed(work, row["body"]), row["status"], replayed=True)
        finally:
            await _close(connection)
        extras = msgspec.json.decode(row["body"])
        refusal = BY_CODE[row["code"]](extras.pop("detail", ""), **extras)
        refusal.replay_of, refusal.final = row["request_id"], True
        raise refusal

    async def _remember_refusal(self, connection: Any, work: Work, remember: Remember, refusal: Refusal) -> None:
        body = msgspec.json.encode({"detail": refusal.detail, **refusal.extras}).decode()
        key = (work.organisation_id, work.principal.actor, remember.route, remember.key_hash, remember.body_hash)
        await connection.execute(opening(work.principal, work.at))
        try:
            await connection.execute(_REMEMBER, *key, refusal.status, refusal.code, body, work.request_id, work.at)
            await connection.execute("COMMIT")
        finally:
            await _close(connection)


def opening(
    principal: Principal, at: datetime, *, locks: list[Lock] | None = None, key_hash: bytes | None = None, read_only: bool = False
) -> str:
    """The opening message, from UUIDs, integers and names in our own code alone: asyncpg sends several statements only without parameters.

    The locks are statements of their own before the one that reads: under READ COMMITTED a read in the same statement as the
    lock would use the snapshot from before the wait.
    """
    settings = {
        "organisation": principal.organisation_id,
        "actor": f"{principal.kind}:{principal.id}",
        "at": at.isoformat(),  # read by test databases alone, whose kit.recorded_now stands still with it
    }
    entry = [f"set_config('sayso.{name}', '{value}', true)" for name, value in settings.items()]
    if principal.session_id is not None:
        entry.append(f"identity.require_live('{principal.session_id}')")
    if key_hash is not None:
        entry.append(f"kit.claim_key({int.from_bytes(key_hash[:8], 'big', signed=True)})")
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if read_only else "BEGIN"
    return "; ".join((begin, f"SELECT {', '.join(entry)}", *_lock_statements(principal.organisation_id, locks or [])))


def _lock_statements(organisation_id: UUID, locks: list[Lock]) -> list[str]:
    """One statement a kind, in the house order; within a kind by what is locked, the hash, so that no two requests can wait for each other."""
    statements = []
    for number, kind in enumerate(LOCK_ORDER, start=1):
        of_kind = {lock for lock in locks if lock.kind == kind}
        if len(of_kind) == 1 and (lock := next(iter(of_kind))).table is None:
            statements.append(f"SELECT pg_advisory_xact_lock({number}, hashtext('{lock.key or organisation_id}'))")
        elif of_kind:
            statements.append(f"SELECT pg_advisory_xact_lock({number}, h) FROM {_hashes(kind, of_kind)} h")  # noqa: S608 — see _hashes
    return statements


def _hashes(kind: str, locks: Iterable[Lock]) -> str:
    """Where the hashes come from, in their order. Names come from our own code, values are UUIDs: nothing of a caller's text gets here."""
    keys: dict[str | None, list[str]] = {}
    for lock in locks:
        keys.setdefault(lock.table, []).append(str(lock.key))
    named = [f"hashtext('{key}')" for key in keys.pop(None, [])]
    looked_up = [f"{table.replace('.', f'.{kind}_of_')}('{{{','.join(found)}}}')" for table, found in keys.items() if table is not None]
    if len(looked_up) == 1 and not named:
        return looked_up[0]  # in their order by itself: sorting them here would be planned anew with every message
    sources = [*looked_up, f"unnest(array[{', '.join(named)}])"] if named else looked_up
    return f"({' union '.join(f'select {one} as h' for one in sources)} order by 1)"


def refusal_of(error: asyncpg.PostgresError) -> Refusal:
    """The refusal that stands for what PostgreSQL said; an error that no input should cause is raised as it is."""
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        name = f"{error.schema_name}.{error.constraint_name}"
        return BY_CONSTRAINT[name]() if name in BY_CONSTRAINT else Conflict(constraint=name)
    if error.sqlstate in _OURS:
        return _OURS[error.sqlstate]()
    if isinstance(
        error,
        asyncpg.DeadlockDetectedError
        | asyncpg.LockNotAvailableError
        | asyncpg.QueryCanceledError
        | asyncpg.TooManyConnectionsError
        | asyncpg.CannotConnectNowError
        | asyncpg.AdminShutdownError
        | asyncpg.CrashShutdownError
        | asyncpg.PostgresConnectionError
        | asyncpg.SerializationError
        | asyncpg.DiskFullError,
    ):
        return Busy()
    if isinstance(error, asyncpg.InsufficientPrivilegeError) and RESTRICTED in str(error):
        return Busy()
    if isinstance(
        error, asyncpg.NumericValueOutOfRangeError | asyncpg.CharacterNotInRepertoireError | asyncpg.UntranslatableCharacterError
    ):
        return OutOfRange()
    raise error


async def _close(connection: Any) -> None:
    """Leaves no transaction open, also when the request was cancelled half way: such a connection would keep its locks."""
    if connection.is_closed() or not connection.is_in_transaction():
        return
    rollback = asyncio.ensure_future(connection.execute("ROLLBACK"))
    rollback.add_done_callback(lambda done: done.cancelled() or done.exception())  # heard even when nobody waits for it any more
    try:
        await asyncio.shield(rollback)
    except asyncio.CancelledError:
        connection.terminate()
        raise
    except (asyncpg.PostgresError, *LOST):
        connection.terminate()
