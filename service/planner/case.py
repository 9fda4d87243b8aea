"""A day of technicians and visits as a JSON file: coordinates in metres, wall times, one break a shift."""

from pathlib import Path
from typing import Annotated, Literal

import msgspec

from service.kit.patterns import LINE, whole
from service.planner.files import BadFile, bytes_of, ways
from service.planner.records import Break, Plan, Problem, Shift, Visit
from service.planner.schedule import schedule

Clock = Annotated[str, msgspec.Meta(pattern=whole(r"([01]\d|2[0-3]):[0-5]\d|24:00"))]
Metres = Annotated[float, msgspec.Meta(ge=-2e7, le=2e7)]
Minutes = Annotated[float, msgspec.Meta(ge=0, le=100_000)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=LINE)]
BREAK = "BREAK"


class CaseTravel(msgspec.Struct, frozen=True):
    kind: Literal["euclid"]
    detour: Annotated[float, msgspec.Meta(gt=0, le=1000)]
    km_per_h: Annotated[float, msgspec.Meta(ge=0.001, le=10_000)]
    round: Literal["nearest second"]


class CaseBreak(msgspec.Struct, frozen=True):
    earliest_start: Clock
    latest_start: Clock
    minutes: Minutes


class CaseTechnician(msgspec.Struct, frozen=True):
    id: Name
    x: Metres
    y: Metres
    skills: list[int | str]
    shift: tuple[Clock, Clock]
    rest: CaseBreak | None = msgspec.field(default=None, name="break")


class CaseVisit(msgspec.Struct, frozen=True):
    id: Name
    x: Metres
    y: Metres
    skills: list[int | str]
    windows: Annotated[list[tuple[Clock, Clock]], msgspec.Meta(min_length=1, max_length=100)]
    minutes: Minutes
    priority: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class Case(msgspec.Struct, frozen=True):
    travel: CaseTravel
    technicians: Annotated[list[CaseTechnician], msgspec.Meta(min_length=1, max_length=5000)]
    visits: list[CaseVisit]


def read_case(path: Path) -> Problem:
    """The problem, in seconds since midnight. Raises `BadFile`."""
    try:
        case = msgspec.json.decode(bytes_of(path), type=Case)
    except msgspec.DecodeError as error:
        raise BadFile(f"{path} isn't a day to plan: {error}.") from None
    for noun, names in (("technician", [one.id for one in case.technicians]), ("visit", [one.id for one in case.visits])):
        twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
        if twice is not None:
            raise BadFile(f"{path} names {noun} {twice} twice.")
    if any(visit.id == BREAK for visit in case.visits):
        raise BadFile(f"{path} calls a visit {BREAK}: that stands for the break in the answer.")
    metres_per_s = case.travel.km_per_h / 3.6
    places = [(one.x, one.y) for one in case.visits] + [(one.x, one.y) for one in case.technicians]
    return Problem(
        shifts=tuple(_shift(path, one, len(case.visits) + r) for r, one in enumerate(case.technicians)),
        visits=tuple(_visit(path, one, i) for i, one in enumerate(case.visits)),
        travel=ways(places, case.travel.detour / metres_per_s, half_up=True),
    )


def seconds(clock: str) -> int:
    """Since midnight."""
    return int(clock[:2]) * 3600 + int(clock[3:]) * 60


def _shift(path: Path, one: CaseTechnician, place: int) -> Shift:
    from_, until = map(seconds, one.shift)
    if from_ > until:
        raise BadFile(f"{path}: the shift of technician {one.id} ends before it begins.")
    rest = None
    if one.rest is not None:
        rest = Break(seconds(one.rest.earliest_start), seconds(one.rest.latest_start), round(one.rest.minutes * 60))
        if rest.earliest > rest.latest:
            raise BadFile(f"{path}: the break of technician {one.id} has its latest start before its earliest.")
    skills = {f"{skill}": 1 for skill in one.skills}
    return Shift(id=one.id, start=place, end=place, from_=from_, until=until, rest=rest, skills=skills)


def _visit(path: Path, one: CaseVisit, place: int) -> Visit:
    windows: list[tuple[int, int]] = []
    for opens, closes in sorted((seconds(opens), seconds(closes)) for opens, closes in one.windows):
        if opens > closes:
            raise BadFile(f"{path}: a window of visit {one.id} closes before it opens.")
        if windows and opens <= windows[-1][1]:
            windows[-1] = (windows[-1][0], max(windows[-1][1], closes))
        else:
            windows.append((opens, closes))
    return Visit(
        id=one.id,
        place=place,
        seconds=round(one.minutes * 60),
        windows=tuple(windows),
        skills={f"{skill}": 1 for skill in one.skills},
        points=one.priority + 10,
    )


def answer_of(problem: Problem, plan: Plan) -> dict[str, object]:
    """The plan as it is printed."""
    visits = {visit.id: visit for visit in problem.visits}
    routes = {}
    for shift in problem.shifts:
        names = plan.routes.get(shift.id)
        if names:
            route = schedule(shift, [visits[name] for name in names], problem.travel)
            rests = [] if route is None or route.rests_before is None else [BREAK]
            at = 0 if route is None or route.rests_before is None else route.rests_before
            routes[shift.id] = [*names[:at], *rests, *names[at:]]
    return {"routes": routes, "left_out": list(plan.left_out), "travel_seconds": plan.travel}
