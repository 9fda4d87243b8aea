"""Rules of recurrence (RFC 5545, section 3.3.10) on the wall of one zone: the part of them that can be told to a customer in a sentence."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, UTC, date, datetime, time
from zoneinfo import ZoneInfo

import msgspec
from dateutil import rrule  # type: ignore[import-untyped]  # it ships no types

from service.kit.refusals import Refusal

FREQUENCIES = {"DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY, "YEARLY": rrule.YEARLY}
WEEKDAYS = {"MO": rrule.MO, "TU": rrule.TU, "WE": rrule.WE, "TH": rrule.TH, "FR": rrule.FR, "SA": rrule.SA, "SU": rrule.SU}
MOST_INTERVAL, MOST_COUNT = 366, 5000
_DAY = re.compile(r"([+-]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?[1-9][0-9]{0,3}")
_UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6}Z)?")


class RuleNotTaken(Refusal):
    """This rule of recurrence can't be taken."""

    code, status, remedy = (
        "RULE_NOT_TAKEN",
        422,
        "Write it as RFC 5545 does, of FREQ (DAILY to YEARLY), INTERVAL, BYDAY, BYMONTHDAY, and COUNT or UNTIL alone; its first occurrence is `local_from`.",
    )


class Recurrence(msgspec.Struct, frozen=True):
    """A rule that was understood."""

    frequency: str
    interval: int = 1
    by_day: tuple[tuple[str, int | None], ...] = ()
    """Weekdays, each with which one of the month or year, the last being -1."""
    by_month_day: tuple[int, ...] = ()
    count: int | None = None
    until: str | None = None
    """As it was written: an instant, or a day up to its end on the wall."""

    def walls(self, starts: datetime, *, zone: str, until_wall: datetime, left_out: Iterable[datetime] = ()) -> Iterator[datetime]:
        """Its times on the wall from `starts` until before `until_wall`, in order. What is left out counts for `count`."""
        last = self._last(zone)
        excluded = set(left_out)
        every = rrule.rrule(
            FREQUENCIES[self.frequency],
            dtstart=starts,
            interval=self.interval,
            count=self.count,
            byweekday=[WEEKDAYS[day](nth) if nth else WEEKDAYS[day] for day, nth in self.by_day] or None,
            bymonthday=self.by_month_day or None,
            until=None if self.count else until_wall,
        )
        for wall in every:
            if wall >= until_wall or (last is not None and instant_of(wall, zone) > last):
                return
            if wall not in excluded:
                yield wall

    def _last(self, zone: str) -> datetime | None:
        match self.until:
            case None:
                return None
            case day if len(day) == len("20260306"):
                return instant_of(datetime.combine(date.fromisoformat(day), time.max), zone)
            case instant:
                return datetime.fromisoformat(instant)

    def may_fall_on(self, day: date) -> bool:
        """Whether the weekday and the day of the month are among those named: what never falls anywhere would be looked for until the end of the calendar."""
        in_month = monthrange(day.year, day.month)[1]
        return (not self.by_day or any(list(WEEKDAYS).index(name) == day.weekday() for name, _ in self.by_day)) and (
            not self.by_month_day or day.day in self.by_month_day or day.day - in_month - 1 in self.by_month_day
        )


def instant_of(wall: datetime, zone: str) -> datetime:
    """The instant of a wall time as the database resolves it: a skipped hour moves forward, a repeated one is the first."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def wall_at(instant: datetime, zone: str) -> datetime:
    """What the clocks on the wall show then."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def read_rule(text: str) -> Recurrence:
    """What a rule says; raises RuleNotTaken with what is wrong in it."""
    parts = dict(part.partition("=")[::2] for part in text.upper().split(";"))
    if len(parts) != text.count(";") + 1 or not parts.keys() <= {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL"}:
        raise RuleNotTaken("A rule has FREQ, INTERVAL, BYDAY, BYMONTHDAY, and COUNT or UNTIL, each once.")
    if (frequency := parts.get("FREQ", "")) not in FREQUENCIES:
        raise RuleNotTaken("FREQ is DAILY, WEEKLY, MONTHLY or YEARLY.")
    if "COUNT" in parts and "UNTIL" in parts:
        raise RuleNotTaken("A rule ends by COUNT or by UNTIL.")
    if "BYMONTHDAY" in parts and (frequency == "WEEKLY" or "BYDAY" in parts):
        raise RuleNotTaken("BYMONTHDAY goes neither with WEEKLY nor with BYDAY.")
    return Recurrence(
        frequency=frequency,
        interval=_number("INTERVAL", parts["INTERVAL"], 1, MOST_INTERVAL) if "INTERVAL" in parts else 1,
        by_day=_days(parts["BYDAY"], frequency) if "BYDAY" in parts else (),
        by_month_day=tuple(_number("BYMONTHDAY", day, -31, 31) for day in parts["BYMONTHDAY"].split(",")) if "BYMONTHDAY" in parts else (),
        count=_number("COUNT", parts["COUNT"], 1, MOST_COUNT) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
    )


def _number(name: str, text: str, least: int, most: int) -> int:
    if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
        raise RuleNotTaken(f"{name} is a whole number from {least} to {most}, and not 0.")
    return int(text)


def _days(text: str, frequency: str) -> tuple[tuple[str, int | None], ...]:
    most = {"MONTHLY": 5, "YEARLY": 53}.get(frequency, 0)
    days = [_DAY.fullmatch(day) for day in text.split(",")]
    if not all(day and (day[1] is None or abs(int(day[1])) <= most) for day in days):
        raise RuleNotTaken("BYDAY has weekdays (MO to SU); MONTHLY up to the fifth (`2TU`, the last `-1FR`), YEARLY up to the 53rd.")
    return tuple((day[2], int(day[1]) if day[1] else None) for day in days if day)


def _until(text: str) -> str:
    try:
        if _UNTIL.fullmatch(text) and datetime.fromisoformat(text).year < MAXYEAR:
            return text
    except ValueError:
        pass
    raise RuleNotTaken("UNTIL is an instant in UTC (`20261231T230000Z`) or a day (`20261231`).")
