"""Story 6: whatever way a customer says something, it is in one case with a promise, nobody is asked to tell it again, and it isn't closed unanswered."""

import asyncio
from collections.abc import Awaitable, Callable
from email.message import EmailMessage

import aiosmtplib

from service.integrations.imap import read_mailbox
from service.worker.mail_door import open_mail_door
from service.worker.mail_fetch import fetch_mail
from tests.care.builders import code_of, did, entries, found, raised, with_mail
from tests.care.mailbox import open_imap
from tests.notices.conftest import Gateway, Mailbox
from tests.notices.test_hear_texts import opened, reached
from tests.world import World

NUMBER = "+49 170 555 0177"


async def mailed(world: World, port: int, door: str, words: str, **headers: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Ada <ada@a.example>", door, headers.get("subject", "Router")
    mail.set_content(words)
    await aiosmtplib.send(mail, sender="ada@a.example", recipients=[door], hostname="127.0.0.1", port=port, start_tls=False)
    world.clock.forward(minutes=10)


async def test_a_mail_a_call_a_text_and_the_form_are_one_story(
    world: World, mailbox: Mailbox, gateway: tuple[Gateway, int], texting: Callable[[], Awaitable[int]]
) -> None:
    customer, door = (await world.customer(name="Ada Owner"))["id"], f"help-{world.organisation_id}@x.example"
    await with_mail(world, customer, "ada@a.example")
    await reached(world, customer, NUMBER)
    await world.done("POST", "/v1/mail-addresses", {"address": door}, key=str(world.id()))
    phone = await opened(world)

    # On Wednesday her router dies, and she writes a mail.
    async with open_mail_door(world.database, host="127.0.0.1", port=0, clock=world.clock) as port:
        await mailed(world, port, door, "The router is dead since the storm")
        [case] = await phone.cases(customer)
        assert (case["about"], case["waiting"]) == ("Router", 1)

        # She calls, too: whoever picks up has her mail before them and notes what is new.
        [read] = await entries(world, case["id"])
        assert read["words"] == "The router is dead since the storm"
        await did(world, case["id"], "messages", channel="phone", words="Her mother's alarm hangs on it")
        world.clock.forward(minutes=10)

        # On the way to work she texts, without a reference; the form is sent by somebody whom nobody knows.
        assert (await phone.texts("Any news?", number="+491705550177")).status_code == 200
        world.clock.forward(minutes=10)
        page = await world.http.get(f"/contact/{world.organisation_id}")
        shown = page.text.partition('name="shown" value="')[2].partition('"')[0]
        world.clock.forward(minutes=1)
        form = {
            "name": "Neighbour",
            "reached_by": "neighbour@n.example",
            "words": f"Ada's line is down, {case['reference']}",
            "shown": shown,
        }
        assert (await world.http.post(f"/contact/{world.organisation_id}", data=form)).status_code == 200

        # A stranger's word doesn't come into her case by itself; an agent sees what it speaks of, and says that it is hers.
        assert (await found(world, case["id"]))["waiting"] == 3
        [stray] = await phone.strays()
        assert stray["reference"] == case["reference"]
        await world.done("POST", f"/v1/stray-mails/{stray['id']}/take", {"customer_id": customer}, key=str(world.id()))

        # Each of the four was promised a reply, and none of it can be closed.
        promises = (await world.done("GET", f"/v1/promises?customer_id={customer}"))["items"]
        assert [(one["kind"], one["state"]) for one in promises] == [("reply", "open")] * 4
        assert await code_of(world, case["id"], "close") == (409, "CASE_UNANSWERED")

        # The team hands it to a technician with everything that was said, who answers by text, as she asked last.
        await did(world, case["id"], "hand-over", team="technician", words="An alarm depends on it")
        await did(world, case["id"], "answers", channel="sms", words="Anna brings a new router tomorrow at nine")
        await texting()
        [text] = gateway[0].texts
        assert (text["to"], text["text"][:41]) == (NUMBER, "Anna brings a new router tomorrow at nine")
        promises = (await world.done("GET", f"/v1/promises?customer_id={customer}"))["items"]
        assert [one["state"] for one in promises] == ["kept"] * 4
        await did(world, case["id"], "close")

        # A thank-you by mail, fetched from the mailbox that the company kept beside, opens it again: it too is answered.
        async with open_imap() as server:
            mail = EmailMessage()
            mail["From"], mail["Subject"], mail["Message-ID"] = "ada@a.example", f"Re: [{case['reference']}]", "<thanks@a.example>"
            mail.set_content("Thank you, and leave it with next door")
            server.add(mail.as_bytes())
            box = read_mailbox(f"imap://help:{'so%20%22secret%22%20%5C%20it%20is'}@127.0.0.1:{server.port}")
            assert await fetch_mail(world.database, mailbox=box, address=door, clock=world.clock) == 1
        assert (await found(world, case["id"]))["state"] == "open"
        await did(world, case["id"], "answers", words="We will")
        await texting()
        [sent] = mailbox.to("ada@a.example")
        assert case["reference"] in sent["Subject"]
        await did(world, case["id"], "close")

    said = [one["words"] for one in await entries(world, case["id"]) if one["direction"] == "in"]
    assert said == [
        "The router is dead since the storm",
        "Her mother's alarm hangs on it",
        "Any news?",
        f"Ada's line is down, {case['reference']}",
        "Thank you, and leave it with next door",
    ]


async def test_what_everybody_says_at_once_is_answered_together(world: World) -> None:
    customer = (await world.customer())["id"]
    await reached(world, customer, NUMBER)
    case, phone = await raised(world, customer), await opened(world)
    await asyncio.gather(*(phone.texts(f"Word {number}", number="+491705550177") for number in range(4)))
    assert (await found(world, case["id"]))["waiting"] == 5
    await did(world, case["id"], "answers", channel="phone", words="All of it is mended")
    await did(world, case["id"], "close")
