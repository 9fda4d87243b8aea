"""Days as they stand now, and when technicians are expected at their visits: computed whenever somebody asks, so that it is never old."""

from collections.abc import Collection
from uuid import UUID

from service.dispatch.live.arrivals import Round, expected, round_of
from service.dispatch.queries import DAYS_NOW
from service.dispatch.records import DayNow, Expected
from service.dispatch.travel import seconds_of
from service.integrations.travel.records import Point
from service.kit.verbs import Work


async def find_expected(work: Work, *, technician_ids: Collection[UUID] | None) -> dict[UUID, Expected]:
    """When those technicians, or all where none are named, are expected at each visit of their present day that isn't over; of a crew, when the last of them comes."""
    days = await work.all(DAYS_NOW, technician_ids=None if technician_ids is None else list(technician_ids))
    rounds = [_round(day) for day in days]
    seconds = iter(await seconds_of(work, [(way.start, way.end) for going in rounds for way in going.ways]))
    found: dict[UUID, Expected] = {}
    for day, going in zip(days, rounds, strict=True):
        takes = [-(-next(seconds) * 100 // day.speed_percent) for _ in going.ways]
        for visit_id, one in expected(going, takes, day.rests, at=work.at).items():
            if visit_id not in found or one.arrives_at > found[visit_id].arrives_at:
                found[visit_id] = one
    return found


def _round(day: DayNow) -> Round:
    start = None if day.start is None else Point(day.start.latitude_e7, day.start.longitude_e7)
    seen = None if day.seen is None else (day.seen.measured_at, Point(day.seen.latitude_e7, day.seen.longitude_e7))
    return round_of(day.stops, begins_at=day.begins_at, start=start, seen=seen)
