"""What was promised in a case is kept by whoever has the case now: they are warned, and the customer hears nothing of the change."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from tests.care.builders import did, raised
from tests.notices.conftest import Mailbox, mailbox, work
from tests.promises.builders import hours
from tests.promises.test_watch_promises import look
from tests.world import World

__all__ = ["mailbox", "work"]
Work = Callable[[], Awaitable[int]]


async def open_always(world: World) -> None:
    await hours(world, hours=[{"weekday": day, "opens": "00:00:00", "closes": "00:00:00"} for day in range(1, 8)])


async def warned(world: World, mailbox: Mailbox, work: Work, case: dict[str, Any]) -> list[str]:
    """Whom the worker mails half an hour before the reply is due."""
    world.clock.now = datetime.fromisoformat(case["reply_due_at"]) - timedelta(minutes=30)
    await look(world)
    await work()
    return [mail["To"] for mail in mailbox.taken]


async def owners(world: World, customer_id: str) -> list[str]:
    return [one["owner_staff_id"] for one in (await world.done("GET", f"/v1/promises?customer_id={customer_id}"))["items"]]


async def test_who_has_the_case_now_is_warned_and_the_customer_hears_nothing(world: World, mailbox: Mailbox, work: Work) -> None:
    await open_always(world)
    first, second, third = [await world.staff("back_office") for _ in range(3)]
    customer = await world.customer()
    case = await raised(world, customer["id"], staff_id=str(first["id"]))
    assert await owners(world, customer["id"]) == [str(first["id"])]
    for one in (second, third):
        world.clock.forward(minutes=1)
        await did(world, case["id"], "hand-over", staff_id=str(one["id"]))
    assert await warned(world, mailbox, work, case) == [f"{third['id']}@northwind.example"]
    assert await owners(world, customer["id"]) == [str(third["id"])]
    for one, due in ((first, 0), (third, 1)):
        assert len((await world.done("GET", f"/v1/promises/due?owner_staff_id={one['id']}"))["items"]) == due
    assert not (await world.done("GET", f"/v1/notices?customer_id={customer['id']}"))["items"]


async def test_of_a_teams_case_one_of_its_people_is_warned(world: World, mailbox: Mailbox, work: Work) -> None:
    await open_always(world)
    office, dispatch = await world.staff("back_office"), await world.staff("dispatcher")
    customer = await world.customer()
    case = await raised(world, customer["id"], staff_id=str(office["id"]))
    await did(world, case["id"], "hand-over", team="dispatcher")
    world.clock.forward(minutes=1)
    await did(world, case["id"], "messages", channel="phone", words="And the lamp is red")
    assert await warned(world, mailbox, work, case) == [f"{dispatch['id']}@northwind.example"] * 2
    assert await owners(world, customer["id"]) == [str(dispatch["id"])] * 2


async def test_what_goes_into_another_case_is_kept_by_who_has_that_one(world: World, mailbox: Mailbox, work: Work) -> None:
    await open_always(world)
    first, second = await world.staff("back_office"), await world.staff("back_office")
    customer = await world.customer()
    into = await raised(world, customer["id"], staff_id=str(second["id"]))
    await did(world, into["id"], "answers", channel="phone", words="It is on its way")
    world.clock.forward(minutes=1)
    case = await raised(world, customer["id"], staff_id=str(first["id"]))
    await did(world, case["id"], "merge", case_id=into["id"])
    assert await warned(world, mailbox, work, case) == [f"{second['id']}@northwind.example"]


async def test_a_case_of_nobody_leaves_what_was_promised_where_it_was(world: World, mailbox: Mailbox, work: Work) -> None:
    await open_always(world)
    first = await world.staff("back_office")
    case = await raised(world, (await world.customer())["id"], staff_id=str(first["id"]))
    await did(world, case["id"], "hand-over")
    assert await warned(world, mailbox, work, case) == [f"{first['id']}@northwind.example"]
