"""What the office writes in the forms of incidents: references, an area around one, words with commas between."""

import re
from typing import Any

from service.kit.http import Call
from service.kit.refusals import Refusal
from service.subscriptions.incidents import IncidentUnclear, area_around, services_called
from service.subscriptions.records.incidents import CalledService, Corner

LONGEST_REFERENCE = 60


class ReferenceUnknown(Refusal):
    """No service and no customer is called that."""

    code, status, remedy = "REFERENCE_UNKNOWN", 422, "Write references as they stand on file, one a line."


class PlaceUnknown(Refusal):
    """Where this service is isn't on file as a point on the map."""

    code, status, remedy = "PLACE_UNKNOWN", 422, "Give its site coordinates, or name the services one by one."


async def called(call: Call[Any], written: str) -> list[CalledService]:
    """The services whose references, or whose customers', were written one a line; raises ReferenceUnknown."""
    names = list(dict.fromkeys(line.strip() for line in written.replace("\0", " ").splitlines() if line.strip()))
    found: list[CalledService] = await call.ask(services_called, names=names) if names else []
    if unknown := [name[:LONGEST_REFERENCE] for name in names if name not in {one.name for one in found}]:
        raise ReferenceUnknown(names=unknown)
    return found


async def area_in(call: Call[Any], name: str, metres: str) -> list[Corner]:
    """The area around where that service is."""
    for one in await called(call, name):
        if one.latitude_e7 is not None and one.longitude_e7 is not None:
            if not re.fullmatch(r"[0-9]{2,5}", metres) or not 10 <= int(metres) <= 50_000:
                raise IncidentUnclear
            return area_around(Corner(latitude_e7=one.latitude_e7, longitude_e7=one.longitude_e7), metres=int(metres))
    raise PlaceUnknown


def words_in(written: str) -> list[str]:
    """What was written with commas between."""
    return [one.strip() for one in written.split(",") if one.strip()]
