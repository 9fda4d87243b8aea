"""An answer leaves in one piece, and one longer than is held back still arrives whole."""

import asyncio
import socket

import httpx

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
