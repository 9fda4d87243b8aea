"""Mail comes in by SMTP: what was answered 250 is kept, once; it opens or joins a case and is promised a reply; nobody known's waits for somebody who knows."""

import asyncio
from collections.abc import AsyncIterator
from email.message import EmailMessage
from time import process_time
from typing import Any

import aiosmtplib
import pytest
import uvloop

from service.integrations.bounces import read_report
from service.integrations.mail_reading import read_mail
from service.worker.mail_door import MOST_CONNECTIONS, open_mail_door
from tests.care.builders import did, entries, raised, with_mail
from tests.world import World


class Door:
    """A real client at the real door."""

    def __init__(self, world: World, port: int, address: str) -> None:
        self.world, self.port, self.address = world, port, address

    async def send(self, mail: EmailMessage | bytes, *, sender: str = "ada@a.example", to: str | None = None) -> None:
        """Hands a mail in; raises what the door said."""
        content = mail if isinstance(mail, bytes) else mail.as_bytes()
        await aiosmtplib.send(
            content, sender=sender, recipients=[to or self.address], hostname="127.0.0.1", port=self.port, start_tls=False
        )

    async def cases(self, customer_id: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await self.world.done("GET", f"/v1/customers/{customer_id}/cases"))["items"]
        return items

    async def strays(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = (await self.world.done("GET", "/v1/stray-mails"))["items"]
        return items


def written(sender: str, words: str = "The router is dead", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Ada Owner <{sender}>", "help@x.example", "Help"
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    mail.set_content(words)
    return mail


@pytest.fixture
async def door(world: World) -> AsyncIterator[Door]:
    address = f"help-{world.organisation_id}@x.example"
    await world.done("POST", "/v1/mail-addresses", {"address": address}, key=str(world.id()))
    async with open_mail_door(world.database, host="127.0.0.1", port=0, clock=world.clock) as port:
        yield Door(world, port, address)


async def known(world: World) -> tuple[dict[str, Any], str]:
    """A customer who is reached by mail, and the address."""
    customer = await world.customer()
    address = f"ada-{customer['id']}@a.example"
    await with_mail(world, customer["id"], address)
    return customer, address


async def test_a_mail_opens_a_case_with_a_promise_and_comes_in_once(world: World, door: Door) -> None:
    customer, address = await known(world)
    mail = written(address, Message_ID="<one@a.example>")
    for _ in "12":
        await door.send(mail)
    [case] = await door.cases(customer["id"])
    assert (case["channel"], case["waiting"]) == ("email", 1)
    [heard] = await entries(world, case["id"])
    assert heard["words"] == "The router is dead"
    [promise] = (await world.done("GET", f"/v1/promises?customer_id={customer['id']}"))["items"]
    assert (promise["kind"], promise["subject_id"], promise["due_at"]) == ("reply", heard["id"], case["due_at"])


async def test_an_answer_to_ours_or_to_theirs_joins_the_case_and_so_does_its_reference(world: World, door: Door) -> None:
    customer, address = await known(world)
    await door.send(written(address, Message_ID="<one@a.example>"))
    [case] = await door.cases(customer["id"])
    ours = await did(world, case["id"], "answers", words="Which lamp is on?")
    for number, headers in enumerate(
        (
            {"References": "<zero@a.example> <one@a.example>"},
            {"In_Reply_To": f"<{ours['id']}.1.{'0' * 32}@localhost>"},
            {"Subject": f"Re: still [{case['reference'].lower()}]"},
        )
    ):
        world.clock.forward(minutes=1)
        await door.send(written(address, f"Word {number}", **headers))
    assert len(await door.cases(customer["id"])) == 1
    assert [one["words"] for one in await entries(world, case["id"]) if one["kind"] == "heard"][1:] == ["Word 0", "Word 1", "Word 2"]
    merged = await raised(world, customer["id"])
    await did(world, case["id"], "merge", case_id=merged["id"])
    await door.send(written(address, "Word 3", Subject=case["reference"]))
    assert "Word 3" in [one["words"] for one in await entries(world, merged["id"])]


async def test_a_machines_mail_is_kept_and_promised_nothing(world: World, door: Door) -> None:
    customer, address = await known(world)
    for headers in ({"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "<x.example>"}):
        await door.send(written(address, "Away until Monday", **headers))
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=door.port, start_tls=False) as client:
        await client.ehlo()
        await client.execute_command(b"MAIL", b"FROM:<>")
        await client.rcpt(door.address)
        await client.data(written(address, "Returned to sender").as_bytes())
    assert [one["waiting"] for one in await door.cases(customer["id"])] == [0] * 4
    assert not (await world.done("GET", f"/v1/promises?customer_id={customer['id']}"))["items"]
    assert not (await world.done("GET", f"/v1/notices?customer_id={customer['id']}"))["items"]


async def test_a_card_number_is_hidden_wherever_a_mail_names_one(world: World, door: Door) -> None:
    mail = written("new@n.example", "4111 1111 1111 1111", Subject="4111111111111111", From='"4111 1111 1111 1111" <new@n.example>')
    mail.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="4111-1111-1111-1111.pdf")
    await door.send(mail)
    [stray] = await door.strays()
    assert [stray[name] for name in ("words", "subject", "sender_name")] == ["…1111"] * 3
    assert stray["attachments"][0]["name"] == "…1111.pdf"


async def test_mail_of_nobody_known_waits_for_somebody_who_knows_whose_it_is(world: World, door: Door) -> None:
    customer, _ = await known(world)
    case = await raised(world, customer["id"])
    await door.send(written("new@n.example", "I moved", Subject=f"Re: {case['reference']}", From='"<b>New</b>" <new@n.example>'))
    world.clock.forward(minutes=1)
    await door.send(written("spam@n.example", "Buy this"))
    stray, spam = await door.strays()
    assert (stray["sender_name"], stray["sender"], stray["case_id"]) == ("<b>New</b>", "new@n.example", case["id"])
    assert len(await entries(world, case["id"])) == 1
    body = {"customer_id": customer["id"], "adds_contact": True}
    heard = await world.done("POST", f"/v1/stray-mails/{stray['id']}/take", body, key=str(world.id()))
    assert (heard["id"], heard["message_id"]) == (case["id"], stray["id"])
    assert [one["words"] for one in await entries(world, case["id"])][-1] == "I moved"
    await world.done("POST", f"/v1/stray-mails/{spam['id']}/dismiss", key=str(world.id()))
    assert not await door.strays()
    await door.send(written("new@n.example", "It is me again"))
    assert len(await door.cases(customer["id"])) == 2


async def test_nobody_gets_into_the_case_of_another_customer_by_its_reference(world: World, door: Door) -> None:
    customer, _ = await known(world)
    other, address = await known(world)
    case = await raised(world, customer["id"])
    await door.send(written(address, "Let me in", Subject=case["reference"]))
    assert len(await entries(world, case["id"])) == 1
    assert len(await door.cases(other["id"])) == 1


async def test_only_addresses_that_were_set_are_taken_and_nothing_too_large(world: World, door: Door) -> None:
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
        await door.send(written("a@a.example"), to="nobody@x.example")
    assert refused.value.recipients[0].code == 550
    with pytest.raises(aiosmtplib.SMTPResponseException) as large:
        await door.send(b"Subject: x\r\n\r\n" + b"x" * 76 * 400_000)
    assert large.value.code == 552
    taken = await world.post("/v1/mail-addresses", {"address": door.address.upper(), "id": str(world.id())}, key=str(world.id()))
    assert taken.status_code == 409


async def test_the_door_asks_to_come_back_while_the_database_is_away(world: World, door: Door) -> None:
    customer, address = await known(world)
    pool, world.database.pool = world.database.pool, Gone()
    try:
        with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
            await door.send(written(address, Message_ID="<late@a.example>"))
    finally:
        world.database.pool = pool
    assert refused.value.recipients[0].code == 451
    await door.send(written(address, Message_ID="<late@a.example>"))
    assert len(await door.cases(customer["id"])) == 1


class Gone:
    """A pool whose server is gone."""

    def acquire(self, **_: Any) -> Any:
        raise OSError


MARKED_UP = b"""From: ada@a.example\r\nSubject: =?utf-8?b?4pyT?= <script>alert(1)</script>\r\nBcc: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=no-such-thing\r\n\r\n
<html><head><title>No</title><style>p{}</style><script>alert(1)</script></head><body><p>Gr\xc3\xbc\xc3\x9fe</p><p>my router &lt;b&gt; is<br>dead\xff</p></body></html>"""


async def test_markup_and_wrong_encodings_become_text(world: World, door: Door) -> None:
    customer, address = await known(world)
    await door.send(MARKED_UP.replace(b"ada@a.example", address.encode()))
    [case] = await door.cases(customer["id"])
    [heard] = await entries(world, case["id"])
    assert heard["words"] == "Gr\u00fc\u00dfe\nmy router <b> is\ndead\ufffd"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x00\xff\xfe",
        b"Content-Type: multipart/mixed\r\n\r\nno boundary",
        b'From: =?x?q?=\r\nContent-Type: text/plain; charset="\r\n\r\n\x00\x01',
        b"From: a <a@a.example>\r\nFrom: b <b@b.example>\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!",
        b"Message-ID: <" + b"x" * 2000 + b">\r\nSubject: \xff\xfe\r\n\r\nHi",
        b"From: @@@\r\nContent-Disposition: attachment; filename*=x'y'%zz\r\n\r\nHi",
    ],
)
async def test_no_mail_is_too_broken_to_be_kept(world: World, door: Door, content: bytes) -> None:
    await door.send(content or b"\r\n")
    assert len(await door.strays()) == 1


NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (one, one) for one in range(900))


@pytest.mark.parametrize(
    "content",
    [
        b"Message-ID: <a\x00b@x.example>\r\n\r\nHello there",
        b"From: " + b"(" * 2000 + b"a@a.example\r\n\r\nHello there",
        b"Content-Type: text/plain; charset=" + b"(" * 2000 + b"\r\n\r\nHello there",
        b"Subject: Hello there\r\n" + NESTED + b"\r\nHello there",
        b"Content-Type: message/rfc822\r\n\r\n" * 3000 + b"\r\nHello there",
    ],
    ids=["nul-in-id", "comments-in-from", "comments-in-type", "nested-parts", "nested-mails"],
)
async def test_what_would_break_a_reader_is_taken_in_and_not_asked_for_forever(door: Door, content: bytes) -> None:
    await door.send(content)
    [stray] = await door.strays()
    assert len(stray["words"]) > 1


@pytest.mark.parametrize(
    "content",
    [
        b"Content-Type: text/html\r\n\r\n" + b"<div>" * 20_000 + b"Hello there",
        b"Content-Type: text/html\r\n\r\n" + b"Hello there" + b"<!--" * 50_000,
        b"Content-Type: text/html\r\n\r\n" + b"Hello there" + b"<a b='\"" * 50_000,
        b"From: " + b"a," * 40_000 + b"\r\n\r\nHello there",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n" + b"--b\n\n\n" * 150_000,
        b"Content-Type: text/plain" + b"; a=b" * 25_000 + b"\r\n\r\nHello there",
        b"Content-Type: text/plain; charset=punycode\r\n\r\nHello-" + b"a9b" * 200_000,
    ],
    ids=["deep-markup", "open-comments", "open-tags", "many-senders", "many-parts", "many-parameters", "slow-charset"],
)
def test_a_small_mail_doesnt_keep_the_door_busy(content: bytes) -> None:
    before = process_time()
    read_mail(content, envelope_sender="a@a.example")
    read_report(content)
    assert process_time() - before < 8


async def test_who_comes_while_too_many_are_here_is_asked_to_come_back_and_then_taken(door: Door) -> None:
    here = [await asyncio.open_connection("127.0.0.1", door.port) for _ in range(MOST_CONNECTIONS)]
    assert [(await reader.readline())[:4] for reader, _ in here] == [b"220 "] * MOST_CONNECTIONS
    reader, writer = await asyncio.open_connection("127.0.0.1", door.port)
    assert (await reader.read())[:4] == b"421 "
    for client, one in here:
        one.write(b"QUIT\r\n")
        await client.read()  # until the door has let go of it
    for _, one in [*here, (reader, writer)]:
        one.close()
        await one.wait_closed()
    await door.send(written("new@n.example"))
    assert len(await door.strays()) == 1


async def greetings(world: World) -> list[bytes]:
    """What as many as the door lets in hear, and one more."""
    async with open_mail_door(world.database, host="127.0.0.1", port=0, clock=world.clock) as port:
        here = [await asyncio.open_connection("127.0.0.1", port) for _ in range(MOST_CONNECTIONS + 1)]
        said = [(await reader.readline())[:4] for reader, _ in here]
        for _, one in here:
            one.close()
            await one.wait_closed()
        return said


async def test_they_are_on_the_loop_that_the_service_runs_on_too(world: World) -> None:
    def served() -> list[bytes]:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(greetings(world))

    assert await asyncio.to_thread(served) == [b"220 "] * MOST_CONNECTIONS + [b"421 "]


async def test_two_mails_that_call_themselves_the_same_are_both_kept(world: World, door: Door) -> None:
    first, address = await known(world)
    second, another = await known(world)
    for sender, words in ((another, "Never mind"), (address, "The router is dead"), (address, "It burns"), (address, "It burns")):
        await door.send(written(sender, words, Message_ID="<scan@printer.example>"))
        world.clock.forward(minutes=1)
    assert len(await door.cases(second["id"])) == 1
    words = [one["words"] for case in await door.cases(first["id"]) for one in await entries(world, case["id"])]
    assert sorted(words) == ["It burns", "The router is dead"]


@pytest.mark.parametrize("sender", ['"a b"@n.example', "a" * 300 + "@n.example", "\u200b@", "@"])
async def test_a_strangers_address_that_is_none_is_refused_as_a_contact(world: World, door: Door, sender: str) -> None:
    customer, _ = await known(world)
    await door.send(f"From: {sender}\r\n\r\nHello there".encode())
    [stray] = await door.strays()
    answer = await world.post(
        f"/v1/stray-mails/{stray['id']}/take", {"customer_id": customer["id"], "adds_contact": True}, key=str(world.id())
    )
    assert (answer.status_code, answer.json().get("code")) in {(422, "ADDRESS_DOES_NOT_FIT"), (201, None)}


async def test_mail_for_an_address_that_was_taken_back_meanwhile_isnt_said_to_be_kept(world: World, door: Door) -> None:
    [listed] = (await world.done("GET", "/v1/mail-addresses"))["items"]
    async with aiosmtplib.SMTP(hostname="127.0.0.1", port=door.port, start_tls=False) as client:
        await client.ehlo()
        await client.mail("a@a.example")
        await client.rcpt(door.address)
        await world.done("POST", f"/v1/mail-addresses/{listed['id']}/remove", key=str(world.id()))
        with pytest.raises(aiosmtplib.SMTPDataError) as refused:
            await client.data(b"Subject: Hi\r\n\r\nHello there")
    assert refused.value.code == 550


async def test_files_are_kept_but_for_what_runs_by_itself_which_is_said(world: World, door: Door) -> None:
    customer, address = await known(world)
    mail = written(address)
    for name, content in (
        ("photo.jpg", b"\xff\xd8\xff\xe0rest"),
        ("bill.pdf", b"MZ\x90"),
        ("run.js", b"alert(1)"),
        ("run.bat. .", b"del"),
        ("..\\..\\a<b>.txt", b"text"),
    ):
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    await door.send(mail)
    [case] = await door.cases(customer["id"])
    [heard] = await entries(world, case["id"])
    assert [(one["name"], one["media_type"], one["refused"]) for one in heard["attachments"]] == [
        ("photo.jpg", "image/jpeg", None),
        ("bill.pdf", "application/octet-stream", "executable"),
        ("run.js", "application/octet-stream", "executable"),
        ("run.bat. .", "application/octet-stream", "executable"),
        (".._.._a<b>.txt", "application/octet-stream", None),
    ]
    file = await world.get(f"/v1/attachments/{heard['attachments'][0]['id']}")
    assert (file.status_code, file.content) == (200, b"\xff\xd8\xff\xe0rest")
    assert file.headers["content-disposition"].startswith("attachment")
    assert (await world.get(f"/v1/attachments/{heard['attachments'][1]['id']}")).status_code == 404


async def test_where_mail_comes_in_is_listed_and_taken_back(world: World, door: Door) -> None:
    [listed] = (await world.done("GET", "/v1/mail-addresses"))["items"]
    assert listed["address"] == door.address
    await world.done("POST", f"/v1/mail-addresses/{listed['id']}/remove", key=str(world.id()))
    with pytest.raises(aiosmtplib.SMTPRecipientsRefused):
        await door.send(written("a@a.example"))


async def test_strays_taken_into_one_case_at_once_are_all_kept(world: World, door: Door) -> None:
    customer, _ = await known(world)
    case = await raised(world, customer["id"])
    for number in range(8):
        await door.send(written(f"new{number}@n.example", "I moved", Subject=f"Re: {case['reference']}"))
    answers = await asyncio.gather(
        *(
            world.post(f"/v1/stray-mails/{stray['id']}/take", {"customer_id": customer["id"]}, key=str(world.id()))
            for stray in await door.strays()
        )
    )
    assert [one.status_code for one in answers] == [201] * 8, [one.text for one in answers]
    assert len(await entries(world, case["id"])) == 9
