"""Compiles the planner, or loads what was compiled: `python -m service.planner.warm`, once when the environment is made."""

import numpy as np
from msgspec.structs import replace

from service.planner.records import Break, Budget, Problem, Shift, Visit
from service.planner.solve import solve


def warm() -> None:
    """Plans a day of two visits, without and with what times cost; after it nothing is left to compile."""
    shift = Shift(id="a", start=0, end=0, from_=0, until=10_000, rest=Break(100, 5000, 60), room=(9,))
    visits = tuple(Visit(id=f"{place}", place=place, seconds=60, windows=((0, 9000),), load=(1,)) for place in (1, 2))
    travel = np.array([[0, 10, 20], [10, 0, 10], [20, 10, 0]], np.int32)
    problem = Problem(shifts=(shift,), visits=visits, travel=travel)
    for one in (problem, replace(problem, shifts=(replace(shift, load_rate=1),))):
        solve(one, budget=Budget(iterations=2), start={"a": ("1",)})


if __name__ == "__main__":
    warm()
