"""A network access server as RFC 5176 describes it, on a real UDP socket: written from the RFC by hand, so that it judges what we send."""

import asyncio
import hashlib
import hmac
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

SECRET = "a shared secret of a NAS"
ANSWERS = {40: (41, 42), 43: (44, 45)}
How = Literal["silent", "lose", "forge", "shorten", "other_id", "other_kind", "bad_message_authenticator", "twice", "from_elsewhere"]


@dataclass(frozen=True)
class Asked:
    """A request that came and was signed."""

    code: int
    identifier: int
    authenticator: bytes
    attributes: list[tuple[int, bytes]]
    raw: bytes
    port: int

    def value(self, kind: int) -> bytes:
        (value,) = (value for one, value in self.attributes if one == kind)
        return value


@dataclass
class Nas(asyncio.DatagramProtocol):
    """Sessions by user name, each with its filter."""

    secret: bytes = SECRET.encode()
    sessions: dict[str, str] = field(default_factory=dict)
    arrived: list[bytes] = field(default_factory=list)
    """Every datagram, in the order they came."""
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    """Set by the first of them."""
    asked: list[Asked] = field(default_factory=list)
    """Every request that was signed and new, in the order they came."""
    refused: list[str] = field(default_factory=list)
    """Why the others weren't listened to."""
    faults: list[How] = field(default_factory=list)
    """What goes wrong with the next answers, one after the other."""
    causes: list[int] = field(default_factory=list)
    """The Error-Cause of the next new requests, which are refused."""
    answered: dict[tuple[int, int, bytes], bytes] = field(default_factory=dict)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.DatagramTransport = transport  # type: ignore[assignment]

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self.arrived.append(data)
        self.reached.set()
        asked = self._read(data, addr[1])
        if asked is None:
            return
        fault = self.faults.pop(0) if self.faults else None
        if fault == "silent":
            return
        again = (asked.port, asked.identifier, asked.authenticator)
        if again not in self.answered:  # RFC 2865, section 2.5: the same request is answered alike and done once
            self.asked.append(asked)
            self.answered[again] = self._signed(asked, *self._done(asked))
        self._send(asked, self.answered[again], addr, fault)

    def _read(self, data: bytes, port: int) -> Asked | None:
        code, identifier, length, authenticator = struct.unpack("!BBH16s", data[:20])
        assert length == len(data)
        unsigned = data[:4] + bytes(16) + data[20:]
        if not hmac.compare_digest(hashlib.md5(unsigned + self.secret).digest(), authenticator):  # noqa: S324  # as the RFC says
            self.refused.append("Request Authenticator")
            return None
        attributes, at = [], 20
        for_hmac = bytearray(unsigned)
        while at < length:
            kind, size = data[at], data[at + 1]
            attributes.append((kind, data[at + 2 : at + size]))
            if kind == 80:
                for_hmac[at + 2 : at + size] = bytes(16)
            at += size
        asked = Asked(code, identifier, authenticator, attributes, data, port)
        if not hmac.compare_digest(hmac.new(self.secret, bytes(for_hmac), "md5").digest(), asked.value(80)):
            self.refused.append("Message-Authenticator")
            return None
        return asked

    def _done(self, asked: Asked) -> tuple[int, list[tuple[int, bytes]]]:
        yes, no = ANSWERS[asked.code]
        user = asked.value(1).decode()
        cause = self.causes.pop(0) if self.causes else None if user in self.sessions else 503
        if cause is not None:
            return no, [(101, struct.pack("!I", cause))] if cause else []
        if asked.code == 40:
            del self.sessions[user]
        else:
            self.sessions[user] = asked.value(11).decode()
        return yes, []

    def _signed(
        self, asked: Asked, code: int, attributes: list[tuple[int, bytes]], *, identifier: int | None = None, by: bytes | None = None
    ) -> bytes:
        """An answer with both its authenticators; `by` another secret it is forged."""
        secret = by or self.secret
        body = b"".join(bytes([kind, len(value) + 2]) + value for kind, value in attributes)
        head = struct.pack("!BBH", code, asked.identifier if identifier is None else identifier, 20 + 18 + len(body))
        mac = hmac.new(secret, head + asked.authenticator + bytes([80, 18]) + bytes(16) + body, "md5").digest()
        body = bytes([80, 18]) + mac + body
        return head + hashlib.md5(head + asked.authenticator + body + secret).digest() + body  # noqa: S324  # as the RFC says

    def _send(self, asked: Asked, answer: bytes, addr: tuple[str, int], fault: How | None) -> None:
        yes, _ = ANSWERS[asked.code]
        if fault == "lose":
            return
        if fault == "from_elsewhere":
            asyncio.get_running_loop().create_task(_from_elsewhere(answer, addr))
            return
        if fault == "bad_message_authenticator":  # by whoever changes one bit and can't sign anew; the outer signature is right
            wrong = bytes([answer[22] ^ 1])
            head, body = answer[:4], answer[20:22] + wrong + answer[23:]
            answer = head + hashlib.md5(head + asked.authenticator + body + self.secret).digest() + body  # noqa: S324  # as the RFC says
        spoilt = {
            "forge": lambda: self._signed(asked, yes, [], by=b"a guess"),
            "shorten": lambda: answer[:-1],
            "other_id": lambda: self._signed(asked, yes, [], identifier=(asked.identifier + 1) % 256),
            "other_kind": lambda: self._signed(asked, 44 if yes == 41 else 41, []),
        }
        if fault in spoilt:
            answer = spoilt[fault]()
        for _ in range(2 if fault == "twice" else 1):
            self.transport.sendto(answer, addr)


async def _from_elsewhere(answer: bytes, addr: tuple[str, int]) -> None:
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(asyncio.DatagramProtocol, local_addr=("127.0.0.1", 0))
    transport.sendto(answer, addr)
    transport.close()


@dataclass(frozen=True)
class RunningNas:
    authority: str
    """`host:port`, for the allow-list of targets."""
    nas: Nas

    @property
    def url(self) -> str:
        return f"radius://{self.authority}"


@asynccontextmanager
async def running_nas() -> AsyncIterator[RunningNas]:
    """The server, for as long as this block lives, on a free port of the loopback."""
    transport, nas = await asyncio.get_running_loop().create_datagram_endpoint(Nas, local_addr=("127.0.0.1", 0))
    try:
        yield RunningNas(f"127.0.0.1:{transport.get_extra_info('sockname')[1]}", nas)
    finally:
        transport.close()
