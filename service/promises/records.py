"""Promises as received."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec


class Promise(msgspec.Struct, frozen=True):
    """Something we told a customer we would do before `due_at`, who answers for it, and how it stands."""

    id: UUID
    customer_id: UUID
    kind: Literal["arrive", "update", "restore", "call_back", "reply", "refund"]
    subject_kind: str
    subject_id: UUID
    due_at: datetime
    owner_staff_id: UUID
    via: str
    made_by: str
    made_at: datetime
    state: Literal["open", "kept", "broken", "released"]
    ended_at: datetime | None
    """When it was kept or given up; None while nothing has happened, also after it was due."""
