"""The stand-in of a mail server takes what our mailer hands over, and keeps it as it was."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import aiosmtplib
import msgspec
import pytest

from service.integrations.mail import Attachment, Mail, message_id_for, read_server, send
from service.integrations.mail_standin import running_mailbox

MAIL = Mail(
    message_id=message_id_for(notice_id=UUID(int=7), domain="sayso.example", mark="0" * 32),
    dated_at=datetime(2026, 3, 4, 12, tzinfo=UTC),
    sender="Sayso <sayso@sayso.example>",
    recipient="ada@mail.example",
    subject="Fällig: 29,90 €",
    text="First.\n.\n..\nLast.\n",
    attachments=(Attachment(name="receipt.pdf", media_type="application/pdf", content=b"%PDF-1.7\n.\r\n"),),
)


async def test_it_keeps_a_mail_whole_and_writes_it_to_its_folder(tmp_path: Path) -> None:
    async with running_mailbox(folder=tmp_path / "mail") as running:
        first = await send(MAIL, server=read_server(running.url))
        second = await send(MAIL, server=read_server(running.url))
        (kept, again) = running.mailbox.to("ada@mail.example")
    assert (first.state, second.state) == ("handed_over", "handed_over")
    assert kept["Subject"] == "Fällig: 29,90 €"
    assert again["Message-ID"] == kept["Message-ID"]
    text, attachment = kept.iter_parts()
    assert text.get_content().splitlines() == ["First.", ".", "..", "Last."]
    assert attachment.get_content() == b"%PDF-1.7\n.\r\n"
    assert len(list((tmp_path / "mail").glob("*.eml"))) == 2


async def test_two_that_share_a_folder_find_each_others_newest_mails_there(tmp_path: Path) -> None:
    async with running_mailbox(folder=tmp_path) as one, running_mailbox(folder=tmp_path) as other:
        await send(MAIL, server=read_server(one.url))
        await send(msgspec.structs.replace(MAIL, subject="Later"), server=read_server(other.url))
        for running in (one, other):
            assert [mail["Subject"] for mail in running.mailbox.newest(2)] == ["Later", MAIL.subject]
            assert [mail["Subject"] for mail in running.mailbox.newest(1)] == ["Later"]


async def test_it_wants_the_commands_in_their_order() -> None:
    async with running_mailbox() as running:
        server = read_server(running.url)
        client = aiosmtplib.SMTP(hostname=server.host, port=server.port, start_tls=False)
        await client.connect()
        with pytest.raises(aiosmtplib.SMTPResponseException, match="another order"):
            await client.rcpt("ada@mail.example")
        assert (await client.execute_command(b"VRFY", b"ada")).code == 502
        await client.quit()
