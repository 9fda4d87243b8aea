"""A real SMTP server on the loopback, and the background work that writes to it."""

import asyncio
import email
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from email.policy import default
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest
from aiosmtpd.smtp import SMTP

from service.integrations.mail import MailServer
from service.integrations.outside import Outside, open_outside
from service.integrations.texting import TextGateway
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from service.settings import Settings
from service.worker.rooms import kinds
from tests.authorisations.matters import Matter
from tests.world import World

TEXT_SECRET = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Mailbox:
    """A mail server: what it took, and how it answers to the message itself, first to last."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.taken: list[Any] = []
        self.port = 0

    def to(self, address: str) -> list[Any]:
        """What it took for that address."""
        return [mail for mail in self.taken if mail["To"] == address]

    async def handle_DATA(self, server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith("2") or answer == "lost":
            self.taken.append(email.message_from_bytes(envelope.content, policy=default))
        if answer == "lost":
            server.transport.abort()
        return answer


class Gateway:
    """An HTTP server that takes texts, and how it answers, first to last."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.taken: list[tuple[dict[str, str], bytes]] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head.split("\r\n")[1:])}
        self.taken.append((headers, await reader.readexactly(int(headers["content-length"]))))
        status = self.answers.pop(0) if self.answers else 202
        writer.write(f"HTTP/1.1 {status} Said\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}".encode())
        await writer.drain()
        writer.close()

    @property
    def texts(self) -> list[dict[str, Any]]:
        """What it took, as it reads it; raises where a signature isn't right."""
        return [json.loads(body) for _, body in self.taken]


@pytest.fixture
async def gateway() -> AsyncIterator[tuple[Gateway, int]]:
    """The operator's gateway, and its port."""
    taking = Gateway()
    server = await asyncio.start_server(taking.talk, "127.0.0.1", 0)
    yield taking, server.sockets[0].getsockname()[1]
    server.close()


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    """The server, on the loopback."""
    box = Mailbox()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(box, enable_SMTPUTF8=True), "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    yield box
    server.close()
    await server.wait_closed()


async def own_tellings(world: World, owner: asyncpg.Connection) -> dict[str, Any]:
    """The kinds of task that tell people; what other tests' organisations left to tell is put off."""
    telling = {name: kind for name, kind in kinds().items() if name.startswith("send_")}
    put_off = (
        "update kit.task set due_at = due_at + interval '100 years' where organisation_id <> $1 and kind = any ($2) and state = 'waiting'"
    )
    await owner.execute(put_off, world.organisation_id, list(telling))
    return telling


@pytest.fixture
async def work(
    world: World, owner: asyncpg.Connection, settings: Settings, mailbox: Mailbox
) -> AsyncIterator[Callable[[], Awaitable[int]]]:
    """Runs what is due of the kinds that tell people."""
    async with open_outside(settings) as plain:
        server = MailServer(host="127.0.0.1", port=mailbox.port, encryption="none", timeout_s=5)
        outside: Outside = msgspec.structs.replace(plain, mail=server)
        yield Runner(world.database, kinds=await own_tellings(world, owner), outside=outside, clock=world.clock, jitter=lambda: 0.0).drain


@pytest.fixture
async def texting(
    world: World, owner: asyncpg.Connection, settings: Settings, mailbox: Mailbox, gateway: tuple[Gateway, int]
) -> AsyncIterator[Callable[[], Awaitable[int]]]:
    """Runs what is due of them where texts go by the gateway and mail to the mailbox."""
    port = gateway[1]
    allowed = msgspec.structs.replace(settings, inside_targets=(f"127.0.0.1:{port}",), smtp_url=f"smtp://127.0.0.1:{mailbox.port}")
    texts = TextGateway(url=f"http://127.0.0.1:{port}/texts", secret=TEXT_SECRET, channels=frozenset({"sms", "chat"}))
    async with open_outside(allowed) as outside:
        yield Runner(
            world.database,
            kinds=await own_tellings(world, owner),
            outside=msgspec.structs.replace(outside, texts=texts),
            clock=world.clock,
            jitter=lambda: 0.0,
        ).drain


@pytest.fixture
def texts(world: World) -> Iterator[None]:
    """The service has a gateway that carries texts."""
    state = world.app.state
    settings = state.settings
    state.settings = msgspec.structs.replace(settings, text_url="https://texts.example/in", text_secret=TEXT_SECRET)
    yield
    state.settings = settings


@pytest.fixture
def follow(world: World) -> Callable[[], Awaitable[int]]:
    """Takes in what has happened, a minute later: what is to be told of it."""
    runner = Runner(world.database, kinds={"follow_facts": KINDS["follow_facts"]}, clock=world.clock, jitter=lambda: 0.0)

    async def followed() -> int:
        world.clock.forward(minutes=1)
        runner._committed(world.organisation_id)
        return await runner.drain()

    return followed


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter whose contact has an address of this test's own."""
    matter = await Matter(world).begin()
    address = f"{matter.contact_id}@a.example"
    await world.sql("update customers.contact set address = $2 where contact_id = $1", UUID(matter.contact_id), address)
    return matter


async def told(matter: Matter) -> list[Any]:
    """Every notice to the customer, and how far it got."""
    page = await matter.world.done("GET", f"/v1/notices?customer_id={matter.customer_id}")
    return [(one["kind"], one["state"], one["reason"]) for one in page["items"]]
