"""Outgoing webhooks: signed, sent to the pinned address only, and short-tempered with strange answers."""

import asyncio
import base64
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import standardwebhooks

from service.integrations.asgi import Answer
from service.integrations.targets import Target, resolve_target
from service.integrations.webhooks_out import ANSWER_LIMIT_BYTES, Sender, WebhookAnswer, open_sender, send_webhook, sign
from tests.integrations.certificates import self_signed
from tests.integrations.receiver import Receiver

SECRET = "whsec_" + base64.b64encode(b"a secret of twenty-four bytes").decode()
OLDER = "whsec_" + base64.b64encode(b"the secret that was before it").decode()
BODY = '{"name":"Zoë"}'.encode()


@pytest.fixture
async def sender() -> AsyncIterator[Sender]:
    async with open_sender() as client:
        yield client


async def target_of(url: str) -> Target:
    return await resolve_target(url, allowed=frozenset({httpx.URL(url).netloc.decode()}))


async def send(sender: Sender, url: str, *, within_s: float = 5.0, secrets: tuple[str, ...] = (SECRET,)) -> WebhookAnswer:
    return await send_webhook(
        sender, target=await target_of(url), message_id="msg_1", at=datetime.now(UTC), body=BODY, secrets=secrets, answer_within_s=within_s
    )


async def test_a_receiver_can_verify_who_sent_it(sender: Sender, receiver: Receiver):
    receiver.answers = [Answer(status=201, body=b'{"ok":true}')]

    answer = await send(sender, receiver.url)

    assert (answer.state, answer.status, answer.body) == ("confirmed", 201, b'{"ok":true}')
    (request,) = receiver.requests
    assert request.body == BODY
    assert standardwebhooks.Webhook(SECRET).verify(request.body, request.headers) == {"name": "Zoë"}


async def test_while_secrets_change_over_both_receivers_can_verify(sender: Sender, receiver: Receiver):
    await send(sender, receiver.url, secrets=(SECRET, OLDER))
    for secret in (SECRET, OLDER):
        assert standardwebhooks.Webhook(secret).verify(receiver.requests[0].body, receiver.requests[0].headers)


def test_nothing_is_sent_unsigned():
    with pytest.raises(ValueError, match="unsigned"):
        sign(message_id="msg_1", at=datetime.now(UTC), body=BODY, secrets=())


@pytest.mark.parametrize(
    "status,state",
    [
        (200, "confirmed"),
        (204, "confirmed"),
        (400, "refused"),
        (410, "refused"),
        (429, "unavailable"),
        (500, "unavailable"),
        (503, "unavailable"),
    ],
)
async def test_the_answer_decides_what_is_known(sender: Sender, receiver: Receiver, status: int, state: str):
    receiver.answers = [Answer(status=status)]
    assert (await send(sender, receiver.url)).state == state


async def test_a_redirect_is_not_followed(sender: Sender, receiver: Receiver):
    receiver.answers = [Answer(status=307, headers={"location": receiver.url})]
    answer = await send(sender, receiver.url)
    assert (answer.state, answer.status) == ("refused", 307)
    assert len(receiver.requests) == 1


async def test_the_pinned_address_is_used_and_the_name_is_kept(sender: Sender, receiver: Receiver):
    """The name resolves nowhere: only the pin can have been used."""
    port = httpx.URL(receiver.url).port
    pinned = Target(scheme="http", host="hooks.invalid", port=port or 0, address="127.0.0.1", path=f"{receiver.path}?x=1")
    answer = await send_webhook(sender, target=pinned, message_id="msg_1", at=datetime.now(UTC), body=BODY, secrets=(SECRET,))
    assert answer.state == "confirmed"
    assert receiver.requests[0].headers["host"] == f"hooks.invalid:{port}"
    assert (receiver.requests[0].path, receiver.requests[0].query) == (receiver.path, "x=1")


async def test_a_server_that_cannot_prove_its_name_is_told_nothing(sender: Sender, tmp_path: Path):
    heard: list[bytes] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read(1000))
        writer.close()

    context = self_signed(tmp_path, name="hooks.invalid").context
    async with await asyncio.start_server(listen, "127.0.0.1", 0, ssl=context) as server:
        port = server.sockets[0].getsockname()[1]
        pinned = Target(scheme="https", host="hooks.invalid", port=port, address="127.0.0.1", path="/")
        answer = await send_webhook(sender, target=pinned, message_id="msg_1", at=datetime.now(UTC), body=BODY, secrets=(SECRET,))
    assert answer.state == "unavailable"
    assert heard == []


async def test_a_connection_proven_for_one_name_never_serves_another(tmp_path: Path):
    """Both names are at one address: only the one in the certificate may be told anything."""
    heard: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readuntil(b"\r\n\r\n") + await reader.readexactly(len(BODY)))
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nset-cookie: a=b\r\n\r\n")
        await reader.read()
        writer.close()

    identity = self_signed(tmp_path, name="hooks.invalid")
    async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=identity.context) as server:
        port = server.sockets[0].getsockname()[1]
        states = []
        async with open_sender(ca_file=str(identity.certificate)) as sender:
            for host in ("hooks.invalid", "hooks.invalid", "other.invalid"):
                pinned = Target(scheme="https", host=host, port=port, address="127.0.0.1", path="/")
                sent = send_webhook(sender, target=pinned, message_id="msg_1", at=datetime.now(UTC), body=BODY, secrets=(SECRET,))
                states.append((await sent).state)
    assert states == ["confirmed", "confirmed", "unavailable"]
    assert len(heard) == 2
    assert all(f"host: hooks.invalid:{port}".encode() in request.lower() and b"cookie" not in request.lower() for request in heard)


async def test_an_answer_that_breaks_the_encryption_is_no_answer(tmp_path: Path):
    """Whoever took it may have kept it: nobody knows."""
    identity = self_signed(tmp_path, name="hooks.invalid")
    async with await asyncio.start_server(_say_in_the_clear, "127.0.0.1", 0, ssl=identity.context) as server:
        pinned = Target(scheme="https", host="hooks.invalid", port=server.sockets[0].getsockname()[1], address="127.0.0.1", path="/")
        async with open_sender(ca_file=str(identity.certificate)) as sender:
            answer = await send_webhook(sender, target=pinned, message_id="msg_1", at=datetime.now(UTC), body=BODY, secrets=(SECRET,))
    assert (answer.state, answer.status, answer.said) == ("unknown", None, "No answer: SSLError")


async def _say_in_the_clear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    os.write(writer.get_extra_info("socket").fileno(), b"\x17\x03\x03\x00\x20" + bytes(32))  # a record that nobody encrypted
    await reader.read()
    writer.close()


async def test_nobody_listening_is_unavailable(sender: Sender):
    assert (await send(sender, "http://127.0.0.1:1/")).state == "unavailable"


async def test_an_answer_that_never_comes_is_unknown(sender: Sender):
    async with await asyncio.start_server(_say_nothing, "127.0.0.1", 0) as server:
        answer = await send(sender, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", within_s=0.3)
    assert (answer.state, answer.status) == ("unknown", None)


async def _say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()
    writer.close()


async def test_an_endless_answer_is_cut_short(sender: Sender):
    async with await asyncio.start_server(_say_without_end, "127.0.0.1", 0) as server:
        answer = await send(sender, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/")
    assert answer.state == "confirmed"
    assert len(answer.body) == ANSWER_LIMIT_BYTES


async def _say_without_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n")
    try:
        while True:
            writer.write(b"x" * 4096)
            await writer.drain()
    except ConnectionError:
        writer.close()


async def test_an_answer_in_drops_is_cut_off_by_the_deadline(sender: Sender):
    async with await asyncio.start_server(_say_in_drops, "127.0.0.1", 0) as server:
        answer = await send(sender, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", within_s=0.5)
    assert answer.state == "unknown"


async def _say_in_drops(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Each drop comes well within any pause that a client would call silence."""
    gone = asyncio.create_task(reader.read())  # until the other end closes, or resets the connection
    writer.write(b"HTTP/1.1 200 OK\r\nx-drop: ")
    while not gone.done():
        writer.write(b".")
        await asyncio.wait([gone], timeout=0.05)
    gone.exception()
    writer.close()
