"""Time as a promise counts it: only while the office is open, by its own clock, between nights, weekends and public holidays."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from service.kit.public_holidays import is_public_holiday

LONGEST_DAYS = 1100
"""Days looked through for open hours: what isn't open in three years never is."""
MIDNIGHT = 1440


class Calendar(msgspec.Struct, frozen=True):
    """When work gets done: hours on a wall, and the places whose holidays are kept."""

    zone: str
    opens_minute: tuple[int, ...]
    closes_minute: tuple[int, ...]
    places: tuple[str, ...] = ()

    def open_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Each stretch of open time from then on, half-open, in UTC, the one that `start` falls into cut."""
        zone = ZoneInfo(self.zone)
        first = start.astimezone(zone).date()
        for number in range(LONGEST_DAYS):
            day = first + timedelta(days=number)
            opens, closes = self.opens_minute[day.weekday()], self.closes_minute[day.weekday()]
            if opens == closes or any(is_public_holiday(day, place=place) for place in self.places):
                continue
            begins, ends = (_instant(datetime.combine(day, time()), minute, zone) for minute in (opens, closes))
            if ends > start:
                yield max(begins, start.astimezone(UTC)), ends


def due_after(calendar: Calendar, *, start: datetime, minutes: int) -> datetime:
    """The instant by which so many open minutes have passed; raises NeverOpen."""
    left = timedelta(minutes=minutes)
    for begins, ends in calendar.open_from(start):
        if begins + left <= ends:
            return begins + left
        left -= ends - begins
    raise NeverOpen


def minutes_between(calendar: Calendar, *, start: datetime, end: datetime) -> int:
    """How many open minutes passed, begun ones whole."""
    passed = timedelta()
    for begins, ends in calendar.open_from(start):
        if begins >= end:
            break
        passed += min(ends, end) - begins
    return -(-passed // timedelta(minutes=1))


def likely_minutes(took: list[int]) -> int:
    """What nine of ten took at most, in whole quarters of an hour."""
    ninth = sorted(took)[-(-len(took) * 9 // 10) - 1]
    return max(15, -(-ninth // 15) * 15)


class NeverOpen(Exception):
    """No open time is left to count."""


def _instant(day: datetime, minute: int, zone: ZoneInfo) -> datetime:
    """A minute on the wall of that day; the end of the day is the next one's beginning."""
    return (day + timedelta(minutes=minute)).replace(tzinfo=zone).astimezone(UTC)
