"""Runs what is due: polls all organisations at once, claims within one, and is woken by each commit in this process."""

import asyncio
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import structlog

from service.kit.database import LOST, Database
from service.kit.ids import uuid7
from service.kit.principals import Principal
from service.kit.refusals import Refusal
from service.kit.tasks.leases import claim_tasks, give_back, plan_periodic, settle_tasks
from service.kit.tasks.queries import ORGANISATIONS_DUE
from service.kit.tasks.records import Claimed, Ending
from service.kit.tasks.registry import WORKER, Kind, Later, Task, TaskFailed, TaskHopeless
from service.kit.tasks.together import Together

POLL_SECONDS = 0.4
BEAT_SECONDS = 0.1
"""How far apart rounds are at least: what becomes due or ends meanwhile is claimed and settled together, for what is due at once costs more to claim than to do."""
SPARE_SECONDS = 15
"""How much longer a lease lasts than a run may take: a run that was stopped can still say how it ended."""
MOST_ORGANISATIONS = 50

LOG = structlog.get_logger("tasks")


def server_clock() -> datetime:
    """The server's time."""
    return datetime.now(UTC)


class Runner:
    """The tasks of one process. `outside` is handed to each handler."""

    def __init__(
        self,
        database: Database,
        *,
        kinds: Mapping[str, Kind],
        outside: Any = None,
        at_once: int = 16,
        clock: Callable[[], datetime] = server_clock,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.database = database
        self.kinds = kinds
        self.outside = outside
        self.at_once = at_once
        self.clock = clock
        self.jitter = jitter
        self._woken = asyncio.Event()
        self._together = Together()
        self._stopping = False
        self._running: dict[asyncio.Task[None], tuple[UUID, Claimed, UUID]] = {}
        self._ended: dict[UUID, list[Ending]] = {}
        self._unplanned: set[UUID] = set()
        self._planned: set[UUID] = set()

    async def run(self) -> None:
        """Works until stopped; a database that is away is waited for."""
        self.database.on_commit.add(self._committed)
        try:
            while not self._stopping:
                self._woken.clear()
                try:
                    await self._settle()
                    claimed = await self.claim_due()
                except (Refusal, asyncpg.PostgresError, *LOST, TimeoutError) as error:
                    LOG.warning("tasks_wait", reason=type(error).__name__)
                    claimed = 0
                except Exception:  # whatever it is: a worker that ends silently is worse
                    LOG.exception("worker_defect")
                    claimed = 0
                if not claimed:
                    with suppress(TimeoutError):
                        async with asyncio.timeout(POLL_SECONDS):
                            await self._woken.wait()
                await asyncio.sleep(BEAT_SECONDS)
        finally:
            self.database.on_commit.discard(self._committed)

    async def stop(self, *, patience_seconds: float = 20) -> None:
        """Takes nothing new, lets what runs finish, and gives back what doesn't in time."""
        self._stopping = True
        self._woken.set()
        running = dict(self._running)
        if running:
            _, late = await asyncio.wait(running, timeout=patience_seconds)
            for one in late:
                one.cancel()
                await asyncio.wait([one])
                organisation_id, claimed, token = running[one]
                await self._perform(give_back, organisation_id, task_id=claimed.task_id, lease_token=token)
        await self._settle()

    async def drain(self) -> int:
        """Runs all that is due now, and what that makes due, to its end; answers how many runs. For tests and for `--once`."""
        runs = 0
        while claimed := await self.claim_due():
            runs += claimed
            await self.settle_running()
        return runs

    async def settle_running(self) -> None:
        """Waits for the runs that are under way, and settles them."""
        if self._running:
            await asyncio.wait(self._running)
        await self._settle()

    async def claim_due(self) -> int:
        """Starts what is due, as much as there is room for; answers how much."""
        await self._plan()
        room = self.at_once - len(self._running)
        if room <= 0:
            return 0
        organisations = await self.database.pool.fetch(ORGANISATIONS_DUE.text, self.clock(), list(self.kinds), MOST_ORGANISATIONS)
        started = 0
        for number, row in enumerate(organisations):
            share = max(1, (room - started) // (len(organisations) - number))  # one busy organisation doesn't keep the others waiting
            started += await self._claim(row["organisation_id"], share)
            if started >= room:
                break
        return started

    async def _claim(self, organisation_id: UUID, most: int) -> int:
        at = self.clock()
        token = uuid7(at=at)
        seconds = [kind.seconds + SPARE_SECONDS for kind in self.kinds.values()]
        values = {"kinds": list(self.kinds), "lease_seconds": seconds, "most": most, "lease_token": token}
        claimed = await self._perform(claim_tasks, organisation_id, **values)
        for one in claimed:
            run = asyncio.create_task(self._run(organisation_id, one, token))
            self._running[run] = (organisation_id, one, token)
            run.add_done_callback(self._finished)
        return len(claimed)

    async def _run(self, organisation_id: UUID, claimed: Claimed, token: UUID) -> None:
        kind = self.kinds[claimed.kind]
        last = claimed.attempts >= kind.attempts and kind.every is None
        one = Task(
            claimed,
            organisation_id=organisation_id,
            last=last,
            at=self.clock(),
            database=self.database,
            outside=self.outside,
            together=self._together,
        )
        log = LOG.bind(task=str(claimed.task_id), kind=kind.name, attempt=claimed.attempts, request_id=str(claimed.request_id))
        ending = Ending(claimed.task_id, token, **await self._ending(kind, one, log))
        if ending.error:
            log.warning("task_failed", reason=ending.error, state=ending.state)
        self._ended.setdefault(organisation_id, []).append(ending)

    async def _settle(self) -> None:
        """Writes down how runs ended, all of an organisation's in one transaction."""
        while self._ended:
            organisation_id, endings = self._ended.popitem()
            try:
                settled = await self._perform(settle_tasks, organisation_id, endings=endings)
            except Refusal as refusal:  # the database is away: the leases run out and somebody runs them again
                LOG.warning("tasks_unsettled", code=refusal.code, tasks=[str(one.task_id) for one in endings])
                continue
            for task_id in settled.lost:
                LOG.warning("lease_lost", task=str(task_id))

    async def _ending(self, kind: Kind, one: Task, log: Any) -> dict[str, Any]:
        """Runs the handler, and says how the task goes on."""
        pause: timedelta | None = None
        final = one.last
        try:
            async with asyncio.timeout(kind.seconds):
                await kind.handler(one)
        except Later as later:
            return {"state": "waiting", "due_at": later.due_at, "afresh": True}
        except TaskHopeless as hopeless:
            reason, final = hopeless.reason, True
        except TaskFailed as failed:
            reason, pause = failed.reason, failed.retry_after
        except Refusal as refusal:
            reason = refusal.code
        except TimeoutError:
            reason = f"took longer than {kind.seconds:g} s"
        except Exception as error:  # a handler's defect is one task's failure, never the worker's
            log.exception("task_defect")
            reason = type(error).__name__
        else:
            return {"state": "done", "due_at": self.clock()} if kind.every is None else self._again(kind, timedelta(), one.refused)
        pause = pause or kind.pause(one.attempt, self.jitter())
        reason = reason.encode(errors="replace").decode().replace("\0", "")[:2000]
        if kind.every is not None:  # periodic work is never dead, it comes again
            return self._again(kind, pause, reason)
        if final:
            return {"state": "dead", "due_at": self.clock(), "error": reason}
        return {"state": "waiting", "due_at": self.clock() + pause, "error": reason}

    def _again(self, kind: Kind, pause: timedelta, reason: str | None = None) -> dict[str, Any]:
        every = kind.every or timedelta()
        return {"state": "waiting", "due_at": self.clock() + max(every, pause), "error": reason, "afresh": not pause}

    def _finished(self, run: asyncio.Task[None]) -> None:
        self._running.pop(run, None)
        if not run.cancelled() and (error := run.exception()) is not None:
            LOG.error("run_defect", exc_info=error)  # its lease runs out and somebody runs it again
        self._woken.set()

    def _committed(self, organisation_id: UUID) -> None:
        if organisation_id not in self._planned:
            self._unplanned.add(organisation_id)
        self._woken.set()

    async def _plan(self) -> None:
        """An organisation that does something has its periodic work: the first commit seen in this process sees to it."""
        periodic = [kind.name for kind in self.kinds.values() if kind.every is not None]
        while self._unplanned:
            organisation_id = self._unplanned.pop()
            self._planned.add(organisation_id)
            try:
                await self._perform(plan_periodic, organisation_id, kinds=periodic)
            except Refusal:
                self._planned.discard(organisation_id)
                raise

    async def _perform(self, rule: Any, organisation_id: UUID, **values: Any) -> Any:
        at = self.clock()
        principal = Principal(organisation_id=organisation_id, kind="system", id=WORKER)
        done = await self.database.perform(rule, principal=principal, at=at, request_id=uuid7(at=at), remember=None, values=values)
        return done.record
