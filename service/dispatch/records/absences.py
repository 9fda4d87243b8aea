"""Absences as sent and received."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from service.dispatch.records.common import Instant, Reason


class NewAbsence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a technician isn't there, and why, as a code: `sick`, `holiday`, `training`.

    Whole days of their zone from `from_on` until before `until_on`, or the time from one instant until another.
    """

    reason: Reason
    from_on: date | None = None
    until_on: date | None = None
    from_: Instant | None = msgspec.field(name="from", default=None)
    until: Instant | None = None
    id: UUID | None = None


class AbsenceReceipt(msgspec.Struct, frozen=True):
    """The absence; once cancelled, the time in which the technician is there again."""

    id: UUID
    technician_id: UUID
    from_: datetime = msgspec.field(name="from")
    until: datetime


class Absence(msgspec.Struct, frozen=True):
    """An absence as it stands, as instants and on the technician's wall."""

    id: UUID
    technician_id: UUID
    technician_name: str
    reason: str
    from_: datetime = msgspec.field(name="from")
    until: datetime
    local_from: datetime
    local_until: datetime
    zone: str
