"""An answer leaves in one piece, and one longer than is held back still arrives whole."""

import asyncio
import socket
from typing import Any

import httpx
import uvicorn
from uvicorn.server import ServerState

from service.app.serve import Timely
from tests.world import World


async def test_head_and_body_of_an_answer_arrive_together(served: httpx.AsyncClient) -> None:
    pieces = await asyncio.to_thread(_first_pieces, served.base_url.host, served.base_url.port)  # beside the loop that writes
    assert [piece.partition(b"\r\n\r\n")[2][:1] for piece in pieces] == [b"{"] * len(pieces)


def _first_pieces(host: str, port: int | None) -> list[bytes]:
    with socket.create_connection((host, port or 80)) as connection:
        pieces = []
        for _ in range(50):
            connection.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            pieces.append(connection.recv(65536))
        return pieces


async def test_a_long_answer_arrives_whole(served: httpx.AsyncClient, world: World) -> None:
    document = await served.get("/openapi.json")
    assert len(document.content) > 1_000_000
    assert document.content == (await world.get("/openapi.json")).content


async def test_who_has_said_their_last_still_gets_what_was_written_by_then() -> None:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    loop = asyncio.get_running_loop()

    async def app(_: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
        await send({"type": "http.response.body", "body": b"told"})

    config = uvicorn.Config(app, http=Timely, lifespan="off", log_config=None)
    config.load()
    await loop.connect_accepted_socket(lambda: Timely(config=config, server_state=ServerState(), app_state={}), theirs)
    await loop.sock_sendall(ours, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    ours.shutdown(socket.SHUT_WR)  # is heard in the turn in which the answer is written
    told = b""
    while piece := await loop.sock_recv(ours, 65536):
        told += piece
    ours.close()
    assert told.endswith(b"\r\n\r\ntold")
