"""Who may serve whom, and at what price."""

import numpy as np
from numpy.typing import NDArray

from service.planner.records import Problem

Small = NDArray[np.int32]


def prices(problem: Problem) -> Small:
    """What each visit costs in each shift beside travel; -1 where it may not be: skills by level, then who alone may."""
    asked = sorted({(name, level) for visit in problem.visits for name, level in visit.skills.items()})
    has = np.array([[shift.skills.get(name, 0) >= level for name, level in asked] for shift in problem.shifts], np.float32).reshape(
        len(problem.shifts), len(asked)
    )
    needs = np.array([[visit.skills.get(name, 0) >= level for name, level in asked] for visit in problem.visits], np.float32).reshape(
        len(problem.visits), len(asked)
    )
    lacks = needs @ (1 - has).T
    rates = np.array([shift.work_rate for shift in problem.shifts])
    work = np.array([visit.seconds for visit in problem.visits])[:, None] * rates
    found = np.where(lacks > 0, -1, np.array([visit.price for visit in problem.visits])[:, None] + work).astype(np.int32)
    number = {shift.id: r for r, shift in enumerate(problem.shifts)}
    for i, visit in enumerate(problem.visits):
        for name, price in visit.prices.items():
            if name in number and found[i, number[name]] >= 0:
                found[i, number[name]] = price + work[i, number[name]]
        if visit.only is not None:
            others = [r for name, r in number.items() if name not in visit.only]
            found[i, others] = -1
    return found
