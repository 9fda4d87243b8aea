from typing import Any

from tests.dispatch.builders import Field, facts, job, technician
from tests.world import World

NINE = "2026-03-05T09:00:00Z"


async def hold(world: World, by: Field, **differences: Any) -> dict[str, Any]:
    return await world.done("POST", f"/v1/jobs/{(await job(world))['id']}/holds", {"technician_id": by.id, "from": NINE, **differences})


async def book(world: World, by: Field) -> Any:
    return await world.post(f"/v1/jobs/{(await job(world))['id']}/visits", {"technician_id": by.id, "from": NINE})


async def test_a_hold_keeps_others_out_and_promises_nothing(world: World) -> None:
    anna = await technician(world)
    held = await hold(world, anna)
    assert held["state"] == "held"
    assert (await book(world, anna)).json()["code"] == "SLOT_TAKEN"
    assert (await world.done("GET", f"/v1/promises?subject_id={held['id']}"))["items"] == []


async def test_a_hold_is_booked_and_then_it_is_promised(world: World) -> None:
    anna = await technician(world)
    held = await hold(world, anna)
    booked = await world.done("POST", f"/v1/holds/{held['id']}/book", {"via": "link"})
    assert (booked["id"], booked["state"]) == (held["id"], "booked")
    [promise] = (await world.done("GET", f"/v1/promises?subject_id={held['id']}"))["items"]
    assert (promise["due_at"], promise["via"]) == (booked["arrive"]["until"], "link")
    again = await world.post(f"/v1/holds/{held['id']}/book", {})
    assert (again.status_code, again.json()["code"]) == (409, "HOLD_GONE")


async def test_an_expired_hold_gives_way_to_the_booking_that_needs_its_place(world: World) -> None:
    anna = await technician(world)
    held = await hold(world, anna, minutes=10)
    world.clock.forward(minutes=10)
    assert (await book(world, anna)).status_code == 201
    assert await facts(world, held["id"]) == ["visit_held", "visit_cancelled"]
    found = await world.done("GET", f"/v1/visits/{held['id']}")
    assert (found["state"], found["steps"][-1]["reason"]) == ("cancelled", "hold_expired")
    late = await world.post(f"/v1/holds/{held['id']}/book", {})
    assert (late.status_code, late.json()["code"]) == (409, "HOLD_GONE")


async def test_a_hold_stands_until_the_instant_it_expires(world: World) -> None:
    anna = await technician(world)
    await hold(world, anna, minutes=10)
    world.clock.forward(minutes=9, seconds=59)
    assert (await book(world, anna)).json()["code"] == "SLOT_TAKEN"


async def test_an_expired_hold_whose_place_nobody_needed_can_still_be_booked(world: World) -> None:
    anna = await technician(world)
    held = await hold(world, anna)
    world.clock.forward(minutes=30)
    assert (await world.done("POST", f"/v1/holds/{held['id']}/book", {}))["state"] == "booked"
    assert (await book(world, anna)).json()["code"] == "SLOT_TAKEN"


async def test_a_released_hold_frees_its_place(world: World) -> None:
    anna = await technician(world)
    held = await hold(world, anna)
    released = await world.done("POST", f"/v1/visits/{held['id']}/release")
    assert released["state"] == "cancelled"
    assert (await book(world, anna)).status_code == 201
    assert (await world.post(f"/v1/holds/{held['id']}/book", {})).json()["code"] == "HOLD_GONE"
