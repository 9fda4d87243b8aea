"""Incidents as sent and received."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from service.kit.patterns import LINE
from service.subscriptions.records.network import State

What = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=LINE)]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]
LatitudeE7 = Annotated[int, msgspec.Meta(ge=-900_000_000, le=900_000_000)]
LongitudeE7 = Annotated[int, msgspec.Meta(ge=-1_800_000_000, le=1_800_000_000)]


class Corner(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A corner of an area, in ten-millionths of a degree north and east."""

    latitude_e7: LatitudeE7
    longitude_e7: LongitudeE7


class NewIncident(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What doesn't work and whom it reaches: every service at a site in the area, at a site that is named, or named itself. It ends at `until_at` unless it is closed before."""

    what: What
    until_at: Instant
    begins_at: Instant | None = None
    """Now where none is named."""
    area: Annotated[list[Corner], msgspec.Meta(min_length=3, max_length=200)] | None = None
    """Corners of one area in order; it doesn't cross the date line."""
    site_ids: Annotated[list[UUID], msgspec.Meta(max_length=500)] = []
    subscription_ids: Annotated[list[UUID], msgspec.Meta(max_length=500)] = []
    id: UUID | None = None


class WiderIncident(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an incident reaches as well."""

    site_ids: Annotated[list[UUID], msgspec.Meta(max_length=500)] = []
    subscription_ids: Annotated[list[UUID], msgspec.Meta(max_length=500)] = []


class IncidentReceipt(msgspec.Struct, frozen=True):
    """That it is declared, widened, or closed."""

    id: UUID


class Incident(msgspec.Struct, frozen=True):
    """An incident, what it reaches, and when it was closed."""

    id: UUID
    what: str
    area: list[Corner] | None
    site_ids: list[UUID]
    subscription_ids: list[UUID]
    begins_at: datetime
    until_at: datetime
    declared_by: str
    declared_at: datetime
    closed_at: datetime | None
    closed_by: str | None


class IncidentService(msgspec.Struct, frozen=True):
    """A service in an incident's reach, with whose it is: they are held while it lasts."""

    subscription_id: UUID
    customer_id: UUID
    customer_name: str
    reference: str | None
    address: str | None
    state: State


class KnownIncident(msgspec.Struct, frozen=True):
    """An incident under way that reaches a customer."""

    id: UUID
    what: str
    begins_at: datetime
    until_at: datetime


class CalledService(msgspec.Struct, frozen=True):
    """A service found by what it, or its customer, is called, and where it is."""

    name: str
    subscription_id: UUID
    latitude_e7: int | None
    longitude_e7: int | None


class IncidentTold(msgspec.Struct, frozen=True):
    """How many are to hear of it, or that it is over, who weren't before."""

    told: int
