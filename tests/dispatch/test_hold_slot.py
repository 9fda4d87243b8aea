import asyncio
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
    assert (held["state"], held["expires_at"]) == ("held", "2026-03-04T12:10:00Z")
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


async def test_the_same_hold_sent_again_still_ends_when_it_was_said_to(world: World) -> None:
    anna, of = await technician(world), await job(world)
    document = {"id": str(world.id()), "technician_id": anna.id, "from": NINE}
    first = await world.post(f"/v1/jobs/{of['id']}/holds", document)
    world.clock.forward(minutes=5)
    again = await world.post(f"/v1/jobs/{of['id']}/holds", document)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


async def test_an_expired_hold_goes_to_its_holder_or_to_one_other_never_to_both(world: World) -> None:
    anna = await technician(world)
    held = await hold(world, anna)
    world.clock.forward(minutes=10)
    answers = await asyncio.gather(world.post(f"/v1/holds/{held['id']}/book", {}), *(book(world, anna) for _ in range(6)))
    assert [answer.status_code for answer in answers].count(201) == 1
    assert {answer.json()["code"] for answer in answers if answer.status_code != 201} <= {"HOLD_GONE", "SLOT_TAKEN"}
    rows = await world.sql("select count(*) from dispatch.occupancy where organisation_id = $1", world.organisation_id)
    assert rows[0]["count"] == 1
