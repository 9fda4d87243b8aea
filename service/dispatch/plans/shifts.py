"""Working time as a plan sees it: without what is over and without absences, begun where the technician then is."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from service.dispatch.records import Plan, PlanShift, PlanTaken, PlanTechnician
from service.planner.records import Break

UNDER_WAY = frozenset({"en_route", "on_site", "working", "paused"})
OVER = frozenset({"completed", "partly_completed", "could_not_complete", "no_access"})


class Segment(msgspec.Struct, frozen=True):
    """A stretch of a shift with nothing in it that isn't a visit or a break."""

    id: str
    technician: PlanTechnician
    start: tuple[int | None, int | None]
    from_: int
    until: int
    overtime: int
    """How long after its end it may be planned: 0 where something else follows."""
    rest: Break | None
    behind: list[PlanTaken]
    """Visits that are over or under way: it begins at the last of them."""
    breaks: list[PlanTaken]
    """The rows of its break, if it has any."""
    shift_from: int
    done: list[PlanTaken]
    """All visits of its shift that are over or under way, of every stretch of it."""

    def holds(self, second: int) -> bool:
        """Whether something that begins then is of it; what is late is of the stretch that is left."""
        return second < self.until + self.overtime


def segments_of(
    plan: Plan, technicians: Sequence[PlanTechnician], rows: Sequence[PlanTaken], *, now: int, absent: frozenset[UUID]
) -> list[Segment]:
    """Every stretch of those who come, in the order of time for each of them."""
    own: defaultdict[UUID, list[PlanTaken]] = defaultdict(list)
    for row in rows:
        own[row.technician_id].append(row)
    return [
        segment
        for technician in technicians
        if technician.id not in absent
        for segment in _of_technician(plan, technician, own[technician.id], now=now)
    ]


def _of_technician(plan: Plan, technician: PlanTechnician, own: list[PlanTaken], *, now: int) -> list[Segment]:
    def seconds(at: datetime) -> int:
        return int((at - plan.from_).total_seconds())

    last = seconds(plan.until)
    found: list[Segment] = []
    for shift in technician.shifts:
        rest = _rest(shift, seconds)
        away = [(seconds(one.starts_at), seconds(one.ends_at)) for one in own if one.kind == "absence"]
        breaks = [one for one in own if one.kind == "break" and shift.starts_at <= one.starts_at < shift.ends_at]
        rested = [seconds(one.ends_at) for one in breaks if seconds(one.starts_at) < now]
        rest = None if rested else rest
        last_end = min(seconds(shift.ends_at), last)
        shift_ends = shift.ends_at + timedelta(minutes=technician.most_overtime_minutes)
        done = [one for one in own if _is_behind(one) and shift.starts_at <= one.starts_at < shift_ends]
        for begins, ends in _without(max(seconds(shift.starts_at), 0), last_end, away):
            overtime = min(_overtime(shift, technician, own), last - ends) if ends == last_end else 0
            behind = [one for one in own if _is_behind(one) and begins <= seconds(one.starts_at) < ends + overtime]
            free = max([max(begins, now), *(seconds(one.ends_at) for one in behind if one.state in UNDER_WAY), *rested])
            if free >= ends:
                continue
            before = behind[-1] if behind else None
            start = (technician.start_latitude_e7, technician.start_longitude_e7)
            taken = None if rest is None else _within(rest, free, ends)
            rest = None if taken is not None else rest
            place = start if before is None else (before.latitude_e7, before.longitude_e7)
            found.append(
                Segment(
                    f"{technician.id}/{len(found)}",
                    technician,
                    place,
                    free,
                    ends,
                    overtime,
                    taken,
                    behind,
                    breaks,
                    seconds(shift.starts_at),
                    done,
                )
            )
    return found


def _overtime(shift: PlanShift, technician: PlanTechnician, own: Sequence[PlanTaken]) -> int:
    """Seconds after the shift that may be planned: what is allowed, up to the next shift or absence."""
    most = shift.ends_at + timedelta(minutes=technician.most_overtime_minutes)
    follows = [other.starts_at for other in technician.shifts if other.starts_at >= shift.ends_at]
    follows += [one.starts_at for one in own if one.kind == "absence" and one.ends_at > shift.ends_at]
    return max(0, int((min([most, *follows]) - shift.ends_at).total_seconds()))


def _is_behind(one: PlanTaken) -> bool:
    return one.kind == "visit" and (one.state in UNDER_WAY or one.state in OVER)


def _without(begins: int, ends: int, away: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a stretch."""
    left = []
    for gone, back in sorted(away):
        if gone < ends and back > begins:
            if gone > begins:
                left.append((begins, gone))
            begins = max(begins, back)
    return [*left, (begins, ends)] if begins < ends else left


def _rest(shift: PlanShift, seconds: Any) -> Break | None:
    if shift.break_minutes is None or shift.break_earliest_at is None or shift.break_latest_at is None:
        return None
    return Break(seconds(shift.break_earliest_at), seconds(shift.break_latest_at), shift.break_minutes * 60)


def _within(rest: Break, begins: int, ends: int) -> Break | None:
    """The break where it can still be taken in that stretch."""
    earliest, latest = max(rest.earliest, begins), min(rest.latest, ends - rest.seconds)
    return Break(earliest, latest, rest.seconds) if earliest <= latest else None
