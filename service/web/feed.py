"""The calendar feed behind a secret path: a technician's or a customer's visits, and nothing about anybody else."""

import hashlib
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from litestar import Response, get
from litestar.di import NamedDependency

from service.dispatch.calendars import read_feed
from service.dispatch.records import CalendarVisit, Feed
from service.documents.words import LOCALES
from service.kit.http import Call
from service.kit.words import marked
from service.web.icalendar import MEDIA_TYPE, Event, calendar
from service.web.languages import text
from service.web.words import JOB_KINDS

HEADERS = {
    "Cache-Control": "private, max-age=300",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": 'inline; filename="visits.ics"',
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
WINDOW = marked("We arrive between %(from)s and %(until)s on %(day)s (%(zone)s).")
CALL = marked("Questions? %(phone)s")
PROMISED = marked("Arrival was promised between %(from)s and %(until)s on %(day)s (%(zone)s).")
NAME = marked("Visits of %(who)s")


@get("/feed/{token:str}/visits.ics", opt={"scope": "feed:read"}, include_in_schema=False, media_type=MEDIA_TYPE)
async def show_feed(call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """All visits of the last two months and to come; the same as before is answered by 304."""
    feed: Feed = await call.ask(read_feed)
    home: str = call.request.app.state.settings.public_url
    language = feed.of.language
    content = calendar(text(language, NAME) % {"who": feed.of.organisation}, (event_of(visit, feed, home=home) for visit in feed.visits))
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {**HEADERS, "ETag": tag, "Content-Language": language}
    asked = call.request.headers.get("if-none-match", "")
    if tag in {one.strip().removeprefix("W/") for one in asked.split(",")}:
        return Response(b"", status_code=304, media_type=MEDIA_TYPE, headers=headers)
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def event_of(visit: CalendarVisit, feed: Feed, *, home: str) -> Event:
    """A visit in a calendar. A technician's says neither whose it is nor where, since other people's calendars are read by others: its page does."""
    language = feed.of.language
    kind = text(language, JOB_KINDS[visit.kind])
    window = text(language, WINDOW if feed.to_customer else PROMISED) % _window(visit, language)
    return Event(
        uid=visit.id,
        sequence=visit.step,
        changed_at=visit.changed_at,
        starts_at=visit.starts_at,
        ends_at=max(visit.ends_at, visit.arrive_until) if feed.to_customer else visit.ends_at,
        cancelled=visit.state == "cancelled",
        summary=f"{feed.of.organisation}: {kind}" if feed.to_customer else f"{kind} {visit.reference}",
        description="\n".join([window, visit.reference, text(language, CALL) % {"phone": feed.of.phone}]) if feed.to_customer else window,
        location=visit.address if feed.to_customer else None,
        url=None if feed.to_customer else f"{home}/app/visits/{visit.id}",
    )


def _window(visit: CalendarVisit, language: str) -> dict[str, str]:
    """In the zone of the place, which a calendar of another zone shows otherwise."""
    zone = ZoneInfo(visit.zone)
    starts, until = visit.starts_at.astimezone(zone), visit.arrive_until.astimezone(zone)
    locale = LOCALES["de" if language == "de" else "en"]
    return {
        "from": format_time(starts, "short", locale=locale),
        "until": format_time(until, "short", locale=locale),
        "day": format_date(starts, "full", locale=locale),
        "zone": visit.zone,
    }


ROUTES: list[Any] = [show_feed]
