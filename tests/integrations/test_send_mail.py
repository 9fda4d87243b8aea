"""Mail handed to a real SMTP server on the loopback, and what is known afterwards when it goes wrong."""

import asyncio
import email
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from service.integrations.mail import (
    Attachment,
    Mail,
    MailMalformed,
    MailServer,
    MailServerMalformed,
    compose,
    message_id_for,
    read_server,
    send,
)
from tests.integrations.certificates import self_signed

MAIL = Mail(
    message_id=message_id_for(notice_id=UUID("01900000-0000-7000-8000-000000000001"), domain="sayso.example", mark="0" * 32),
    dated_at=datetime(2026, 3, 1, 12, 0, tzinfo=UTC),
    sender="Sayso Repairs <help@sayso.example>",
    recipient="Zoë Ångström <zoe@customer.example>",
    subject="Your visit – Tuesday 09:00",
    text="Dear Zoë,\n.a line that begins with a dot\n\n€ 120.00\n",
)


@dataclass
class Mailbox:
    """What the server took, and how it answers: at which command, with what, or never."""

    answers: dict[str, str] = field(default_factory=dict)
    silent_at: str | None = None
    drops_at: str | None = None
    taken: list[Envelope] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    async def _say(self, command: str, server: SMTP, otherwise: str) -> str:
        if self.silent_at == command:
            await self._over.wait()
        if self.drops_at == command:
            server.transport.abort()
        return self.answers.get(command, otherwise)

    async def handle_MAIL(self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802
        envelope.mail_from = address
        return await self._say("MAIL", server, "250 OK")

    async def handle_RCPT(self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return await self._say("RCPT", server, "250 OK")

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken.append(envelope)
        return await self._say("DATA", server, "250 queued as 7")

    def authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword) -> AuthResult:
        self.logins.append(data.login.decode())
        return AuthResult(success=data.password == b"right", handled=False)  # the server itself says 535

    def read(self) -> EmailMessage:
        content = self.taken[-1].content
        assert isinstance(content, bytes)
        message = email.message_from_bytes(content, policy=SMTP_POLICY)
        assert isinstance(message, EmailMessage)
        return message


@asynccontextmanager
async def mail_server(mailbox: Mailbox, *, tls: ssl.SSLContext | None = None, login: bool = False) -> AsyncIterator[MailServer]:
    loop = asyncio.get_running_loop()

    def session() -> SMTP:
        return SMTP(
            mailbox,
            loop=loop,
            hostname="mail.test",
            tls_context=tls,
            require_starttls=tls is not None,
            auth_required=login,
            authenticator=mailbox.authenticate if login else None,
        )

    listening = await loop.create_server(session, "127.0.0.1", 0)
    try:
        port = listening.sockets[0].getsockname()[1]
        yield MailServer(host="127.0.0.1", port=port, encryption="none", timeout_s=5.0)
    finally:
        mailbox._over.set()
        listening.close()
        await listening.wait_closed()


async def test_a_mail_is_handed_over_whole():
    mailbox = Mailbox()
    async with mail_server(mailbox) as server:
        delivery = await send(MAIL, server=server)

    assert (delivery.state, delivery.code, delivery.answer) == ("handed_over", 250, "queued as 7")
    envelope, message = mailbox.taken[0], mailbox.read()
    assert (envelope.mail_from, envelope.rcpt_tos) == ("help@sayso.example", ["zoe@customer.example"])
    assert (message["Message-ID"], message["Subject"]) == (MAIL.message_id, MAIL.subject)
    assert message["To"] == MAIL.recipient
    assert message.get_content().replace("\r\n", "\n") == MAIL.text
    assert message["Auto-Submitted"] == "auto-generated"


async def test_pictures_of_the_mail_and_papers_arrive_with_it():
    mailbox = Mailbox()
    paper = Attachment(name="receipt 7.pdf", media_type="application/pdf", content=b"%PDF-1.7\r\n.\r\n\x00\xff")
    async with mail_server(mailbox) as server:
        await send(msgspec.structs.replace(MAIL, html="<p>Dear Zoë", attachments=(paper,)), server=server)

    message = mailbox.read()
    assert message.get_body(("html",)).get_content().strip() == "<p>Dear Zoë"
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == (paper.name, paper.content)


@pytest.mark.parametrize(
    "command,answer,code,passing",
    [
        ("MAIL", "451 try later", 451, True),
        ("RCPT", "450 mailbox busy", 450, True),
        ("RCPT", "550 no such person", 550, False),
        ("DATA", "452 disk full", 452, True),
        ("DATA", "554 this is spam", 554, False),
    ],
)
async def test_a_refusal_says_whether_trying_later_may_help(command: str, answer: str, code: int, passing: bool):
    async with mail_server(Mailbox(answers={command: answer})) as server:
        delivery = await send(MAIL, server=server)

    assert (delivery.state, delivery.code, delivery.passing) == ("refused", code, passing)
    assert delivery.answer == answer.split(" ", 1)[1]


@pytest.mark.parametrize("trouble", ["silent", "drops"])
async def test_an_answer_lost_after_the_message_is_unknown(trouble: str):
    mailbox = Mailbox(silent_at="DATA") if trouble == "silent" else Mailbox(drops_at="DATA")
    async with mail_server(mailbox) as server:
        delivery = await send(MAIL, server=msgspec.structs.replace(server, timeout_s=0.3))

    assert delivery.state == "unknown"
    assert len(mailbox.taken) == 1


@pytest.mark.parametrize("trouble", ["silent", "drops"])
async def test_an_answer_lost_before_the_message_hands_nothing_over(trouble: str):
    mailbox = Mailbox(silent_at="RCPT") if trouble == "silent" else Mailbox(drops_at="RCPT")
    async with mail_server(mailbox) as server:
        delivery = await send(MAIL, server=msgspec.structs.replace(server, timeout_s=0.3))

    assert (delivery.state, delivery.passing) == ("refused", True)
    assert mailbox.taken == []


async def test_nobody_listening_hands_nothing_over():
    delivery = await send(MAIL, server=MailServer(host="127.0.0.1", port=1, encryption="none", timeout_s=1.0))
    assert (delivery.state, delivery.passing) == ("refused", True)


async def test_a_second_copy_is_the_first_byte_for_byte():
    mailbox = Mailbox(silent_at="DATA")
    mail = msgspec.structs.replace(MAIL, html="<p>x", attachments=(Attachment(name="a.pdf", media_type="application/pdf", content=b"x"),))
    async with mail_server(mailbox) as server:
        assert (await send(mail, server=msgspec.structs.replace(server, timeout_s=0.3))).state == "unknown"
        mailbox.silent_at = None
        assert (await send(mail, server=server)).state == "handed_over"

    first, second = (envelope.content for envelope in mailbox.taken)
    assert first == second
    assert mailbox.read()["Message-ID"] == MAIL.message_id


async def test_where_encryption_is_required_nothing_is_said_in_the_clear():
    mailbox = Mailbox()
    async with mail_server(mailbox) as server:
        delivery = await send(MAIL, server=msgspec.structs.replace(server, encryption="starttls"))
    assert (delivery.state, delivery.passing) == ("refused", True)
    assert mailbox.taken == []


async def test_a_server_that_cannot_prove_its_name_gets_neither_mail_nor_password(tmp_path: Path):
    mailbox = Mailbox()
    async with mail_server(mailbox, tls=self_signed(tmp_path, name="somebody.else").context, login=True) as server:
        delivery = await send(MAIL, server=msgspec.structs.replace(server, encryption="starttls", user="sayso", password="right"))
    assert delivery.state == "refused"
    assert (mailbox.taken, mailbox.logins) == ([], [])


@pytest.mark.parametrize("password,state,taken", [("right", "handed_over", 1), ("wrong", "refused", 0)])
async def test_behind_encryption_the_password_decides(tmp_path: Path, password: str, state: str, taken: int):
    mailbox, identity = Mailbox(), self_signed(tmp_path, name="localhost")
    async with mail_server(mailbox, tls=identity.context, login=True) as server:
        trusting = msgspec.structs.replace(server, host="localhost", encryption="starttls", ca_file=str(identity.certificate))
        delivery = await send(MAIL, server=msgspec.structs.replace(trusting, user="sayso", password=password))
    assert delivery.state == state
    assert delivery.passing == (state == "refused")
    assert (len(mailbox.taken), set(mailbox.logins)) == (taken, {"sayso"})
    assert delivery.code == (535 if state == "refused" else 250)


@pytest.mark.parametrize(
    "url,server",
    [
        ("smtp://mail.example", MailServer(host="mail.example", port=587)),
        ("smtp://u%40x:p%2Fw@mail.example:25", MailServer(host="mail.example", port=25, user="u@x", password="p/w")),
        ("smtps://mail.example", MailServer(host="mail.example", port=465, encryption="tls")),
        ("smtp://127.0.0.1:1025", MailServer(host="127.0.0.1", port=1025, encryption="none")),
        ("smtp://mail:1025?encryption=none", MailServer(host="mail", port=1025, encryption="none")),
        ("smtp://mail.example?ca_file=/etc/ca.pem", MailServer(host="mail.example", port=587, ca_file="/etc/ca.pem")),
    ],
)
def test_one_url_says_which_server(url: str, server: MailServer):
    assert read_server(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://u:hunter2@x:99999",
        "smtp://u:hunter2@x?tls=maybe",
        "smtp://u:hunter2@x?encryption=rot13",
    ],
)
def test_a_setting_that_is_no_server_is_refused_without_repeating_it(url: str):
    with pytest.raises(MailServerMalformed) as malformed:
        read_server(url)
    assert "hunter2" not in str(malformed.value)


def test_a_password_is_not_shown():
    assert "hunter2" not in repr(MailServer(host="x", user="u", password="hunter2"))


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Hello\r\nBcc: everyone@example.org"},
        {"recipient": "a@b.example, c@d.example"},
        {"recipient": "a@b.example\r\nRCPT TO:<c@d.example>"},
        {"recipient": "nobody"},
        {"recipient": ""},
        {"sender": "x\n@y.example"},
        {"reply_to": "a@b.example\nBcc: c@d.example"},
    ],
)
async def test_a_header_cannot_smuggle_another(changes: dict[str, str]):
    mailbox = Mailbox()
    async with mail_server(mailbox) as server:
        with pytest.raises(MailMalformed):
            await send(msgspec.structs.replace(MAIL, **changes), server=server)
    assert mailbox.taken == []


def test_long_links_and_names_of_mails_stand_in_their_headers_as_they_are():
    url, named = f"https://sayso.example/stop/{'A' * 120}", f"<{'B' * 90}@eurprd04.prod.outlook.com>"
    head = compose(msgspec.structs.replace(MAIL, stop_url=url, answers=(named, named))).partition(b"\r\n\r\n")[0]
    lines = head.decode().replace("\r\n ", " ").split("\r\n")
    assert {f"List-Unsubscribe: <{url}>", f"In-Reply-To: {named}", f"References: {named} {named}"} <= set(lines)


def test_a_mail_is_plain_seven_bit_text_on_the_wire():
    assert compose(MAIL).isascii()
