"""Tasks as claimed, settled and shown."""

from datetime import datetime
from typing import Any
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


class Settled(msgspec.Struct, frozen=True):
    """Whether the lease was still held, and so the end counted."""

    held: bool


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
