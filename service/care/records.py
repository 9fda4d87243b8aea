"""The timeline as read."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec


class Entry(msgspec.Struct, frozen=True):
    """One fact about a customer: what happened, to what, by whom, when it happened and when we recorded it."""

    epoch: int
    transaction_id: int
    sequence: int
    kind: str
    subject_kind: str
    subject_id: UUID
    body: dict[str, Any]
    """Empty for who may not read facts about this kind of subject: that it happened is for all, what it came to isn't."""
    actor: str
    actor_name: str | None
    occurred_at: datetime
    recorded_at: datetime
