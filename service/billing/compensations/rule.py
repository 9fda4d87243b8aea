"""What days without service and a missed appointment come to: pure and exact."""

from fractions import Fraction
from zoneinfo import ZoneInfo

from service.billing.outages.rule import DAY
from service.billing.records.compensations import CompensatedDay, CompensationPolicy, CompensationRate, Run
from service.kit.money import rounded

NONE = CompensationPolicy(
    version=0, currency="EUR", rates=[], counts_from="beginning", gives_by_itself=False, citation=None, set_by=None, set_at=None
)
SHIPPED = {
    "DE": CompensationPolicy(
        version=0,
        currency="EUR",
        rates=[
            CompensationRate(what="outage_day", from_day=3, of_month="1/10", least_minor=500),
            CompensationRate(what="outage_day", from_day=5, of_month="1/5", least_minor=1000),
            CompensationRate(what="missed_visit", of_month="1/5", least_minor=1000),
        ],
        counts_from="report",
        gives_by_itself=False,
        citation="§ 58 Abs. 3 und 4 TKG (DE), Fassung ab 01.12.2021",
        set_by=None,
        set_at=None,
    )
}
"""By country, the policy of whoever sets none: given where somebody says so. Elsewhere nothing is."""


def days_due(policy: CompensationPolicy, run: Run, *, month_minor: int, zone: str) -> list[CompensatedDay]:
    """What each whole day of an outage comes to.

    Neither the day on which it began or was reported is counted, whichever the policy says, nor the one on which it ended. What wasn't reported gives nothing where reports count.
    """
    place = ZoneInfo(zone)
    began, end = run.from_at.astimezone(place).date(), run.until_at.astimezone(place).date()
    if policy.counts_from == "beginning":
        counted_from, report_id = began, None
    elif run.report is not None:
        counted_from, report_id = run.report.reported_on, run.report.report_id
    else:
        return []
    due = []
    for nth in range(1, (end - counted_from).days):
        day, rates = counted_from + DAY * nth, [one for one in policy.rates if one.what == "outage_day" and one.from_day <= nth]
        if rates:
            amount = _amount(max(rates, key=lambda one: one.from_day), month_minor)
            due.append(CompensatedDay(day, nth, amount, counted_from, report_id))
    return [one for one in due if one.due_minor]


def visit_due(policy: CompensationPolicy, *, month_minor: int) -> int:
    """What an appointment that was missed comes to."""
    return sum(_amount(one, month_minor) for one in policy.rates if one.what == "missed_visit")


def _amount(rate: CompensationRate, month_minor: int) -> int:
    return max(rounded(Fraction(rate.of_month) * month_minor), rate.least_minor)
