"""A stand-in for the operator's mail server: takes mail by SMTP (RFC 5321) on the loopback, keeps it, and delivers it to nobody."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

LINE_LIMIT_BYTES = 1 << 16
MAIL_LIMIT_BYTES = 10 << 20
KEPT = 500


@dataclass
class Mailbox:
    """What was handed in, the oldest first; the last five hundred."""

    folder: Path | None = None
    """Where each mail is also written as `<when it came>.eml`, for people to open; other mailboxes may write there too."""
    mails: list[EmailMessage] = field(default_factory=list)
    received: int = 0

    def newest(self, most: int) -> list[EmailMessage]:
        """What came last, the newest first: in the folder where there is one, whoever's mailbox took it."""
        if self.folder is None:
            return self.mails[: -most - 1 : -1]
        return [message_from_bytes(path.read_bytes(), policy=default) for path in reversed(self._files()[-most:])]

    def to(self, address: str) -> list[EmailMessage]:
        """The mails to that address."""
        return [mail for mail in self.mails if address in str(mail["To"])]

    def take(self, content: bytes) -> None:
        """Keeps one."""
        self.received += 1
        message = message_from_bytes(content, policy=default)
        self.mails = [*self.mails[1 - KEPT :], message]
        if self.folder is not None:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self.folder / f"{time.time_ns()}.eml").write_bytes(content)
            for path in self._files()[:-KEPT]:
                path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.eml")) if self.folder else []


@dataclass(frozen=True, kw_only=True)
class RunningMailbox:
    url: str
    mailbox: Mailbox


@asynccontextmanager
async def running_mailbox(*, host: str = "127.0.0.1", port: int = 0, folder: Path | None = None) -> AsyncIterator[RunningMailbox]:
    """The server, for as long as this block lives; port 0 takes a free one."""
    mailbox = Mailbox(folder)
    talks: set[asyncio.Task[None]] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        this = asyncio.current_task()
        if this is not None:
            talks.add(this)
            this.add_done_callback(talks.discard)
        with suppress(OSError, ValueError, asyncio.IncompleteReadError):
            await _Session(reader, writer, mailbox).serve()
        writer.close()

    server = await asyncio.start_server(talk, host, port, limit=LINE_LIMIT_BYTES)
    try:
        yield RunningMailbox(url=f"smtp://{host}:{server.sockets[0].getsockname()[1]}", mailbox=mailbox)
    finally:
        server.close()
        for one in list(talks):
            one.cancel()
        await asyncio.gather(*talks, return_exceptions=True)


class _Session:
    """One client's conversation."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, mailbox: Mailbox) -> None:
        self.reader, self.writer, self.mailbox = reader, writer, mailbox
        self.sender = self.recipient = False

    async def serve(self) -> None:
        await self._say("220 stand-in ESMTP, delivers nothing")
        while line := await self.reader.readline():
            word = line.decode("latin-1").strip().upper()
            if word == "QUIT":
                await self._say("221 Bye")
                return
            await self._say(await self._answer(word))

    async def _answer(self, line: str) -> str:
        match line.partition(" ")[0]:
            case "EHLO" | "HELO" | "RSET":
                self.sender = self.recipient = False
            case "MAIL":
                self.sender, self.recipient = True, False
            case "RCPT" if self.sender:
                self.recipient = True
            case "NOOP":
                pass
            case "DATA" if self.recipient:
                return await self._data()
            case "RCPT" | "DATA":
                return "503 In another order, please"
            case _:
                return "502 Not here"
        return "250 OK"

    async def _data(self) -> str:
        await self._say("354 Go ahead; end with a dot")
        content = bytearray()
        while (line := await self.reader.readline()) not in {b".\r\n", b""}:
            content += line.removeprefix(b".")  # dot-stuffing, section 4.5.2
            if len(content) > MAIL_LIMIT_BYTES:
                return "552 Too much"
        self.sender = self.recipient = False
        if not line:
            return "451 Cut off"
        self.mailbox.take(bytes(content))
        return f"250 Kept as number {self.mailbox.received}"

    async def _say(self, line: str) -> None:
        self.writer.write(f"{line}\r\n".encode())
        await self.writer.drain()
