"""Rules fall on the days that RFC 5545 says: held to the standard's own words, day by day, and to a reader of whole calendars that isn't ours."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # it ships no types
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from service.dispatch.recurrence import RuleNotTaken, read_rule

NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
SPAN = timedelta(days=5 * 366)
AT = time(9, 30)
UNHURRIED = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


def nth_of(day: date, within_year: bool) -> tuple[int, int]:
    """Which of its weekday it is in its month or year, from the front and from the back."""
    first, last = (
        (date(day.year, 1, 1), date(day.year, 12, 31))
        if within_year
        else (day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    )
    return (day - first).days // 7 + 1, -((last - day).days // 7) - 1


def named(day: date, start: date, rule: dict[str, Any]) -> bool:
    """Whether the BYxxx parts, or what stands for them where they are absent, name that day."""
    frequency, days, month_days, months = rule["FREQ"], rule.get("BYDAY"), rule.get("BYMONTHDAY"), rule.get("BYMONTH")
    if months and day.month not in months:
        return False
    if days:
        within_year = frequency == "YEARLY" and not months
        if not any(NAMES[day.weekday()] == name and (nth is None or nth in nth_of(day, within_year)) for name, nth in days):
            return False
    if month_days:
        return day.day in month_days or day.day - monthrange(day.year, day.month)[1] - 1 in month_days
    if days or frequency == "DAILY":
        return True
    if frequency == "WEEKLY":
        return day.weekday() == start.weekday()
    return day.day == start.day and (frequency == "MONTHLY" or bool(months) or day.month == start.month)


def period(day: date, frequency: str) -> int:
    """The number of its day, week (from Monday), month or year."""
    match frequency:
        case "DAILY":
            return day.toordinal()
        case "WEEKLY":
            return (day.toordinal() - 1) // 7
        case "MONTHLY":
            return day.year * 12 + day.month
        case _:
            return day.year


def by_the_book(rule: dict[str, Any], start: date) -> list[date]:
    """Every day of five years that the rule names, by asking each."""
    frequency, interval = rule["FREQ"], rule.get("INTERVAL", 1)
    begins = date(start.year, 1, 1)
    sets: dict[int, list[date]] = {}
    for number in range((start - begins).days + SPAN.days + 400):
        day = begins + timedelta(days=number)
        if (period(day, frequency) - period(start, frequency)) % interval == 0 and named(day, start, rule):
            sets.setdefault(period(day, frequency), []).append(day)
    positions = rule.get("BYSETPOS")
    chosen = {
        day
        for days in sets.values()
        for day in days
        if not positions or days.index(day) + 1 in positions or days.index(day) - len(days) in positions
    }
    found = sorted(day for day in chosen if day >= start)
    if "UNTIL" in rule:
        found = [day for day in found if day <= rule["UNTIL"]]
    return [day for day in found[: rule.get("COUNT")] if day < start + SPAN]


def written(rule: dict[str, Any]) -> str:
    """The rule as RFC 5545 writes it."""

    def said(name: str, value: Any) -> str:
        if name == "BYDAY":
            return ",".join(f"{nth or ''}{day}" for day, nth in value)
        if isinstance(value, date):
            return value.strftime("%Y%m%d")
        return ",".join(map(str, value)) if isinstance(value, list) else str(value)

    return ";".join(f"{name}={said(name, value)}" for name, value in rule.items())


@st.composite
def rules(draw: st.DrawFn) -> tuple[dict[str, Any], date]:
    """A rule that is taken, and a day that it falls on."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    rule: dict[str, Any] = {"FREQ": frequency}
    if draw(st.booleans()):
        rule["INTERVAL"] = draw(st.integers(1, 4))
    if draw(st.booleans()):
        rule["BYMONTH"] = draw(st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True))
    by = draw(st.sampled_from(["", "BYDAY"] if frequency == "WEEKLY" else ["", "BYDAY", "BYMONTHDAY"]))
    if by == "BYDAY":
        most = {"MONTHLY": 5, "YEARLY": 5 if "BYMONTH" in rule else 53}.get(frequency, 0)
        nth = st.none() | st.integers(-most, most).filter(bool) if most else st.none()
        rule["BYDAY"] = draw(st.lists(st.tuples(st.sampled_from(NAMES), nth), min_size=1, max_size=5, unique=True))
    elif by == "BYMONTHDAY":
        rule["BYMONTHDAY"] = draw(st.lists(st.integers(-31, 31).filter(bool), min_size=1, max_size=4, unique=True))
    if by and frequency in {"MONTHLY", "YEARLY"} and draw(st.booleans()):
        rule["BYSETPOS"] = draw(st.lists(st.integers(-6, 6).filter(bool), min_size=1, max_size=3, unique=True))
    somewhere = draw(st.dates(date(2024, 1, 1), date(2031, 12, 31)))
    found = by_the_book(rule, somewhere)
    assume(found)
    start = found[0]
    assume(by_the_book(rule, start)[:1] == [start])
    match draw(st.sampled_from(["", "COUNT", "UNTIL"])):
        case "COUNT":
            rule["COUNT"] = draw(st.integers(1, 30))
        case "UNTIL":
            rule["UNTIL"] = start + timedelta(days=draw(st.integers(0, 900)))
    return rule, start


def at(day: date) -> datetime:
    """Its time on the wall."""
    return datetime.combine(day, AT)


@UNHURRIED
@given(rules(), st.data())
def test_a_rule_falls_on_the_days_that_the_standard_names_less_what_is_left_out_and_with_what_is_added(
    drawn: tuple[dict[str, Any], date], data: st.DataObject
) -> None:
    rule, start = drawn
    days = by_the_book(rule, start)
    left_out = data.draw(st.lists(st.sampled_from(days), max_size=3))
    added = data.draw(st.lists(st.dates(start + timedelta(days=1), start + timedelta(days=1000)), max_size=3))
    ours = read_rule(written(rule))
    assert ours.may_fall_on(at(start))
    found = list(ours.walls(at(start), zone="Europe/Berlin", until_wall=at(start + SPAN), left_out=map(at, left_out), added=map(at, added)))
    assert found == [at(day) for day in sorted({*days, *added} - set(left_out))]
    if len({nth is None for _, nth in rule.get("BYDAY", [])}) > 1:
        return  # of `FR,-1TH` the other reader takes only what both say
    until = f"UNTIL={rule['UNTIL']:%Y%m%d}T235959" if "UNTIL" in rule else ""
    text = [
        f"DTSTART:{at(start):%Y%m%dT%H%M%S}",
        "RRULE:" + ";".join([*[part for part in written(rule).split(";") if not part.startswith("UNTIL")], *filter(None, [until])]),
        *[f"RDATE:{at(day):%Y%m%dT%H%M%S}" for day in added],
        *[f"EXDATE:{at(day):%Y%m%dT%H%M%S}" for day in left_out],
    ]
    theirs = rrulestr("\n".join(text), forceset=True)
    assert found == [wall for wall in islice(theirs.xafter(at(start), inc=True), len(found) + 1) if wall < at(start + SPAN)]


@UNHURRIED
@given(rules(), st.integers(1, 40))
def test_a_rule_falls_on_no_other_day(drawn: tuple[dict[str, Any], date], days_later: int) -> None:
    rule, start = drawn
    other = start + timedelta(days=days_later)
    free = {name: value for name, value in rule.items() if name not in {"COUNT", "UNTIL", "INTERVAL"}}
    may = any(day == other for day in by_the_book(free, other))
    if not may:
        ours = read_rule(written(free))
        assert (
            not ours.may_fall_on(at(other))
            or next(ours.walls(at(other), zone="UTC", until_wall=at(other + timedelta(days=1))), None) is None
        )


@pytest.mark.parametrize(
    "rule, what",
    [
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS"), ("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=1", "BYSETPOS"), ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0", "BYSETPOS"),
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367", "BYSETPOS"), ("FREQ=YEARLY;BYMONTH=13", "BYMONTH"), ("FREQ=YEARLY;BYMONTH=-1", "BYMONTH"), ("FREQ=YEARLY;BYMONTH=", "BYMONTH"),
        ("FREQ=YEARLY;BYMONTH=2;BYDAY=6TU", "BYDAY"), ("FREQ=DAILY;BYYEARDAY=1", "BYYEARDAY"), ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "BYWEEKNO"), ("FREQ=DAILY;BYHOUR=9", "BYHOUR"),
        ("FREQ=WEEKLY;WKST=SU", "WKST"), ("FREQ=DAILY;RSCALE=CHINESE", "RSCALE"), ("FREQ=SECONDLY", "FREQ"), ("FREQ=DAILY;X-OURS=1", "X-OURS"),
    ],
)  # fmt: skip
def test_what_of_the_standard_is_not_taken_is_named(rule: str, what: str) -> None:
    with pytest.raises(RuleNotTaken, match=what):
        read_rule(rule)
