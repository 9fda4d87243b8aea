"""Why somebody is late, and by how much."""

from service.kit.words import marked

WHY_LATE = {
    "traffic": marked("Traffic"),
    "visit_before": marked("The visit before takes longer"),
    "more_to_do": marked("There is more to do"),
    "part_missing": marked("A part is missing"),
    "vehicle": marked("Something is wrong with the van"),
    "something_else": marked("Something else"),
}
"""By the code that is kept."""
MINUTES_LATE = (10, 20, 30, 45, 60, 90, 120, 0)
