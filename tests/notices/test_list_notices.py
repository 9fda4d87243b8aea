"""What a customer was told stands in the order in which it was queued, page by page."""

from collections.abc import Awaitable, Callable

from tests.notices.test_take_next_way import Told
from tests.world import World


async def test_a_customers_notices_come_in_the_order_in_which_they_were_queued(world: World, work: Callable[[], Awaitable[int]]) -> None:
    ada = Told(world, await world.customer())
    await ada.contact("ada@a.example")
    renewed = []
    for _ in range(7):
        renewed.append((await ada.wait_longer())["id"])
        world.clock.forward(minutes=1)
        await work()
    told: list[str] = []
    after: str | None = ""
    while after is not None:
        page = await world.done("GET", f"/v1/notices?customer_id={ada.id}&limit=3{after and f'&cursor={after}'}")
        told += [one["subject_id"] for one in page["items"]]
        after = page.get("next")
    assert told == renewed
