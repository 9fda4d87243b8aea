"""When somebody is expected follows from what is known now: never in the past, never before a window, rests kept, and what gets later makes nothing earlier."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.dispatch.live.arrivals import expected, round_of
from service.dispatch.records import Expected, RestNow, StopNow
from service.integrations.travel.records import Point

EIGHT = datetime(2026, 3, 4, 8, tzinfo=UTC)


def at(minutes: int) -> datetime:
    """That many minutes after eight."""
    return EIGHT + timedelta(minutes=minutes)


def stop(nth: int, starts: int, *, takes: int = 60, **differences: datetime | None) -> StopNow:
    """A visit planned to begin so many minutes after eight, with a window of two hours."""
    planned = StopNow(UUID(int=nth), at(starts), at(starts + takes), at(starts + 120), nth, 0, None, None, None, None, None)
    return msgspec.structs.replace(planned, **differences)


def rest(earliest: int, latest: int, minutes: int) -> RestNow:
    return RestNow(at(earliest), at(latest), minutes * 60)


def chain(stops: list[StopNow], *rests: RestNow, now: int, ways: list[int] | None = None) -> dict[int, Expected]:
    """What is expected, by the visits' numbers; a way takes ten minutes unless it is said."""
    going = round_of(stops, begins_at=EIGHT, start=Point(0, 0), seen=None)
    seconds = [60 * one for one in ways or [10] * len(going.ways)]
    return {visit.int: one for visit, one in expected(going, seconds[: len(going.ways)], rests, at=at(now)).items()}


def minutes(one: Expected) -> tuple[int, int]:
    return int((one.arrives_at - EIGHT).total_seconds() // 60), int((one.until - EIGHT).total_seconds() // 60)


def test_a_day_that_goes_as_planned_is_expected_as_planned() -> None:
    found = chain([stop(1, 60), stop(2, 130), stop(3, 300)], now=0)
    assert {nth: minutes(one) for nth, one in found.items()} == {1: (60, 120), 2: (130, 190), 3: (300, 360)}
    assert not any(one.out_of_window for one in found.values())


def test_who_works_longer_is_later_everywhere_behind_until_there_is_time() -> None:
    there = stop(1, 60, set_out_at=at(50), arrived_at=at(60))
    found = chain([there, stop(2, 130), stop(3, 200), stop(4, 500)], now=200)
    assert {nth: minutes(one) for nth, one in found.items()} == {1: (60, 200), 2: (210, 270), 3: (280, 340), 4: (500, 560)}


def test_a_window_is_left_at_its_end_and_not_before() -> None:
    assert not chain([stop(1, 60)], now=169)[1].out_of_window
    assert chain([stop(1, 60)], now=170)[1].out_of_window


def test_who_set_out_arrives_after_their_way_and_who_is_late_on_it_from_now() -> None:
    going = stop(1, 60, set_out_at=at(70))
    assert [minutes(chain([going], now=now)[1])[0] for now in (71, 80, 95)] == [80, 80, 95]


def test_where_somebody_was_seen_since_counts_from_then() -> None:
    going = stop(1, 60, set_out_at=at(70))
    seen = round_of([going], begins_at=EIGHT, start=Point(0, 0), seen=(at(75), Point(9, 9)))
    assert (seen.ways[0].start, seen.ways[0].since) == (Point(9, 9), at(75))
    before = round_of([going], begins_at=EIGHT, start=Point(0, 0), seen=(at(69), Point(9, 9)))
    assert (before.ways[0].start, before.ways[0].since) == (Point(0, 0), at(70))


def test_what_is_said_to_be_late_is_not_expected_before() -> None:
    found = chain([stop(1, 60, late_at=at(100)), stop(2, 130)], now=0)
    assert (minutes(found[1]), minutes(found[2])) == ((100, 160), (170, 230))
    there = stop(1, 60, set_out_at=at(50), arrived_at=at(60), over_at=at(180))
    assert minutes(chain([there, stop(2, 130)], now=70)[2]) == (190, 250)


@pytest.mark.parametrize(
    "now, rests, second",
    [
        (0, [rest(120, 120, 30)], 160),  # fixed, and there was no time planned for the way
        (0, [rest(60, 200, 30)], 130),  # it begins until 200, so the second visit goes before it
        (0, [rest(0, 20, 30)], 130),  # before the first
        (115, [rest(90, 90, 30)], 200),  # they rest until 120, and the first visit begins at 130
        (100, [rest(110, 110, 30)], 210),  # the first visit begins at 110, so the rest comes after it
    ],
)
def test_rests_are_taken_when_they_are_due_or_right_after(now: int, rests: list[RestNow], second: int) -> None:
    assert minutes(chain([stop(1, 60), stop(2, 130)], *rests, now=now)[2])[0] == second


def test_a_rest_that_somebody_worked_through_is_still_owed_and_one_that_lies_behind_isnt() -> None:
    over = stop(1, 60, set_out_at=at(50), arrived_at=at(60), ended_at=at(150))
    assert minutes(chain([over, stop(2, 150)], rest(100, 100, 30), now=150)[2])[0] == 190
    assert minutes(chain([over, stop(2, 150)], rest(10, 10, 30), now=150)[2])[0] == 160
    assert minutes(chain([over, stop(2, 150)], rest(100, 100, 30), now=185)[2])[0] == 195


moments = st.integers(0, 600)


@st.composite
def days(draw: st.DrawFn) -> tuple[list[StopNow], list[int], list[RestNow]]:
    """Visits that don't overlap as planned, with ways of their own, a fixed rest and one between two times; the first may be begun."""
    starts, stops = 0, []
    for nth in range(1, draw(st.integers(1, 6)) + 1):
        starts += draw(st.integers(0, 90))
        takes = draw(st.integers(5, 120))
        stops.append(stop(nth, starts, takes=takes))
        starts += takes
    if draw(st.booleans()):
        late = draw(st.integers(0, len(stops) - 1))
        stops[late] = msgspec.structs.replace(stops[late], late_at=stops[late].starts_at + timedelta(minutes=draw(st.integers(0, 200))))
    ways = draw(st.lists(st.integers(0, 90), min_size=len(stops), max_size=len(stops)))
    earliest = draw(st.integers(0, 400))
    rests = [rest(one, one, draw(st.integers(5, 60))) for one in draw(st.lists(st.integers(0, 400), max_size=1))]
    rests += [rest(earliest, earliest + draw(st.integers(0, 200)), draw(st.integers(5, 60)))]
    return stops, ways, rests


def arrivals(found: dict[int, Expected]) -> list[datetime]:
    return [one.arrives_at for _, one in sorted(found.items())]


@given(days(), moments)
def test_nobody_is_expected_in_the_past_before_a_window_or_before_they_can_be_there(
    day: tuple[list[StopNow], list[int], list[RestNow]], now: int
) -> None:
    stops, ways, rests = day
    found = chain(stops, *rests, now=now, ways=ways)
    free = at(now)
    for one, way in zip(stops, ways, strict=True):
        told = found[one.visit_id.int]
        assert told.arrives_at >= max(at(now), one.starts_at, one.late_at or at(now), free + timedelta(minutes=way))
        assert told.until == told.arrives_at + one.takes
        assert told.out_of_window == (told.arrives_at >= one.arrive_until)
        free = told.until


@given(days(), moments)
def test_every_rest_has_its_time_before_whoever_it_is_begins_after_it_was_due(
    day: tuple[list[StopNow], list[int], list[RestNow]], now: int
) -> None:
    stops, ways, rests = day
    found = chain(stops, *rests, now=now, ways=ways)
    free, gaps = EIGHT, []
    for one, way in zip(stops, ways, strict=True):
        told = found[one.visit_id.int]
        gaps.append([free, told.arrives_at - timedelta(minutes=way)])
        free = told.until
    for due in sorted(rests, key=lambda one: one.latest):
        behind = [nth for nth, one in enumerate(stops) if found[one.visit_id.int].arrives_at > due.latest]
        if not behind:
            continue
        room = [gap for gap in gaps[: behind[0] + 1] if max(gap[0], due.earliest) + due.lasts <= gap[1]]
        assert room, (due, gaps)
        room[0][0] = max(room[0][0], due.earliest) + due.lasts


@given(days(), moments, st.integers(0, 120))
def test_as_time_passes_nobody_is_expected_earlier_but_for_a_rest_taken_meanwhile(
    day: tuple[list[StopNow], list[int], list[RestNow]], now: int, later: int
) -> None:
    stops, ways, rests = day
    for taken in ([], rests):  # who hasn't set out when a rest was due is taken to rest, which would have been later had they gone
        before, after = (arrivals(chain(stops, *taken, now=one, ways=ways)) for one in (now, now + later))
        assert all(was <= then + sum((one.lasts for one in taken), timedelta()) for was, then in zip(before, after, strict=True))


@given(days(), moments, st.integers(0, 5), st.integers(0, 60))
def test_a_longer_way_a_longer_visit_or_a_told_delay_makes_nothing_earlier_but_by_a_rest_that_moves(
    day: tuple[list[StopNow], list[int], list[RestNow]], now: int, nth: int, more: int
) -> None:
    stops, ways, rests = day
    nth %= len(stops)
    before = arrivals(chain(stops, *rests, now=now, ways=ways))
    longer = [*ways[:nth], ways[nth] + more, *ways[nth + 1 :]]
    changed = msgspec.structs.replace(stops[nth], ends_at=stops[nth].ends_at + timedelta(minutes=more))
    told = msgspec.structs.replace(stops[nth], late_at=stops[nth].starts_at + timedelta(minutes=200 + more))
    for after in (
        chain(stops, *rests, now=now, ways=longer),
        chain([*stops[:nth], changed, *stops[nth + 1 :]], *rests, now=now, ways=ways),
        chain([*stops[:nth], told, *stops[nth + 1 :]], *rests, now=now, ways=ways),
    ):
        assert all(was <= then + sum((one.lasts for one in rests), timedelta()) for was, then in zip(before, arrivals(after), strict=True))


def test_the_order_is_what_is_begun_what_is_gone_to_and_then_the_plan() -> None:
    going = round_of(
        [stop(1, 60), stop(2, 130, set_out_at=at(100)), stop(3, 200, set_out_at=at(10), arrived_at=at(20))],
        begins_at=EIGHT,
        start=None,
        seen=None,
    )
    assert [one.visit_id.int for one in going.ahead] == [3, 2, 1]
