"""A device that doesn't go back: disposed of only as its customer authorised, in words that name it, and for good."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.care.devices import SIGNATURE, Hand, agreed_disposal, hand, hand_overs, intake, now, place, repair, taken
from tests.notices.conftest import Mailbox, mailbox, work
from tests.world import World

__all__ = ["mailbox", "work"]
HOW = {"after_step": 1, "how": "Brought to the recycling yard in Mill Lane."}


async def opened(world: World) -> tuple[Hand, dict[str, Any], str]:
    """Somebody who has a router open, its job, and its path."""
    bench, of = await hand(world), await repair(world)
    path = f"/v1/custodies/{(await taken(bench, of))['id']}"
    await bench.done(f"{path}/steps", {"to": "diagnosing", "words": "Beyond repair"})
    return bench, of, path


async def test_as_its_customer_authorised_it_is_disposed_of_and_never_here_again(world: World) -> None:
    bench, of, path = await opened(world)
    await agreed_disposal(world, bench, of, path)
    done = await bench.done(f"{path}/scrap", HOW)
    assert (done["holder"], done["holder_id"]) == ("disposal", of["asset_id"])
    custody_id = path.split("/")[-1]
    device = await now(world, custody_id)
    assert (device["state"], device["holder"], device["disposal"], device["next_word_at"]) == ("scrapped", "disposal", HOW["how"], None)
    assert [(one["giver"], one["taker"]) for one in await hand_overs(world, custody_id)] == [("customer", "staff"), ("staff", "disposal")]
    steps = (await world.done("GET", f"{path}/steps"))["items"]
    assert steps[-1]["item_id"] == steps[-2]["item_id"]
    assert (await world.done("GET", "/v1/custodies"))["items"] == []
    assert await bench.code(f"/v1/jobs/{of['id']}/custodies", await intake(world, of)) == (409, "DEVICE_DISPOSED_OF")
    assert await bench.code(f"{path}/hand-back", {"after_step": 2, "signature": SIGNATURE, "signed_by": "Ada"}) == (
        409,
        "DEVICE_HANDED_BACK",
    )
    facts = (await world.done("GET", f"/v1/customers/{of['customer_id']}/timeline"))["items"]
    assert "device_scrapped" in [one["kind"] for one in facts]


async def test_its_customer_hears_of_it_and_how(world: World, mailbox: Mailbox, work: Callable[[], Awaitable[Any]]) -> None:
    bench, of, path = await opened(world)
    await agreed_disposal(world, bench, of, path)
    await bench.done(f"{path}/scrap", HOW)
    await work()
    [mail] = [one for one in mailbox.taken if "disposed of" in one["Subject"]]
    assert HOW["how"] in mail.get_content()


async def test_without_its_customers_word_nothing_is_disposed_of(world: World) -> None:
    bench, _, path = await opened(world)
    assert await bench.code(f"{path}/scrap", HOW) == (409, "BENCH_MOVE_UNFIT")
    await bench.done(f"{path}/steps", {"to": "ready"})
    assert await bench.code(f"{path}/scrap", HOW) == (409, "BENCH_MOVE_UNFIT")


async def test_a_yes_to_a_repair_or_to_another_thing_is_none_to_this(world: World) -> None:
    for other in ({"kind": "labour"}, {"description": "Dispose of the old battery"}):
        bench, of, path = await opened(world)
        await agreed_disposal(world, bench, of, path, **other)
        assert await bench.code(f"{path}/scrap", HOW) == (409, "DISPOSAL_NOT_AGREED")


async def test_whoever_disposes_of_it_holds_it(world: World) -> None:
    bench, of, path = await opened(world)
    await agreed_disposal(world, bench, of, path)
    assert await (await hand(world)).code(f"{path}/scrap", HOW) == (403, "NOT_THE_HOLDER")
    await bench.done(f"{path}/put-down", {"after_step": 1, "place_id": await place(world)})
    assert await bench.code(f"{path}/scrap", {**HOW, "after_step": 2}) == (403, "NOT_THE_HOLDER")
