"""Why somebody is late, and by how much."""

from datetime import datetime, timedelta

from service.kit.words import marked

WHY_LATE = {
    "traffic": marked("Traffic"),
    "visit_before": marked("The visit before takes longer"),
    "part_missing": marked("A part is missing"),
    "vehicle": marked("Something is wrong with the van"),
    "something_else": marked("Something else"),
}
"""Why somebody comes later, by the code that is kept."""
WHY_LONGER = {
    "more_to_do": marked("There is more to do"),
    "part_missing": marked("A part is missing"),
    "something_else": marked("Something else"),
}
"""Why a visit under way takes longer."""
MINUTES_LATE = (10, 20, 30, 45, 60, 90, 120)
"""By how many minutes something may be said to be later; where its time is past, so many from now."""
MOST_MINUTES_LATE, STEP = 720, 5


def minutes_late(planned_at: datetime, *, at: datetime) -> list[int]:
    """By how many minutes something may be said to be later than it was planned: what is past isn't offered. 0 takes back what was said, while the time is still to come."""
    past = STEP * max(0, -((planned_at - at) // timedelta(minutes=STEP)))
    return [past + minutes for minutes in MINUTES_LATE if past + minutes <= MOST_MINUTES_LATE] + ([] if past else [0])
