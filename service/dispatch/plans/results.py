"""What a search found, as it is written down: each visit of the days in order, and what becomes of it."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from service.dispatch.plans.days import Days, moment
from service.planner.briefs import Found, Placed
from service.planner.records import Visit

SECOND = timedelta(seconds=1)
"""What a search counts in: a visit that begins within one, and stays, keeps its instant."""


class Stop(NamedTuple):
    """A visit where it would be, before its ids are made."""

    said: dict[str, Any]
    promises: bool


class Result(NamedTuple):
    """A plan as found, and the days that it was computed from."""

    days: Days
    found: Found

    def written(self, new_id: Callable[[], UUID]) -> dict[str, Any]:
        """The values of the statement that proposes it; new visits get their ids here."""
        stops = [self._with_ids(stop, new_id) for stop in self._stops()]
        changed = {
            name for one in stops if one["change"] is not None for name in (one["technician_id"], one["was_technician_id"], *one["crew"])
        }
        breaks = [{**one, "occupancy_id": one["occupancy_id"] or new_id()} for one in self._breaks(stops, changed)]
        found, days = self.found, self.days
        return {
            "read_at": days.read_at,
            "travel_seconds_now": found.travel_now,
            "travel_seconds": found.travel,
            "points_left_out": found.points,
            "overtime_seconds": found.overtime,
            "iterations": found.iterations,
            "cpu_milliseconds": round(1000 * found.seconds),
            "technicians": _json([{"technician_id": one.id, "stood": one.stood, "changes": one.id in changed} for one in days.technicians]),
            "stops": _json(stops),
            "breaks": _json(breaks),
            "left_out": _json(list(self._left_out())),
        }

    def _stops(self) -> Iterator[Stop]:
        visits = {visit.id: visit for visit in self.days.brief.visits}
        count: defaultdict[UUID, int] = defaultdict(int)
        along = self._along()
        for segment in self.days.segments.values():
            for placed in self.found.routes.get(segment.id, ()):
                name, _, member = placed.visit.partition(" ")
                technician_id = segment.technician.id
                if member and (name not in self.days.brief.crews or member != "1"):
                    continue  # of a crew that stands, which stays whole where it is, or goes along
                count[technician_id] += 1
                stop = self._stop(msgspec.structs.replace(placed, visit=name), visits[name], technician_id, count[technician_id])
                stop.said["crew"] = along.get(name, [])
                yield stop

    def _along(self) -> dict[str, list[UUID]]:
        """Of each crew that was put together, who goes along, in the order of its members."""
        places = sorted(
            (placed.visit.partition(" ")[0], int(placed.visit.partition(" ")[2]), segment.technician.id)
            for segment in self.days.segments.values()
            for placed in self.found.routes.get(segment.id, ())
            if placed.visit.partition(" ")[0] in self.days.brief.crews
        )
        along: defaultdict[str, list[UUID]] = defaultdict(list)
        for name, member, technician_id in places:
            if member > 1:
                along[name].append(technician_id)
        return along

    def _stop(self, placed: Placed, visit: Visit, technician_id: UUID, nth: int) -> Stop:
        days = self.days
        pinned = placed.visit in days.brief.pinned
        starts = moment(days.plan, placed.starts)
        said = {
            "technician_id": technician_id,
            "nth": nth,
            "starts_at": starts,
            "ends_at": starts + timedelta(seconds=visit.seconds),
            "fixed": pinned,
            "travel_seconds": placed.travel,
            "travel_estimated": days.estimated[placed.from_place][visit.place],
        }
        job = days.waiting.get(placed.visit)
        if job is not None:
            arrive_until = starts + timedelta(minutes=job.arrival_minutes)
            of = {"job_id": job.job_id, "customer_id": job.customer_id, "job_steps": job.job_steps}
            late = visit.id in days.brief.wide and placed.starts > visit.windows[-1][1]
            added = {"change": "added", "was_technician_id": None, "was_starts_at": None, "breaks_promise": late, "visit_id": None}
            return Stop({**said, **of, **added, "arrive_until": arrive_until}, promises=True)
        one = days.taken[placed.visit]
        if abs(one.starts_at - starts) < SECOND:
            starts = one.starts_at
            said |= {"starts_at": starts, "ends_at": one.ends_at}
        change = _change(technician_id != one.technician_id, starts != one.starts_at)
        breaks = change is not None and not one.starts_at <= starts < _told(one.arrive_until)
        return Stop(
            {
                **said,
                "visit_id": one.visit_id,
                "job_id": one.job_id,
                "customer_id": one.customer_id,
                "job_steps": one.job_steps,
                "arrive_until": starts + timedelta(minutes=one.arrival_minutes or 0) if breaks else one.arrive_until,
                "change": change,
                "was_technician_id": one.technician_id,
                "was_starts_at": one.starts_at,
                "breaks_promise": breaks,
            },
            promises=breaks,
        )

    def _with_ids(self, stop: Stop, new_id: Callable[[], UUID]) -> dict[str, Any]:
        added = stop.said["change"] == "added"
        return {
            **stop.said,
            "visit_id": new_id() if added else stop.said["visit_id"],
            "occupancy_id": new_id() if added else None,
            "crew_occupancy_ids": [new_id() for _ in stop.said["crew"]],
            "promise_id": new_id() if stop.promises else None,
        }

    def _breaks(self, stops: list[dict[str, Any]], changed: set[Any]) -> Iterator[dict[str, Any]]:
        """When whoever's day changes would rest, as far as it isn't in their calendar; between two visits as they stand, to the fraction of a second."""
        days = self.days
        own: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
        for stop in stops:
            for technician_id in (stop["technician_id"], *stop["crew"]):
                own[technician_id].append(stop)
        for name, rest in self.found.rests.items():
            segment = days.segments[name]
            technician_id = segment.technician.id
            if technician_id not in changed or segment.rest is None:
                continue
            starts = max(
                [
                    moment(days.plan, rest.starts),
                    *(one["ends_at"] for one in own[technician_id] if _holds(one, moment(days.plan, rest.starts))),
                ]
            )
            ends = starts + timedelta(seconds=segment.rest.seconds)
            row = segment.breaks[0] if segment.breaks else None
            free = not any(one["starts_at"] < ends and one["ends_at"] > starts for one in own[technician_id])
            if free and (row is None or row.starts_at != starts):
                yield {
                    "technician_id": technician_id,
                    "starts_at": starts,
                    "ends_at": ends,
                    "occupancy_id": None if row is None else row.occupancy_id,
                    "stands": row is not None,
                }

    def _left_out(self) -> Iterator[dict[str, Any]]:
        points = {visit.id: visit.points for visit in self.days.brief.visits}
        for name, reason in self.found.left_out.items():
            if name in self.days.waiting:
                yield {"job_id": name, "visit_id": None, "reason": reason, "points": points[name]}
            else:
                yield {"job_id": self.days.taken[name].job_id, "visit_id": name, "reason": reason, "points": points[name]}
        for name, one in self.days.stuck.items():
            yield {"job_id": one.job_id, "visit_id": name, "reason": "NO_SHIFT" if one.state == "held" else "NO_CREW", "points": 0}
        for name in self.days.waiting.keys() - points.keys():
            yield {"job_id": name, "visit_id": None, "reason": "BEFORE_PARTS", "points": 0}
        for job_id in self.days.plan.job_ids or ():
            if f"{job_id}" not in self.days.waiting:
                yield {"job_id": job_id, "visit_id": None, "reason": "NOT_WAITING", "points": 0}


def _change(technician: bool, time: bool) -> str | None:
    if technician and time:
        return "technician_and_time"
    return "technician" if technician else "time" if time else None


def _holds(stop: dict[str, Any], at: datetime) -> bool:
    """Whether the visit ends less than a second after a moment at which the search took it to be over."""
    ends: datetime = stop["ends_at"]
    return at < ends < at + SECOND


def _told(until: datetime | None) -> datetime:
    assert until is not None  # noqa: S101 — a visit has a window
    return until


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
