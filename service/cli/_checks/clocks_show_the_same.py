"""In each zone that is in use, this program's clocks show what the database's show, at each midnight (UTC) of the next two years."""

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from service.cli._checks import Surroundings

# Places are booked by the database's zones, and pages and letters written by the system's or the package's: each is updated when its machine is.
_WALLS = """select zone, at, at at time zone zone as wall
from (
  select zone from identity.organisation union select zone from customers.customer union select zone from customers.site
  union select zone from dispatch.technician union select zone from dispatch.visit_series) used
cross join generate_series(date_trunc('day', now()), now() + interval '2 years', interval '1 day') at
order by zone, at"""


async def find(connection: Any, _: Surroundings) -> list[tuple[None, str, str]]:
    """The first moment of each zone at which they differ."""
    offences: dict[str, str] = {}
    for zone, at, wall in await connection.fetch(_WALLS):
        if zone not in offences and (shown := _shown(at, zone)) != str(wall):
            offences[zone] = f"at {at} the database shows {wall}, this program {shown}: install the newer zones (tzdata) for both"
    return [(None, *offence) for offence in offences.items()]


def _shown(at: Any, zone: str) -> str:
    try:
        return str(at.astimezone(ZoneInfo(zone)).replace(tzinfo=None))
    except ZoneInfoNotFoundError:
        return "nothing"
