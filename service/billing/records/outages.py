"""Time without service as sent and received: the policy, an outage, and what is given back for it."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.money import Currency
from service.kit.patterns import LINE, whole

Unit = Literal["hour", "day"]
Units = Annotated[int, msgspec.Meta(ge=1, le=2160)]
PartOfMonth = Annotated[
    str, msgspec.Meta(pattern=whole(r"([1-9][0-9]{0,5}/)?[1-9][0-9]{0,5}"), max_length=13, description="Of a month's price: `1/10`.")
]
LeastMinor = Annotated[int, msgspec.Meta(ge=1, le=100_000_000)]
Citation = Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=LINE)]
Why = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=LINE)]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class OutageTier(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What each unit gives from the so-manieth of an outage on: its share of the period's price, or a part of a month's, and no less than `least_minor`."""

    from_unit: Units = 1
    of_month: PartOfMonth | None = None
    least_minor: LeastMinor | None = None


class NewOutagePolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is given back for time without service.

    Hours are whole ones from when an outage began; days are whole calendar days where the service is, and the one on which it began isn't counted.
    """

    unit: Unit
    least_units: Units = 1
    """An outage of fewer gives nothing."""
    tiers: Annotated[list[OutageTier], msgspec.Meta(min_length=1, max_length=5)]
    currency: Currency | None = None
    """Of `least_minor`; a service that costs another currency has no least."""
    gives_by_itself: bool = False
    """Whoever an incident reached is credited once it is over, without anybody asking for it."""
    citation: Citation | None = None
    """Where a law says so."""


class OutagePolicy(msgspec.Struct, frozen=True):
    """A version of what is given back; version 0 is the one that is shipped."""

    version: int
    unit: Unit
    least_units: int
    tiers: list[OutageTier]
    currency: str | None
    gives_by_itself: bool
    citation: str | None
    set_by: str | None
    set_at: datetime | None


class OutagePolicySet(msgspec.Struct, frozen=True):
    """The version in force now."""

    version: int


class NewOutage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """That a service didn't work, as a reader, a technician or the network found."""

    from_at: Instant
    until_at: Instant
    why: Why
    id: UUID | None = None


class CreditPart(msgspec.Struct, frozen=True):
    """So many units at one price each: that part of `base_minor`, and no less than `least_minor`."""

    units: int
    of: Literal["period", "month"]
    part: str
    base_minor: int
    least_minor: int | None


class PeriodCredit(msgspec.Struct, frozen=True):
    """What of a period is given back, and how it was computed: the sum of its parts, rounded once, less what was given before, and no more than its price still holds."""

    number: int
    from_on: date
    until_on: date
    invoice_id: UUID
    line_number: int
    units: int
    parts: list[CreditPart]
    given_before: int
    credit_minor: int
    """Without tax where prices are without it; the credit note adds it."""
    beyond_minor: int
    """What the policy comes to beyond the period's price: no credit note can give it."""


class OutageCredit(msgspec.Struct, frozen=True):
    """What would be given back for an outage as it stands."""

    subscription_id: UUID
    customer_id: UUID
    currency: str
    policy_version: int
    unit: Unit
    periods: list[PeriodCredit]
    credit_minor: int
    given: bool
    """Its outage is on record."""


class OutageReceipt(msgspec.Struct, frozen=True):
    """That it is on record, and what was given back for it."""

    id: UUID | None
    subscription_id: UUID
    credit_minor: int
    credit_note_ids: list[UUID]


class Outage(msgspec.Struct, frozen=True):
    """An outage of a service, and what was given back for it."""

    id: UUID
    subscription_id: UUID
    incident_id: UUID | None
    from_at: datetime
    until_at: datetime
    why: str | None
    policy_version: int
    told_by: str
    told_at: datetime
    credit_minor: int
    credit_note_ids: list[UUID]


class OutageOrder(msgspec.Struct, frozen=True):
    """That what an incident's services are owed is to be given back; `done_at` says since when all of it is."""

    incident_id: UUID
    ordered_by: str
    ordered_at: datetime
    done_at: datetime | None


class IncidentToGive(msgspec.Struct, frozen=True):
    """An incident that is over, and whether of the price something is given back, or its time is only put on record."""

    incident_id: UUID
    of_price: bool


class KnownSpan(msgspec.Struct, frozen=True):
    """Time without service that counts already."""

    from_at: datetime
    until_at: datetime


class ServiceStep(msgspec.Struct, frozen=True):
    """From when on a service was to work, or stood still for a fault of ours."""

    at: datetime
    ours: bool


class CreditedPeriod(msgspec.Struct, frozen=True):
    """A billed period, what its line holds and what was given back of it for outages."""

    number: int
    from_on: date
    until_on: date
    invoice_id: UUID
    line_number: int
    net_minor: int
    credited_minor: int
    written_off: bool
    step: int
    given_minor: int


class ToldOutage(msgspec.Struct, frozen=True):
    """An outage as its customer reads it beside the credit note."""

    from_at: datetime
    until_at: datetime
    unit: Unit
    units: int
