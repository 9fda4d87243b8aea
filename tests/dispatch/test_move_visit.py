import asyncio
from typing import Any

from tests.dispatch.builders import Field, advance, technician, visit
from tests.world import World


async def move(world: World, visit_id: str, *, to: Field, at: str, reason: str = "customer_asked") -> Any:
    return await world.post(f"/v1/visits/{visit_id}/move", {"technician_id": to.id, "from": at, "reason": reason})


async def promises(world: World, visit_id: str) -> dict[str, str]:
    """State by due time."""
    return {one["due_at"]: one["state"] for one in (await world.done("GET", f"/v1/promises?subject_id={visit_id}"))["items"]}


async def test_a_visit_moves_and_its_promise_with_it(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    booked = await visit(world, by=anna)
    moved = (await move(world, booked["id"], to=ben, at="2026-03-06T09:00:00Z")).json()
    assert (moved["technician_id"], moved["from"], moved["state"]) == (ben.id, "2026-03-06T09:00:00Z", "booked")
    await visit(world, by=anna)  # the old place is free
    assert await promises(world, booked["id"]) == {"2026-03-05T10:00:00Z": "released", "2026-03-06T10:00:00Z": "open"}


async def test_a_move_of_our_own_breaks_the_promise(world: World) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna)
    await move(world, booked["id"], to=anna, at="2026-03-06T09:00:00Z", reason="technician_ill")
    assert await promises(world, booked["id"]) == {"2026-03-05T10:00:00Z": "broken", "2026-03-06T10:00:00Z": "open"}


async def test_a_promise_stays_as_told_where_only_another_technician_comes(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    booked = await visit(world, by=anna)
    moved = (await move(world, booked["id"], to=ben, at=booked["from"], reason="technician_ill")).json()
    assert (moved["technician_id"], moved["arrive"]) == (ben.id, booked["arrive"])
    assert await promises(world, booked["id"]) == {"2026-03-05T10:00:00Z": "open"}


async def test_a_move_to_a_taken_place_is_refused_and_changes_nothing(world: World) -> None:
    anna = await technician(world)
    booked, other = await visit(world, by=anna), await visit(world, by=anna, at="2026-03-05T11:00:00Z")
    refused = await move(world, booked["id"], to=anna, at=other["from"])
    assert (refused.status_code, refused.json()["code"]) == (409, "SLOT_TAKEN")
    assert (await world.done("GET", f"/v1/visits/{booked['id']}"))["from"] == booked["from"]
    assert await promises(world, booked["id"]) == {"2026-03-05T10:00:00Z": "open"}


async def test_a_move_that_overlaps_where_it_stands_is_no_conflict_with_itself(world: World) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna)
    assert (await move(world, booked["id"], to=anna, at="2026-03-05T09:30:00Z")).status_code == 200


async def test_a_dispatched_visit_that_moves_is_dispatched_again(world: World) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna)
    await advance(world, booked["id"], to="accept")
    assert (await move(world, booked["id"], to=anna, at="2026-03-06T09:00:00Z")).json()["state"] == "booked"


async def test_a_visit_that_somebody_set_out_for_moves_no_more(world: World) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna)
    await advance(world, booked["id"], to="en-route")
    refused = await move(world, booked["id"], to=anna, at="2026-03-06T09:00:00Z")
    assert (refused.json()["code"], refused.json()["state"]) == ("VISIT_NOT_IN_STATE", "en_route")


async def test_of_visits_that_move_to_one_place_at_once_one_gets_there(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    booked = [await visit(world, by=anna, at=f"2026-03-05T{hour:02}:00:00Z") for hour in range(8, 14)]
    answers = await asyncio.gather(*(move(world, one["id"], to=ben, at="2026-03-06T09:00:00Z") for one in booked))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]


async def test_two_that_want_each_others_technician_wait_for_nobody_forever(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    first, second = await visit(world, by=anna), await visit(world, by=ben)
    for _ in range(10):
        answers = await asyncio.gather(
            move(world, first["id"], to=ben, at="2026-03-06T09:00:00Z"), move(world, second["id"], to=anna, at="2026-03-06T09:00:00Z")
        )
        assert {answer.status_code for answer in answers} == {200}
        answers = await asyncio.gather(
            move(world, first["id"], to=anna, at="2026-03-05T09:00:00Z"), move(world, second["id"], to=ben, at="2026-03-05T09:00:00Z")
        )
        assert {answer.status_code for answer in answers} == {200}
