"""What is to be planned and what came out of it. Times are whole seconds on one clock of the caller's; costs are whole seconds of travel."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

Reason = Literal["NO_SKILL", "NO_SHIFT", "TOO_FAR", "FULL", "NO_CREW"]
"""Why a visit is left out: nobody has its skills, or may serve it; nobody works in its windows; nobody gets there and back in time even with an
empty day; all who could have no room left; not so many of them as go together are free at one moment."""


class Break(msgspec.Struct, frozen=True):
    """Begins between `earliest` and `latest`, wherever the technician then is, also on the way."""

    earliest: int
    latest: int
    seconds: int


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """One technician's day: one row of the plan."""

    id: str
    start: int  # a row of the travel matrix
    end: int | None  # None: the day ends at the last visit
    from_: int
    until: int
    rest: Break | None = None  # taken on every day that has visits
    skills: Mapping[str, int] = {}  # name and level
    room: tuple[int, ...] = ()  # capacity, by kind
    rate: int = 1  # what a second of travel costs
    opening: int = 0  # what having any visit costs
    work_rate: int = 0  # what a second at a visit costs more than at others'
    pace: int = 0  # whose ways are theirs: the usual ones, or of `Problem.paces` the one of that number
    overtime: int = 0  # how long after `until` it may end
    overtime_rate: int = 0  # what a second of that costs
    load_rate: int = 0  # what a second more of work costs on a day full of it; on one half as full, half of it


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """Starts inside one of `windows`, both ends included."""

    id: str
    place: int
    seconds: int
    windows: tuple[tuple[int, int], ...]  # in order, apart from one another
    skills: Mapping[str, int] = {}  # name and least level
    points: int = 1  # what leaving it out costs; more than any travel
    load: tuple[int, ...] = ()
    only: frozenset[str] | None = None  # the shifts that may serve it; one, where it is pinned
    prices: Mapping[str, int] = {}  # what serving it in that shift costs beside travel
    price: int = 0  # the same for shifts that `prices` doesn't name
    late_after: int = 0  # starting later
    late_rate: int = 0  # costs so much a second


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """`travel[a, b]` is the way from place a to place b in whole seconds; `paces` are the same for those who are faster or slower."""

    shifts: tuple[Shift, ...]
    visits: tuple[Visit, ...]
    travel: Any  # numpy's matrix; records are read where numpy isn't loaded
    paces: tuple[Any, ...] = ()

    def ways(self, shift: Shift) -> Any:
        """The matrix of whoever's shift it is."""
        return self.paces[shift.pace - 1] if shift.pace else self.travel


class Stop(msgspec.Struct, frozen=True):
    """A visit of a route, as early as it can be."""

    visit: str
    arrives: int
    starts: int
    leaves: int


class Route(msgspec.Struct, frozen=True):
    """A shift's visits in order; the break is taken before the stop at `rests_before` (the way to it included)."""

    stops: tuple[Stop, ...]
    rests_before: int | None
    rests_at: int | None
    ends: int
    travel: int
    late: int  # seconds, of all visits that start after their `late_after`
    overtime: int  # seconds
    cost: int  # of those two


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """`routes` names only shifts that have visits."""

    routes: dict[str, tuple[str, ...]]
    left_out: dict[str, Reason]
    points: int  # of those left out
    travel: int  # seconds
    cost: int  # travel at each shift's rate, openings, prices, lateness, overtime and load
    iterations: int = 0
    seconds: float = 0.0  # CPU


class Budget(msgspec.Struct, frozen=True):
    """How long to search: CPU seconds on one core, or iterations, which give the same plan each time."""

    seconds: float | None = None
    iterations: int | None = None
