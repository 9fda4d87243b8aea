"""Public holidays of a place, from a library that people keep for hundreds of countries and regions."""

from datetime import date
from functools import lru_cache

import holidays


def is_public_holiday(day: date, *, place: str) -> bool:
    """Whether that day is one in an ISO 3166 country or region; of a country alone where its region isn't known, and never in a country that isn't."""
    return day in _of_year(place, day.year)


def is_place_known(place: str) -> bool:
    """Whether the library lists that country and, where one is named, its region."""
    country, _, region = place.partition("-")
    regions = holidays.list_supported_countries().get(country)
    return regions is not None and region in ("", *regions)


@lru_cache(maxsize=512)
def _of_year(place: str, year: int) -> frozenset[date]:
    country, _, region = place.partition("-")
    for subdivision in (region or None, None):
        try:
            return frozenset(holidays.country_holidays(country, subdiv=subdivision, years=year))
        except NotImplementedError:
            continue
    return frozenset()
