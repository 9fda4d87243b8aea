"""Compensation as sent and received: the policy, and what was given for days without service and for appointments that were missed."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.billing.records.outages import Citation, PartOfMonth
from service.billing.records.payments import Reason
from service.kit.money import Currency, MinorUnits

Compensated = Literal["outage_day", "missed_visit"]
CountsFrom = Literal["beginning", "report"]
FromDay = Annotated[int, msgspec.Meta(ge=1, le=90)]
LeastMinor = Annotated[int, msgspec.Meta(ge=0, le=100_000_000)]


class CompensationRate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of what a month of the service costs with its tax, and no less than `least_minor`."""

    what: Compensated
    from_day: FromDay = 1
    """Of an outage: from its so-manieth whole day on, the one that `counts_from` names not counted."""
    of_month: PartOfMonth
    least_minor: LeastMinor = 0


class NewCompensationPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is given as damages, whatever the price of the period, to whom a service in this currency failed whole or nobody came."""

    currency: Currency
    rates: Annotated[list[CompensationRate], msgspec.Meta(min_length=1, max_length=6)]
    counts_from: CountsFrom = "beginning"
    """After which day an outage's days are counted: that on which it began, or that on which the customer reported it; without a report nothing is due then."""
    gives_by_itself: bool = False
    """Without anybody asking for it, but not to customers with a VAT number, nor for maintenance: that is a person's decision."""
    citation: Citation | None = None
    """Where a law says so."""


class CompensationPolicy(msgspec.Struct, frozen=True):
    """A version of what is given; version 0 is what is shipped for the organisation's country, and gives nothing where nothing is."""

    version: int
    currency: Currency
    rates: list[CompensationRate]
    counts_from: CountsFrom
    gives_by_itself: bool
    citation: str | None
    set_by: str | None
    set_at: datetime | None


class CompensationPolicySet(msgspec.Struct, frozen=True):
    """The version in force now."""

    version: int


class CompensatedDay(msgspec.Struct, frozen=True):
    """A day without service, the so-manieth of its outage, and what is due for it."""

    day: date
    nth: int
    due_minor: MinorUnits
    counted_from: date
    """The first that was counted is the day after."""
    report_id: UUID | None = None
    """The customer's report that it counts from; None where it counts from the beginning."""


class Compensation(msgspec.Struct, frozen=True):
    """What was given for one outage of a service, or for one appointment that was missed."""

    id: UUID
    given_at: datetime
    given_by: str
    given_by_name: str | None
    """None where it was given by itself, or by a program."""
    customer_id: UUID
    customer_name: str
    subscription_id: UUID
    outage_id: UUID | None
    promise_id: UUID | None
    """The promise to arrive that was broken."""
    policy_version: int
    currency: str
    month_minor: MinorUnits
    """What a month of the service costs, its tax included."""
    days: list[CompensatedDay]
    due_minor: MinorUnits
    set_off_minor: MinorUnits
    """What the same outage gave back of the price."""
    amount_minor: MinorUnits
    taken_back_at: datetime | None
    taken_back_by: str | None
    taken_back_by_name: str | None
    taken_back_for: str | None


class CompensationReceipt(msgspec.Struct, frozen=True):
    """What was given."""

    id: UUID
    subscription_id: UUID
    currency: str
    due_minor: MinorUnits
    set_off_minor: MinorUnits
    amount_minor: MinorUnits


WhyNotDue = Literal["nothing_set", "other_currency", "not_reported", "too_short", "given_before", "no_service", "not_missed"]


class OutageCompensation(msgspec.Struct, frozen=True):
    """What an outage on record would be compensated with as it stands now, and how it is computed; or why nothing is due."""

    outage_id: UUID
    subscription_id: UUID
    customer_id: UUID
    from_at: datetime
    until_at: datetime
    policy_version: int
    citation: str | None
    counts_from: CountsFrom
    reported_at: datetime | None
    """The report that it counts from, where it counts from one and there is one."""
    currency: str
    month_minor: MinorUnits
    """What a month of the service costs, its tax included."""
    days: list[CompensatedDay]
    due_minor: MinorUnits
    set_off_minor: MinorUnits
    """What the same outage gave back of the price."""
    amount_minor: MinorUnits
    not_due: WhyNotDue | None
    compensation_id: UUID | None
    """Given already: then all of it is as it was given."""


class AppointmentCompensation(msgspec.Struct, frozen=True):
    """What an appointment would be compensated with as it stands now, by the dearest service where it was; or why nothing is due."""

    promise_id: UUID
    customer_id: UUID
    due_at: datetime
    subscription_id: UUID | None
    policy_version: int
    citation: str | None
    currency: str
    month_minor: MinorUnits
    amount_minor: MinorUnits
    not_due: WhyNotDue | None
    compensation_id: UUID | None


class CustomersCompensations(msgspec.Struct, frozen=True):
    """What a customer was given, and what of the last year could be judged yet: the latest twenty outages and twenty appointments that were missed."""

    given: list[Compensation]
    outages: list[OutageCompensation]
    appointments: list[AppointmentCompensation]


class LookedInVain(msgspec.Struct, frozen=True):
    """That nothing is due for an outage, as it stood."""

    outage_id: UUID
    compensation_id: UUID | None
    """Given already, where it is."""


class CompensationTakenBack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why it wasn't due."""

    reason: Reason


class CompensationReversed(msgspec.Struct, frozen=True):
    """That it was taken back."""

    id: UUID
    compensation_id: UUID
    currency: str
    amount_minor: MinorUnits


class PricedService(msgspec.Struct, frozen=True):
    """A service, and what a month of it costs with its tax."""

    subscription_id: UUID
    currency: str
    zone: str
    month_minor: int


class FirstReport(msgspec.Struct, frozen=True):
    """When a customer first reported a fault."""

    report_id: UUID
    reported_at: datetime
    reported_on: date


class Run(msgspec.Struct, frozen=True):
    """Time without service at a stretch, however it was told, and the first report of it."""

    from_at: datetime
    until_at: datetime
    report: FirstReport | None


class OutageToJudge(msgspec.Struct, frozen=True):
    """An outage on record, and all that it is judged by but the policy."""

    outage_id: UUID
    subscription_id: UUID
    customer_id: UUID
    from_at: datetime
    until_at: datetime
    service: PricedService
    runs: list[Run]
    """The time without service that it is part of, with what others told of it."""
    given: list[date]
    """The days of its service that something was given for."""
    back_minor: int
    """What came back of the price of that time, and wasn't set off yet."""


class Appointment(msgspec.Struct, frozen=True):
    """A promise to arrive, by when, whether it was broken, and the dearest of the customer's services there."""

    promise_id: UUID
    customer_id: UUID
    due_at: datetime
    broken: bool
    service: PricedService | None
