"""Calendar feeds and what stands in them."""

from datetime import datetime
from uuid import UUID

import msgspec

from service.customers.records import Language
from service.dispatch.records.common import JobKind, VisitState


class CalendarReceipt(msgspec.Struct, frozen=True):
    """That a feed is there, without its secret."""

    id: UUID
    expires_at: datetime


class Calendar(msgspec.Struct, frozen=True):
    """A calendar feed (iCalendar, RFC 5545); whoever knows its path may read it, so it is shown to nobody else."""

    id: UUID
    path: str
    """Behind the address of this service, to subscribe to."""
    expires_at: datetime


class CalendarEnded(msgspec.Struct, frozen=True):
    """How many feeds ended."""

    ended: int


class CalendarOf(msgspec.Struct, frozen=True):
    """In whose language a feed speaks, and for whom."""

    language: Language
    organisation: str
    phone: str


class CalendarVisit(msgspec.Struct, frozen=True):
    """A visit as a calendar shows it."""

    id: UUID
    kind: JobKind
    state: VisitState
    step: int
    starts_at: datetime
    ends_at: datetime
    arrive_until: datetime
    zone: str
    changed_at: datetime
    reference: str
    address: str


class Feed(msgspec.Struct, frozen=True):
    """What a calendar feed tells, to a technician or to a customer."""

    of: CalendarOf
    to_customer: bool
    visits: list[CalendarVisit]
