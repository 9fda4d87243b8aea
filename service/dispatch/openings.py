"""The slot engine: where a visit could go in the live plan, at what detour, best first. Pure arithmetic, vectorised: a fortnight of fifty people in about a millisecond.

What stands in the plan stands at its time, so the planner's test of an insertion has no times to pass on: who leaves what is before the gap must be at the site in time, and
from there in time at what is after it, with the rest of the day still somewhere. Each start that passes is a place that a booking would get.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from fractions import Fraction
from typing import Final, NamedTuple
from uuid import UUID

import numpy as np

from service.dispatch.columns import Flags
from service.dispatch.costs import MEAN, rates_of
from service.dispatch.gaps import Days, Gaps, Ways
from service.dispatch.records import Hand, NoneBecause, Sought, Why
from service.dispatch.travel.straight import Ints
from service.kit.zones import zone

GRID_SECONDS: Final = 300
FINEST_SECONDS: Final = 60
"""Of a gap that no start on the grid fits."""
STEP_SECONDS: Final = 1800
DAY_OFF_SECONDS: Final = 300
"""Waiting a day longer weighs as much as so much more way."""
PREFERRED_SECONDS: Final = 1200
CAME_SECONDS: Final = 900
UNKNOWN_SECONDS: Final = 1800
"""What a detour that nobody knows counts as."""
NEAR_SECONDS: Final = 600


class Starts(NamedTuple):
    """A row each: in which gap, from when, and how good it is (less is better)."""

    gap: Ints
    at: Ints
    day: Ints
    score: Ints


class Opening(NamedTuple):
    """A place that a booking would get; `at` in seconds since 1970."""

    technician_id: UUID
    crew: list[UUID]
    at: int
    day: int
    detour: int | None
    estimated: bool
    metres: int | None
    why: list[Why]


class Openings(NamedTuple):
    """The best of each day, best first, and for each day without any why there is none."""

    best: list[Opening]
    none_because: dict[int, NoneBecause]


def openings(
    sought: Sought,
    hands: Sequence[Hand],
    days: Days,
    gaps: Gaps,
    ways: Ways,
    price: Ints | None,
    *,
    asked_from: int,
    now: int,
    only: UUID | None,
    hours: tuple[time, time] | None,
    most_a_day: int,
) -> Openings:
    """Where the job fits; of several technicians at one time the one who ranks best is named."""
    near = np.array([one.near for one in hands], dtype=np.bool_)
    leads = np.array([one.able and (only is None or one.technician_id == only) for one in hands], dtype=np.bool_)
    seconds = sought.duration_minutes * 60
    begins = np.array([int(one.timestamp()) for one in sought.begins], dtype=np.int64)
    bonus = np.array(
        [PREFERRED_SECONDS * (one.technician_id == sought.preferred) + CAME_SECONDS * (one.technician_id in sought.came) for one in hands],
        dtype=np.int64,
    )
    found = _one_a_start(
        _starts(
            days,
            gaps,
            ways,
            seconds=seconds,
            begins=begins,
            bonus=bonus,
            leads=(leads & sought.open)[gaps.hand],
            size=sought.crew_size,
            price=price,
        )
    )
    crews: list[list[int]] = [[]] * len(found.at)
    if sought.crew_size > 1:
        found, crews = _with_crew(found, days, gaps, ways, seconds=seconds, others=sought.crew_size - 1)
    if hours is not None:
        kept = _between(found.at, sought, hours)
        found, crews = Starts(*(column[kept] for column in found)), [crews[one] for one in kept.tolist()]
    order = _best(found, most_a_day=most_a_day)
    least = min((int(ways.detour[found.gap[one]]) for one in order if ways.known[found.gap[one]]), default=-1)
    soonest = int(found.at.min(initial=1 << 60))

    def opening(one: int) -> Opening:
        gap, at = int(found.gap[one]), int(found.at[one])
        hand = hands[gaps.hand[gap]]
        known, detour = bool(ways.known[gap]), int(ways.detour[gap])
        reasons: dict[Why, bool] = {
            "PREFERRED_TECHNICIAN": hand.technician_id == sought.preferred,
            "SAME_TECHNICIAN": hand.technician_id in sought.came,
            "EARLIEST": at == soonest,
            "LEAST_DETOUR": known and detour == least,
            "NEAR_OTHERS": known and max(gaps.before[gap], gaps.after[gap]) >= 0 and detour <= NEAR_SECONDS,
            "FIRST_OF_DAY": bool(gaps.whole[gap]),
            "PLACE_UNKNOWN": not known,
            "OVERTIME": price is not None and bool(_overtime(gaps, ways, found.gap[one : one + 1], found.at[one : one + 1] + seconds)[0]),
        }
        crew, why = [hands[other].technician_id for other in crews[one]], [reason for reason, holds in reasons.items() if holds]
        estimated = known and not ways.by_road[gap]
        return Opening(hand.technician_id, crew, at, int(found.day[one]), detour if known else None, estimated, hand.metres, why)

    best = [opening(int(one)) for one in order]
    without = set(range(len(begins) - 1)) - {one.day for one in best}
    none_because = _reasons(
        sought, days, ways, begins=begins, asked_from=asked_from, now=now, leads=leads, near=near, without=sorted(without)
    )
    return Openings(best, none_because)


def _starts(
    days: Days, gaps: Gaps, ways: Ways, *, seconds: int, begins: Ints, bonus: Ints, leads: Flags, size: int, price: Ints | None
) -> Starts:
    """Every start on the grid that fits, or on a whole minute where none on the grid does: the first of each gap, and one each half hour from there; for a crew each on the grid, and the first minute of each gap of the others, since theirs begin at any."""
    step = STEP_SECONDS if size == 1 else GRID_SECONDS
    soonest = np.maximum(gaps.begins + ways.to, begins[0])
    last = np.minimum(gaps.ends - ways.on - seconds, begins[-1] - 1)
    first = _on_grid(soonest, last)
    fits = np.flatnonzero(leads & (first <= last))
    counts = (last[fits] - first[fits]) // step + 1
    gap = np.repeat(fits, counts)
    at = first[gap] + step * (np.arange(len(gap)) - np.repeat(np.cumsum(counts) - counts, counts))
    if size > 1:
        gap, at = (np.concatenate(both) for both in zip((gap, at), _between_grid(soonest, last, fits, size=size), strict=True))
    if days.rest.any():
        # Between a start whose rest comes after the visit and one whose rest comes before there may be none: the first of the latter is tried, too.
        gap, at = np.concatenate((gap, fits, fits)), np.concatenate((at, *_after_rest(days, gaps, ways, fits, first, last)))
        stays = (at <= last[gap]) & _rest_stays(days, gaps, ways, gap, at, at + seconds)
        gap, at = gap[stays], at[stays]
    day = np.searchsorted(begins, at, side="right") - 1
    cost = np.where(ways.known[gap], ways.detour[gap], UNKNOWN_SECONDS)
    if price is not None:
        cost = cost + _overtime(gaps, ways, gap, at + seconds) * price[gaps.hand[gap]] // MEAN
    return Starts(gap, at, day, cost + DAY_OFF_SECONDS * day - bonus[gaps.hand[gap]])


def overtime_price(hands: Sequence[Hand], days: Days, *, metres_an_hour: int) -> Ints | None:
    """What a second of each one's overtime counts as, in hundredths of a second of way, as in plans; None where nobody's day may end after its shift."""
    if (days.ends == days.until).all():
        return None
    return np.array([one.overtime for one in rates_of(hands, metres_a_second=Fraction(metres_an_hour, 3600))], dtype=np.int64)


def _overtime(gaps: Gaps, ways: Ways, gap: Ints, until: Ints) -> Ints:
    """How many seconds longer after its shift a day ends, with the visit in that gap until then."""
    anyhow = np.maximum(gaps.begins[gap] + ways.through[gap] - gaps.until[gap], 0)
    with_it = np.maximum(until + ways.on[gap] - gaps.until[gap], 0)
    longer: Ints = np.maximum(with_it - anyhow, 0)
    return longer


def _between_grid(soonest: Ints, last: Ints, fits: Ints, *, size: int) -> tuple[Ints, Ints]:
    """For a crew the minutes off the grid at which somebody's gap begins and enough are free then: of each gap that fits who leads, those in it."""
    open_ = soonest <= last
    minutes = np.unique(-(-soonest[open_] // FINEST_SECONDS) * FINEST_SECONDS)
    free = np.searchsorted(np.sort(soonest[open_]), minutes, side="right") - np.searchsorted(np.sort(last[open_]), minutes, side="left")
    minutes = minutes[(minutes % GRID_SECONDS > 0) & (free >= size)]
    minute, gap = np.nonzero((soonest[fits] <= minutes[:, None]) & (minutes[:, None] <= last[fits]))
    return fits[gap], minutes[minute]


def _on_grid(soonest: Ints, last: Ints) -> Ints:
    """The first start from then on: on the grid, or on a whole minute where that would be too late."""
    start = -(-soonest // GRID_SECONDS) * GRID_SECONDS
    return np.where(start <= last, start, -(-soonest // FINEST_SECONDS) * FINEST_SECONDS)


def _after_rest(days: Days, gaps: Gaps, ways: Ways, fits: Ints, first: Ints, last: Ints) -> list[Ints]:
    """The first start of each of those gaps behind the rest that its shift owes, with the way to the visit and without."""
    shift, begins = gaps.shift[fits], gaps.begins[fits]
    return [
        _on_grid(np.maximum(np.maximum(begins + way, days.rest_from[shift]) + days.rest[shift], first[fits]), last[fits])
        for way in (ways.to[fits], 0)
    ]


def _rest_stays(days: Days, gaps: Gaps, ways: Ways, gap: Ints, at: Ints, until: Ints) -> Flags:
    """Whether the rest that the day still owes fits elsewhere, before the visit or after it, with the ways there are; and without any, which is all that a booking is refused for."""
    if not days.rest.any():  # of a crew
        return np.ones(len(gap), dtype=np.bool_)
    nowhere = np.zeros_like(ways.to)
    bare = ways._replace(to=nowhere, on=nowhere, through=nowhere)
    return _rest_fits(days, gaps, ways, gap, at, until) & _rest_fits(days, gaps, bare, gap, at, until)


def _rest_fits(days: Days, gaps: Gaps, ways: Ways, gap: Ints, at: Ints, until: Ints) -> Flags:
    """The same by those ways; a day that has lost its rest already loses nothing."""
    rest, from_, latest = days.rest[gaps.shift], days.rest_from[gaps.shift], days.rest_until[gaps.shift]
    hosts = (rest > 0) & (gaps.begins <= latest) & (np.maximum(gaps.begins + ways.through, from_) + rest <= gaps.ends)
    places = np.bincount(gaps.shift, weights=hosts, minlength=len(days.hand))[gaps.shift]
    alone = (hosts & (places == 1))[gap]
    before = np.maximum(gaps.begins[gap] + ways.to[gap], from_[gap]) + rest[gap] <= at
    after = (until <= latest[gap]) & (np.maximum(until + ways.on[gap], from_[gap]) + rest[gap] <= gaps.ends[gap])
    stays: Flags = ~alone | before | after
    return stays


def _between(at: Ints, sought: Sought, hours: tuple[time, time]) -> Ints:
    """Which of the starts lie between those times on the wall of the place."""
    days = [sought.from_on + timedelta(days=day) for day in range(len(sought.begins) - 1)]
    first, last = (np.array([datetime.combine(on, hour, zone(sought.zone)).timestamp() for on in days], dtype=np.int64) for hour in hours)
    day = np.searchsorted(first, at, side="right") - 1
    return np.flatnonzero((day >= 0) & (at <= last[day]))


def _one_a_start(found: Starts) -> Starts:
    """In order of time; of several at one time the best."""
    order = np.lexsort((found.gap, found.score, found.at))
    at = found.at[order]
    kept = order[np.flatnonzero(np.diff(at, prepend=-1))]
    return Starts(*(column[kept] for column in found))


def _best(found: Starts, *, most_a_day: int) -> Ints:
    """So many of each day, best first."""
    order = np.lexsort((found.at, found.score, found.day))
    day = found.day[order]
    order = order[np.arange(len(order)) - np.searchsorted(day, day) < most_a_day]
    return order[np.lexsort((found.at[order], found.score[order]))]


def _with_crew(found: Starts, days: Days, gaps: Gaps, ways: Ways, *, seconds: int, others: int) -> tuple[Starts, list[list[int]]]:
    """Those starts at which so many others are free too, each with the others who have the least detour; the first that comes, and one each half hour from there."""
    first, last, detour = gaps.begins + ways.to, gaps.ends - ways.on - seconds, ways.detour
    kept: dict[int, list[int]] = {}
    whole: set[int] = set()
    run, before = 0, 0
    order = np.argsort(found.at % GRID_SECONDS > 0, kind="stable")  # a minute off the grid only where the next on it isn't as good
    for one, gap, at in zip(order.tolist(), found.gap[order].tolist(), found.at[order].tolist(), strict=True):
        off = at % GRID_SECONDS
        if off and at - off + GRID_SECONDS in whole:
            continue
        free = np.flatnonzero((first <= at) & (at <= last) & (gaps.hand != gaps.hand[gap]))
        free = free[_rest_stays(days, gaps, ways, free, np.full(len(free), at), np.full(len(free), at + seconds))]
        if len(free) < others:
            continue
        if not off:
            whole.add(at)
            run, before = (at if at - before != GRID_SECONDS else run), at
        if off or (at - run) % STEP_SECONDS == 0:
            kept[one] = gaps.hand[free[np.lexsort((gaps.hand[free], detour[free]))]][:others].tolist()
    rows = sorted(kept)
    return Starts(*(column[rows] for column in found)), [kept[row] for row in rows]


def _reasons(
    sought: Sought, days: Days, ways: Ways, *, begins: Ints, asked_from: int, now: int, leads: Flags, near: Flags, without: list[int]
) -> dict[int, NoneBecause]:
    """Why a day has no place: it is over, the parts aren't there, nobody could, nobody near works, nobody gets there and back within a day's work, or others have the time."""
    seconds = sought.duration_minutes * 60
    room = days.ends - np.maximum(days.begins, now) - seconds

    def why(day: int) -> NoneBecause:
        if begins[day + 1] <= asked_from:
            return "DAY_OVER"
        if begins[day + 1] <= now:
            return "BEFORE_PARTS"
        on_day = (days.begins < begins[day + 1]) & (days.ends > begins[day])
        led = on_day & leads[days.hand]
        if not led.any():
            return "NO_SHIFT"
        if sought.crew_size > len(np.unique(days.hand[on_day])):
            return "NO_CREW"
        return "TOO_FAR" if (room[led] >= 0).any() and not (room[led] >= ways.there_and_back[led]).any() else "FULL"

    if not sought.open:
        return dict.fromkeys(without, "JOB_NOT_OPEN")
    if not leads.any():
        return dict.fromkeys(without, "NO_SKILL")
    if not (leads & near).any():
        return dict.fromkeys(without, "TOO_FAR")
    return {day: why(day) for day in without}
