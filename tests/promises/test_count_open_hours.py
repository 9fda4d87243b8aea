"""A promise's time passes only while the office is open: through nights, weekends, holidays and clock changes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.kit.public_holidays import is_public_holiday
from service.promises.calendar import MIDNIGHT, Calendar, NeverOpen, due_after, likely_minutes, minutes_between

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = Calendar(zone="Europe/Berlin", opens_minute=(540,) * 5 + (0, 0), closes_minute=(1020,) * 5 + (0, 0), places=("DE-BE",))
ALWAYS = Calendar(zone="Europe/Berlin", opens_minute=(0,) * 7, closes_minute=(MIDNIGHT,) * 7)
NIGHTS = Calendar(zone="Europe/Berlin", opens_minute=(60,) * 7, closes_minute=(240,) * 7)


def in_berlin(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN)


@pytest.mark.parametrize(
    "start, minutes, due",
    [
        (in_berlin(3, 4, 10), 60, in_berlin(3, 4, 11)),
        (in_berlin(3, 4, 16, 30), 60, in_berlin(3, 5, 9, 30)),  # over night
        (in_berlin(3, 4, 7), 60, in_berlin(3, 4, 10)),  # before it opens
        (in_berlin(3, 6, 16), 120, in_berlin(3, 9, 10)),  # over a weekend
        (in_berlin(4, 2, 16), 120, in_berlin(4, 7, 10)),  # Good Friday, the weekend and Easter Monday
        (in_berlin(3, 27, 16), 120, in_berlin(3, 30, 10)),  # over the change of clocks: 9:00 stays 9:00
        (in_berlin(3, 4, 9), 480, in_berlin(3, 4, 17)),  # to the very end of the day
    ],
)
def test_time_passes_in_open_hours_alone(start: datetime, minutes: int, due: datetime) -> None:
    assert due_after(OFFICE, start=start, minutes=minutes) == due


def test_a_holiday_of_one_region_is_a_working_day_in_the_next() -> None:
    epiphany = date(2026, 1, 6)
    assert is_public_holiday(epiphany, place="DE-BY")
    assert not is_public_holiday(epiphany, place="DE-BE")
    assert not is_public_holiday(epiphany, place="ZZ")


def test_the_night_that_loses_an_hour_has_an_hour_less() -> None:
    assert minutes_between(NIGHTS, start=in_berlin(3, 28, 12), end=in_berlin(3, 29, 12)) == 120
    assert minutes_between(NIGHTS, start=in_berlin(10, 24, 12), end=in_berlin(10, 25, 12)) == 240


def test_an_office_that_never_opens_promises_nothing() -> None:
    with pytest.raises(NeverOpen):
        due_after(Calendar(zone="UTC", opens_minute=(0,) * 7, closes_minute=(0,) * 7), start=in_berlin(3, 4, 10), minutes=1)


@given(st.integers(0, 500_000), st.integers(1, 5_000), st.sampled_from([OFFICE, ALWAYS, NIGHTS]))
def test_as_many_open_minutes_lie_before_a_promise_is_due_as_were_asked_for(after: int, minutes: int, calendar: Calendar) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=after)
    due = due_after(calendar, start=start, minutes=minutes)
    assert minutes_between(calendar, start=start, end=due) == minutes


@pytest.mark.parametrize(
    "took, likely", [([10], 15), (list(range(1, 11)), 15), ([30] * 9 + [900], 30), ([30] * 8 + [900] * 2, 900), ([16], 30)]
)
def test_nine_of_ten_were_done_by_what_is_suggested(took: list[int], likely: int) -> None:
    assert likely_minutes(took) == likely
