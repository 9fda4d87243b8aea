"""Whoever was to arrive is warned shortly before the window ends; where nothing is told shortly after, somebody else answers for it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from tests.dispatch.builders import Field, advance, job, technician, visit
from tests.notices.conftest import Mailbox
from tests.promises.builders import hours
from tests.promises.test_watch_promises import look
from tests.world import World

Work = Callable[[], Awaitable[int]]


@pytest.fixture
async def anna(world: World) -> Field:
    return await technician(world)


async def watched(world: World, work: Work, mailbox: Mailbox, *, minutes: float) -> list[str]:
    """The subjects of what is mailed so much later."""
    world.clock.forward(minutes=minutes)
    before = len(mailbox.taken)
    await look(world)
    await work()
    return [str(mail["Subject"]).partition(":")[0].partition(" by")[0] for mail in mailbox.taken[before:]]


async def test_it_is_warned_of_a_quarter_of_an_hour_before_and_handed_up_as_long_after_each_once(
    world: World, work: Work, mailbox: Mailbox, anna: Field
) -> None:
    chief = await world.staff("manager")
    await hours(
        world, hours=[{"weekday": day, "opens": "00:00:00", "closes": "00:00:00"} for day in range(1, 8)], escalates_to=str(chief["id"])
    )
    start = world.clock.now + timedelta(minutes=60)
    await visit(world, by=anna, at=f"{start:%Y-%m-%dT%H:%M:%SZ}", of=await job(world, arrival_minutes=60))
    assert [await watched(world, work, mailbox, minutes=minutes) for minutes in (100, 6, 1)] == [[], ["Promised"], []]
    assert [await watched(world, work, mailbox, minutes=minutes) for minutes in (20, 9, 1)] == [[], ["Broken promise is yours now"], []]
    assert [mail["To"] for mail in mailbox.taken[1:]] == [f"{chief['id']}@northwind.example"]
    assert "/app/visits/" in mailbox.taken[0].get_content()


async def test_nobody_hears_of_who_arrived(world: World, work: Work, mailbox: Mailbox, anna: Field) -> None:
    start = world.clock.now + timedelta(minutes=60)
    made = await visit(world, by=anna, at=f"{start:%Y-%m-%dT%H:%M:%SZ}", of=await job(world, arrival_minutes=60))
    world.clock.forward(minutes=90)
    await advance(world, made["id"], to="arrive")
    assert [await watched(world, work, mailbox, minutes=minutes) for minutes in (20, 60)] == [[], []]
