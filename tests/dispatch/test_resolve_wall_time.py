"""Our own reading of a wall time against Python's: the first of a repeated hour, a skipped one moved forward (`fold=0`, PEP 495)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import asyncpg
import pytest

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "Africa/Casablanca", "Asia/Tokyo", "America/St_Johns")


@pytest.mark.parametrize("zone", ZONES)
async def test_every_quarter_of_an_hour_of_a_year_is_the_instant_that_python_says(owner: asyncpg.Connection, zone: str) -> None:
    walls = [datetime(2025, 1, 1) + timedelta(minutes=15 * number) for number in range(366 * 96)]  # noqa: DTZ001 - wall times have no zone
    rows = await owner.fetch(
        "select dispatch.instant_of(wall, $2) as instant from unnest($1::timestamp[]) with ordinality as w (wall, nth) order by nth",
        walls,
        zone,
    )
    expected = [wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for wall in walls]
    assert [row["instant"] for row in rows] == expected
