"""Where its rules name channels, an organisation's customers hear when somebody comes, that it changed, and that nobody does: as it is when it leaves, once."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.dispatch.builders import Field, job, technician, visit
from tests.notices.conftest import Mailbox
from tests.world import World

Work = Callable[[], Awaitable[int]]
TOLD = ("visit_booked", "visit_moved", "visit_cancelled")


@pytest.fixture
async def anna(world: World) -> Field:
    return await technician(world)


@pytest.fixture
async def booked(world: World, follow: Work, anna: Field) -> dict[str, Any]:
    await world.done("POST", "/v1/notice-rules", {"rules": [{"kind": kind, "channels": ["email"]} for kind in TOLD]})
    await follow()
    customer = await world.customer()
    person = {"name": "Ada", "channel": "email", "address": "ada@a.example"}
    await world.done("POST", f"/v1/customers/{customer['id']}/contacts", person)
    made = await visit(world, by=anna, at="2026-03-05T12:30:00Z", of=await job(world, customer_id=customer["id"]))
    return {**made, "customer_id": customer["id"]}


async def moved(world: World, made: dict[str, Any], anna: Field, *, at: str) -> None:
    world.clock.forward(seconds=1)
    body = {"technician_id": str(anna.id), "from": at, "reason": "customer_asked"}
    await world.done("POST", f"/v1/visits/{made['id']}/move", body, key=str(world.id()))


def heard(mailbox: Mailbox) -> list[str]:
    return [str(mail["Subject"]) for mail in mailbox.taken]


async def test_they_hear_when_somebody_comes_and_each_time_that_changes(
    world: World, mailbox: Mailbox, work: Work, follow: Work, booked: dict[str, Any], anna: Field
) -> None:
    for _ in "12":
        await follow()
        await work()
    assert heard(mailbox) == ["Your visit on 5 March 2026, 13:30 CET"]
    await moved(world, booked, anna, at="2026-03-05T14:00:00Z")
    await follow()
    await work()
    assert heard(mailbox)[1:] == ["Your visit is now on 5 March 2026, 15:00 CET"]
    await world.done("POST", f"/v1/visits/{booked['id']}/cancel", {"reason": "customer_asked"}, key=str(world.id()))
    await follow()
    await work()
    assert heard(mailbox)[2:] == ["Nobody comes on 5 March 2026, 15:00 CET"]


async def test_what_changed_before_it_left_is_told_as_it_is_by_then_once(
    world: World, mailbox: Mailbox, work: Work, follow: Work, booked: dict[str, Any], anna: Field
) -> None:
    await moved(world, booked, anna, at="2026-03-05T14:00:00Z")
    await moved(world, booked, anna, at="2026-03-05T15:00:00Z")
    await follow()
    await work()
    assert len(heard(mailbox)) == 1
    assert "16:00 CET" in heard(mailbox)[0]


async def test_who_heard_nothing_is_not_told_that_nobody_comes(
    world: World, mailbox: Mailbox, work: Work, follow: Work, booked: dict[str, Any]
) -> None:
    await world.done("POST", f"/v1/visits/{booked['id']}/cancel", {"reason": "customer_asked"}, key=str(world.id()))
    await follow()
    await work()
    assert heard(mailbox) == []


async def test_who_was_told_of_a_visit_by_a_mail_that_came_back_hears_by_the_next_way(
    world: World, mailbox: Mailbox, work: Work, follow: Work, booked: dict[str, Any]
) -> None:
    world.clock.forward(seconds=1)
    other = {"name": "Ada", "channel": "email", "address": "ada@new.example"}
    await world.done("POST", f"/v1/customers/{booked['customer_id']}/contacts", other)
    await follow()
    await work()
    [notice] = (await world.done("GET", f"/v1/notices?customer_id={booked['customer_id']}"))["items"]
    world.clock.forward(minutes=5)
    await world.done("POST", f"/v1/notices/{notice['id']}/report", {"outcome": "bounced", "status": "5.1.1", "way": 1})
    await work()
    assert [mail["To"] for mail in mailbox.taken] == ["ada@a.example", "ada@new.example"]
    assert heard(mailbox) == ["Your visit on 5 March 2026, 13:30 CET"] * 2
