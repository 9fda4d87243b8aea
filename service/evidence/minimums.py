"""How long the law of a place wants records of a matter kept at least. Data with its source: an engineering summary of public rules, no legal advice."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final
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
_PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]+)*")


def minimum_of(*, told: Iterable[str], zone: str) -> Minimum | None:
    """The minimum of a matter's place: the first that is `told` (`US-WA`, `US-OH-AUTO`), else the country of its zone; None where we know of none.

    Of a country whose states differ the longest that we know applies where the state isn't told or has no entry: keeping too long can be mended.
    """
    places = (one for one in told if _PLACE.fullmatch(one) and one[:2] != NOWHERE)
    place = next(places, str(get_global("zone_territories").get(zone, "")))
    parts = place.split("-")
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
