"""IANA time zones by name, and the part of the calendar in which every zone's offset fits."""

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from service.kit.refusals import OutOfRange, Refusal

NOT_TAKEN = frozenset({"Factory", "localtime", "posixrules", "CET", "EET", "MET", "WET"})
"""Files beside the zones that name none: what they say depends on the machine. And names that PostgreSQL takes for abbreviations, which know no summer."""


class ZoneUnknown(Refusal):
    """There is no such time zone."""

    code, status, remedy = "ZONE_UNKNOWN", 422, "Name a zone of the IANA database, such as `Europe/Berlin`."


@cache
def names() -> frozenset[str]:
    """Those that there are."""
    # Asking the system walks a folder of 600 files: once a process is enough.
    return frozenset(available_timezones()) - NOT_TAKEN


def zone(name: str) -> ZoneInfo:
    """The zone of that name; raises ZoneUnknown."""
    if name not in names():
        raise ZoneUnknown
    return ZoneInfo(name)


def require_reachable(day: date) -> None:
    """Raises OutOfRange where asyncpg would send infinity, and near it, where a zone's offset leaves the calendar."""
    if not 1900 <= day.year < 2300:
        raise OutOfRange


def in_utc(at: datetime) -> datetime:
    """The same instant as PostgreSQL reads it from a text: it knows no offset beyond 16 hours. Raises OutOfRange."""
    require_reachable(at)
    return at.astimezone(UTC)
