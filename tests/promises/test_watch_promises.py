"""An owner is warned before a promise breaks; once it is broken somebody else answers for it, and a customer hears why it takes longer."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from service.promises.watching import watch_promises
from tests.notices.conftest import Mailbox
from tests.promises.builders import hours, promised, said
from tests.world import World

Watch = Callable[[], Awaitable[None]]


@pytest.fixture
def watch(world: World, work: Callable[[], Awaitable[int]]) -> Watch:
    """The worker looks at the promises, and mails whom it found."""

    async def watched() -> None:
        await look(world)
        await work()

    return watched


async def look(world: World) -> None:
    """The worker looks at the promises, and mails nobody yet."""
    worker = Runner(world.database, kinds={"watch_promises": KINDS["watch_promises"]}, clock=world.clock, jitter=lambda: 0.0)
    worker._committed(world.organisation_id)
    await worker.drain()


def heard(box: Mailbox) -> list[tuple[str, str]]:
    return [(mail["To"], mail["Subject"]) for mail in box.taken]


async def test_its_owner_is_warned_once_and_its_next_owner_told_once(world: World, mailbox: Mailbox, watch: Watch) -> None:
    owner, chief = await world.staff("back_office"), await world.staff("manager")
    await hours(
        world, hours=[{"weekday": day, "opens": "00:00:00", "closes": "00:00:00"} for day in range(1, 8)], escalates_to=str(chief["id"])
    )
    customer = await world.customer()
    made = await promised(world, customer["id"], within_minutes=90, owner_staff_id=str(owner["id"]))
    await watch()
    assert heard(mailbox) == []
    for _ in "12":
        world.clock.forward(minutes=31 if not mailbox.taken else 1)
        await watch()
    [(to, subject)] = heard(mailbox)
    assert (to, "call back" in subject) == (f"{owner['id']}@northwind.example", True)
    assert "About the router" in mailbox.taken[0].get_content()
    for _ in "12":
        world.clock.forward(minutes=60)
        await watch()
    assert [to for to, _ in heard(mailbox)] == [f"{owner['id']}@northwind.example", f"{chief['id']}@northwind.example"]
    [due] = (await world.done("GET", f"/v1/promises/due?owner_staff_id={chief['id']}"))["items"]
    assert (due["id"], due["broken"], due["escalated"]) == (made["id"], True, True)
    kinds = [one["kind"] for one in (await world.done("GET", f"/v1/customers/{customer['id']}/timeline"))["items"]]
    assert (kinds.count("promise_warned"), kinds.count("promise_escalated")) == (1, 1)


async def test_nobody_is_warned_of_what_was_kept_meanwhile(world: World, mailbox: Mailbox, watch: Watch) -> None:
    customer = await world.customer()
    await promised(world, customer["id"], within_minutes=90)
    world.clock.forward(minutes=40)
    await look(world)
    await said(world, customer["id"])
    await watch()
    assert heard(mailbox) == []


async def test_workers_that_watch_at_once_warn_once(world: World) -> None:
    made = await promised(world, (await world.customer())["id"], within_minutes=30)
    watching = [
        world.database.perform(
            watch_promises, principal=world.principal(), at=world.clock.now, request_id=world.id(), remember=None, values={}
        )
        for _ in range(6)
    ]
    warned = [done.record.warned for done in await asyncio.gather(*watching)]
    assert sum(warned) == 1
    facts = await world.sql("select subject_id from kit.fact where organisation_id = $1 and kind = 'promise_warned'", world.organisation_id)
    assert [str(fact["subject_id"]) for fact in facts] == [made["id"]]


async def test_a_customer_hears_of_another_time_with_its_reason(world: World, mailbox: Mailbox, watch: Watch) -> None:
    customer = await world.customer(language="de")
    contact = {"name": "Ada", "channel": "email", "address": "ada@a.example"}
    await world.done("POST", f"/v1/customers/{customer['id']}/contacts", contact)
    made = await promised(world, customer["id"])
    renewal = {"reason": "Das Ersatzteil kommt erst morgen", "within_minutes": 1440}
    await world.done("POST", f"/v1/promises/{made['id']}/renew", renewal, key=str(world.id()))
    await watch()
    [mail] = mailbox.taken
    assert (mail["To"], "Es dauert länger: ein Rückruf bis" in mail["Subject"]) == ("ada@a.example", True)
    assert "Das Ersatzteil kommt erst morgen" in mail.get_content()
