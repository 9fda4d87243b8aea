"""A day's visits as the office looks at them: by who goes there, what nobody goes to first."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import get_args
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from service.dispatch.records import TO_COME, VisitLine, VisitState
from service.dispatch.visits import list_visits
from service.kit.verbs import Work
from service.kit.zones import require_reachable

MOST_VISITS = 1000
TAKES_NOBODYS_TIME: frozenset[VisitState] = frozenset({"held", "cancelled"})
SHOWN: frozenset[VisitState] = frozenset(get_args(VisitState)) - TAKES_NOBODYS_TIME


class Round(msgspec.Struct, frozen=True):
    """Whom somebody goes to, in the order of the day."""

    technician_id: UUID
    name: str
    visits: list[VisitLine]


class OfficeDay(msgspec.Struct, frozen=True):
    """The visits that begin on one day of the organisation's zone."""

    on: date
    today: date
    zone: str
    with_nobody: list[VisitLine]
    """Still to come, and whoever was to go works here no more."""
    rounds: list[Round]
    late: list[VisitLine]
    visits: int
    there_are_more: bool

    @property
    def before(self) -> date:
        """The day before."""
        return self.on - timedelta(days=1)

    @property
    def after(self) -> date:
        """The day after."""
        return self.on + timedelta(days=1)


async def look_at_day_of_all(work: Work, *, zone: str, on: date | None) -> OfficeDay:
    """Everybody's visits of that day, today where none is named; raises OutOfRange."""
    today = work.at.astimezone(ZoneInfo(zone)).date()
    on = on or today
    require_reachable(on)
    from_at, until_at = bounds_of(on, zone)
    found = await list_visits(work, from_at=from_at, until_at=until_at, technician_id=None, states=SHOWN, limit=MOST_VISITS, cursor=None)
    with_nobody = [visit for visit in found.items if visit.state in TO_COME and not visit.technician_at_work]
    left_out = {visit.id for visit in with_nobody}
    return OfficeDay(
        on=on,
        today=today,
        zone=zone,
        with_nobody=with_nobody,
        rounds=rounds_of([visit for visit in found.items if visit.id not in left_out]),
        late=[visit for visit in found.items if visit.late],
        visits=len(found.items),
        there_are_more=found.next is not None,
    )


def bounds_of(on: date, zone: str) -> tuple[datetime, datetime]:
    """The instants at which a day begins and ends there: 23, 24 or 25 hours apart, since either midnight has the offset of its own hour."""
    place = ZoneInfo(zone)
    return datetime.combine(on, time.min, place), datetime.combine(on + timedelta(days=1), time.min, place)


def rounds_of(visits: list[VisitLine]) -> list[Round]:
    """Visits by who goes there, people by name; each one's stay in the order they came in."""
    by_technician: defaultdict[tuple[str, UUID], list[VisitLine]] = defaultdict(list)
    for visit in visits:
        by_technician[visit.technician_name, visit.technician_id].append(visit)
    return [Round(technician_id, name, theirs) for (name, technician_id), theirs in sorted(by_technician.items())]
