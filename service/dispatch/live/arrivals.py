"""When technicians arrive: one day as it stands, from what is known now through ways, work and rests to its last visit. Pure arithmetic.

Somebody who has time rests when a rest is due, or right after what they were at then, and goes to the next visit; nobody is expected before a window begins, nor in the past.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import msgspec

from service.dispatch.records import Expected, RestNow, StopNow
from service.integrations.travel.records import Point

QUIET = timedelta(minutes=10)
"""After so long somebody who is to be somewhere, and says nothing, is asked."""


class Way(NamedTuple):
    """From where to where, each None where nobody knows; `since` is when whoever goes was there, once they set out."""

    start: Point | None
    end: Point | None
    since: datetime | None


class Round(NamedTuple):
    """What is over of a day, what is to be gone to in its order, and the way to each."""

    over: list[StopNow]
    ahead: list[StopNow]
    ways: list[Way]
    free_since: datetime
    """When whoever goes was done with all that is over, or began their day."""
    heard_at: datetime | None
    """When something was heard of them last: a step, or where they were."""


def round_of(stops: Sequence[StopNow], *, begins_at: datetime, start: Point | None, seen: tuple[datetime, Point] | None) -> Round:
    """The order in which a day goes on: who is somewhere finishes there, who has set out arrives, the rest as it was planned. `seen` is where they were last."""
    over = sorted((one for one in stops if one.ended_at is not None), key=lambda one: (one.ended_at, one.visit_id))
    ahead = sorted(
        (one for one in stops if one.ended_at is None),
        key=lambda one: (one.arrived_at is None, one.set_out_at is None, one.starts_at, one.visit_id),
    )
    steps = (step for one in stops for step in (one.set_out_at, one.arrived_at, one.ended_at) if step is not None)
    heard_at = max([*steps, *([seen[0]] if seen else [])], default=None)
    free_since = max([begins_at, *(one.ended_at for one in over[-1:] if one.ended_at)])
    here, ways = (over[-1].place if over else start), []
    for stop in ahead:
        since = stop.set_out_at
        if seen is not None and stop.arrived_at is None and seen[0] >= (since or free_since):
            since, here = (seen[0] if since else None), seen[1]
        seen = None  # of where they go next alone
        ways.append(Way(here, stop.place, since))
        here = stop.place
    return Round(over, ahead, ways, free_since, heard_at)


def expected(going: Round, seconds: Sequence[int], rests: Sequence[RestNow], *, at: datetime) -> dict[UUID, Expected]:
    """When each visit that isn't over begins and ends, by how long each of the ways takes."""
    found: dict[UUID, Expected] = {}
    owed, free, silent = _owed(going, rests), going.free_since, _silent(going, at=at)
    for stop, way, takes in zip(going.ahead, going.ways, seconds, strict=True):
        if stop.arrived_at is not None:
            arrives, ends = stop.arrived_at, max(at, stop.arrived_at + stop.takes, stop.over_at or at)
        else:
            least = max(stop.starts_at, stop.late_at or at, at)
            if way.since is None:
                while owed and _rests_first(owed[0], free=free, least=least, way=timedelta(seconds=takes), at=at):
                    free = max(free, owed[0].earliest) + owed[0].lasts
                    owed = owed[1:]
            arrives = max(least, max(way.since or at, free) + timedelta(seconds=takes))
            ends = arrives + stop.takes
        silent = silent and stop.late_at is None
        found[stop.visit_id] = Expected(
            arrives,
            ends,
            out_of_window=stop.arrived_at is None and arrives >= stop.arrive_until,
            heard_at=going.heard_at,
            unheard=silent and (going.heard_at is None or stop is not going.ahead[0]),
        )
        free = ends
    return found


def is_quiet(due: datetime, *, heard_at: datetime | None, at: datetime) -> bool:
    """Whether somebody should have been somewhere for a while and nothing was heard of them since."""
    return due + QUIET <= at and (heard_at is None or heard_at < due)


def _silent(going: Round, *, at: datetime) -> bool:
    """Whether the next visit should have begun and nothing was heard since: of who tells their steps that says that they aren't there, of what comes behind it says nothing, and of who tells none nothing at all."""
    if not going.ahead:
        return False
    due = going.ahead[0]
    return (
        due.set_out_at is None
        and due.arrived_at is None
        and due.starts_at < at
        and (going.heard_at is None or going.heard_at < due.starts_at)
    )


def _rests_first(rest: RestNow, *, free: datetime, least: datetime, way: timedelta, at: datetime) -> bool:
    """Whether there is time for it before the next visit, or the visit can't begin before it is due."""
    return max(free, rest.earliest) + rest.lasts + way <= least or max(least, max(free, at) + way) > rest.latest


def _owed(going: Round, rests: Sequence[RestNow]) -> list[RestNow]:
    """What rest of the day nobody had time for yet, each from when on there was, the first that is due first."""
    busy = sorted((stop.set_out_at or stop.ended_at, stop.ended_at) for stop in going.over if stop.ended_at)
    sets_out = min((stop.set_out_at for stop in going.ahead if stop.set_out_at), default=None)
    found = ((rest, _free_for(rest, busy, sets_out)) for rest in rests)
    owed = [msgspec.structs.replace(rest, earliest=since, latest=max(rest.latest, since)) for rest, since in found if since is not None]
    return sorted(owed, key=lambda one: one.latest)


def _free_for(rest: RestNow, busy: Sequence[tuple[datetime, datetime]], sets_out: datetime | None) -> datetime | None:
    """Since when there was time for it; None where it lies behind."""
    since = rest.earliest
    for begins, ends in busy:
        if since + rest.lasts <= begins:
            return None
        since = max(since, ends)
    return None if sets_out is not None and since + rest.lasts <= sets_out else since
