"""Tasks as claimed, settled and shown."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec


class Claimed(msgspec.Struct, frozen=True):
    """A task this process holds the lease of."""

    task_id: UUID
    kind: str
    subject_id: UUID
    body: dict[str, Any]
    attempts: int
    request_id: UUID


class Ending(msgspec.Struct, frozen=True):
    """How a run ended: the task is over, or waits until `due_at`; `afresh` counts its attempts from nought again."""

    task_id: UUID
    lease_token: UUID
    state: Literal["done", "dead", "waiting"]
    due_at: datetime
    error: str | None = None
    afresh: bool = False


class Settled(msgspec.Struct, frozen=True):
    """Whose lease was no longer held, so that their end didn't count."""

    lost: list[UUID]


class DeadTask(msgspec.Struct, frozen=True):
    """Background work that failed as often as it may and waits for somebody to look."""

    id: UUID
    kind: str
    subject_id: UUID
    attempts: int
    last_error: str | None
    created_at: datetime
    died_at: datetime


class DrivenAgain(msgspec.Struct, frozen=True):
    """That the task is due again."""

    id: UUID
