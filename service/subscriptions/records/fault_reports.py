"""What customers report as not working, as sent and read."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec


class NewFaultReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """That a customer told us that their service doesn't work: who called, or was met. Words in a case about a fault report it by themselves."""

    id: UUID | None = None
    reported_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    """When we heard it, 100 days ago at most; now, where it isn't said."""


class FaultReported(msgspec.Struct, frozen=True):
    """The report as it is noted; a law's days may count from the day after."""

    id: UUID
    reported_at: datetime
    reported_on: date
    """Where the service is."""


class FaultReport(msgspec.Struct, frozen=True):
    """When a customer reported that a service doesn't work."""

    id: UUID
    """The case's, where they said it in one."""
    reported_at: datetime
    reported_on: date
    of_case: bool
    noted_by: str
    noted_at: datetime
