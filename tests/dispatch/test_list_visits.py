"""The visits of a span: who goes where, in the order of the day, and who is late."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.dispatch.builders import advance, job, technician, visit
from tests.world import World

DAY = {"from": "2026-03-05T00:00:00+01:00", "until": "2026-03-06T00:00:00+01:00"}


async def listed(world: World, **asked: Any) -> dict[str, Any]:
    """That page of the list; the fifth of March in Berlin where no other span is named."""
    return await world.done("GET", f"/v1/visits?{urlencode({**DAY, **asked})}")


async def ids(world: World, **asked: Any) -> list[str]:
    """Whose visits those are, in order."""
    return [one["id"] for one in (await listed(world, **asked))["items"]]


async def test_visits_are_told_in_the_order_in_which_they_begin_with_who_goes_where(world: World) -> None:
    robin = await technician(world)
    of = await job(world, zone="Europe/London", arrival_minutes=120)
    late, early = await visit(world, by=robin, at="2026-03-05T13:00:00Z"), await visit(world, by=robin, of=of)
    assert await ids(world) == [early["id"], late["id"]]
    assert (await listed(world, limit=1))["items"] == [
        {
            "id": early["id"], "job_id": of["id"], "customer_id": of["customer_id"], "customer_name": "Ada Owner", "kind": "inspection", "state": "booked",
            "technician_id": robin.id, "technician_name": "Robin Field", "technician_at_work": True, "crew": [], "from": "2026-03-05T09:00:00Z", "until": "2026-03-05T10:00:00Z",
            "arrive": {"from": "2026-03-05T09:00:00Z", "until": "2026-03-05T11:00:00Z"}, "late": False, "local_from": "2026-03-05T09:00:00", "zone": "Europe/London",
            "site_id": of["site_id"], "address": "1 Mill Lane", "waits_for": [], "expected": None,
        }
    ]  # fmt: skip


async def test_the_list_tells_when_somebody_is_expected_today(world: World) -> None:
    robin = await technician(world)
    today = await visit(world, by=robin, at="2026-03-04T13:00:00Z")
    await world.done("POST", f"/v1/visits/{today['id']}/late", {"minutes": 20, "reason": "traffic"})
    [line] = (await listed(world, **{"from": "2026-03-04T00:00:00Z", "until": "2026-03-05T00:00:00Z"}))["items"]
    assert line["expected"] == (await world.done("GET", f"/v1/visits/{today['id']}"))["expected"]
    assert line["expected"]["arrives_at"] == "2026-03-04T13:20:00Z"


async def test_a_visit_that_begins_with_the_span_is_in_it_and_one_that_begins_at_its_end_is_not(world: World) -> None:
    robin = await technician(world)
    first, _ = await visit(world, by=robin, at="2026-03-05T09:00:00Z"), await visit(world, by=robin, at="2026-03-05T10:00:00Z")
    assert await ids(world, **{"from": "2026-03-05T09:00:00Z", "until": "2026-03-05T10:00:00Z"}) == [first["id"]]


async def test_pages_join_without_gap_or_double_while_visits_are_added(world: World) -> None:
    crew = [await technician(world) for _ in range(3)]
    there = [await visit(world, by=one, at=f"2026-03-05T{hour:02}:00:00Z") for hour in (11, 9) for one in crew]
    order = [one["id"] for one in sorted(there, key=lambda one: (one["from"], one["id"]))]
    seen, cursor, added = [], {}, []
    for hour in (8, 13, 10):
        page = await listed(world, limit=2, **cursor)
        seen += [one["id"] for one in page["items"]]
        cursor = {"cursor": page["next"]}
        added.append(await visit(world, by=crew[0], at=f"2026-03-05T{hour:02}:00:00Z"))
    page = await listed(world, limit=2, **cursor)
    assert page["next"] is None
    assert [*seen, *(one["id"] for one in page["items"])] == [*order, added[1]["id"]]


async def test_a_visit_stands_once_where_it_was_moved_last(world: World) -> None:
    robin, kim = await technician(world), await technician(world)
    moved = await visit(world, by=robin, at="2026-03-05T09:00:00Z")
    for to, at in ((kim, "2026-03-05T09:00:00Z"), (kim, "2026-03-06T09:00:00Z"), (robin, "2026-03-05T12:00:00Z")):
        await world.done("POST", f"/v1/visits/{moved['id']}/move", {"technician_id": to.id, "from": at, "reason": "customer_asked"})
    assert [(one["id"], one["from"]) for one in (await listed(world))["items"]] == [(moved["id"], "2026-03-05T12:00:00Z")]
    assert await ids(world, technician_id=kim.id) == []
    assert await ids(world, **{"from": "2026-03-06T00:00:00Z", "until": "2026-03-07T00:00:00Z"}) == []


async def test_visits_are_found_by_who_goes_and_by_state(world: World) -> None:
    robin, kim = await technician(world), await technician(world)
    hers, his = await visit(world, by=robin), await visit(world, by=kim)
    await advance(world, hers["id"], to="dispatch")
    await world.done("POST", f"/v1/visits/{his['id']}/cancel", {"reason": "customer_asked"})
    of = await job(world)
    held = await world.done("POST", f"/v1/jobs/{of['id']}/holds", {"technician_id": kim.id, "from": "2026-03-05T13:00:00Z"})
    assert await ids(world, technician_id=robin.id) == [hers["id"]]
    assert await ids(world, technician_id=kim.id) == [his["id"], held["id"]]
    assert await ids(world, state="cancelled") == [his["id"]]
    assert await ids(world, state="dispatched", technician_id=kim.id) == []


async def test_another_organisations_visits_are_never_there(world: World, other: World) -> None:
    ours = [(await visit(world, by=await technician(world)))["id"] for _ in range(2)]
    theirs = await visit(other, by=await technician(other))
    assert await ids(world) == sorted(ours)
    assert await ids(other) == [theirs["id"]]
    cursor = (await listed(world, limit=1))["next"]
    refused = await other.get(f"/v1/visits?{urlencode({**DAY, 'cursor': cursor})}")
    assert (refused.status_code, refused.json()["code"]) == (422, "CURSOR_INVALID")


async def test_whoever_isnt_there_when_the_promised_window_ends_is_late_until_they_arrive(world: World) -> None:
    booked = await visit(world, by=await technician(world), of=await job(world, arrival_minutes=30))
    await advance(world, booked["id"], to="en-route")
    end = datetime.fromisoformat(booked["arrive"]["until"])

    async def late() -> list[bool]:
        return [one["late"] for one in (await listed(world))["items"]]

    world.clock.now = end - timedelta(microseconds=1)
    assert await late() == [False]
    world.clock.now = end
    assert await late() == [True]
    await world.done("POST", f"/v1/visits/{booked['id']}/arrive", {})
    assert await late() == [False]


async def test_nobody_is_late_for_what_was_only_held_or_is_cancelled(world: World) -> None:
    robin, of = await technician(world), await job(world)
    await world.done("POST", f"/v1/jobs/{of['id']}/holds", {"technician_id": robin.id, "from": "2026-03-05T13:00:00Z"})
    cancelled = await visit(world, by=robin)
    await world.done("POST", f"/v1/visits/{cancelled['id']}/cancel", {"reason": "customer_asked"})
    world.clock.forward(days=3)
    assert [(one["state"], one["late"]) for one in (await listed(world))["items"]] == [("cancelled", False), ("held", False)]


async def test_a_visit_of_somebody_who_works_here_no_more_says_so(world: World) -> None:
    robin = await technician(world)
    await visit(world, by=robin)
    changed = {"zone": "Europe/Berlin", "skills": {}, "may_take_cash": False, "home": None, "reach_metres": 1000, "active": False}
    await world.done("PUT", f"/v1/technicians/{robin.id}", changed, headers={"If-Match": '"1"'})
    assert [one["technician_at_work"] for one in (await listed(world))["items"]] == [False]


@pytest.mark.parametrize(
    "begins, ends, hours",
    [("2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00", 23), ("2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00", 25)],
)
async def test_a_day_on_which_berlin_changes_its_clocks_has_its_own_hours(world: World, begins: str, ends: str, hours: int) -> None:
    robin = await technician(
        world, shifts={"from_on": begins[:8] + "24", "until_on": begins[:8] + "31", "starts": "00:00:00", "ends": "23:59:00"}
    )
    first, end = datetime.fromisoformat(begins), datetime.fromisoformat(ends)
    assert end - first == timedelta(hours=hours)
    (_, *inside, _) = [
        (await visit(world, by=robin, at=at.isoformat()))["id"]
        for at in (first - timedelta(minutes=90), first, end - timedelta(minutes=90), end)
    ]
    assert await ids(world, **{"from": begins, "until": ends}) == inside


@pytest.mark.parametrize(
    "span",
    [
        {"until": DAY["from"]},
        {"until": "2026-03-04T00:00:00Z"},
        {"until": "2026-04-09T00:00:01+01:00"},
        {"from": "2026-03-05T00:00:00"},
        {"from": "9999-12-31T00:00:00Z", "until": "9999-12-31T01:00:00Z"},
    ],
    ids=["nothing", "backwards", "too long", "no offset", "out of the calendar"],
)
async def test_a_span_that_isnt_one_is_refused(world: World, span: dict[str, str]) -> None:
    assert (await world.get(f"/v1/visits?{urlencode({**DAY, **span})}")).status_code == 422
