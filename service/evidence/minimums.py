"""How long the law of a place wants records of a matter kept at least. Data with its source: an engineering summary of public rules, no legal advice."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from babel.core import get_global


class Minimum(msgspec.Struct, frozen=True):
    """At least so many months from the last of a matter, or from the end of that year."""

    place: str
    months: int
    citation: str
    from_year_end: bool = False


MINIMUMS: Final = {
    one.place: one
    for one in (
        Minimum("US-CA", 36, "California B&P 9884.11; 16 CCR 3358 (automotive repair)"),
        Minimum("US-CA-UPHOLSTERY", 12, "California B&P 19163; 4 CCR 1377"),
        Minimum("US-DE", 24, "Delaware 6 Del. C. 4904A"),
        Minimum("US-FL", 12, "Florida 559.905, .909"),
        Minimum("US-MA", 18, "Massachusetts c.100A s.9"),
        Minimum("DE", 96, "Germany AO 147 (3), HGB 257 (4), UStG 14b (1), as amended by BEG IV", from_year_end=True),
    )
}
"""By place as ISO 3166 names it, with a trade behind it where the law is of one."""
NOWHERE: Final = "ZZ"


class Kept(NamedTuple):
    """Until when, and by what law."""

    until: datetime
    minimum: Minimum


def longest_of(*, places: Iterable[str], trade: str, zones: Sequence[str], last_at: datetime) -> Kept | None:
    """The legal minimum of a matter that ends last, over every place (`DE`, `US-WA`) and zone it was ever told to be at; None where we know of none.

    A zone speaks for its country where no place in that country was told. What a policy is called says nothing.
    """
    told = {place for place in places if place[:2] != NOWHERE}
    countries = {str(get_global("zone_territories").get(zone, "")) for zone in zones} - {place[:2] for place in told}
    minimums = [found for place in sorted(told | countries) if (found := _minimum_of(place, trade=trade))]
    kept = [Kept(kept_until(minimum, last_at=last_at, zone=zone), minimum) for minimum in minimums for zone in zones]
    return max(kept, key=lambda one: one.until, default=None)


def _minimum_of(place: str, *, trade: str) -> Minimum | None:
    """The place's own, by its trade where the law is of one; of a country whose states differ the longest that we know: keeping too long can be mended."""
    parts = [*place.split("-"), trade.upper()]
    for length in range(len(parts), 0, -1):
        if found := MINIMUMS.get("-".join(parts[:length])):
            return found
    of_country = [one for one in MINIMUMS.values() if one.place.startswith(f"{parts[0]}-")]
    return max(of_country, key=lambda one: one.months, default=None)


def kept_until(minimum: Minimum, *, last_at: datetime, zone: str) -> datetime:
    """Until when a matter whose last was then has to be kept, by the calendar of the place."""
    local = last_at.astimezone(ZoneInfo(zone))
    if minimum.from_year_end:
        return datetime(local.year + 1 + minimum.months // 12, 1, 1, tzinfo=local.tzinfo)
    years, month = divmod(local.year * 12 + local.month - 1 + minimum.months, 12)
    # A day that this month doesn't have is the first of the next: never a day too early.
    try:
        return local.replace(year=years, month=month + 1)
    except ValueError:
        return local.replace(year=years, month=month + 2, day=1)
