"""What a planning process is told, and what it tells: records that go over a pipe, read where neither numpy nor numba is loaded."""

import msgspec

from service.planner.records import Budget, Reason, Shift, Visit

IDLE_SECONDS = 300
"""How long a planning process waits for another brief before it ends."""


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """Days as they stand and what is to be put into them."""

    places: int
    travel: bytes  # int32, a row a place
    paces: tuple[bytes, ...]  # the same for those who are faster or slower
    shifts: tuple[Shift, ...]
    visits: tuple[Visit, ...]
    now: dict[str, tuple[str, ...]]  # the routes as they stand, by shift
    starts: dict[str, int]  # when each visit of them begins
    pinned: frozenset[str]  # what stays where it stands
    crews: dict[str, int]  # of visits that several go to together, how many: each becomes a visit of each of them, `<id> 1` of who leads
    wide: dict[str, tuple[tuple[int, int], ...]]  # the windows of a visit whose promise would be broken, where it fits nowhere else
    late_rate: int  # what a second costs that it then begins too late
    stay_cost: int | None  # None: polish, however many have to move
    budget: Budget
    seed: int


class Going(msgspec.Struct, frozen=True, tag="going"):
    """What share of the budget is used."""

    percent: int


class Placed(msgspec.Struct, frozen=True):
    """A visit of a route: when it begins, and the way to it from whatever is before."""

    visit: str
    starts: int
    travel: int
    from_place: int


class Rest(msgspec.Struct, frozen=True):
    """When the break of a shift with visits begins, and the last stop before it."""

    starts: int
    after: str | None


class Found(msgspec.Struct, frozen=True, tag="found", kw_only=True):
    """The routes in order, by shift, and who is in none."""

    routes: dict[str, tuple[Placed, ...]]
    rests: dict[str, Rest]
    left_out: dict[str, Reason]
    points: int
    travel_now: int
    travel: int
    overtime: int
    iterations: int
    seconds: float
