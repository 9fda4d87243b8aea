"""IANA time zones by name."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from service.kit.refusals import Refusal


class ZoneUnknown(Refusal):
    """There is no such time zone."""

    code, status, remedy = "ZONE_UNKNOWN", 422, "Name a zone of the IANA database, such as `Europe/Berlin`."


@cache
def _names() -> frozenset[str]:
    # Asking the system walks a folder of 600 files: once a process is enough.
    return frozenset(available_timezones())


def zone(name: str) -> ZoneInfo:
    """The zone of that name; raises ZoneUnknown."""
    if name not in _names():
        raise ZoneUnknown
    return ZoneInfo(name)
