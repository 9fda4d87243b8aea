"""What a van carries is counted over the whole shift, however an absence cuts it and whatever was carried before; judged by adding up, not by the planner's own arithmetic."""

from collections import Counter
from typing import Any

from service.dispatch.plans.rooms import _shared
from tests.dispatch.builders import Field, advance, job, technician, visit
from tests.dispatch.planning import BERLIN, east, proposed
from tests.dispatch.test_plan_with_profiles import say
from tests.world import World

TOMORROW = "2026-03-05"


async def carrying(world: World, boxes: int, **differences: Any) -> dict[str, Any]:
    """A job for which so many boxes are brought or taken along."""
    return await job(world, place=east(1), loads={"boxes": boxes}, **differences)


def carried(plan: dict[str, Any], boxes: dict[str, int]) -> Counter[str]:
    """How many boxes each technician has that day."""
    found: Counter[str] = Counter()
    for stop in plan["stops"]:
        found[stop["technician_id"]] += boxes.get(stop["job_id"], 0)
    return found


async def away(world: World, who: Field, starts: str, ends: str) -> None:
    absence = {"from": f"{TOMORROW}T{starts}:00Z", "until": f"{TOMORROW}T{ends}:00Z", "reason": "training"}
    await world.done("POST", f"/v1/technicians/{who.id}/absences", absence)


async def test_both_halves_of_a_day_carry_no_more_than_the_van(world: World) -> None:
    anna = await technician(world, home=BERLIN)
    await say(world, anna, capacity={"boxes": 5})
    await away(world, anna, "10:00", "12:00")
    boxes = {(await carrying(world, 2))["id"]: 2 for _ in range(4)}
    plan = await proposed(world, on=TOMORROW)
    assert 0 < carried(plan, boxes)[anna.id] <= 5
    assert {one["reason"] for one in plan["left_out"]} == {"FULL"}
    assert (await world.post(f"/v1/plans/{plan['id']}/publish", {})).status_code == 200
    again = await proposed(world, on=TOMORROW)
    assert carried(again, boxes)[anna.id] <= 5
    assert [stop["change"] for stop in again["stops"] if stop["change"]] == []


async def test_a_whole_day_takes_as_much_as_the_van_and_no_more(world: World) -> None:
    anna, ben = await technician(world, home=BERLIN), await technician(world, home=BERLIN)
    for one in (anna, ben):
        await say(world, one, capacity={"boxes": 4})
    boxes = {(await carrying(world, 2))["id"]: 2 for _ in range(5)}
    plan = await proposed(world, on=TOMORROW)
    assert carried(plan, boxes) == {anna.id: 4, ben.id: 4}
    assert len(plan["left_out"]) == 1


async def test_what_was_brought_in_the_morning_is_on_no_van_in_the_afternoon(world: World) -> None:
    anna = await technician(world, home=BERLIN)
    await say(world, anna, capacity={"boxes": 3})
    done = await visit(world, by=anna, at="2026-03-04T12:00:00Z", of=await carrying(world, 2, duration_minutes=30))
    await advance(world, done["id"], to="complete")
    world.clock.forward(minutes=40)
    two, one = await carrying(world, 2), await carrying(world, 1)
    plan = await proposed(world, on="2026-03-04")
    assert {stop["job_id"] for stop in plan["stops"] if stop["change"] == "added"} == {one["id"]}
    assert [one["job_id"] for one in plan["left_out"]] == [two["id"]]


async def test_what_is_sent_out_fills_the_van_too(world: World) -> None:
    anna = await technician(world, home=BERLIN)
    await say(world, anna, capacity={"boxes": 3})
    sent = await visit(world, by=anna, at="2026-03-05T09:00:00Z", of=await carrying(world, 2))
    await advance(world, sent["id"], to="dispatch")
    two, one = await carrying(world, 2), await carrying(world, 1)
    plan = await proposed(world, on=TOMORROW)
    assert {stop["job_id"] for stop in plan["stops"] if stop["change"] == "added"} == {one["id"]}
    assert [one["job_id"] for one in plan["left_out"]] == [two["id"]]


def test_what_is_left_is_shared_whole() -> None:
    for spare in range(12):
        shares = _shared(spare, [7200, 18_000, 1])
        assert sum(shares) == spare
        assert min(shares) >= 0
