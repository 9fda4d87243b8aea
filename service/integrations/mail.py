"""Hands mail to the operator's SMTP server, and is honest about what is known afterwards.

`handed_over` means that the server took responsibility, not that anybody read it. When the answer after the message's last byte is lost the
outcome is `unknown`: it is sent once more with the same Message-ID, the only place where a person can hear twice.
"""

import hashlib
from contextlib import suppress
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Annotated, Literal
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

import aiosmtplib
import msgspec
from msgspec import Meta

from service.kit.paging import Cursors
from service.kit.patterns import whole

State = Literal["handed_over", "refused", "unknown"]
ANSWER_LENGTH = 500
MARK = 16
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
SERVER_SHAPE = (
    "A mail server is smtp://user:password@host:port or smtps://…, with ?encryption=starttls|tls|none and ?ca_file= where needed."
)
_WHOLE = {"message-id", "in-reply-to", "references", "list-unsubscribe", "sayso-notice"}
"""Headers of which no reader decodes anything (RFC 2047, section 5): a long name or link is no word to be encoded."""


class _Policy(EmailPolicy):
    def fold_binary(self, name: str, value: str) -> bytes:
        if name.lower() not in _WHOLE:
            return super().fold_binary(name, value)
        folded = "\r\n ".join(str(value).split())
        return f"{name}: {folded}\r\n".encode("ascii")


_POLICY = _Policy(linesep="\r\n", cte_type="7bit")
"""Any server takes it: no need of 8BITMIME."""


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """Where mail is handed in. Usually read from one URL: see `read_server`."""

    host: Annotated[str, Meta(min_length=1, max_length=255)]
    port: Annotated[int, Meta(ge=1, le=65535)] = 587
    user: str | None = None
    password: str | None = None
    encryption: Literal["starttls", "tls", "none"] = "starttls"
    """`starttls` begins in the clear and says nothing before it is encrypted; `tls` is encrypted from the first byte."""
    ca_file: str | None = None
    """Certificates to trust instead of the system's, for a server that a private authority vouches for."""
    timeout_s: float = 30.0

    def __repr__(self) -> str:
        return f"MailServer(host={self.host!r}, port={self.port}, user={self.user!r}, encryption={self.encryption!r})"


class MailServerMalformed(ValueError):
    """A setting that isn't the address of a mail server; the message says what it should be and never repeats it (it holds a password)."""


def read_server(url: str) -> MailServer:
    """`smtp://user:password@host:587` speaks only after STARTTLS, `smtps://…:465` is encrypted from the start.

    `smtp://` to the loopback, or with `?encryption=none`, stays in the clear; `?ca_file=` names a private authority.
    """
    try:
        split = urlsplit(url)
        given_port = split.port
    except ValueError:
        raise MailServerMalformed(SERVER_SHAPE) from None
    options = dict(parse_qsl(split.query))
    if split.scheme not in {"smtp", "smtps"} or not split.hostname or options.keys() - {"encryption", "ca_file"}:
        raise MailServerMalformed(SERVER_SHAPE)
    usual = "tls" if split.scheme == "smtps" else "none" if split.hostname in LOOPBACK else "starttls"
    values = {
        "host": split.hostname,
        "port": given_port or (465 if split.scheme == "smtps" else 587),
        "user": None if split.username is None else unquote(split.username),
        "password": None if split.password is None else unquote(split.password),
        "encryption": options.get("encryption", usual),
        "ca_file": options.get("ca_file"),
    }
    try:
        return msgspec.convert(values, MailServer)
    except msgspec.ValidationError:
        raise MailServerMalformed(SERVER_SHAPE) from None


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    media_type: Annotated[str, Meta(pattern=whole(r"[a-z]+/[a-z0-9.+-]+"))]
    content: bytes


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """One mail to one person. `message_id` stays the same however often it is sent: see `message_id_for`."""

    message_id: Annotated[str, Meta(min_length=5, max_length=250, pattern=whole(r"<[^<>\s]+@[^<>\s]+>"))]
    dated_at: datetime
    sender: Annotated[str, Meta(min_length=3, max_length=320)]
    recipient: Annotated[str, Meta(min_length=3, max_length=320)]
    subject: Annotated[str, Meta(min_length=1, max_length=250)]
    text: Annotated[str, Meta(max_length=200_000)]
    html: Annotated[str, Meta(max_length=400_000)] | None = None
    reply_to: str | None = None
    attachments: tuple[Attachment, ...] = ()
    answers: tuple[str, ...] = ()
    """The Message-IDs of what a person answers with it, the one that it follows last."""
    stop_url: str | None = None
    """Where they say that they don't want such mail any more, at a touch (RFC 8058)."""
    notice: str | None = None
    """Which notice by which way, `organisation/notice/way/mark`: a bounce that gives the headers back says so, whoever wrote the Message-ID anew."""


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """How one handing-over ended. `answer` is the server's own, or what was missing; `passing`: trying later may help."""

    state: State
    answer: str
    code: int | None = None
    passing: bool = False


class MailMalformed(ValueError):
    """A mail that can't be written: an address or a header holds what a header can't."""


def notice_mark(cursors: Cursors, *, organisation_id: UUID, notice_id: UUID, way: int) -> str:
    """What only the mail itself carries beside its notice's id, so that nobody who merely knows the id reports of it."""
    return cursors.derived("notice report", organisation_id.bytes, notice_id.bytes, str(way).encode())[:MARK].hex()


def message_id_for(*, notice_id: UUID, domain: str, mark: str, way: int = 1) -> str:
    """Whoever answers it names the notice, and a report that gives it back says by the mark that it had the mail."""
    return f"<{notice_id}.{way}.{mark}@{domain}>"


def sender_of(*, name: str, address: str) -> str:
    """`Name <address>` as a header says it, whatever is in the name; raises MailMalformed."""
    try:
        written = Address(display_name=name.replace("=?", "= ?"), addr_spec=address)  # nothing in it is to be decoded (RFC 2047)
    except (ValueError, IndexError, MessageError) as error:
        raise MailMalformed("Not one address.") from error
    if not written.domain or not address.isascii():
        raise MailMalformed("Not an address of plain ASCII with a domain.")
    return str(written)


def compose(mail: Mail) -> bytes:
    """The mail's bytes, the same each time: a second copy is recognisable as one."""
    try:
        message = EmailMessage(policy=_POLICY)
        message["Message-ID"] = mail.message_id
        message["Date"] = format_datetime(mail.dated_at)
        message["From"] = mail.sender
        message["To"] = mail.recipient
        message["Subject"] = mail.subject
        if mail.answers:
            message["In-Reply-To"] = mail.answers[-1]
            message["References"] = " ".join(mail.answers)
        else:
            message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
        if mail.stop_url is not None:
            message["List-Unsubscribe"] = f"<{mail.stop_url}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        if mail.notice is not None:
            message["Sayso-Notice"] = mail.notice
        if mail.reply_to is not None:
            message["Reply-To"] = mail.reply_to
        message.set_content(mail.text)
        if mail.html is not None:
            message.add_alternative(mail.html, subtype="html")
        for attachment in mail.attachments:
            main, _, sub = attachment.media_type.partition("/")
            message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)
        _fix_boundaries(message, mail.message_id)
        return message.as_bytes()
    except (ValueError, IndexError) as error:
        raise MailMalformed(str(error)) from error


def _fix_boundaries(message: EmailMessage, message_id: str) -> None:
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{hashlib.sha256(f'{message_id}/{number}'.encode()).hexdigest()[:40]}")


async def send(mail: Mail, *, server: MailServer) -> Delivery:
    """Hands the mail over once and says what is known of it; never raises for what the server or the network does."""
    content = compose(mail)
    smtp = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        timeout=server.timeout_s,
        use_tls=server.encryption == "tls",
        start_tls=server.encryption == "starttls",
        cert_bundle=server.ca_file,
        username=server.user,
        password=server.password,
    )
    try:
        refused = await _open_envelope(smtp, mail)
        if refused is not None:
            return refused
        return await _hand_over(smtp, content)
    finally:
        smtp.close()


async def _open_envelope(smtp: aiosmtplib.SMTP, mail: Mail) -> Delivery | None:
    """Everything before the message itself: whatever fails here, nothing was handed over."""
    sender, recipient = _address(mail.sender), _address(mail.recipient)
    try:
        await smtp.connect()
        await smtp.mail(sender)
        await smtp.rcpt(recipient)
    except aiosmtplib.SMTPResponseException as error:
        return _refused(error.code, error.message)
    except (aiosmtplib.SMTPException, OSError) as error:
        return Delivery(state="refused", answer=_said(error), passing=True)
    return None


async def _hand_over(smtp: aiosmtplib.SMTP, content: bytes) -> Delivery:
    """The message itself; from the DATA command on a lost answer is `unknown`."""
    try:
        answer = await smtp.data(content)
    except aiosmtplib.SMTPResponseException as error:
        return _refused(error.code, error.message)
    except (aiosmtplib.SMTPException, OSError) as error:
        return Delivery(state="unknown", answer=_said(error))
    with suppress(aiosmtplib.SMTPException, OSError):  # it has our mail: a rude goodbye changes nothing
        await smtp.quit()
    return Delivery(state="handed_over", answer=answer.message[:ANSWER_LENGTH], code=answer.code)


def _refused(code: int, message: str) -> Delivery:
    """4xx asks to come back later (RFC 5321, 4.2.1); a wrong password or name is the operator's to mend, so it passes too."""
    return Delivery(state="refused", answer=message[:ANSWER_LENGTH], code=code, passing=code < 500 or code in {530, 534, 535, 538})


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"[:ANSWER_LENGTH]


def _address(written: str) -> str:
    """The bare address of `Name <address>`."""
    message = EmailMessage(policy=_POLICY)
    try:
        message["To"] = written
        (address,) = message["To"].addresses
    except (ValueError, IndexError) as error:
        raise MailMalformed("Not one address.") from error
    bare = str(address.addr_spec)
    if not bare.isascii() or not address.domain:
        raise MailMalformed("Not an address of plain ASCII with a domain.")
    return bare
