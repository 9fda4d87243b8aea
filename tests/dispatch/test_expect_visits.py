"""When somebody comes is shown wherever the visit is, and follows everything that happens on the day."""

from typing import Any

import pytest

from tests.dispatch.builders import Field, advance, job, signed_in_again, technician, visit
from tests.world import World

HOME = {"latitude_e7": 525200000, "longitude_e7": 134050000}
TEN_KM = (526100000, 134050000)
"""North of there: 1,423 seconds at the usual pace."""


async def expected(world: World, visit_id: str) -> Any:
    """When somebody is expected there, by the clock in UTC."""
    told = (await world.done("GET", f"/v1/visits/{visit_id}"))["expected"]
    return told and (told["arrives_at"][11:16], told["until"][11:16], told["out_of_window"])


@pytest.fixture
async def anna(world: World) -> Field:
    """Somebody who begins at home."""
    return await technician(world, home=HOME)


async def test_a_visit_of_today_is_expected_as_planned_and_one_of_another_day_isnt(world: World, anna: Field) -> None:
    today, tomorrow = await visit(world, by=anna, at="2026-03-04T13:00:00Z"), await visit(world, by=anna, at="2026-03-05T13:00:00Z")
    assert await expected(world, today["id"]) == ("13:00", "14:00", False)
    assert await expected(world, tomorrow["id"]) is None


async def test_each_step_moves_what_is_expected_of_the_rest_of_the_day(world: World, anna: Field) -> None:
    first = await visit(world, by=anna, at="2026-03-04T12:30:00Z", of=await job(world, place=TEN_KM))
    second = await visit(
        world,
        by=anna,
        at="2026-03-04T13:35:00Z",
        of=await job(world, arrival_minutes=120, place=(HOME["latitude_e7"], HOME["longitude_e7"])),
    )

    async def both() -> Any:
        return await expected(world, first["id"]), await expected(world, second["id"])

    assert await both() == (("12:30", "13:30", False), ("13:53", "14:53", False))  # the way back takes 23 minutes
    world.clock.forward(minutes=20)
    assert await both() == (("12:43", "13:43", False), ("14:07", "15:07", False))  # nobody has set out
    await advance(world, first["id"], to="en-route")
    world.clock.forward(minutes=40)
    assert await both() == (("13:00", "14:00", False), ("14:23", "15:23", False))  # they would have been there at 12:43
    await advance_one(world, first["id"], "arrive", "start")
    world.clock.forward(minutes=90)
    assert await both() == (("13:00", "14:30", False), ("14:53", "15:53", False))  # it takes longer than an hour
    await advance_one(world, first["id"], "pause", "complete")
    assert await both() == (None, ("14:53", "15:53", False))
    world.clock.forward(minutes=40)
    assert await both() == (None, ("15:33", "16:33", False))
    world.clock.forward(minutes=2)
    assert await expected(world, second["id"]) == ("15:35", "16:35", True)
    await world.done("POST", f"/v1/visits/{second['id']}/cancel", {"reason": "customer_asked"})
    assert await expected(world, second["id"]) is None


async def advance_one(world: World, visit_id: str, *steps: str) -> None:
    for step in steps:
        await world.done("POST", f"/v1/visits/{visit_id}/{step}", {})


async def test_where_somebody_was_seen_on_the_way_counts(world: World, anna: Field) -> None:
    going = await visit(world, by=anna, at="2026-03-04T12:00:00Z", of=await job(world, place=TEN_KM))
    await advance(world, going["id"], to="en-route")
    assert await expected(world, going["id"]) == ("12:23", "13:23", False)
    world.clock.forward(minutes=30)
    near = {"latitude_e7": 525200000, "longitude_e7": 134050000, "measured_at": "2026-03-04T12:28:00Z"}
    phone = await signed_in_again(world, anna)
    assert (await phone.post(world, "/v1/me/positions", {"positions": [near]})).status_code == 200
    assert await expected(world, going["id"]) == ("12:51", "13:51", False)


async def test_a_moved_visit_is_expected_where_it_stands_now(world: World, anna: Field) -> None:
    going = await visit(world, by=anna, at="2026-03-04T13:00:00Z")
    await world.done(
        "POST", f"/v1/visits/{going['id']}/move", {"technician_id": anna.id, "from": "2026-03-04T14:00:00Z", "reason": "customer_asked"}
    )
    assert await expected(world, going["id"]) == ("14:00", "15:00", False)


async def test_the_break_is_kept(world: World) -> None:
    bert = await technician(world, shifts={"break": {"starts": "14:00:00", "ends": "14:30:00"}})  # 13:00 in UTC
    first, second = await visit(world, by=bert, at="2026-03-04T12:00:00Z"), await visit(world, by=bert, at="2026-03-04T13:30:00Z")
    world.clock.forward(minutes=50)
    assert (await expected(world, first["id"]), await expected(world, second["id"])) == (
        ("12:50", "13:50", False),
        ("14:20", "15:20", False),
    )


async def test_a_road_engines_time_counts_before_a_straight_line(world: World, anna: Field) -> None:
    going = await visit(world, by=anna, at="2026-03-04T12:05:00Z", of=await job(world, place=TEN_KM))
    await world.sql(
        "insert into dispatch.travel_leg (organisation_id, from_latitude_e7, from_longitude_e7, to_latitude_e7, to_longitude_e7, seconds, metres, engine, told_at)"
        " values ($1, $2, $3, $4, $5, 3600, 1, 'osrm', $6)", world.organisation_id, *HOME.values(), *TEN_KM, world.clock.now,
    )  # fmt: skip
    assert await expected(world, going["id"]) == ("13:00", "14:00", False)


async def test_the_technicians_list_and_the_board_show_it_and_the_board_whose_promise_it_breaks(world: World, anna: Field) -> None:
    first, second = await visit(world, by=anna, at="2026-03-04T12:00:00Z"), await visit(world, by=anna, at="2026-03-04T13:00:00Z")
    await advance(world, first["id"], to="start")
    world.clock.forward(hours=2.75)
    [_, told] = (await (await signed_in_again(world, anna)).get(world, "/v1/me/day")).json()["visits"]
    heard = {"heard_at": "2026-03-04T12:00:00Z", "unheard": False}
    assert told["expected"] == {"arrives_at": "2026-03-04T14:45:00Z", "until": "2026-03-04T15:45:00Z", "out_of_window": True, **heard}
    world.clock.forward(minutes=20)
    shown = await world.done("GET", "/v1/board")
    [row] = shown["rows"]
    assert [one["expected"] for one in row["visits"]] == [
        {"arrives_at": "2026-03-04T12:00:00Z", "until": "2026-03-04T15:05:00Z", "out_of_window": False, **heard},
        {"arrives_at": "2026-03-04T15:05:00Z", "until": "2026-03-04T16:05:00Z", "out_of_window": True, **heard},
    ]
    assert [(one["visit_id"], one["why"], one["expected_at"]) for one in shown["at_risk"]] == [
        (second["id"], "late", "2026-03-04T15:05:00Z")
    ]


async def test_a_promise_that_the_way_breaks_is_at_risk_before_it_is_broken(world: World, anna: Field) -> None:
    first = await visit(world, by=anna, at="2026-03-04T12:00:00Z", of=await job(world, place=TEN_KM))
    second = await visit(
        world,
        by=anna,
        at="2026-03-04T13:00:00Z",
        of=await job(world, arrival_minutes=15, place=(HOME["latitude_e7"], HOME["longitude_e7"])),
    )
    shown = await world.done("GET", "/v1/board")
    assert [(one["visit_id"], one["why"], one["expected_at"][11:16]) for one in shown["at_risk"]] == [(second["id"], "behind", "13:47")]
    assert (await expected(world, first["id"])) == ("12:23", "13:23", False)
