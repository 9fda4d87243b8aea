"""The live plan as columns: for every technician's shift the gaps in it, and from where to where the way through each leads."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import numpy as np

from service.dispatch.columns import Flags, Ids, column, ids, lengths, seconds_of
from service.dispatch.known_places import UNKNOWN
from service.dispatch.records import Hand, TravelSpeedsFound
from service.dispatch.travel.straight import Ints, straight_ways, turned_of

REST = (1 << 64) - 1
"""What both halves of a rest's visit are."""
APART = 1 << 36
"""Puts everybody's times into one order, one person after another."""


class Days(NamedTuple):
    """Shifts, and the rest in each that isn't placed yet; one of no seconds is none. Times are seconds since 1970."""

    hand: Ints
    begins: Ints
    ends: Ints
    rest: Ints
    rest_from: Ints
    rest_until: Ints
    until: Ints
    """From when on its time is overtime: `ends` where none is allowed."""


class Gaps(NamedTuple):
    """One row for each stretch of a shift in which nothing stands."""

    hand: Ints
    shift: Ints
    begins: Ints
    ends: Ints
    before: Ints
    """The visit that comes before it, by its number among those asked about; -1 for none."""
    after: Ints
    whole: Flags
    """Whether it is all of its shift."""
    until: Ints
    """Of the last of a shift, from when on its time is overtime; of others NEVER."""


class Ends(NamedTuple):
    """Where ways lead: the visits beside gaps, then where each person starts, then where each ends; of each gap what is before and after it, by its number among these."""

    places: Ints
    before: Ints
    after: Ints


class Roads(NamedTuple):
    """Seconds as a road engine told them, UNTOLD where it didn't: between the site and each place, and of each gap from what is before it to what is after it."""

    to_site: Ints
    from_site: Ints
    through: Ints


UNTOLD = -1
NEVER = 1 << 60


class Ways(NamedTuple):
    """Seconds of travel, a row for each gap; no time where a place is unknown."""

    to: Ints
    """From what is before the gap to the site."""
    on: Ints
    """From the site to what is after it."""
    detour: Ints
    known: Flags
    """Whether the detour is."""
    by_road: Flags
    """Whether it is what a road engine told, and not a straight line."""
    there_and_back: Ints
    """For each shift, if nothing else were to be done in it."""
    through: Ints
    """From what is before the gap to what is after it, without the visit."""


class _Taken(NamedTuple):
    hand: Ints
    begins: Ints
    ends: Ints
    rests: Flags
    visits: Ids


def gaps_of(hands: Sequence[Hand], *, now: int, seconds: int, overtime: bool) -> tuple[Days, Gaps, Ids]:
    """The gaps from now on that are long enough or may have to hold a rest, and the visits beside them, by whose places the ways are known."""
    taken, days = _taken(hands), _days(hands)
    most = 60 * np.array([one.most_overtime_minutes for one in hands], dtype=np.int64)
    if overtime and most.any():
        days = _with_overtime(days, taken, most[days.hand])
    low = np.searchsorted(taken.hand * APART + taken.ends, days.hand * APART + days.begins, side="right")
    high = np.searchsorted(taken.hand * APART + taken.begins, days.hand * APART + days.ends, side="left")
    rested = np.concatenate(([0], np.cumsum(taken.rests)))
    days = days._replace(rest=np.where(rested[high] > rested[low], 0, days.rest))
    counts = high - low + 1
    shift = np.repeat(np.arange(len(counts)), counts)
    position = np.arange(len(shift)) - (np.cumsum(counts) - counts)[shift]
    first, last, after = position == 0, position == counts[shift] - 1, low[shift] + position
    begins = np.maximum(np.where(first, days.begins[shift], _at(taken.ends, after - 1)), now)
    ends = np.where(last, days.ends[shift], _at(taken.begins, after))
    until = np.where(last, days.until[shift], NEVER)
    kept = np.flatnonzero((ends - begins >= seconds) | ((days.rest[shift] > 0) & (ends > begins)))
    shift, after = shift[kept], after[kept]
    came, goes = _visits_beside(taken.visits, after)
    came, goes = np.where(came >= low[shift], came, -1), np.where(goes < high[shift], goes, -1)
    is_beside = np.zeros(len(taken.hand) + 1, dtype=np.int64)  # the last is for those that have none
    is_beside[came], is_beside[goes], is_beside[-1] = 1, 1, 0
    number = np.cumsum(is_beside) - 1
    gaps = Gaps(
        hand=days.hand[shift],
        shift=shift,
        begins=begins[kept],
        ends=ends[kept],
        before=np.where(came >= 0, number[came], -1),
        after=np.where(goes >= 0, number[goes], -1),
        whole=(first & last)[kept],
        until=until[kept],
    )
    return days, gaps, taken.visits[np.flatnonzero(is_beside)]


def ends_of(gaps: Gaps, hands: Sequence[Hand], at_visits: Ints) -> Ends:
    """Where the ways through the gaps lead."""
    at_start = _places([(one.start_latitude_e7, one.start_longitude_e7) for one in hands])
    at_end = _places([(one.end_latitude_e7, one.end_longitude_e7) for one in hands])
    starts, ends = len(at_visits), len(at_visits) + len(hands)
    return Ends(
        np.vstack((at_visits, at_start, at_end)),
        np.where(gaps.before >= 0, gaps.before, starts + gaps.hand),
        np.where(gaps.after >= 0, gaps.after, ends + gaps.hand),
    )


def ways_of(
    days: Days,
    gaps: Gaps,
    hands: Sequence[Hand],
    ends: Ends,
    *,
    seconds: int,
    site: tuple[int, int] | None,
    speeds: TravelSpeedsFound,
    roads: Roads | None,
) -> Ways:
    """The ways through the gaps by the site, at each technician's own speed: by road where an engine told, else straight. A detour is all of one or all of the other, and none where the visit doesn't fit anyhow."""
    places, before, after = ends
    known = (places[:, 0] != UNKNOWN) & (site is not None)
    turned, at_site = turned_of(places, speeds=speeds), turned_of(_places([site or (0, 0)]), speeds=speeds)
    there = back = straight = np.where(known, straight_ways(turned, at_site, speeds=speeds), 0)
    if roads is not None:
        there, back = np.where(roads.to_site != UNTOLD, roads.to_site, there), np.where(roads.from_site != UNTOLD, roads.from_site, there)
    percents = np.array([one.speed_percent for one in hands], dtype=np.int64)
    percent = percents[gaps.hand]
    to, on = (-(-one * 100 // percent) for one in (there[before], back[after]))
    # what leads past the site costs most to compute, and most gaps are too short
    fits = np.flatnonzero((gaps.begins + to + seconds + on <= gaps.ends) | (days.rest[gaps.shift] > 0))
    come, go = before[fits], after[fits]
    past = np.where(known[come] & known[go], straight_ways(turned.at(come), turned.at(go), speeds=speeds), 0)
    longer, told = straight[come] + straight[go] - past, np.zeros(len(fits), dtype=np.bool_)
    if roads is not None:
        road = roads.through[fits]
        told = (roads.to_site[come] != UNTOLD) & (roads.from_site[go] != UNTOLD) & (road != UNTOLD)
        longer = np.where(told, roads.to_site[come] + roads.from_site[go] - road, longer)
        past = np.where(road != UNTOLD, road, past)
    through, detour, by_road = np.zeros_like(to), np.zeros_like(to), np.zeros(len(to), dtype=np.bool_)
    through[fits], by_road[fits] = -(-past * 100 // percent[fits]), told
    detour[fits] = np.maximum(-(-longer * 100 // percent[fits]), 0)
    starts = len(places) - 2 * len(hands)
    both = (there[starts : starts + len(hands)] + back[starts + len(hands) :])[days.hand]
    return Ways(to, on, detour, known[before] | known[after], by_road, -(-both * 100 // percents[days.hand]), through)


def _with_overtime(days: Days, taken: _Taken, most: Ints) -> Days:
    """Those days with so much after each shift, up to the next shift or absence, as a plan has it."""
    away = np.flatnonzero(((taken.visits[:, 0] | taken.visits[:, 1]) == 0) & ~taken.rests)
    begins = days.begins[np.lexsort((days.begins, days.hand))]
    follows = np.minimum(
        _first_of(days.hand, begins, begins, days.hand, days.until, side="left"),
        _first_of(taken.hand[away], taken.ends[away], taken.begins[away], days.hand, days.until, side="right"),
    )
    return days._replace(ends=np.maximum(days.until, np.minimum(days.until + most, follows)))


def _first_of(hand: Ints, at: Ints, begins: Ints, whose: Ints, after: Ints, *, side: Literal["left", "right"]) -> Ints:
    """When the first of those begins whose time is after each of these, of the same person; NEVER where none is."""
    index = np.searchsorted(hand * APART + at, whose * APART + after, side=side)
    return np.where((index < len(hand)) & (_at(hand, index) == whose), _at(begins, index), NEVER)


def _days(hands: Sequence[Hand]) -> Days:
    until = seconds_of(one.shift_until for one in hands)
    return Days(
        hand=_whose(one.shift_from for one in hands),
        begins=seconds_of((one.shift_from for one in hands), up=True),
        ends=until,
        rest=column((one.rest_seconds for one in hands), ">i4"),
        rest_from=seconds_of((one.rest_from for one in hands), up=True),
        rest_until=seconds_of(one.rest_until for one in hands),
        until=until,
    )


def _taken(hands: Sequence[Hand]) -> _Taken:
    """In order of time, one person after another; PostgreSQL reads them by their ends, which is that order, but promises none."""
    hand, begins = _whose(one.taken_from for one in hands), seconds_of(one.taken_from for one in hands)
    ends, visits = seconds_of((one.taken_until for one in hands), up=True), ids(one.taken_by for one in hands)
    times = hand * APART + begins
    if (np.diff(times) < 0).any():
        order = np.argsort(times, kind="stable")
        hand, begins, ends, visits = hand[order], begins[order], ends[order], visits[order]
    rests = visits[:, 0] == REST
    visits[rests] = 0
    return _Taken(hand, begins, ends, rests, visits)


def _whose(sent: Iterable[bytes | None]) -> Ints:
    counts = lengths(sent)
    return np.repeat(np.arange(len(counts)), counts)


def _places(said: Sequence[tuple[int | None, int | None]]) -> Ints:
    return np.array([(UNKNOWN, UNKNOWN) if None in one else one for one in said], dtype=np.int64).reshape(-1, 2)


def _at(values: Ints, index: Ints) -> Ints:
    """Those values; anything where there is none of that number."""
    return values[np.clip(index, 0, len(values) - 1)] if len(values) else np.zeros(len(index), dtype=np.int64)


def _visits_beside(visits: Ids, index: Ints) -> tuple[Ints, Ints]:
    """The last that is a visit before each number, -1 for none, and the first from it on, the count for none."""
    count = len(visits)
    numbers, is_visit = np.arange(count), (visits[:, 0] | visits[:, 1]) != 0
    last = np.maximum.accumulate(np.where(is_visit, numbers, -1))
    first = np.minimum.accumulate(np.where(is_visit, numbers, count)[::-1])[::-1]
    return np.where(index > 0, _at(last, index - 1), -1), np.where(index < count, _at(first, index), count)
