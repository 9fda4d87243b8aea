"""Where a crew that nobody has named yet could begin: wherever who leads can, and enough others are free."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from msgspec.structs import asdict, replace

from service.dispatch.records import PlaceJudged, Places, PlacesFound, Window

Span = tuple[datetime, datetime]
"""Every start from one to the other, both included."""


def with_others(found: PlacesFound) -> Places:
    """The places of who leads, less those at which too few are free."""
    said = asdict(found)
    free = said.pop("free")
    places = Places(**said)
    if found.crew_size == 1 or found.visit_id is not None:
        return places
    enough = list(whenever(free, found.crew_size))
    return replace(places, technicians=[replace(one, places=list(_less(one.places, enough))) for one in places.technicians])


def whenever(free: Iterable[Window], many: int) -> Iterator[Span]:
    """The starts at which so many are free at least, in order of time."""
    turns = sorted((at, closes) for one in free for at, closes in ((one.from_, False), (one.until, True)))
    count, since = 0, None
    for at, closes in turns:
        if closes and count == many and since is not None:
            yield since, at
            since = None
        count += -1 if closes else 1
        if count == many and not closes:
            since = at


def _less(places: list[PlaceJudged], enough: list[Span]) -> Iterator[PlaceJudged]:
    for place in places:
        if place.code is not None:
            yield place
            continue
        since, ended = place.from_, False
        for begins, ends in enough:
            if begins <= place.until and ends >= place.from_:
                first, last = max(begins, place.from_), min(ends, place.until)
                if first > since:
                    yield PlaceJudged(since, first, "CREW_NOT_WHOLE")
                yield PlaceJudged(first, last, None)
                since, ended = last, last == place.until
        if not ended:
            yield PlaceJudged(since, place.until, "CREW_NOT_WHOLE")
