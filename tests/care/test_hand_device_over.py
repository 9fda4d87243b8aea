"""A device goes from hand to hand: each hand-over is signed by both, and at every moment one holder is known."""

import asyncio

import pytest

from service.kit.tasks.runner import Runner
from service.worker.rooms import kinds
from tests.care.devices import SIGNATURE, device, hand, hand_overs, intake, now, photo, place, repair, taken
from tests.world import World


async def test_a_device_is_taken_in_as_both_see_it_and_its_owner_knows_by_when_they_hear(world: World) -> None:
    counter, of = await hand(world), await repair(world)
    receipt = await taken(counter, of)
    assert receipt["reference"].startswith("D-")
    assert receipt["next_word_at"] == "2026-03-11T12:00:00Z"
    device = await now(world, receipt["id"])
    assert (device["state"], device["holder"], device["holder_id"], device["next_word_at"]) == (
        "received",
        "staff",
        counter.id,
        "2026-03-11T12:00:00Z",
    )
    [first] = await hand_overs(world, receipt["id"])
    assert (first["giver"], first["giver_id"], first["signed_by"]) == ("customer", of["customer_id"], "Ada Owner")
    assert (first["condition"], first["accessories"], len(first["photo_ids"])) == (
        "Scratch on the lid; no lamp is on.",
        ["Power supply", "Box"],
        1,
    )
    promises = (await world.done("GET", f"/v1/promises?subject_id={receipt['id']}"))["items"]
    assert [(one["kind"], one["subject_kind"], one["state"]) for one in promises] == [("update", "device_custody", "open")]


async def test_a_phone_that_sends_it_twice_takes_it_in_once(world: World) -> None:
    counter, of = await hand(world), await repair(world)
    told = await intake(world, of, id=str(world.id()))
    first = await counter.done(f"/v1/jobs/{of['id']}/custodies", told)
    assert await counter.done(f"/v1/jobs/{of['id']}/custodies", told) == first
    assert await counter.code(f"/v1/jobs/{of['id']}/custodies", {**told, "asset_id": await device(world, of["customer_id"])}) == (
        409,
        "ID_TAKEN",
    )


async def test_a_device_that_is_here_is_not_taken_in_again(world: World) -> None:
    counter, of = await hand(world), await repair(world)
    await taken(counter, of)
    assert await counter.code(f"/v1/jobs/{of['id']}/custodies", await intake(world, of)) == (409, "DEVICE_HERE")


async def test_only_this_customers_device_visit_and_photos_are_taken_in(world: World) -> None:
    counter, of, other = await hand(world), await repair(world), await repair(world)
    path = f"/v1/jobs/{of['id']}/custodies"
    assert await counter.code(path, await intake(world, of, asset_id=other["asset_id"])) == (422, "DEVICE_UNKNOWN")
    assert await counter.code(path, await intake(world, of, visit_id=str(world.id()))) == (422, "VISIT_ELSEWHERE")
    assert await counter.code(path, await intake(world, of, photo_ids=[await photo(world, other["scope_id"])])) == (404, "PHOTO_NOT_FOUND")
    assert await counter.code(path, await intake(world, of, signature=[[[5, 5]]])) == (422, "SIGNATURE_UNFIT")


async def test_a_colleague_has_it_once_they_say_so_and_until_then_it_is_in_the_givers_hand(world: World) -> None:
    counter, bench = await hand(world), await hand(world)
    custody = await taken(counter, await repair(world))
    path = f"/v1/custodies/{custody['id']}"
    assert await bench.code(f"{path}/take", {"after_step": 1}) == (403, "NOT_OFFERED")
    await counter.done(f"{path}/offers", {"to_staff_id": bench.id, "after_step": 1})
    waiting = await now(world, custody["id"])
    assert (waiting["holder_id"], waiting["offered_to"]) == (counter.id, bench.id)
    assert await bench.done(f"{path}/take", {"after_step": 1}) | {"id": ""} == {
        "id": "",
        "step": 2,
        "holder": "staff",
        "holder_id": bench.id,
    }
    assert await counter.code(f"{path}/put-down", {"after_step": 2, "place_id": await place(world)}) == (403, "NOT_THE_HOLDER")


async def test_the_last_offer_holds(world: World) -> None:
    counter, first, second = await hand(world), await hand(world), await hand(world)
    custody = await taken(counter, await repair(world))
    path = f"/v1/custodies/{custody['id']}"
    for colleague in (first, second):
        await counter.done(f"{path}/offers", {"to_staff_id": colleague.id, "after_step": 1})
    assert await first.code(f"{path}/take", {"after_step": 1}) == (403, "NOT_OFFERED")
    await second.done(f"{path}/take", {"after_step": 1})


async def test_what_lies_at_a_place_is_taken_by_one_of_two_phones_and_the_other_is_told(world: World) -> None:
    counter, first, second = await hand(world), await hand(world), await hand(world)
    custody = await taken(counter, await repair(world))
    path = f"/v1/custodies/{custody['id']}"
    await counter.done(f"{path}/put-down", {"after_step": 1, "place_id": await place(world)})
    assert (await now(world, custody["id"]))["holder_name"] == "Shelf 3"
    answers = await asyncio.gather(*(one.ask("POST", f"{path}/take", {"after_step": 2}) for one in (first, second)))
    assert sorted(one.status_code for one in answers) == [201, 409]
    [lost] = [one.json() for one in answers if one.status_code == 409]
    assert lost["code"] == "DEVICE_MOVED"
    assert "after_step" in lost["remedy"]


async def test_its_owner_signs_for_it_and_it_is_over(world: World) -> None:
    counter, of = await hand(world), await repair(world)
    custody = await taken(counter, of)
    path = f"/v1/custodies/{custody['id']}"
    world.clock.forward(hours=1)
    back = {"after_step": 1, "signature": SIGNATURE, "signed_by": "Ada Owner"}
    await counter.done(f"{path}/hand-back", back)
    over = await now(world, custody["id"])
    assert (over["state"], over["holder"], over["holder_id"], over["next_word_at"]) == ("handed_back", "customer", of["customer_id"], None)
    assert await counter.code(f"{path}/hand-back", {**back, "after_step": 2}) == (409, "DEVICE_HANDED_BACK")
    [promise] = (await world.done("GET", f"/v1/promises?subject_id={custody['id']}"))["items"]
    assert promise["state"] == "kept"
    world.clock.forward(hours=1)
    again = await taken(counter, of)
    assert again["step"] == 3
    assert again["id"] != custody["id"]


async def test_all_that_may_be_written_of_a_device_is_taken_in_in_every_script(world: World) -> None:
    counter, of = await hand(world), await repair(world)
    photos = [
        await photo(world, of["scope_id"], colour)
        for colour in ("red", "green", "blue", "white", "black", "grey", "navy", "teal", "gold", "pink", "tan", "lime")
    ]
    said = {
        "condition": "\U0001f527" * 4000,
        "accessories": ["\U0001f50c" * 200] * 30,
        "photo_ids": photos,
        "signed_by": "\U0001f9d1" * 200,
    }
    custody = await taken(counter, of, **said)
    [seen] = await hand_overs(world, custody["id"])
    assert (seen["condition"], seen["accessories"]) == (said["condition"], said["accessories"])


async def test_a_key_holds_no_device(world: World) -> None:
    of = await repair(world)
    key = await world.done("POST", "/v1/api-keys", {"name": "script", "scopes": ["custody:write", "jobs:read"]})
    answer = await world.http.post(
        f"/v1/jobs/{of['id']}/custodies", json=await intake(world, of), headers={"Authorization": f"Bearer {key['key']}"}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "HANDS_NEEDED")


@pytest.mark.parametrize("role", ["dispatcher"])
async def test_who_works_at_no_door_and_no_counter_takes_nothing_in(world: World, role: str) -> None:
    of = await repair(world)
    assert (await (await hand(world, role)).ask("POST", f"/v1/jobs/{of['id']}/custodies", await intake(world, of))).status_code == 403


async def test_two_places_are_told_apart(world: World) -> None:
    shelf = await place(world)
    assert (await world.done("GET", "/v1/bench-places"))["items"] == [{"id": shelf, "name": "Shelf 3"}]
    assert (await world.post("/v1/bench-places", {"name": "Shelf 3"})).json()["code"] == "BENCH_PLACE_EXISTS"


async def test_whoever_signed_may_be_erased_and_the_chain_of_hands_stays(world: World) -> None:
    counter, of = await hand(world), await repair(world)
    custody = await taken(counter, of)
    await counter.done(f"/v1/custodies/{custody['id']}/hand-back", {"after_step": 1, "signature": SIGNATURE, "signed_by": "Ada Owner"})
    signed = await hand_overs(world, custody["id"])
    await world.done("POST", f"/v1/jobs/{of['id']}/cancel", {})
    world.clock.forward(days=3700)  # past what the law wants kept
    await world.done("POST", f"/v1/customers/{of['customer_id']}/erasures", {}, key=str(world.id()))
    worker = Runner(world.database, kinds={"forget_messages": kinds()["forget_messages"]}, clock=world.clock, jitter=lambda: 0.0)
    await worker.drain()
    left = await hand_overs(world, custody["id"])
    kept = ("step", "giver_id", "taker_id", "content_hash", "signature_hash")
    assert [[one[name] for name in kept] for one in left] == [[one[name] for name in kept] for one in signed]
    assert [(one["signed_by"], one["condition"], one["accessories"]) for one in left] == [(None, None, []), (None, None, [])]
    assert await world.sql("select 1 from care.hand_over_signature where organisation_id = $1", world.organisation_id) == []
