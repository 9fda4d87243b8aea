"""Days as they stand, read in one snapshot and said in the planner's words: seconds from the first moment, places by number."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
import numpy as np

from service.dispatch.costs import MEAN, Rates, rates_of
from service.dispatch.plans.rooms import rooms_of
from service.dispatch.plans.shifts import Segment, segments_of
from service.dispatch.plans.ways import STEP, Places
from service.dispatch.queries import FIND_PLAN, PLAN_TAKEN, PLAN_TECHNICIANS, PLAN_WAITING
from service.dispatch.records import Plan, PlanTaken, PlanTechnician, PlanWaiting
from service.dispatch.travel.straight import straight_metres
from service.integrations.travel.records import Point
from service.kit.verbs import Work
from service.planner.briefs import Brief
from service.planner.records import Budget, Shift, Visit

MOST_WAITING = 3000
EMERGENCY, BOOKED, PROMISED = 10_000_000, 1_000_000, 1_000
STAY, STAY_PUT, PREFER = 1800 * MEAN, 5400 * MEAN, 900 * MEAN
"""What it costs to give a visit to somebody else, the same where somebody is ill or an emergency comes in, and not to send whom the customer would rather see: half an hour of travel, one and a half, a quarter."""
LATE = 3 * MEAN
"""What a second costs that a visit begins after it was promised, where it can't begin before."""
FIXED = frozenset({"held", "dispatched", "accepted"})


class Days(msgspec.Struct, frozen=True):
    """What was read and what the planner is told of it."""

    plan: Plan
    read_at: datetime
    technicians: list[PlanTechnician]
    taken: dict[str, PlanTaken]
    """Visits that are still to come, by id."""
    stuck: dict[str, PlanTaken]
    """Of those, visits of a crew and holds of technicians who don't come: nobody else is given them."""
    waiting: dict[str, PlanWaiting]
    segments: dict[str, Segment]
    brief: Brief
    estimated: list[list[bool]]


async def read_days(work: Work, *, plan_id: UUID) -> Days:
    """Everything that a plan goes by."""
    plan = await work.one(FIND_PLAN, plan_id=plan_id)
    span = {"from_at": plan.from_, "until_at": plan.until}
    technicians = await work.all(PLAN_TECHNICIANS, **span)
    rows = await work.all(PLAN_TAKEN, **span, technician_ids=[one.id for one in technicians])
    waiting = await work.all(PLAN_WAITING, job_ids=plan.job_ids, most=MOST_WAITING)
    segments = segments_of(plan, technicians, rows, now=rounded_up(plan.from_, work.at), absent=frozenset(plan.absent))
    under_way = {one.visit_id for segment in segments for one in segment.behind}
    taken = {
        f"{one.visit_id}": one
        for one in rows
        if one.visit_id is not None and one.visit_id not in under_way and one.state in {"held", "booked", "dispatched", "accepted"}
    }
    known = {f"{one.job_id}": one for one in waiting}
    places = Places()
    told = _Telling(plan, places, segments, now=rounded_up(plan.from_, work.at))
    visits = [*told.standing(rows, taken), *told.waiting(waiting)]
    ends = [told.ends(segment) for segment in segments]
    ways = await places.ways(work)
    percents = sorted({one.speed_percent for one in technicians} - {100})
    rates = dict(zip((one.id for one in technicians), rates_of(technicians, metres_a_second=ways.metres_a_second), strict=True))
    rooms = rooms_of(segments, told.loads, told.kinds)
    shifts = tuple(
        told.shift(segment, *both, rates[segment.technician.id], paces=percents, room=rooms[segment.id])
        for segment, both in zip(segments, ends, strict=True)
    )
    brief = Brief(
        places=len(ways.seconds),
        travel=ways.at(100),
        paces=tuple(ways.at(percent) for percent in percents),
        shifts=shifts,
        visits=tuple(visits),
        now={name: tuple(route) for name, route in told.now.items()},
        starts=told.starts,
        pinned=frozenset(told.pinned),
        crews=told.crews,
        wide=told.wide,
        late_rate=LATE,
        stay_cost=None if plan.kind == "improve" else STAY_PUT if plan.kind == "emergency" or plan.absent else STAY,
        budget=Budget(seconds=plan.seconds, iterations=plan.iterations),
        seed=plan.seed,
    )
    return Days(
        plan, work.at, technicians, taken, told.stuck, known, {segment.id: segment for segment in segments}, brief, ways.estimated.tolist()
    )


def rounded_up(origin: datetime, at: datetime) -> int:
    """Seconds from the first moment until then, to the next step; nothing before the first moment."""
    return max(0, -(-int((at - origin).total_seconds()) // STEP) * STEP)


class _Telling:
    """Says visits and shifts in the planner's words."""

    def __init__(self, plan: Plan, places: Places, segments: Sequence[Segment], *, now: int) -> None:
        self.plan, self.places, self.segments, self.at = plan, places, segments, now
        self.last = self.seconds(plan.until)
        self.own: defaultdict[UUID | None, list[Segment]] = defaultdict(list)
        for segment in segments:
            self.own[segment.technician.id].append(segment)
        self.kinds = sorted({kind for segment in segments for kind in segment.technician.capacity})
        self.homes = {
            number: Point(latitude, longitude)
            for number, one in enumerate(segment.technician for segment in segments)
            if (latitude := one.home_latitude_e7) is not None and (longitude := one.home_longitude_e7) is not None
        }
        self.reaches = np.array([segments[number].technician.reach_metres for number in self.homes])
        self.pinned: set[str] = set()
        self.crews: dict[str, int] = {}
        self.stuck: dict[str, PlanTaken] = {}
        self.starts: dict[str, int] = {}
        self.wide: dict[str, tuple[tuple[int, int], ...]] = {}
        self.now: defaultdict[str, list[str]] = defaultdict(list)
        self.loads: defaultdict[str, list[Mapping[str, int]]] = defaultdict(list)

    def seconds(self, at: datetime) -> int:
        return int((at - self.plan.from_).total_seconds())

    def ends(self, segment: Segment) -> tuple[int, int | None]:
        """Where it begins and ends."""
        technician = segment.technician
        end = (technician.end_latitude_e7, technician.end_longitude_e7)
        return self.places.number(*segment.start) if None not in segment.start else 0, None if None in end else self.places.number(*end)

    def shift(self, segment: Segment, start: int, end: int | None, rates: Rates, *, paces: Sequence[int], room: tuple[int, ...]) -> Shift:
        """As the planner takes it."""
        technician = segment.technician
        return Shift(
            id=segment.id,
            start=start,
            end=end,
            from_=segment.from_,
            until=segment.until,
            rest=segment.rest,
            skills=technician.skills,
            room=room,
            rate=rates.driving,
            work_rate=rates.work,
            pace=0 if technician.speed_percent == 100 else 1 + paces.index(technician.speed_percent),
            overtime=segment.overtime,
            overtime_rate=rates.overtime,
            load_rate=MEAN * self.plan.fairness_percent // 100,
        )

    def standing(self, rows: Sequence[PlanTaken], taken: dict[str, PlanTaken]) -> list[Visit]:
        """What is booked, held or sent out: it stays, or keeps its window."""
        said: list[Visit] = []
        for one in sorted(rows, key=lambda row: row.starts_at):
            name = f"{one.visit_id}"
            segment = next((s for s in self.own[one.technician_id] if s.holds(self.seconds(one.starts_at))), None)
            leaves = one.technician_id in self.plan.absent
            crew = (one.crew_size or 1) > 1
            fixed = one.state in FIXED or crew
            if name not in taken or (segment is None and not leaves):
                continue
            if leaves and (crew or one.state == "held"):
                self.stuck[name] = one
                continue
            if segment is not None:
                name = f"{name} {one.technician_id}" if crew else name
                self.now[segment.id].append(name)
                self.loads[segment.id].append(one.loads or {})
                self.starts[name] = self.seconds(one.starts_at)
                if fixed:
                    self.pinned.add(name)
            said.append(self._visit(name, one, segment, leaves=leaves))
        return said

    def _visit(self, name: str, one: PlanTaken, segment: Segment | None, *, leaves: bool) -> Visit:
        assert one.arrive_until is not None  # noqa: S101 — of a visit, as its kind says
        first, last = max(self.seconds(one.starts_at), self.at), self.seconds(one.arrive_until) - 60
        everywhere = ((self.at, self.last),)
        if name not in self.pinned:
            self.wide[name] = everywhere
        return Visit(
            id=name,
            place=self.places.number(one.latitude_e7, one.longitude_e7),
            seconds=self.seconds(one.ends_at) - self.seconds(one.starts_at),
            windows=((first, last),) if first <= last else everywhere,
            skills={} if name in self.pinned else one.skills or {},
            points=BOOKED + (6 - (one.priority or 5)) * 100_000,
            load=tuple((one.loads or {}).get(kind, 0) for kind in self.kinds),
            only=self._who(one, None if leaves or segment is None else segment.technician.id),
            prices=(prices := self._preferred(one.preferred_technician_id)),
            price=PREFER if prices else 0,
        )

    def first(self, one: PlanWaiting) -> int:
        """When somebody may be there at the earliest: not before the parts are."""
        return self.at if one.parts_at is None else max(self.at, rounded_up(self.plan.from_, one.parts_at))

    def waiting(self, jobs: Sequence[PlanWaiting]) -> list[Visit]:
        """Jobs that nobody goes to; those whose parts come later are for another plan."""
        said = []
        for one in jobs:
            first = self.first(one)
            if first >= self.last:
                continue
            if one.crew_size > 1:
                self.crews[f"{one.job_id}"] = one.crew_size
            due = self.last if one.due_at is None else self.seconds(one.due_at) - 60
            if first < due < self.last:
                self.wide[f"{one.job_id}"] = ((first, self.last),)
            points = (6 - one.priority) ** 2 * 10 + (PROMISED if first < due < self.last else 0)
            said.append(
                Visit(
                    id=f"{one.job_id}",
                    place=self.places.number(one.latitude_e7, one.longitude_e7),
                    seconds=one.duration_minutes * 60,
                    windows=((first, due if first < due else self.last),),
                    skills=one.skills,
                    points=EMERGENCY if self.plan.kind == "emergency" else points,
                    load=tuple(one.loads.get(kind, 0) for kind in self.kinds),
                    only=self._who(one, None),
                    prices=(prices := self._preferred(one.preferred_technician_id)),
                    price=PREFER if prices else 0,
                )
            )
        return said

    def _who(self, one: PlanTaken | PlanWaiting, present: UUID | None) -> frozenset[str] | None:
        """The shifts of those who may go: who take its cash, within reach, and whoever has it now."""
        near = np.ones(len(self.segments), np.bool_)
        if one.latitude_e7 is not None and one.longitude_e7 is not None and self.homes:
            metres = straight_metres(list(self.homes.values()), [Point(one.latitude_e7, one.longitude_e7)])[:, 0]
            near[list(self.homes)] = metres <= self.reaches
        able = frozenset(
            s.id
            for s, reached in zip(self.segments, near.tolist(), strict=True)
            if s.technician.id == present or (reached and (one.job_kind != "collection" or s.technician.takes_cash))
        )
        return None if len(able) == len(self.segments) else able

    def _preferred(self, technician_id: UUID | None) -> dict[str, int]:
        """What the shifts of whom the customer would rather see cost more: nothing."""
        return {s.id: 0 for s in self.own[technician_id]}


def moment(plan: Plan, seconds: int) -> datetime:
    """That many seconds from the first moment."""
    return plan.from_ + timedelta(seconds=seconds)
