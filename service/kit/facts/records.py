"""Facts as sent, and where a reader stands."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

MOST_FACTS = 1000


class Position(msgspec.Struct, frozen=True, order=True):
    """After which fact a reader stands: the commit order of one cluster's life."""

    epoch: int
    transaction_id: int
    sequence: int


class Horizon(msgspec.Struct, frozen=True):
    """The present epoch, and the oldest running transaction: nothing can appear below it any more."""

    epoch: int
    transaction_id: int

    @property
    def start(self) -> Position:
        """Where somebody stands who wants what comes from now on."""
        return Position(self.epoch, self.transaction_id, -1)


class FactRow(msgspec.Struct, frozen=True):
    """A fact as it lies."""

    epoch: int
    transaction_id: int
    sequence: int
    kind: str
    customer_id: UUID | None
    subject_kind: str
    subject_id: UUID
    body: dict[str, Any]
    actor: str
    request_id: UUID
    occurred_at: datetime

    @property
    def position(self) -> Position:
        """Where a reader stands after it."""
        return Position(self.epoch, self.transaction_id, self.sequence)


class Fact(msgspec.Struct, frozen=True):
    """One thing that happened: ids, states, codes and figures, never personal data."""

    cursor: str
    """Send it as `after` to read on behind this fact."""
    kind: str
    subject_kind: str
    subject_id: UUID
    customer_id: UUID | None
    body: dict[str, Any]
    actor: str
    """Who did it: `staff:<id>`, `api_key:<id>`, `customer_link:<id>` or `system:<id>`."""
    request_id: UUID
    occurred_at: datetime


class FactPage(msgspec.Struct, frozen=True):
    """Facts in commit order, and where to read on: `next` is there even when no more has happened yet."""

    items: list[Fact]
    next: str
    more: bool
    """Whether there is more to read right now."""
