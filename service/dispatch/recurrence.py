"""Rules of recurrence (RFC 5545, section 3.3.10) on the wall of one zone: the part of them that can be told to a customer in a sentence."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, UTC, date, datetime, time
from heapq import merge
from itertools import islice
from zoneinfo import ZoneInfo

import msgspec
from dateutil import rrule  # type: ignore[import-untyped]  # it ships no types

from service.kit.refusals import Refusal

PARTS = ("FREQ", "INTERVAL", "BYMONTH", "BYDAY", "BYMONTHDAY", "BYSETPOS", "COUNT", "UNTIL")
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
        "Write it as RFC 5545 does, of FREQ (DAILY to YEARLY), INTERVAL, BYMONTH, BYDAY, BYMONTHDAY, BYSETPOS, and COUNT or UNTIL alone, first at `local_from`; what no rule says, by `local_added` (RDATE) and `local_left_out` (EXDATE).",
    )


class Recurrence(msgspec.Struct, frozen=True):
    """A rule that was understood."""

    frequency: str
    interval: int = 1
    by_day: tuple[tuple[str, int | None], ...] = ()
    """Weekdays, each with which one of the month or year, the last being -1."""
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_position: tuple[int, ...] = ()
    """Which of the days of each month or year, the last being -1."""
    count: int | None = None
    until: str | None = None
    """As it was written: an instant, or a day up to its end on the wall."""

    def walls(
        self, starts: datetime, *, zone: str, until_wall: datetime, left_out: Iterable[datetime] = (), added: Iterable[datetime] = ()
    ) -> Iterator[datetime]:
        """Its times on the wall from `starts` until before `until_wall`, in order, each once. What is left out counts for `count`, what is added doesn't."""
        excluded = set(left_out)
        before = None
        for wall in merge(self._ruled(starts, zone=zone, until_wall=until_wall), sorted(one for one in added if one < until_wall)):
            if wall not in excluded and wall != before:
                yield wall
            before = wall

    def _ruled(self, starts: datetime, *, zone: str, until_wall: datetime) -> Iterator[datetime]:
        last = self._last(zone)
        for wall in islice(self._every(starts, until_wall, self.by_position), self.count):
            if wall >= until_wall or (last is not None and instant_of(wall, zone) > last):
                return
            yield wall

    def _every(self, starts: datetime, until_wall: datetime, positions: tuple[int, ...]) -> Iterable[datetime]:
        every: Iterable[datetime] = rrule.rrule(
            FREQUENCIES[self.frequency],
            dtstart=starts,
            interval=self.interval,
            bymonth=self.by_month or None,
            byweekday=self._weekdays() or None,
            bymonthday=self.by_month_day or None,
            bysetpos=positions or None,
            until=until_wall,
        )
        return every

    def _weekdays(self) -> list[rrule.weekday]:
        """Beside one of which it is said which of the month or year, `dateutil` forgets those that are each of theirs: these are then named one by one."""
        if all(nth is None for _, nth in self.by_day):
            return [WEEKDAYS[day] for day, _ in self.by_day]
        most = 53 if self.frequency == "YEARLY" and not self.by_month else 5
        return [WEEKDAYS[day](one) for day, nth in self.by_day for one in ((nth,) if nth else range(1, most + 1))]

    def _last(self, zone: str) -> datetime | None:
        match self.until:
            case None:
                return None
            case day if len(day) == len("20260306"):
                return instant_of(datetime.combine(date.fromisoformat(day), time.max), zone)
            case instant:
                return datetime.fromisoformat(instant)

    def may_fall_on(self, at: datetime) -> bool:
        """Whether the month, the weekday, the day and the position are among those named: what never falls anywhere would be looked for until the end of the calendar."""
        in_month = monthrange(at.year, at.month)[1]
        return (
            (not self.by_month or at.month in self.by_month)
            and (not self.by_day or any(list(WEEKDAYS).index(name) == at.weekday() for name, _ in self.by_day))
            and (not self.by_month_day or at.day in self.by_month_day or at.day - in_month - 1 in self.by_month_day)
            and (not self.by_position or at in self._chosen(at))
        )

    def _chosen(self, at: datetime) -> list[datetime]:
        """Of the month or the year that it is in, what the positions name."""
        first = at.replace(day=1) if self.frequency == "MONTHLY" else at.replace(month=1, day=1)
        last = at.replace(day=monthrange(at.year, at.month)[1]) if self.frequency == "MONTHLY" else at.replace(month=12, day=31)
        all_of_it = list(self._every(first, last, ()))
        return [all_of_it[nth] for one in self.by_position if -len(all_of_it) <= (nth := one - (one > 0)) < len(all_of_it)]


def instant_of(wall: datetime, zone: str) -> datetime:
    """The instant of a wall time as the database resolves it: a skipped hour moves forward, a repeated one is the first."""
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def wall_at(instant: datetime, zone: str) -> datetime:
    """What the clocks on the wall show then."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def read_rule(text: str) -> Recurrence:
    """What a rule says; raises RuleNotTaken with what is wrong in it."""
    parts = dict(part.partition("=")[::2] for part in text.upper().split(";"))
    if unknown := sorted(parts.keys() - set(PARTS)):
        raise RuleNotTaken(f"A rule has {', '.join(PARTS)}; this one has {unknown[0][:20]!r} too.")
    if len(parts) != text.count(";") + 1:
        raise RuleNotTaken("Each part of a rule stands once.")
    if (frequency := parts.get("FREQ", "")) not in FREQUENCIES:
        raise RuleNotTaken("FREQ is DAILY, WEEKLY, MONTHLY or YEARLY.")
    if "COUNT" in parts and "UNTIL" in parts:
        raise RuleNotTaken("A rule ends by COUNT or by UNTIL.")
    if "BYMONTHDAY" in parts and (frequency == "WEEKLY" or "BYDAY" in parts):
        raise RuleNotTaken("BYMONTHDAY goes neither with WEEKLY nor with BYDAY.")
    if "BYSETPOS" in parts and not (frequency in {"MONTHLY", "YEARLY"} and parts.keys() & {"BYDAY", "BYMONTHDAY"}):
        raise RuleNotTaken("BYSETPOS chooses among the days that BYDAY or BYMONTHDAY name, of MONTHLY or YEARLY.")
    return Recurrence(
        frequency=frequency,
        interval=_number("INTERVAL", parts["INTERVAL"], 1, MOST_INTERVAL) if "INTERVAL" in parts else 1,
        by_day=_days(parts["BYDAY"], {"MONTHLY": 5, "YEARLY": 5 if "BYMONTH" in parts else 53}.get(frequency, 0))
        if "BYDAY" in parts
        else (),
        by_month_day=_numbers(parts, "BYMONTHDAY", -31, 31),
        by_month=_numbers(parts, "BYMONTH", 1, 12),
        by_position=_numbers(parts, "BYSETPOS", -366, 366),
        count=_number("COUNT", parts["COUNT"], 1, MOST_COUNT) if "COUNT" in parts else None,
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
    )


def _numbers(parts: dict[str, str], name: str, least: int, most: int) -> tuple[int, ...]:
    return tuple(_number(name, one, least, most) for one in parts[name].split(",")) if name in parts else ()


def _number(name: str, text: str, least: int, most: int) -> int:
    if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
        raise RuleNotTaken(f"{name} is a whole number from {least} to {most}, and not 0.")
    return int(text)


def _days(text: str, most: int) -> tuple[tuple[str, int | None], ...]:
    days = [_DAY.fullmatch(day) for day in text.split(",")]
    if not all(day and (day[1] is None or abs(int(day[1])) <= most) for day in days):
        raise RuleNotTaken(
            "BYDAY has weekdays (MO to SU); MONTHLY or with BYMONTH up to the fifth (`2TU`, the last `-1FR`), YEARLY up to the 53rd."
        )
    return tuple((day[2], int(day[1]) if day[1] else None) for day in days if day)


def _until(text: str) -> str:
    try:
        if _UNTIL.fullmatch(text) and datetime.fromisoformat(text).year < MAXYEAR:
            return text
    except ValueError:
        pass
    raise RuleNotTaken("UNTIL is an instant in UTC (`20261231T230000Z`) or a day (`20261231`).")
