"""What somebody held who works here no more is taken over by their manager: with a reason that stays, and from nobody else."""

from tests.care.devices import hand, hand_overs, left, place, repair, taken
from tests.world import World

WHY = {"after_step": 1, "reason": "Robin left on Friday; it stood in the van."}


async def test_their_manager_takes_it_over_with_a_reason_that_stays_on_record(world: World) -> None:
    gone, manager = await hand(world), await hand(world, "manager")
    custody_id = (await taken(gone, await repair(world)))["id"]
    await left(world, gone)
    done = await manager.done(f"/v1/custodies/{custody_id}/take-from-former", WHY)
    assert (done["holder_id"], done["step"]) == (manager.id, 2)
    last = (await hand_overs(world, custody_id))[-1]
    assert (last["giver_id"], last["taker_id"], last["taken_because"]) == (gone.id, manager.id, WHY["reason"])


async def test_nothing_is_taken_so_from_who_works_here_or_from_a_place(world: World) -> None:
    bench, manager = await hand(world), await hand(world, "manager")
    path = f"/v1/custodies/{(await taken(bench, await repair(world)))['id']}"
    assert await manager.code(f"{path}/take-from-former", WHY) == (409, "HOLDER_ACTIVE")
    await bench.done(f"{path}/put-down", {"after_step": 1, "place_id": await place(world)})
    assert await manager.code(f"{path}/take-from-former", {**WHY, "after_step": 2}) == (409, "HOLDER_ACTIVE")
    assert await manager.code(f"{path}/take-from-former", {**WHY, "after_step": 2, "reason": "so"}) == (422, "INVALID_DOCUMENT")


async def test_a_colleague_who_manages_nobody_takes_nothing_over(world: World) -> None:
    gone, colleague = await hand(world), await hand(world)
    path = f"/v1/custodies/{(await taken(gone, await repair(world)))['id']}"
    await left(world, gone)
    assert await colleague.code(f"{path}/take-from-former", WHY) == (403, "NOT_ALLOWED")
    assert await colleague.code(f"{path}/take", {"after_step": 1}) == (403, "NOT_OFFERED")
