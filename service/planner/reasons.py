"""Why a visit is in no route."""

from service.planner.records import Problem, Reason, Visit


def reason(problem: Problem, visit: Visit, *, fits_alone: bool) -> Reason:
    """The first that holds of: all are full, nobody has the skills, nobody who may works then, nobody gets there and back."""
    if fits_alone:
        return "FULL"
    skilled = [shift for shift in problem.shifts if all(shift.skills.get(name, 0) >= level for name, level in visit.skills.items())]
    if not skilled:
        return "NO_SKILL"
    works = any(
        max(opens, shift.from_) <= min(closes, shift.until + shift.overtime - visit.seconds)
        for shift in skilled
        if visit.only is None or shift.id in visit.only
        for opens, closes in visit.windows
    )
    return "TOO_FAR" if works else "NO_SHIFT"
