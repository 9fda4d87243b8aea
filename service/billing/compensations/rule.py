"""What days without service and a missed appointment come to: pure and exact."""

from collections.abc import Container
from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

from service.billing.outages.rule import DAY, Span
from service.billing.records.compensations import CompensatedDay, CompensationPolicy, CompensationRate
from service.kit.money import rounded

NONE = CompensationPolicy(0, "EUR", [], gives_by_itself=False, citation=None, set_by=None, set_at=None)
SHIPPED = {
    "DE": CompensationPolicy(
        version=0,
        currency="EUR",
        rates=[
            CompensationRate(what="outage_day", from_day=3, of_month="1/10", least_minor=500),
            CompensationRate(what="outage_day", from_day=5, of_month="1/5", least_minor=1000),
            CompensationRate(what="missed_visit", of_month="1/5", least_minor=1000),
        ],
        gives_by_itself=False,
        citation="§ 58 Abs. 3 und 4 TKG (DE), Fassung ab 01.12.2021",
        set_by=None,
        set_at=None,
    )
}
"""By country, the policy of whoever sets none: given where somebody says so. Elsewhere nothing is."""


def days_due(policy: CompensationPolicy, run: Span, *, month_minor: int, zone: str, given: Container[date]) -> list[CompensatedDay]:
    """What each whole day of an outage comes to that nothing was given for yet; the day on which it began isn't counted, and the one on which it ended neither."""
    place = ZoneInfo(zone)
    first, end = run.from_at.astimezone(place).date() + DAY, run.until_at.astimezone(place).date()
    due = []
    for nth in range(1, (end - first).days + 1):
        day, rates = first + DAY * (nth - 1), [one for one in policy.rates if one.what == "outage_day" and one.from_day <= nth]
        if rates and day not in given:
            due.append(CompensatedDay(day, nth, _amount(max(rates, key=lambda one: one.from_day), month_minor)))
    return [one for one in due if one.due_minor]


def visit_due(policy: CompensationPolicy, *, month_minor: int) -> int:
    """What an appointment that was missed comes to."""
    return sum(_amount(one, month_minor) for one in policy.rates if one.what == "missed_visit")


def _amount(rate: CompensationRate, month_minor: int) -> int:
    return max(rounded(Fraction(rate.of_month) * month_minor), rate.least_minor)
