"""What time without service gives back: pure, exact, and the same for the same time however it was told."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import NamedTuple
from zoneinfo import ZoneInfo

from service.billing.records.outages import CreditedPeriod, CreditPart, OutagePolicy, OutageTier, PeriodCredit
from service.kit.money import rounded

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SHIPPED = OutagePolicy(
    version=0,
    unit="day",
    least_units=1,
    tiers=[OutageTier()],
    currency=None,
    gives_by_itself=False,
    citation=None,
    set_by=None,
    set_at=None,
)
"""The policy of whoever sets none: whole days at their share of the price, given when somebody says so."""


class Span(NamedTuple):
    """From when until when."""

    from_at: datetime
    until_at: datetime


class Plan(NamedTuple):
    """What a service costs, as agreed."""

    currency: str
    month: Fraction
    zone: str


def union(spans: Iterable[Span]) -> list[Span]:
    """The same time in as few spans as can be: what overlaps or touches is one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.from_at <= joined[-1].until_at:
            joined[-1] = Span(joined[-1].from_at, max(joined[-1].until_at, span.until_at))
        else:
            joined.append(span)
    return joined


def within(span: Span, others: Iterable[Span]) -> list[Span]:
    """What of a span lies in others."""
    parts = (Span(max(span.from_at, one.from_at), min(span.until_at, one.until_at)) for one in others)
    return [part for part in parts if part.from_at < part.until_at]


def beside(span: Span, others: Iterable[Span]) -> list[Span]:
    """What of a span lies in none of others."""
    left, at = [], span.from_at
    for one in union(within(span, others)):
        if at < one.from_at:
            left.append(Span(at, one.from_at))
        at = one.until_at
    return [*left, Span(at, span.until_at)] if at < span.until_at else left


def credits_due(policy: OutagePolicy, plan: Plan, *, outages: Sequence[Span], periods: Sequence[CreditedPeriod]) -> list[PeriodCredit]:
    """What each of these periods gives back, given all time without service: no more than its line still holds, and nothing twice."""
    counted = [(day, tier) for span in union(outages) for day, tier in _units(policy, span, zone=plan.zone)]
    return [
        _credit(policy, plan, period, Counter(tier for day, tier in counted if period.from_on <= day < period.until_on))
        for period in periods
    ]


def _units(policy: OutagePolicy, span: Span, *, zone: str) -> list[tuple[date, int]]:
    """The day on which each whole unit of an outage began, where it is, and by which tier it counts; units that none has give nothing."""
    place = ZoneInfo(zone)
    if policy.unit == "hour":
        begins = [(span.from_at + HOUR * n).astimezone(place).date() for n in range((span.until_at - span.from_at) // HOUR)]
    else:
        first, end = span.from_at.astimezone(place).date() + DAY, span.until_at.astimezone(place).date()
        begins = [first + DAY * n for n in range((end - first).days)]
    if len(begins) < policy.least_units:
        return []
    tiers = [(place, tier.from_unit) for place, tier in enumerate(policy.tiers)]
    return [(day, max(at for at, begin in tiers if begin <= nth)) for nth, day in enumerate(begins, 1) if nth >= policy.tiers[0].from_unit]


def _credit(policy: OutagePolicy, plan: Plan, period: CreditedPeriod, counted: "Counter[int]") -> PeriodCredit:
    parts = [_part(policy, plan, period, policy.tiers[tier], units) for tier, units in sorted(counted.items())]
    due = rounded(sum((one.units * _each(one) for one in parts), Fraction(0)))
    held = 0 if period.written_off else period.net_minor - period.credited_minor
    more = max(0, due - period.given_minor)
    return PeriodCredit(
        number=period.number,
        from_on=period.from_on,
        until_on=period.until_on,
        invoice_id=period.invoice_id,
        line_number=period.line_number,
        units=sum(counted.values()),
        parts=parts,
        given_before=period.given_minor,
        credit_minor=min(more, held),
        beyond_minor=more - min(more, held),
    )


def _part(policy: OutagePolicy, plan: Plan, period: CreditedPeriod, tier: OutageTier, units: int) -> CreditPart:
    least = tier.least_minor if policy.currency == plan.currency else None
    if tier.of_month is not None:
        return CreditPart(units, "month", tier.of_month, rounded(plan.month), least)
    return CreditPart(units, "period", f"1/{_units_of(policy, period, zone=plan.zone)}", period.net_minor, least)


def _each(part: CreditPart) -> Fraction:
    return max(Fraction(part.part) * part.base_minor, Fraction(part.least_minor or 0))


def _units_of(policy: OutagePolicy, period: CreditedPeriod, *, zone: str) -> int:
    """How many units a period has: an hour more or less where the clock is put back or forward in it."""
    if policy.unit == "day":
        return (period.until_on - period.from_on).days
    place = ZoneInfo(zone)
    borders = [datetime(day.year, day.month, day.day, tzinfo=place).timestamp() for day in (period.from_on, period.until_on)]
    return round((borders[1] - borders[0]) / HOUR.total_seconds())
