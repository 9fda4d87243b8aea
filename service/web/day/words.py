"""Why somebody is late, and by how much."""

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
MINUTES_LATE = (10, 20, 30, 45, 60, 90, 120, 0)
