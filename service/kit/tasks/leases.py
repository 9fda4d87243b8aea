"""Who may work on a task, and how it ends: the rules, none of which knows what the work is."""

import hashlib
from collections.abc import Collection
from uuid import UUID

import msgspec

from service.kit.paging import Page
from service.kit.refusals import Refusal
from service.kit.tasks.queries import CLAIM_TASKS, DRIVE_AGAIN, GIVE_BACK, LIST_DEAD_TASKS, PLAN_PERIODIC, SETTLE_TASKS, SWEEP
from service.kit.tasks.records import Claimed, DeadTask, DrivenAgain, Ending, Settled
from service.kit.verbs import Work, verb

FIRST = UUID(int=0)


class TaskNotDead(Refusal):
    """Only a task that has given up is driven again."""

    code, status, remedy = "TASK_NOT_DEAD", 409, "Leave it: it is waiting, running or done, as `state` says."


@verb()
async def claim_tasks(work: Work, *, kinds: list[str], lease_seconds: list[float], most: int, lease_token: UUID) -> list[Claimed]:
    """Leases what is due of these kinds, in order per subject; nobody else gets it for so many seconds of its kind."""
    return await work.all(CLAIM_TASKS, kinds=kinds, lease_seconds=lease_seconds, most=most, lease_token=lease_token)


@verb()
async def settle_tasks(work: Work, *, endings: list[Ending]) -> Settled:
    """Ends tasks or makes them wait, each whose lease is still held."""
    return await work.run(SETTLE_TASKS, endings=msgspec.json.encode(endings).decode())


@verb()
async def give_back(work: Work, *, task_id: UUID, lease_token: UUID) -> int:
    """Ends a lease without having finished: the task is due at once."""
    return await work.one(GIVE_BACK, task_id=task_id, lease_token=lease_token)


@verb()
async def plan_periodic(work: Work, *, kinds: list[str]) -> int:
    """Sees to it that the organisation's periodic tasks exist; answers how many were new."""
    task_ids = [_periodic_id(work.organisation_id, kind) for kind in kinds]
    request_id = work.new_id()
    return await work.one(PLAN_PERIODIC, task_ids=task_ids, kinds=kinds, request_id=request_id)


@verb()
async def sweep(work: Work) -> int:
    """Deletes answers to idempotency keys and finished tasks older than 30 days, some thousands at a time; answers how many."""
    return await work.one(SWEEP)


@verb(refusals=(TaskNotDead,))
async def drive_again(work: Work, *, task_id: UUID) -> DrivenAgain:
    """Makes a dead task due again, with all its attempts."""
    return await work.run(DRIVE_AGAIN, task_id=task_id)


async def list_dead_tasks(work: Work, *, limit: int, cursor: str | None, kinds: Collection[str] | None = None) -> Page[DeadTask]:
    """Background work that failed as often as it may, of all kinds or some, in the order it was wanted."""
    purpose = f"dead tasks {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else FIRST
    rows = await work.all(LIST_DEAD_TASKS, after=after, kinds=sorted(kinds) if kinds else None, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


def _periodic_id(organisation_id: UUID, kind: str) -> UUID:
    """The same id each time (RFC 9562, version 8), so that planning twice is once."""
    digest = hashlib.sha256(organisation_id.bytes + kind.encode()).digest()[:16]
    value = int.from_bytes(digest, "big")
    return UUID(int=value & ~(0xF << 76) & ~(0b11 << 62) | 0x8 << 76 | 0b10 << 62)
