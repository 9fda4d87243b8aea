"""The live plan as columns: for every technician's shift the gaps in it, and from where to where the way through each leads."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import numpy as np
from asyncpg.pgproto import pgproto
from numpy.typing import NDArray

from service.dispatch.records import Hand, Rounds, TravelSpeedsFound, VisitPlaces
from service.dispatch.travel.straight import Ints, straight_ways

Flags = NDArray[np.bool_]
UNKNOWN = -(1 << 31)
"""Of a place that nobody knows."""
HEADER_BYTES = 20
EPOCH_SECONDS = 946_684_800
"""PostgreSQL counts from 2000."""
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


class Ways(NamedTuple):
    """Seconds of travel, a row for each gap; no time where a place is unknown."""

    to: Ints
    """From what is before the gap to the site."""
    on: Ints
    """From the site to what is after it."""
    detour: Ints
    known: Flags
    """Whether the detour is."""
    there_and_back: Ints
    """For each shift, if nothing else were to be done in it."""
    through: Ints
    """From what is before the gap to what is after it, without the visit."""


class _Taken(NamedTuple):
    hand: Ints
    begins: Ints
    ends: Ints
    rests: Ints
    visits: NDArray[np.uint64]


def gaps_of(rounds: Rounds, *, now: int, seconds: int) -> tuple[Days, Gaps, list[UUID]]:
    """The gaps from now on that are long enough or may have to hold a rest, and the visits beside them, by whose places the ways are known."""
    taken, days = _taken(rounds), _days(rounds)
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
    kept = np.flatnonzero((ends - begins >= seconds) | ((days.rest[shift] > 0) & (ends > begins)))
    shift, after = shift[kept], after[kept]
    came, goes = _visit_before(taken.visits, after - 1), _visit_after(taken.visits, after)
    came, goes = np.where(came >= low[shift], came, -1), np.where(goes < high[shift], goes, -1)
    beside = np.unique(np.concatenate((came[came >= 0], goes[goes >= 0])))
    gaps = Gaps(
        hand=days.hand[shift],
        shift=shift,
        begins=begins[kept],
        ends=ends[kept],
        before=np.where(came >= 0, np.searchsorted(beside, came), -1),
        after=np.where(goes >= 0, np.searchsorted(beside, goes), -1),
        whole=(first & last)[kept],
    )
    ids = taken.visits[beside].astype(">u8").tobytes()
    return days, gaps, [pgproto.UUID(ids[at : at + 16]) for at in range(0, len(ids), 16)]  # five times as fast as Python's own


def ways_of(
    days: Days, gaps: Gaps, hands: Sequence[Hand], visits: VisitPlaces, *, site: tuple[int, int] | None, speeds: TravelSpeedsFound
) -> Ways:
    """The ways through the gaps by the site, at each technician's own speed."""
    at_visits = np.column_stack((_numbers(visits.latitudes), _numbers(visits.longitudes)))
    places = np.vstack((at_visits, _places([one.start for one in hands]), _places([one.end for one in hands])))
    known = (places[:, 0] != UNKNOWN) & (site is not None)
    to_site = np.where(known, straight_ways(places, np.array([site or (0, 0)]), speeds=speeds), 0)
    starts, ends = len(at_visits), len(at_visits) + len(hands)
    before = np.where(gaps.before >= 0, gaps.before, starts + gaps.hand)
    after = np.where(gaps.after >= 0, gaps.after, ends + gaps.hand)
    through = np.where(known[before] & known[after], straight_ways(places[before], places[after], speeds=speeds), 0)
    percents = np.array([one.speed_percent for one in hands], dtype=np.int64)
    percent = percents[gaps.hand]
    to, on, through = (-(-one * 100 // percent) for one in (to_site[before], to_site[after], through))
    back = (to_site[starts:ends] + to_site[ends:])[days.hand]
    return Ways(
        to, on, np.maximum(to + on - through, 0), known[before] | known[after], -(-back * 100 // percents[days.hand]), through
    )  # fmt: skip


def _days(sent: Rounds) -> Days:
    return Days(
        hand=_numbers(sent.shift_of),
        begins=_seconds(sent.shift_from, up=True),
        ends=_seconds(sent.shift_until),
        rest=_numbers(sent.rest_seconds),
        rest_from=_seconds(sent.rest_from, up=True),
        rest_until=_seconds(sent.rest_until),
    )


def _taken(sent: Rounds) -> _Taken:
    hand, begins = _numbers(sent.taken_of), _seconds(sent.taken_from)
    order = np.lexsort((begins, hand))
    visits = _sent(sent.visits, np.dtype((">u8", 2))).reshape(-1, 2).astype(np.uint64)
    return _Taken(hand[order], begins[order], _seconds(sent.taken_until, up=True)[order], _numbers(sent.taken_rests)[order], visits[order])


def _numbers(sent: bytes | None) -> Ints:
    return _sent(sent, np.dtype(">i4")).astype(np.int64)


def _seconds(sent: bytes | None, *, up: bool = False) -> Ints:
    """Whole seconds: what begins to be free does so no sooner, what ceases no later."""
    micros = _sent(sent, np.dtype(">i8")).astype(np.int64)
    return (-(-micros // 1_000_000) if up else micros // 1_000_000) + EPOCH_SECONDS


def _sent(sent: bytes | None, kind: np.dtype[np.generic]) -> NDArray[np.generic]:
    """An array as PostgreSQL sends it: a header, then each value after its length."""
    if sent is None:
        return np.zeros(0, dtype=kind.base)
    return np.frombuffer(sent, dtype=[("length", ">i4"), ("value", kind)], offset=HEADER_BYTES)["value"]


def _places(said: Sequence[tuple[int, int] | None]) -> Ints:
    return np.array([one or (UNKNOWN, UNKNOWN) for one in said], dtype=np.int64).reshape(-1, 2)


def _at(values: Ints, index: Ints) -> Ints:
    """Those values; anything where there is none of that number."""
    return values[np.clip(index, 0, len(values) - 1)] if len(values) else np.zeros(len(index), dtype=np.int64)


def _visit_before(visits: NDArray[np.uint64], index: Ints) -> Ints:
    """The last that is a visit up to each number; -1 for none."""
    last = np.maximum.accumulate(np.where(visits.any(axis=1), np.arange(len(visits)), -1))
    return np.where((index >= 0) & (len(visits) > 0), _at(last, index), -1)


def _visit_after(visits: NDArray[np.uint64], index: Ints) -> Ints:
    """The first that is a visit from each number on; the count for none."""
    count = len(visits)
    first = np.minimum.accumulate(np.where(visits.any(axis=1), np.arange(count), count)[::-1])[::-1]
    return np.where(index < count, _at(first, index), count)
