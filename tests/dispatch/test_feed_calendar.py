"""A calendar feed tells a technician or a customer their own visits, read here by a parser that isn't ours."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import icalendar
import pytest

from service.dispatch.calendars import read_feed
from tests.dispatch.builders import Field, advance, job, technician, visit
from tests.world import World

NINE = datetime(2026, 3, 5, 9, tzinfo=UTC)


async def customers_feed(world: World, customer_id: str) -> str:
    path: str = (await world.done("POST", f"/v1/customers/{customer_id}/calendar"))["path"]
    return path


async def my_feed(world: World, of: Field) -> str:
    made = await of.post(world, "/v1/me/calendar")
    assert made.status_code == 200, made.text
    path: str = made.json()["path"]
    return path


async def events(world: World, path: str) -> list[Any]:
    """The events of a feed, asked for without any other credentials."""
    answer = await world.http.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(answer.content)
    assert [(name, error) for event in calendar.walk() for name, error in event.errors] == []
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    return list(calendar.walk("VEVENT"))


async def gone(world: World, path: str) -> None:
    """A feed that ended is said to be a link that was taken back, to whoever read it a moment before too."""
    answer = await world.http.get(path)
    assert (answer.status_code, answer.json()["code"]) == (410, "LINK_GONE")


async def test_a_customer_sees_their_visit_with_its_window_in_their_own_words(world: World) -> None:
    customer = await world.customer(language="de")
    of = await job(world, customer_id=customer["id"], arrival_minutes=120)
    booked = await visit(world, by=await technician(world), of=of)
    [event] = await events(world, await customers_feed(world, customer["id"]))
    assert (event["uid"], event["sequence"], event["status"]) == (booked["id"], 1, "CONFIRMED")
    assert (event.start, event.end) == (NINE, NINE.replace(hour=11))
    assert event["summary"] == "Northwind Doorstep: Prüfung"
    assert event["location"] == "1 Mill Lane"
    assert "zwischen 10:00 und 12:00 am Donnerstag, 5. März 2026 (Europe/Berlin)" in event["description"]


async def test_a_technician_sees_when_and_what_but_not_whose_or_where(world: World) -> None:
    anna = await technician(world)
    customer = await world.customer(name="Grace Hopper")
    of = await job(world, customer_id=customer["id"], symptom="The drum doesn't turn")
    booked = await visit(world, by=anna, of=of)
    path = await my_feed(world, anna)
    [event] = await events(world, path)
    assert (event["uid"], event.start, event.end) == (booked["id"], NINE, NINE.replace(hour=10))
    assert event["url"].endswith(f"/app/visits/{booked['id']}")
    told = (await world.http.get(path)).text
    assert not any(private in told for private in ("Grace", "Mill Lane", "drum"))


async def test_a_visit_keeps_its_name_and_counts_on_when_it_moves_and_when_it_is_cancelled(world: World) -> None:
    anna, customer = await technician(world), await world.customer()
    booked = await visit(world, by=anna, of=await job(world, customer_id=customer["id"]))
    path = await customers_feed(world, customer["id"])
    moved = {"technician_id": anna.id, "from": "2026-03-06T09:00:00Z", "reason": "customer_asked"}
    await world.done("POST", f"/v1/visits/{booked['id']}/move", moved)
    [event] = await events(world, path)
    assert (event["uid"], event["sequence"], event.start) == (booked["id"], 2, NINE.replace(day=6))
    await world.done("POST", f"/v1/visits/{booked['id']}/cancel", {"reason": "no_longer_needed"})
    [event] = await events(world, path)
    assert (event["uid"], event["sequence"], event["status"]) == (booked["id"], 3, "CANCELLED")


async def test_what_is_only_held_and_what_went_to_somebody_else_is_not_told(world: World) -> None:
    anna, ben, customer = await technician(world), await technician(world), await world.customer()
    of = await job(world, customer_id=customer["id"])
    held = await world.done("POST", f"/v1/jobs/{of['id']}/holds", {"technician_id": anna.id, "from": "2026-03-05T12:00:00Z"})
    path, mine, his = await customers_feed(world, customer["id"]), await my_feed(world, anna), await my_feed(world, ben)
    assert await events(world, path) == await events(world, mine) == []
    await world.done("POST", f"/v1/visits/{held['id']}/release", {})
    assert await events(world, path) == []
    booked = await visit(world, by=anna, of=of)
    await world.done("POST", f"/v1/visits/{booked['id']}/move", {"technician_id": ben.id, "from": "2026-03-05T09:00:00Z", "reason": "ill"})
    assert await events(world, mine) == []
    assert [event["uid"] for event in await events(world, his)] == [booked["id"]]


async def test_everybody_of_a_crew_has_the_visit_in_their_calendar(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    of = await job(world, crew_size=2)
    booking = {"technician_id": anna.id, "crew": [ben.id], "from": "2026-03-05T09:00:00Z"}
    booked = await world.done("POST", f"/v1/jobs/{of['id']}/visits", booking)
    for one in (anna, ben):
        assert [event["uid"] for event in await events(world, await my_feed(world, one))] == [booked["id"]]


async def test_where_a_feed_has_no_room_for_all_it_tells_what_comes_next(world: World) -> None:
    anna, customer = await technician(world), await world.customer()
    of = await job(world, customer_id=customer["id"])
    booked = [await visit(world, by=anna, at=f"2026-03-{day:02}T09:00:00Z", of=of) for day in (5, 6, 11, 12, 13)]
    world.clock.now = NINE.replace(day=9)
    reader = world.principal(customer_id=UUID(customer["id"]))

    async def told(most: int) -> list[str]:
        feed = await world.database.read(read_feed, principal=reader, at=world.clock.now, request_id=world.id(), values={"most": most})
        return [str(one.id) for one in feed.visits]

    ids = [one["id"] for one in booked]
    assert await told(2) == ids[2:4]
    assert await told(4) == ids[1:]
    assert await told(5) == ids


async def test_a_feed_tells_nothing_of_anybody_else(world: World) -> None:
    anna, ada, grace = await technician(world), await world.customer(), await world.customer(name="Grace Hopper")
    hers = await visit(world, by=anna, of=await job(world, customer_id=ada["id"]))
    await visit(world, by=anna, at="2026-03-05T12:00:00Z", of=await job(world, customer_id=grace["id"]))
    assert [event["uid"] for event in await events(world, await customers_feed(world, ada["id"]))] == [hers["id"]]


async def test_words_of_people_stay_inside_their_line(world: World) -> None:
    customer = await world.customer()
    site = await world.done(
        "POST",
        f"/v1/customers/{customer['id']}/sites",
        {"address": "Straße\u00a01; Hof, „links“\\n\nEND:VEVENT " + "ü" * 80, "zone": "Europe/Berlin"},
    )
    of = await world.done("POST", "/v1/jobs", {"customer_id": customer["id"], "site_id": site["id"], "kind": "inspection"})
    await visit(world, by=await technician(world), of=of)
    [event] = await events(world, await customers_feed(world, customer["id"]))
    assert event["location"] == "Straße\u00a01; Hof, „links“\\n\nEND:VEVENT " + "ü" * 80


async def test_what_has_not_changed_is_not_sent_again(world: World) -> None:
    anna, customer = await technician(world), await world.customer()
    booked = await visit(world, by=anna, of=await job(world, customer_id=customer["id"]))
    path = await customers_feed(world, customer["id"])
    first = await world.http.get(path)
    assert first.headers["cache-control"] == "private, max-age=300"
    again = await world.http.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await advance(world, booked["id"], to="dispatch")
    assert (await world.http.get(path, headers={"If-None-Match": first.headers["etag"]})).status_code == 200


async def test_reading_a_feed_changes_nothing(world: World) -> None:
    customer = await world.customer()
    path = await customers_feed(world, customer["id"])
    counted = "select (select count(*) from kit.fact where organisation_id = $1), (select count(*) from dispatch.visit_step where organisation_id = $1)"
    before = await world.sql(counted, world.organisation_id)
    await events(world, path)
    assert await world.sql(counted, world.organisation_id) == before
    assert (await world.http.post(path)).status_code == 405


async def test_a_new_address_ends_the_old_one_and_ending_it_leaves_none(world: World) -> None:
    customer = await world.customer()
    old = await customers_feed(world, customer["id"])
    assert await events(world, old) == []
    new = await customers_feed(world, customer["id"])
    assert (await world.get(f"/v1/customers/{customer['id']}/calendar")).json()["path"] == new != old
    await gone(world, old)
    assert (await world.http.get(new)).status_code == 200
    assert (await world.done("POST", f"/v1/customers/{customer['id']}/calendar/end"))["ended"] == 1
    await gone(world, new)
    assert (await world.get(f"/v1/customers/{customer['id']}/calendar")).status_code == 404


async def test_a_technicians_feed_ends_when_they_leave_and_when_they_end_it(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    path, his = await my_feed(world, anna), await my_feed(world, ben)
    assert (await anna.get(world, "/v1/me/calendar")).json()["path"] == path
    assert await events(world, path) == []
    await anna.post(world, "/v1/me/calendar/end")
    await gone(world, path)
    await world.sql("update identity.staff set active = false where organisation_id = $1 and staff_id = $2", world.organisation_id, ben.id)
    assert (await world.http.get(his)).status_code == 410


async def test_a_customers_feed_ends_when_all_of_them_are_erased(world: World) -> None:
    customer = await world.customer()
    path = await customers_feed(world, customer["id"])
    assert await events(world, path) == []
    assert (await world.post(f"/v1/customers/{customer['id']}/erasures", {})).status_code == 201
    await gone(world, path)


async def test_a_feed_lasts_four_hundred_days(world: World) -> None:
    path = await customers_feed(world, (await world.customer())["id"])
    world.clock.forward(days=399)
    assert (await world.http.get(path)).status_code == 200
    world.clock.forward(days=1)
    assert (await world.http.get(path)).status_code == 410


@pytest.mark.parametrize("path", ["/v1/me/day", "/v1/customers", "/v1/facts"])
async def test_whoever_knows_a_feed_may_read_it_and_nothing_else(world: World, path: str) -> None:
    token = (await customers_feed(world, (await world.customer())["id"])).split("/")[2]
    assert (await world.http.get(path, headers={"Authorization": f"Bearer {token}"})).status_code == 403
    assert (await world.http.get(f"/l/{token}/card")).status_code == 403


async def test_the_secret_is_kept_as_a_hash_alone(world: World) -> None:
    token = (await customers_feed(world, (await world.customer())["id"])).split("/")[2]
    rows = await world.sql("select body::text from kit.fact where organisation_id = $1", world.organisation_id)
    assert not any(token in row["body"] for row in rows)
    [row] = await world.sql("select count(*) from identity.link_hash where token_hash = sha256(convert_to($1, 'UTF8'))", token)
    assert row["count"] == 1


async def test_nobody_is_given_a_feed_who_goes_to_no_door(world: World) -> None:
    staff = await world.staff("technician")
    made = await world.http.post("/v1/me/calendar", headers={"Authorization": f"Bearer {staff['token']}"})
    assert made.status_code == 404
