"""When a customer is left alone: nights, days of rest and public holidays of where they are."""

from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from service.billing.records.dunning import DunningPolicy
from service.kit.public_holidays import is_public_holiday

LONGEST_REST = 30
"""More days of rest in a row than this have no country."""


def calm_reason(policy: DunningPolicy, *, at: datetime, zone: str, places: list[str]) -> Literal["quiet_hours", "rest_day"] | None:
    """Why nobody is to be disturbed at that instant, if so."""
    there = at.astimezone(ZoneInfo(zone))
    if _rests(policy, there.date(), places):
        return "rest_day"
    return None if time.fromisoformat(policy.calm_until) <= there.time() < time.fromisoformat(policy.calm_from) else "quiet_hours"


def next_waking(policy: DunningPolicy, *, after: datetime, zone: str, places: list[str]) -> datetime:
    """The first instant from then on at which somebody may be disturbed."""
    place = ZoneInfo(zone)
    if calm_reason(policy, at=after, zone=zone, places=places) is None:
        return after
    there = after.astimezone(place)
    on = there.date() if there.time() < time.fromisoformat(policy.calm_until) else there.date() + timedelta(days=1)
    for _ in range(LONGEST_REST):
        if not _rests(policy, on, places):
            break
        on += timedelta(days=1)
    return datetime.combine(on, time.fromisoformat(policy.calm_until), place)


def _rests(policy: DunningPolicy, day: date, places: list[str]) -> bool:
    return day.isoweekday() in policy.rest_days or (
        policy.rests_on_holidays and any(is_public_holiday(day, place=place) for place in places)
    )
