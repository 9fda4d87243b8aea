"""Writes iCalendar (RFC 5545, with RFC 7986): lines of at most 75 octets, texts that can't break out of theirs, instants in UTC."""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

MEDIA_TYPE = "text/calendar"
LINE_OCTETS = 75
"""Section 3.1."""
_BREAKS = frozenset({"Cc", "Zl", "Zp"})
"""Categories of what no TEXT may hold, or what some take for the end of a line."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class Event(NamedTuple):
    """One event; the same `uid` with a greater `sequence` takes the place of what was told before."""

    uid: UUID
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    summary: str
    description: str
    location: str | None
    url: str | None


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """A calendar that others subscribe to."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Sayso//Visits//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        "X-PUBLISHED-TTL:PT15M",
        *(line for event in events for line in _event(event)),
        "END:VCALENDAR",
    ]
    return b"".join(folded(line) for line in lines)


def escaped(text: str) -> str:
    """A value of type TEXT (section 3.3.11), without control characters."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in plain if one == "\n" or unicodedata.category(one) not in _BREAKS).translate(_ESCAPED)


def folded(line: str) -> bytes:
    """A content line, broken between characters where it is too long."""
    parts, part = [], b""
    for character in line:
        octets = character.encode()
        if len(part) + len(octets) > LINE_OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"


def _event(event: Event) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_instant(event.changed_at)}",
        f"LAST-MODIFIED:{_instant(event.changed_at)}",
        f"DTSTART:{_instant(event.starts_at)}",
        f"DTEND:{_instant(event.ends_at)}",
        f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}",
        f"SUMMARY:{escaped(event.summary)}",
        f"DESCRIPTION:{escaped(event.description)}",
        *([f"LOCATION:{escaped(event.location)}"] if event.location else []),
        *([f"URL:{event.url}"] if event.url else []),
        "END:VEVENT",
    ]


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
