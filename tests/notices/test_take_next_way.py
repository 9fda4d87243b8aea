"""Where one way to somebody fails the next is tried, and where none is left a person reaches them before it is too late."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from tests.notices.conftest import Mailbox
from tests.promises.builders import promised
from tests.world import World

Work = Callable[[], Awaitable[int]]


class Told:
    """A customer with addresses who is promised another time, which they are to be told."""

    def __init__(self, world: World, customer: dict[str, Any]) -> None:
        self.world, self.id = world, customer["id"]

    async def contact(self, address: str, *, channel: str = "email", may: bool = True, name: str = "Ada") -> str:
        self.world.clock.forward(seconds=1)  # so that they stand in the order in which they came
        body = {"name": name, "channel": channel, "address": address, "may_authorise": may}
        return str((await self.world.done("POST", f"/v1/customers/{self.id}/contacts", body))["id"])

    async def wait_longer(self, *, minutes: int = 1440, reason: str = "The part comes later") -> dict[str, Any]:
        made = await promised(self.world, self.id)
        self.world.clock.forward(seconds=1)
        renewal = {"reason": reason, "within_minutes": minutes}
        return await self.world.done("POST", f"/v1/promises/{made['id']}/renew", renewal, key=str(self.world.id()))

    async def notices(self) -> list[tuple[str, str | None, int]]:
        page = await self.world.done("GET", f"/v1/notices?customer_id={self.id}")
        return [(one["state"], one["reach"], one["way"]) for one in page["items"]]

    async def reaches(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.world.done("GET", f"/v1/reaches?customer_id={self.id}"))["items"]
        return found

    async def bounced(self, *, status: str = "5.1.1", outcome: str = "bounced", way: int = 1) -> dict[str, Any]:
        [notice] = (await self.world.done("GET", f"/v1/notices?customer_id={self.id}"))["items"][-1:]
        body = {"outcome": outcome, "status": status, "way": way}
        answer: dict[str, Any] = await self.world.done("POST", f"/v1/notices/{notice['id']}/report", body)
        return answer


@pytest.fixture
async def ada(world: World) -> Told:
    return Told(world, await world.customer())


async def test_what_bounced_goes_to_the_next_address_and_then_to_a_person_with_every_way_we_have(
    world: World, mailbox: Mailbox, work: Work, ada: Told
) -> None:
    first, second = await ada.contact("old@a.example"), await ada.contact("new@a.example")
    phone = await ada.contact("+49 30 555 0177", channel="phone", may=False, name="Next door")
    renewed = await ada.wait_longer()
    await work()
    assert (await ada.bounced())["changed"] is True
    await work()
    assert [mail["To"] for mail in mailbox.taken] == ["old@a.example", "new@a.example"]
    assert len({mail["Message-ID"] for mail in mailbox.taken}) == 2
    assert await ada.notices() == [("handed_over", None, 2)]
    await ada.bounced(way=2, status="5.2.2")
    await work()
    [reach] = await ada.reaches()
    assert (reach["due_at"], reach["state"], reach["late"]) == (renewed["due_at"], "bounced", False)
    assert [(one["id"], one["tried"]) for one in reach["contacts"]] == [(phone, False), (first, True), (second, True)]


async def test_an_address_that_gave_mail_back_for_good_is_not_tried_again_until_it_changes(
    world: World, mailbox: Mailbox, work: Work, ada: Told
) -> None:
    contact = await ada.contact("gone@a.example")
    await ada.wait_longer()
    await work()
    await ada.bounced()
    await work()
    await ada.wait_longer()
    await work()
    assert len(mailbox.taken) == 1
    assert sorted(await ada.notices()) == [("bounced", "open", 1), ("failed", "open", 1)]
    await world.changed(f"/v1/customers/{ada.id}/contacts/{contact}", address="here@a.example")
    await ada.wait_longer()
    await work()
    assert [mail["To"] for mail in mailbox.taken] == ["gone@a.example", "here@a.example"]


async def test_a_full_mailbox_is_tried_again_next_time(mailbox: Mailbox, work: Work, ada: Told) -> None:
    await ada.contact("full@a.example")
    await ada.wait_longer()
    await work()
    await ada.bounced(status="5.2.2")
    await work()
    await ada.wait_longer()
    await work()
    assert len(mailbox.taken) == 2


async def test_a_report_changes_nothing_but_what_it_is_about(work: Work, ada: Told) -> None:
    await ada.contact("a@a.example")
    await ada.wait_longer()
    await work()
    assert await ada.bounced(way=2) == {**await ada.bounced(way=2), "state": "handed_over", "changed": False}
    assert (await ada.bounced(outcome="delivered", status="2.0.0"))["state"] == "delivered"
    assert (await ada.bounced(outcome="delivered", status="2.0.0"))["changed"] is False
    assert (await ada.bounced())["changed"] is True  # given back by a later station after all


async def test_others_of_the_customers_people_are_not_written_to_while_somebody_may_decide(mailbox: Mailbox, work: Work, ada: Told) -> None:
    await ada.contact("neighbour@a.example", may=False)
    await ada.contact("ada@a.example")
    await ada.wait_longer()
    await work()
    await ada.bounced()
    await work()
    assert [mail["To"] for mail in mailbox.taken] == ["ada@a.example"]
    assert len(await ada.reaches()) == 1


async def test_who_was_reached_is_a_fact_and_nothing_else_ends_it(world: World, work: Work, ada: Told) -> None:
    await ada.contact("a@a.example")
    await ada.wait_longer()
    await work()
    await ada.bounced()
    await work()
    [reach] = await ada.reaches()
    tries = f"/v1/reaches/{reach['id']}/tries"
    missed = {"channel": "phone", "reached": False, "words": "Nobody picked up"}
    assert (await world.done("POST", tries, missed))["state"] == "open"
    assert len(await ada.reaches()) == 1
    reached = {"channel": "in_person", "reached": True, "words": "Told her at the door"}
    assert (await world.done("POST", tries, reached))["state"] == "reached"
    assert await ada.reaches() == []
    again = await world.request("POST", tries, json=reached)
    assert (again.status_code, again.json()["code"]) == (409, "REACH_ENDED")
    kinds = [one["kind"] for one in (await world.done("GET", f"/v1/customers/{ada.id}/timeline"))["items"]]
    assert (kinds.count("reach_wanted"), kinds.count("reach_done"), kinds.count("message_noted")) == (1, 1, 2)


async def test_it_comes_off_the_list_once_there_is_nothing_to_tell_any_more(world: World, work: Work, ada: Told) -> None:
    renewed = await ada.wait_longer()
    await work()
    assert await ada.notices() == [("failed", "open", 1)]
    judge = Runner(
        world.database, kinds={"judge_reaches": KINDS["judge_reaches"]}, outside=Nothing(), clock=world.clock, jitter=lambda: 0.0
    )
    judge._committed(world.organisation_id)
    await judge.drain()
    assert await ada.notices() == [("failed", "open", 1)]
    await world.done("POST", f"/v1/promises/{renewed['id']}/release", {"reason": "no_longer_needed"})
    world.clock.forward(minutes=2)
    await judge.drain()
    assert await ada.notices() == [("failed", "matter_ended", 1)]


class Nothing:
    """An operator who set nothing up."""

    class settings:  # noqa: N801
        stripe_api_key = ""
        public_url = "https://visits.example"


@pytest.mark.parametrize("weather", ["down", "greylisting", "slow", "refusing"])
async def test_while_the_server_is_down_greylisting_slow_or_refusing_each_is_told_or_reached_before_its_promise(
    world: World, mailbox: Mailbox, work: Work, weather: str
) -> None:
    begun = world.clock.now
    people = [Told(world, await world.customer()) for _ in range(4)]
    for person, minutes in zip(people, (20, 50, 100, 400), strict=True):
        await person.contact(f"{person.id}@a.example")
        await person.wait_longer(minutes=minutes)
    answers = {"down": "421 closing", "greylisting": "451 4.7.1 come back", "slow": "lost", "refusing": "550 5.1.1 nobody"}
    ended: dict[str, datetime] = {}
    for minute in range(0, 480, 5):
        outage = minute < 60
        mailbox.answers = [answers[weather]] * 1000 if outage and (weather != "greylisting" or minute < 15) else []
        await work()
        for person in people:
            [(state, reach, _)] = await person.notices()
            if person.id not in ended and (state == "handed_over" or reach == "open"):
                ended[person.id] = world.clock.now
        world.clock.forward(minutes=5)
    due = {person.id: begun + timedelta(minutes=minutes) for person, minutes in zip(people, (20, 50, 100, 400), strict=True)}
    assert ended.keys() == due.keys()
    assert all(ended[one] < due[one] for one in due), [(ended[one] - begun, due[one] - begun) for one in due]
    for person in people:
        [(state, reach, _)] = await person.notices()
        assert (state == "handed_over") != (reach == "open")
