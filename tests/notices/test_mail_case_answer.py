"""An answer in a case goes to whoever asked, by mail, with the reference that they quote."""

from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from typing import Any

import aiosmtplib

from service.worker.mail_door import open_mail_door
from tests.care.builders import code_of, did, raised, with_mail
from tests.notices.conftest import Mailbox
from tests.world import World


async def test_an_answer_is_mailed_once_with_the_reference_of_its_case(
    world: World, mailbox: Mailbox, work: Callable[[], Awaitable[Any]]
) -> None:
    customer = await world.customer(language="de")
    address = f"ada-{customer['id']}@a.example"
    contact_id = await with_mail(world, customer["id"], address)
    case = await raised(world, customer["id"], contact_id=contact_id)
    answer = {"words": "Morgen kommt <i>ein neuer</i> Router.", "id": str(world.id())}
    for _ in "12":
        await did(world, case["id"], "answers", **answer)
    await work()
    [mail] = mailbox.to(address)
    assert case["reference"] in mail["Subject"]
    assert str(mail["Message-ID"]).startswith(f"<{answer['id']}.1.")
    text = mail.get_content()
    assert text.startswith("Guten Tag Ada,")
    assert "Morgen kommt <i>ein neuer</i> Router." in text
    assert case["reference"] in text
    [notice] = (await world.done("GET", f"/v1/notices?customer_id={customer['id']}"))["items"]
    assert (notice["kind"], notice["state"], notice["subject_id"]) == ("case_answer", "handed_over", answer["id"])


async def test_who_has_no_address_for_mail_is_told_another_way(world: World) -> None:
    customer = await world.customer()
    case = await raised(world, customer["id"])
    assert await code_of(world, case["id"], "answers", words="Hello") == (409, "ANSWER_UNADDRESSED")
    await did(world, case["id"], "answers", channel="letter", words="Hello")
    await did(world, case["id"], "close")


async def test_an_answer_to_a_mail_stands_in_its_thread_and_comes_back_to_the_door(
    world: World, mailbox: Mailbox, work: Callable[[], Awaitable[Any]]
) -> None:
    customer = await world.customer()
    address, door = f"ada-{customer['id']}@a.example", f"help-{customer['id']}@x.example"
    await with_mail(world, customer["id"], address)
    await world.done("POST", "/v1/mail-addresses", {"address": door}, key=str(world.id()))
    asked = EmailMessage()
    asked["From"], asked["Subject"], asked["Message-ID"] = address, "Re: \u2713 Router Bcc: x@x.example", f"<{'a' * 90}@a.example>"
    asked.set_content("It is dead")
    async with open_mail_door(world.database, host="127.0.0.1", port=0, clock=world.clock) as port:
        sent = {"sender": address, "recipients": [door], "hostname": "127.0.0.1", "start_tls": False}
        await aiosmtplib.send(asked.as_bytes(), port=port, **sent)
        [case] = (await world.done("GET", f"/v1/customers/{customer['id']}/cases"))["items"]
        await did(world, case["id"], "answers", words="A new one comes")
        await work()
        [mail] = mailbox.to(address)
        assert mail["Subject"] == f"Re: \u2713 Router Bcc: x@x.example [{case['reference']}]"
        assert (mail["Bcc"], mail["Reply-To"], mail["Auto-Submitted"]) == (None, door, None)
        assert (mail["In-Reply-To"], mail["References"]) == (asked["Message-ID"], asked["Message-ID"])
        back = EmailMessage()
        back["From"], back["In-Reply-To"] = address, str(mail["Message-ID"])
        back.set_content("Thank you")
        await aiosmtplib.send(back.as_bytes(), port=port, **sent)
    assert len((await world.done("GET", f"/v1/customers/{customer['id']}/cases"))["items"]) == 1
