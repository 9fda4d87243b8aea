"""Reads a mailbox by IMAP (RFC 9051, and 3501 before it) and changes nothing in it: no mail is marked, moved or deleted, so that people may go on reading it.

By `imaplib`: the protocol is kept there, and one mail after the other is asked for, each in a thread.
"""

import asyncio
import hashlib
import imaplib
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import date
from itertools import pairwise
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec
from msgspec import Meta

from service.integrations.mail import LOOPBACK

MOST_BYTES = 25 << 20
TIMEOUT_SECONDS = 60
MAILBOX_SHAPE = "A mailbox is imaps://user:password@host/INBOX or imap://… (encrypted by STARTTLS), with ?encryption=starttls|tls|none and ?ca_file= where needed."
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Days as IMAP writes them, whatever the machine's language is."""
_UID = re.compile(rb"\bUID (\d+)")


class MailboxMalformed(ValueError):
    """A setting that isn't the address of a mailbox; the message says what it should be and never repeats it (it holds a password)."""


class MailboxSilent(Exception):
    """The server couldn't be reached, went away or said no; what it said, without the password."""


class RemoteMailbox(msgspec.Struct, frozen=True, kw_only=True):
    """Where mail is fetched. Usually read from one URL: see `read_mailbox`."""

    host: Annotated[str, Meta(min_length=1, max_length=255)]
    port: Annotated[int, Meta(ge=1, le=65535)]
    user: str
    password: str
    folder: str = "INBOX"
    encryption: Literal["starttls", "tls", "none"] = "tls"
    ca_file: str | None = None

    @property
    def key(self) -> bytes:
        """By what it is known which mailbox was read how far."""
        return hashlib.sha256("\n".join([self.host, str(self.port), self.user, self.folder]).encode()).digest()

    def __repr__(self) -> str:
        return f"RemoteMailbox(host={self.host!r}, port={self.port}, user={self.user!r}, folder={self.folder!r}, encryption={self.encryption!r})"


def read_mailbox(url: str) -> RemoteMailbox:
    """`imaps://user:password@host/INBOX` is encrypted from the start, `imap://` by STARTTLS, but for the loopback; raises MailboxMalformed."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        raise MailboxMalformed(MAILBOX_SHAPE) from None
    options = dict(parse_qsl(split.query))
    if split.scheme not in {"imap", "imaps"} or not split.hostname or not split.username or options.keys() - {"encryption", "ca_file"}:
        raise MailboxMalformed(MAILBOX_SHAPE)
    usual = "tls" if split.scheme == "imaps" else "none" if split.hostname in LOOPBACK else "starttls"
    values = {
        "host": split.hostname,
        "port": port or (993 if split.scheme == "imaps" else 143),
        "user": unquote(split.username),
        "password": unquote(split.password or ""),
        "folder": unquote(split.path[1:]) or "INBOX",
        "encryption": options.get("encryption", usual),
        "ca_file": options.get("ca_file"),
    }
    try:
        return msgspec.convert(values, RemoteMailbox)
    except msgspec.ValidationError:
        raise MailboxMalformed(MAILBOX_SHAPE) from None


class OpenMailbox:
    """A mailbox that is being read."""

    def __init__(self, connection: imaplib.IMAP4, *, uid_validity: int) -> None:
        self._connection = connection
        self.uid_validity = uid_validity

    async def numbers(self, *, after: int, since: date) -> list[int]:
        """The numbers of the mails behind that one, in their order; raises MailboxSilent."""
        day = f"{since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        found = await _asked(lambda: self._connection.uid("SEARCH", "UID", f"{after + 1}:*", "SINCE", day))
        # The last one is always among them, however low its number (RFC 9051, section 6.4.8).
        return sorted(number for part in found if isinstance(part, bytes) for number in map(int, part.split()) if number > after)

    async def content(self, number: int) -> bytes | None:
        """A mail's first 25 MiB; None where somebody deleted it since. Raises MailboxSilent."""
        found = await _asked(lambda: self._connection.uid("FETCH", str(number), f"(UID BODY.PEEK[]<0.{MOST_BYTES}>)"))
        for part in found:
            if isinstance(part, tuple) and (uid := _UID.search(part[0])) and int(uid[1]) == number:
                return bytes(part[1])
        for head, tail in pairwise(found):  # some servers tell the number behind the mail
            if isinstance(head, tuple) and isinstance(tail, bytes) and (uid := _UID.search(tail)) and int(uid[1]) == number:
                return bytes(head[1])
        return None


@asynccontextmanager
async def open_mailbox(mailbox: RemoteMailbox) -> AsyncIterator[OpenMailbox]:
    """The mailbox, to be read and not changed, for as long as this block lives; raises MailboxSilent."""
    connection = await asyncio.to_thread(_heard, lambda: _connect(mailbox))
    try:
        await _asked(lambda: connection.login(mailbox.user, mailbox.password))
        folder = mailbox.folder.replace("\\", "\\\\").replace('"', '\\"')
        await _asked(lambda: connection.select(f'"{folder}"', readonly=True))
        told = connection.response("UIDVALIDITY")[1]
        if not told or not isinstance(told[0], bytes) or not told[0].isdigit():
            raise MailboxSilent("It doesn't say which numbers its mails have (UIDVALIDITY).")
        yield OpenMailbox(connection, uid_validity=int(told[0]))
    finally:
        await asyncio.to_thread(_leave, connection)


def _connect(mailbox: RemoteMailbox) -> imaplib.IMAP4:
    trusted = ssl.create_default_context(cafile=mailbox.ca_file)
    if mailbox.encryption == "tls":
        return imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=trusted, timeout=TIMEOUT_SECONDS)
    with ExitStack() as unless_encrypted:
        connection = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=TIMEOUT_SECONDS)
        unless_encrypted.callback(_leave, connection)
        if mailbox.encryption == "starttls":
            connection.starttls(ssl_context=trusted)
        unless_encrypted.pop_all()
    return connection


def _leave(connection: imaplib.IMAP4) -> None:
    with suppress(imaplib.IMAP4.error, OSError, ValueError):  # a rude goodbye changes nothing
        connection.logout()
    with suppress(OSError):
        connection.shutdown()


def _heard(ask: Any) -> Any:
    try:
        return ask()
    except (imaplib.IMAP4.error, OSError, ValueError, EOFError) as error:
        raise MailboxSilent(f"{type(error).__name__}: {error}"[:300]) from error


async def _asked(ask: Any) -> list[Any]:
    said, found = await asyncio.to_thread(_heard, ask)
    if said != "OK":
        raise MailboxSilent(f"It says {said}: {found!r}"[:300])
    return list(found)
