"""What is done with a device: repaired only under what its customer authorised, ready only once tested, and its customer hears by when it was promised."""

from typing import Any

from tests.care.devices import Hand, hand, now, place, repair, taken
from tests.dispatch.builders import approved, offered
from tests.world import World


async def on_the_bench(world: World) -> tuple[Hand, dict[str, Any], str]:
    """Somebody who has a router open, its job, and its path."""
    bench, of = await hand(world), await repair(world)
    path = f"/v1/custodies/{(await taken(bench, of))['id']}"
    await bench.done(f"{path}/steps", {"to": "diagnosing", "words": "Power stage is dead"})
    return bench, of, path


async def test_nothing_is_repaired_before_its_customer_authorised_it(world: World) -> None:
    bench, of, path = await on_the_bench(world)
    offer = await offered(world, of)
    await bench.done(f"{path}/steps", {"to": "waiting_approval", "offer_id": offer["id"]})
    assert await bench.code(f"{path}/steps", {"to": "repairing"}) == (409, "BENCH_MOVE_UNFIT")
    refused = await bench.ask("POST", f"{path}/steps", {"to": "approved", "item_id": offer["item_ids"][0]})
    assert (refused.status_code, refused.json()["code"]) == (409, "WORK_NOT_AUTHORISED")
    assert refused.json()["items"] == [{"item_id": offer["item_ids"][0], "code": "NO_EXPRESS_CONSENT"}]


async def test_what_is_authorised_is_repaired_tested_and_ready(world: World) -> None:
    bench, of, path = await on_the_bench(world)
    _, [item_id] = await approved(world, of)
    offer_id = (await offered(world, of))["id"]
    await bench.done(f"{path}/steps", {"to": "waiting_approval", "offer_id": offer_id})
    for step in (
        {"to": "approved", "item_id": item_id},
        {"to": "repairing"},
        {"to": "testing"},
        {"to": "repairing"},
        {"to": "testing"},
        {"to": "ready"},
    ):
        await bench.done(f"{path}/steps", step)
    steps = (await world.done("GET", f"{path}/steps"))["items"]
    assert [one["state"] for one in steps] == [
        "received", "diagnosing", "waiting_approval", "approved", "repairing", "testing", "repairing", "testing", "ready",
    ]  # fmt: skip
    assert [one["passed"] for one in steps][-3:] == [False, None, True]
    assert {one["item_id"] for one in steps if one["state"] in ("approved", "repairing")} == {item_id}
    assert steps[1]["words"] == "Power stage is dead"


async def test_another_jobs_offer_and_item_are_not_this_devices(world: World) -> None:
    bench, _, path = await on_the_bench(world)
    other = await repair(world)
    assert await bench.code(f"{path}/steps", {"to": "waiting_approval", "offer_id": (await offered(world, other))["id"]}) == (
        422,
        "OFFER_ELSEWHERE",
    )


async def test_only_whoever_holds_it_works_on_it(world: World) -> None:
    bench, _, path = await on_the_bench(world)
    await bench.done(f"{path}/put-down", {"after_step": 1, "place_id": await place(world)})
    assert await bench.code(f"{path}/steps", {"to": "testing"}) == (403, "NOT_THE_HOLDER")
    await (await hand(world, "back_office")).done(f"{path}/steps", {"to": "waiting"})


async def test_news_keeps_what_was_promised_and_promises_the_next(world: World) -> None:
    bench, _, path = await on_the_bench(world)
    world.clock.forward(days=2)
    told = await bench.done(f"{path}/news", {"words": "The part is ordered.", "hear_within_minutes": 2880})
    assert told["next_word_at"] == "2026-03-08T12:00:00Z"
    promises = (await world.done("GET", f"/v1/promises?subject_id={path.rsplit('/', 1)[1]}"))["items"]
    assert [one["state"] for one in promises] == ["kept", "open"]


async def test_while_it_is_the_customers_turn_nothing_of_ours_is_due_and_then_it_is_again(world: World) -> None:
    bench, of, path = await on_the_bench(world)
    custody_id = path.rsplit("/", 1)[1]
    offer = await offered(world, of)
    await bench.done(f"{path}/steps", {"to": "waiting_approval", "offer_id": offer["id"]})
    assert (await now(world, custody_id))["next_word_at"] is None
    await bench.done(f"{path}/steps", {"to": "declined", "hear_within_minutes": 1440})
    assert (await now(world, custody_id))["next_word_at"] == "2026-03-05T12:00:00Z"


async def test_the_bench_shows_what_came_back_first_then_what_is_due_next(world: World) -> None:
    bench = await hand(world)
    late, soon, again = await repair(world), await repair(world), await repair(world)
    first = await taken(bench, again)
    await bench.done(
        f"/v1/custodies/{first['id']}/hand-back",
        {"after_step": 1, "signature": [[[100 + 40 * at, 200] for at in range(12)]], "signed_by": "Ada"},
    )
    world.clock.forward(days=29)
    ids = [(await taken(bench, of, hear_within_minutes=within))["id"] for of, within in ((again, 5000), (late, 4000), (soon, 3000))]
    here = (await world.done("GET", "/v1/custodies"))["items"]
    assert [one["id"] for one in here] == [ids[0], ids[2], ids[1]]
    assert [one["returned"] for one in here] == [True, False, False]
    assert {one["holder_name"] for one in here} == {"Robin Field"}
    page = await world.done("GET", "/v1/custodies?limit=2")
    assert [one["id"] for one in (await world.done("GET", f"/v1/custodies?limit=2&cursor={page['next']}"))["items"]] == [ids[1]]
    assert [one["id"] for one in (await world.done("GET", f"/v1/custodies?customer_id={late['customer_id']}"))["items"]] == [ids[1]]
