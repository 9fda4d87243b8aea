"""Story 11, "Across time zones", from the first word to the last: a weekly visit at three stays at three, and what falls into a skipped or repeated hour has one meaning, for everybody on their own clock."""

import re
from typing import Any
from uuid import UUID

import icalendar
import pytest

from tests.dispatch.builders import Field, job, signed_in_again, technician
from tests.dispatch.test_repeat_visits import go_on
from tests.identity.builders import PASSWORD, joined
from tests.web.portals import ADA, link
from tests.world import World

YEAR = {"from_on": "2026-03-01", "until_on": "2026-12-01", "starts": "00:00:00", "ends": "00:00:00"}
WINDOW = re.compile(r"<h3>([^<]+)</h3>")
NEW_YORK = "America/New_York"


async def somebody(world: World, *, zone: str) -> tuple[str, str]:
    """A customer who lives there, and the path of their page."""
    customer_id = (await world.customer(zone=zone))["id"]
    await world.done("POST", f"/v1/customers/{customer_id}/contacts", ADA)
    return customer_id, await link(world, customer_id)


async def on_their_page(world: World, path: str) -> list[str]:
    """The windows that a customer reads on their link."""
    return WINDOW.findall((await world.http.get(path)).text)


async def in_calendar_of(world: World, of: Field) -> list[Any]:
    """When a technician's calendar says that they come, as instants."""
    path = (await of.post(world, "/v1/me/calendar")).json()["path"]
    feed = icalendar.Calendar.from_ical((await world.http.get(path)).content)
    return sorted(event.start.isoformat() for event in feed.walk("VEVENT"))


async def test_a_weekly_visit_at_three_stays_at_three_where_the_customer_lives(world: World) -> None:
    customer_id, path = await somebody(world, zone=NEW_YORK)
    place = {"address": "5 Hudson Street, New York", "zone": NEW_YORK}
    site = await world.done("POST", f"/v1/customers/{customer_id}/sites", place)
    anna = await technician(world, shifts=YEAR)
    work = {"customer_id": customer_id, "site_id": site["id"], "kind": "inspection"}
    made = await world.done(
        "POST",
        "/v1/visit-series",
        {"job": work, "local_from": "2026-03-06T15:00:00", "rule": "FREQ=WEEKLY;BYDAY=FR", "technician_id": anna.id, "horizon_days": 30},
    )
    await go_on(world)
    found = (await world.done("GET", f"/v1/visit-series/{made['id']}/occurrences?from_on=2026-03-01&until_on=2026-04-01"))["items"]
    assert {one["local_from"][11:16] for one in found} == {"15:00"}
    # New York changes its clocks on 8 March: the same time on the wall is an hour earlier in the world.
    visits = [await world.done("GET", f"/v1/visits/{one['visit_id']}") for one in found if one["visit_id"]]
    assert [one["from"] for one in visits] == [f"2026-03-{day:02}T{hour}:00:00Z" for day, hour in ((6, 20), (13, 19), (20, 19), (27, 19))]
    # The customer reads their own wall, each week the same.
    assert [window[-11:] for window in await on_their_page(world, path)] == ["15:00–16:00"] * 4
    # The technician's calendar tells instants, which their own device shows on its own clock: nine in the evening in Berlin, then eight.
    assert await in_calendar_of(world, await signed_in_again(world, anna)) == [
        f"2026-03-{day:02}T{hour}:00:00+00:00" for day, hour in ((6, 20), (13, 19), (20, 19), (27, 19))
    ]
    # Whoever plans it from Berlin reads the clock of the place, and their own beside it.
    dispatcher = await joined(world, roles=("dispatcher",))
    async with world.browser() as browser:
        await browser.post("/sign-in", data={"email": dispatcher["email"], "password": PASSWORD})
        await browser.post("/app/clock", data={"zone": "Europe/Berlin"})
        read = (await browser.get(f"/app/customers/{customer_id}")).text
    assert "Fri 6 Mar 2026, 16:00 (22:00 for you)" in read, "until when the first window is"
    assert "Times are those of America/New_York. In brackets, where it is another: yours, Europe/Berlin." in " ".join(read.split())
    # What was promised to the customer ends with their window, wherever the promise is looked at from.
    promises = (await world.done("GET", f"/v1/promises?customer_id={customer_id}"))["items"]
    assert sorted(one["due_at"] for one in promises) == [
        f"2026-03-{day:02}T{hour}:00:00Z" for day, hour in ((6, 21), (13, 20), (20, 20), (27, 20))
    ]


@pytest.mark.parametrize(
    "said, instant, read",
    [
        (
            "2026-03-29T02:30:00",
            "2026-03-29T01:30:00Z",
            "Sun 29 Mar 2026, 03:30–04:30",
        ),  # that hour is skipped: the clock goes on from two to three
        (
            "2026-10-25T02:30:00",
            "2026-10-25T00:30:00Z",
            "Sun 25 Oct 2026, 02:30–02:30",
        ),  # it comes twice: the first is meant, and its window ends an hour later, at the second
    ],
)
async def test_a_window_in_a_skipped_or_repeated_hour_has_one_meaning_for_everybody(
    world: World, said: str, instant: str, read: str
) -> None:
    customer_id, path = await somebody(world, zone="Europe/Berlin")
    anna = await technician(world, shifts=YEAR)
    of = await job(world, customer_id=customer_id, arrival_minutes=60)
    booked = await world.done("POST", f"/v1/jobs/{of['id']}/visits", {"technician_id": anna.id, "local_from": said})
    visit = await world.done("GET", f"/v1/visits/{booked['id']}")
    assert visit["from"] == instant
    assert await on_their_page(world, path) == [read]
    assert await in_calendar_of(world, anna) == [instant.replace("Z", "+00:00")]
    [row] = await world.sql(
        "select min(starts_at) as starts_at from dispatch.occupancy where organisation_id = $1 and visit_id = $2",
        world.organisation_id,
        UUID(booked["id"]),
    )
    assert row["starts_at"].isoformat() == instant.replace("Z", "+00:00")
