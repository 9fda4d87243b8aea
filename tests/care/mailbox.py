"""A mailbox that speaks IMAP4rev1 (RFC 3501) as far as it is asked: logging in, examining, searching and fetching; and how a server misbehaves."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

PASSWORD = 'so "secret" \\ it is'
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


class ImapServer:
    """One folder of mails by number."""

    def __init__(self) -> None:
        self.mails: dict[int, bytes] = {}
        self.uid_validity = 7
        self.port = 0
        self.commands: list[str] = []
        self.breaks_within: int | None = None
        """The number of a mail in the middle of which the connection breaks, once."""
        self.behind = False
        """Tells a mail's number behind it."""
        self.talks: set[asyncio.Task[None]] = set()

    def add(self, content: bytes) -> int:
        number = max(self.mails, default=0) + 1
        self.mails[number] = content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
        return number

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            writer.write(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
            while line := (await reader.readline()).decode().rstrip("\r\n"):
                tag, _, command = line.partition(" ")
                self.commands.append(command.partition(" ")[0] if command.startswith("LOGIN") else command)
                if not self._answer(writer, tag, command):
                    break
                await writer.drain()
        writer.close()

    def _answer(self, writer: asyncio.StreamWriter, tag: str, command: str) -> bool:
        name = command.split(" ", maxsplit=1)[0].upper()
        if name == "CAPABILITY":
            writer.write(b"* CAPABILITY IMAP4rev1\r\n")
        elif name == "LOGIN":
            given = _QUOTED.findall(command)[-1].replace('\\"', '"').replace("\\\\", "\\")
            if given != PASSWORD:
                writer.write(f"{tag} NO wrong\r\n".encode())
                return True
        elif name == "EXAMINE":
            writer.write(f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.uid_validity}] valid\r\n".encode())
            writer.write(f"{tag} OK [READ-ONLY] done\r\n".encode())
            return True
        elif command.upper().startswith("UID SEARCH"):
            first = int(re.findall(r"(\d+):\*", command)[0])
            last = max(self.mails, default=0)
            found = [number for number in sorted(self.mails) if number >= first or number == last]
            writer.write(f"* SEARCH {' '.join(map(str, found))}\r\n".encode())
        elif command.upper().startswith("UID FETCH"):
            return self._fetch(writer, tag, int(command.split(" ")[2]))
        elif name == "LOGOUT":
            writer.write(f"* BYE\r\n{tag} OK\r\n".encode())
            return False
        else:
            writer.write(f"{tag} BAD {command}\r\n".encode())
            return True
        writer.write(f"{tag} OK done\r\n".encode())
        return True

    def _fetch(self, writer: asyncio.StreamWriter, tag: str, number: int) -> bool:
        if (content := self.mails.get(number)) is not None:
            ahead, behind = ("", f" UID {number}") if self.behind else (f"UID {number} ", "")
            writer.write(f"* 1 FETCH ({ahead}BODY[]<0> {{{len(content)}}}\r\n".encode())
            if self.breaks_within == number:
                self.breaks_within = None
                writer.write(content[: len(content) // 2])
                return False
            writer.write(content + f"{behind})\r\n".encode())
        writer.write(f"{tag} OK done\r\n".encode())
        return True


@asynccontextmanager
async def open_imap() -> AsyncIterator[ImapServer]:
    """The server, on the loopback, for as long as this block lives."""
    server = ImapServer()
    listening = await asyncio.start_server(server.talk, "127.0.0.1", 0, limit=1 << 20)
    server.port = listening.sockets[0].getsockname()[1]
    yield server
    listening.close()
