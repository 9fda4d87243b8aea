"""Visits that wait for an incident to end, as shown."""

from datetime import datetime
from uuid import UUID

import msgspec


class VisitWaiting(msgspec.Struct, frozen=True):
    """Whether the visit waits from now on."""

    id: UUID
    waits: bool


class VisitToWait(msgspec.Struct, frozen=True):
    """A visit that an incident explains."""

    visit_id: UUID
    incident_id: UUID


class VisitToLetGo(msgspec.Struct, frozen=True):
    """A visit that needn't wait any more."""

    visit_id: UUID
    incident_id: UUID
    passed: bool
    """Its time has come while it waited: nobody goes there then."""


class WaitingVisit(msgspec.Struct, frozen=True):
    """A visit that waits, and for what."""

    visit_id: UUID
    incident_id: UUID
    job_id: UUID
    customer_id: UUID
    customer_name: str
    starts_at: datetime
    held_at: datetime
