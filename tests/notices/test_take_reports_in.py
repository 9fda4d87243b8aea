"""What a mail server gives back comes in at the mail door: its notice goes by the next way, or to a person; what it says of anything else changes nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from email.message import EmailMessage

import aiosmtplib
import pytest

from service.worker.mail_door import open_mail_door
from tests.care.builders import did, entries, raised, with_mail
from tests.integrations.reports import report
from tests.notices.conftest import Mailbox
from tests.notices.test_take_next_way import Told
from tests.world import World

Work = Callable[[], Awaitable[int]]


class Door:
    """A mail server that hands to the real door what was given back."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def hand_in(self, content: bytes, *, to: str, sender: str = "") -> None:
        """Raises what the door said."""
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=self.port, start_tls=False) as client:
            await client.ehlo()
            await client.execute_command(b"MAIL", f"FROM:<{sender}>".encode())
            await client.rcpt(to)
            await client.data(content)


class Asked:
    """A customer whom a case of theirs was answered by mail."""

    def __init__(self, world: World, customer_id: str, case_id: str) -> None:
        self.world, self.id, self.case_id = world, customer_id, case_id
        self.door = f"help-{customer_id}@x.example"

    async def notices(self) -> list[tuple[str, int, str | None]]:
        items = (await self.world.done("GET", f"/v1/notices?customer_id={self.id}"))["items"]
        return [(one["state"], one["way"], one["reach"]) for one in items]

    async def strays(self) -> int:
        return len((await self.world.done("GET", "/v1/stray-mails"))["items"])


@pytest.fixture
async def door(world: World) -> AsyncIterator[Door]:
    async with open_mail_door(world.database, host="127.0.0.1", port=0, clock=world.clock) as port:
        yield Door(port)


async def answered(world: World, work: Work, *addresses: str) -> Asked:
    customer = await world.customer()
    for address in addresses:
        await with_mail(world, customer["id"], address)
        world.clock.forward(seconds=1)  # so that they stand in the order in which they came
    case = await raised(world, customer["id"])
    asked = Asked(world, customer["id"], case["id"])
    await world.done("POST", "/v1/mail-addresses", {"address": asked.door}, key=str(world.id()))
    await did(world, case["id"], "answers", words="A new one comes")
    await work()
    return asked


async def test_an_answer_that_comes_back_goes_to_the_next_address_and_then_to_a_person(
    world: World, mailbox: Mailbox, work: Work, door: Door
) -> None:
    ada = await answered(world, work, "old@a.example", "new@a.example")
    for _ in "12":  # its sender didn't hear the 250
        await door.hand_in(report(mailbox.taken[0]), to=ada.door)
    await work()
    assert [mail["To"] for mail in mailbox.taken] == ["old@a.example", "new@a.example"]
    assert await ada.notices() == [("handed_over", 2, None)]
    await door.hand_in(report(mailbox.taken[0]), to=ada.door)
    assert await ada.notices() == [("handed_over", 2, None)]
    await door.hand_in(report(mailbox.taken[1], status="5.2.2"), to=ada.door)
    await work()
    assert await ada.notices() == [("bounced", 2, "open")]
    [reach] = (await world.done("GET", f"/v1/reaches?customer_id={ada.id}"))["items"]
    assert (reach["kind"], reach["reason"]) == ("case_answer", "5.2.2")
    assert await ada.strays() == 0


async def test_while_everything_bounces_each_is_reached_by_a_person_before_their_promise(
    world: World, mailbox: Mailbox, work: Work, door: Door
) -> None:
    address, begun, within = f"help-{world.organisation_id}@x.example", world.clock.now, (20, 50, 100)
    await world.done("POST", "/v1/mail-addresses", {"address": address}, key=str(world.id()))
    people = [Told(world, await world.customer()) for _ in within]
    for person, minutes in zip(people, within, strict=True):
        await person.contact(f"{person.id}@a.example")
        await person.contact(f"second-{person.id}@a.example")
        await person.wait_longer(minutes=minutes)
    given_back, reached = 0, {}
    for _ in range(10):
        await work()
        for mail in mailbox.taken[given_back:]:  # every mail is taken, and comes back within two minutes
            await door.hand_in(report(mail, status="5.7.1"), to=address)
        given_back = len(mailbox.taken)
        for person in people:
            if await person.reaches():
                reached.setdefault(person.id, world.clock.now)
        world.clock.forward(minutes=2)
    assert given_back == 2 * len(people)
    assert all(reached[person.id] < begun + timedelta(minutes=minutes) for person, minutes in zip(people, within, strict=True))


async def test_a_reply_to_what_went_by_the_second_way_joins_its_case(world: World, mailbox: Mailbox, work: Work, door: Door) -> None:
    ada = await answered(world, work, "old@a.example", "new@a.example")
    await door.hand_in(report(mailbox.taken[0], without=("Sayso-Notice",)), to=ada.door)
    await work()
    back = EmailMessage()
    back["From"], back["In-Reply-To"] = "new@a.example", str(mailbox.taken[1]["Message-ID"])
    back.set_content("Thank you")
    await door.hand_in(back.as_bytes(), to=ada.door, sender="new@a.example")
    assert [one["words"] for one in await entries(world, ada.case_id) if one["kind"] == "heard"][1:] == ["Thank you"]


@pytest.mark.parametrize("mark", ["", "0" * 32])
async def test_nobody_who_knows_the_id_of_a_notice_alone_says_that_it_came_back(
    world: World, mailbox: Mailbox, work: Work, door: Door, mark: str
) -> None:
    ada = await answered(world, work, "ada@a.example")
    [notice] = (await world.done("GET", f"/v1/notices?customer_id={ada.id}"))["items"]
    forged = EmailMessage()
    forged["Message-ID"], forged["To"] = f"<{notice['id']}.1.{mark}@localhost>".replace(".@", "@"), "ada@a.example"
    forged["Sayso-Notice"] = f"{world.organisation_id}/{notice['id']}/1/{mark}".removesuffix("/")
    await door.hand_in(report(forged), to=ada.door)
    assert (await ada.notices(), await ada.strays()) == ([("handed_over", 1, None)], 1)


async def test_a_report_of_what_nobody_knows_changes_nothing_and_is_kept(world: World, mailbox: Mailbox, work: Work, door: Door) -> None:
    ada = await answered(world, work, "ada@a.example")
    strange = EmailMessage()
    strange["Message-ID"], strange["To"] = f"<{world.id()}@localhost>", "ada@a.example"
    await door.hand_in(report(strange), to=ada.door)
    assert (await ada.notices(), await ada.strays()) == ([("handed_over", 1, None)], 1)


async def test_a_report_of_a_mail_that_is_not_ours_says_whom_it_did_not_reach_and_why(world: World, work: Work, door: Door) -> None:
    ada = await answered(world, work, "ada@a.example")
    written = EmailMessage()
    written["Message-ID"], written["To"] = "<by-hand@office.example>", "bob@n.example"
    await door.hand_in(report(written, status="5.2.2"), to=ada.door)
    [stray] = (await world.done("GET", "/v1/stray-mails"))["items"]
    assert stray["came_back_to"] == "bob@n.example"
    assert stray["came_back_because"].startswith("5.2.2 550 5.1.1 <bob@n.example>: Recipient address rejected")
    world.clock.forward(seconds=1)
    await door.hand_in(b"From: a@b.example\r\nSubject: Hello\r\n\r\nNo report", to=ada.door, sender="a@b.example")
    assert [one["came_back_to"] for one in (await world.done("GET", "/v1/stray-mails"))["items"]][1:] == [None]


async def test_what_is_late_but_not_given_back_changes_nothing_and_is_kept(world: World, mailbox: Mailbox, work: Work, door: Door) -> None:
    ada = await answered(world, work, "ada@a.example")
    await door.hand_in(report(mailbox.taken[0], action="delayed", status="4.4.1"), to=ada.door)
    assert (await ada.notices(), await ada.strays()) == ([("handed_over", 1, None)], 1)


@pytest.mark.parametrize("without", [(), ("Sayso-Notice",)])
async def test_nobody_gives_back_the_mail_of_another_organisation(
    world: World, other_world: World, mailbox: Mailbox, work: Work, door: Door, without: tuple[str, ...]
) -> None:
    ada = await answered(world, work, "ada@a.example")
    theirs = f"help-{other_world.organisation_id}@x.example"
    await other_world.done("POST", "/v1/mail-addresses", {"address": theirs}, key=str(other_world.id()))
    await door.hand_in(report(mailbox.taken[0], without=without), to=theirs)
    assert await ada.notices() == [("handed_over", 1, None)]
    assert len((await other_world.done("GET", "/v1/stray-mails"))["items"]) == 1
