"""What a technician costs, how fast they are and how long they may stay decide who is sent; a break that a plan chose is kept."""

from typing import Any

from tests.dispatch.builders import Field, job, technician, visit
from tests.dispatch.planning import BERLIN, east, promised_by_ten, proposed, stops_of
from tests.world import World

TOMORROW = "2026-03-05"
EUR = "EUR"
MORNING: dict[str, Any] = {"starts": "08:00:00", "ends": "12:00:00"}
RESTING: dict[str, Any] = {"break": {"minutes": 30, "earliest": "11:30:00", "latest": "13:00:00"}}


async def say(world: World, who: Field, **profile: Any) -> None:
    """Their planning profile, said for the first time."""
    answer = await world.request("PUT", f"/v1/technicians/{who.id}/planning", json=profile, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.json()


async def rests(who: Field, world: World) -> list[tuple[str, str]]:
    """The breaks of their calendar that day."""
    day = (await who.get(world, f"/v1/me/day?on={TOMORROW}")).json()
    return [(one["from"], one["until"]) for one in day["away"] if one["kind"] == "break"]


async def test_overtime_is_planned_as_long_as_is_allowed_and_no_longer(world: World) -> None:
    anna = await technician(world, shifts=MORNING, home=BERLIN)
    jobs = [await job(world, place=east(0), duration_minutes=150, priority=priority) for priority in (1, 3)]
    assert [one["reason"] for one in (await proposed(world, on=TOMORROW))["left_out"]] == ["FULL"]
    await say(world, anna, most_overtime_minutes=60)
    plan = await proposed(world, on=TOMORROW)
    assert {stop["job_id"] for stop in plan["stops"]} == {one["id"] for one in jobs}
    assert (max(stop["until"] for stop in plan["stops"]), plan["figures"]["overtime_seconds"]) == ("2026-03-05T12:00:00Z", 3600)
    assert (await world.post(f"/v1/plans/{plan['id']}/publish", {})).json()["added"] == 2
    third = await job(world, place=east(0), duration_minutes=30)
    assert [one["job_id"] for one in (await proposed(world, on=TOMORROW))["left_out"]] == [third["id"]]


async def test_what_was_published_into_overtime_may_be_moved_within_it_and_not_beyond(world: World) -> None:
    anna = await technician(world, shifts=MORNING, home=BERLIN)
    await say(world, anna, most_overtime_minutes=60)
    booked = await visit(world, by=anna, at="2026-03-05T11:00:00Z", of=await job(world, place=east(0)))
    beyond = {"technician_id": anna.id, "from": "2026-03-05T11:05:00Z", "reason": "customer_asked"}
    assert (await world.post(f"/v1/visits/{booked['id']}/move", beyond)).json()["code"] == "OUTSIDE_SHIFT"


async def test_overtime_is_dearer_than_sending_somebody_else(world: World) -> None:
    anna = await technician(world, shifts=MORNING, home=BERLIN)
    ben = await technician(world, home={**BERLIN, "longitude_e7": east(15)[1]})
    await say(world, anna, most_overtime_minutes=180)
    for _ in range(5):
        await job(world, place=east(0))
    plan = await proposed(world, on=TOMORROW)
    assert plan["figures"]["overtime_seconds"] == 0
    assert {stop["technician_id"] for stop in plan["stops"]} == {anna.id, ben.id}


async def test_who_costs_more_is_sent_where_nobody_else_can_be(world: World) -> None:
    dear, cheap = await technician(world, home=BERLIN), await technician(world, home={**BERLIN, "longitude_e7": east(3)[1]})
    await say(world, dear, hour_cost={"amount": 9000, "currency": EUR})
    await say(world, cheap, hour_cost={"amount": 3000, "currency": EUR})
    for _ in range(3):
        await job(world, place=east(0))
    assert {stop["technician_id"] for stop in (await proposed(world, on=TOMORROW))["stops"]} == {cheap.id}


async def test_a_kilometre_has_its_price(world: World) -> None:
    van, bicycle = await technician(world, home=BERLIN), await technician(world, home={**BERLIN, "longitude_e7": east(1)[1]})
    await say(world, van, hour_cost={"amount": 100, "currency": EUR}, km_cost={"amount": 1000, "currency": EUR})
    await say(world, bicycle, hour_cost={"amount": 100, "currency": EUR})
    await job(world, place=east(-5))
    assert [stop["technician_id"] for stop in (await proposed(world, on=TOMORROW))["stops"]] == [bicycle.id]


async def test_each_travels_at_their_own_speed(world: World) -> None:
    slow = await technician(world, home=BERLIN)
    await job(world, place=east(12))
    usual = (await proposed(world, on=TOMORROW))["stops"][0]["travel_seconds"]
    await say(world, slow, speed_percent=50)
    assert (await proposed(world, on=TOMORROW))["stops"][0]["travel_seconds"] >= 2 * usual - 300


async def test_fairness_gives_everybody_something_to_do(world: World) -> None:
    near, far = await technician(world, home=BERLIN), await technician(world, home={**BERLIN, "longitude_e7": east(6)[1]})
    for _ in range(6):
        await job(world, place=east(0))
    assert {stop["technician_id"] for stop in (await proposed(world, on=TOMORROW))["stops"]} == {near.id}
    shared = await proposed(world, on=TOMORROW, fairness_percent=200, kind="improve")
    assert sorted([stop["technician_id"] for stop in shared["stops"]].count(one.id) for one in (near, far)) == [3, 3]


async def test_a_job_that_can_not_be_in_time_comes_late_is_listed_and_is_published_only_when_told_so(world: World) -> None:
    anna = await technician(world, home=BERLIN)
    await visit(world, by=anna, at="2026-03-05T07:00:00Z", of=await job(world, place=east(0), duration_minutes=240))
    late = await job(world, place=east(0))
    await promised_by_ten(world, late, owner=anna)
    plan = await proposed(world, on=TOMORROW)
    (stop,) = [one for one in plan["stops"] if one["job_id"] == late["id"]]
    assert (stop["from"], stop["breaks_promise"]) == ("2026-03-05T11:00:00Z", True)
    refused = (await world.post(f"/v1/plans/{plan['id']}/publish", {})).json()
    assert (refused["code"], [one["id"] for one in refused["visits"]]) == ("PROMISES_WOULD_BREAK", [stop["visit_id"]])
    assert (await world.post(f"/v1/plans/{plan['id']}/publish", {"break_promises": True})).json()["added"] == 1


async def test_the_break_that_a_plan_chose_is_in_the_calendar_and_no_booking_takes_it(world: World) -> None:
    anna = await technician(world, shifts=RESTING, home=BERLIN)
    for _ in range(4):
        await job(world, place=east(0))
    plan = await proposed(world, on=TOMORROW)
    (rest,) = plan["breaks"]
    assert rest["technician_id"] == anna.id
    assert "2026-03-05T10:30:00Z" <= rest["from"] <= "2026-03-05T12:00:00Z"
    assert await rests(anna, world) == []
    await world.done("POST", f"/v1/plans/{plan['id']}/publish", {})
    assert await rests(anna, world) == [(rest["from"], rest["until"])]
    taken = {"technician_id": anna.id, "from": rest["from"]}
    assert (await world.post(f"/v1/jobs/{(await job(world))['id']}/visits", taken)).json()["code"] == "SLOT_TAKEN"


async def test_planning_again_with_nothing_new_leaves_the_break_and_a_new_plan_moves_it(world: World) -> None:
    anna = await technician(world, shifts=RESTING, home=BERLIN)
    await job(world, place=east(0))
    first = await proposed(world, on=TOMORROW)
    await world.done("POST", f"/v1/plans/{first['id']}/publish", {})
    before = await rests(anna, world)
    again = await proposed(world, on=TOMORROW)
    assert (again["breaks"], [stop["change"] for stop in again["stops"]]) == ([], [None])
    long = await job(world, place=east(0), duration_minutes=240)
    moved = await proposed(world, on=TOMORROW)
    assert {stop["job_id"] for stop in moved["stops"] if stop["change"] == "added"} == {long["id"]}
    await world.done("POST", f"/v1/plans/{moved['id']}/publish", {})
    after = await rests(anna, world)
    assert (len(before), len(after)) == (1, 1)
    assert [(one["from"], one["until"]) for one in moved["breaks"]] == after != before
    day = stops_of(await proposed(world, on=TOMORROW))
    assert all(stop["until"] <= after[0][0] or stop["from"] >= after[0][1] for stop in day.values())
